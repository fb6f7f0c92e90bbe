import type {PlanSummary} from '../model/plan.ts';
import {formatCount, plural} from './number-text.ts';
import type {Spans} from './spans.ts';
import {layOutTable, type TableColumn} from './text-table.ts';

/** More than this many are counted instead of listed. */
const mostListed = 10;

/** A plan in numbers for people: what runs, what it may cost, what waits for permission. */
export function describePlan(summary: PlanSummary): Spans[] {
	const {statements, notAllowed, tables} = summary;
	const runs = statements - notAllowed;
	return [
		[
			{text: 'Plan', tone: 'strong'},
			{text: `  ${statements === 0 ? 'nothing to do' : plural(runs, 'statement')}`},
			...(notAllowed > 0
				? [{text: `, ${formatCount(notAllowed)} more commented out`, tone: 'warning' as const}]
				: []),
		],
		...(tables.length > 0 ? layOutTables(summary) : []),
		...describeOpened(summary),
		...describeHazards(summary),
		...describeWithoutUndo(summary),
		...describeGates(summary),
	];
}

function layOutTables({tables}: PlanSummary): Spans[] {
	const columns: TableColumn[] = [
		{title: 'table'},
		...['structure', 'inserts', 'updates', 'deletes', 'commented out'].map(
			(title): TableColumn => ({title, align: 'right'}),
		),
	];
	return layOutTable(
		columns,
		tables.map(({table, schema, inserts, updates, deletes, notAllowed}): Spans[] => [
			[{text: table}],
			...[schema, inserts, updates, deletes, notAllowed].map((count): Spans => [
				count === 0 ? {text: '·', tone: 'muted'} : {text: formatCount(count)},
			]),
		]),
	);
}

/** What destroys something and runs because somebody allowed it. */
function describeOpened({opened}: PlanSummary): Spans[] {
	if (opened.length === 0) return [];
	return [
		[],
		[{text: 'Destructive and allowed', tone: 'strong'}],
		...opened.map(({kind, statements}): Spans => [
			{text: '  ! ', tone: 'danger'},
			{text: `${kind}: ${plural(statements, 'statement')}`},
		]),
	];
}

function describeHazards({hazards}: PlanSummary): Spans[] {
	if (hazards.length === 0) return [];
	return [
		[],
		[{text: 'Hazards', tone: 'strong'}],
		...hazards
			.slice(0, mostListed)
			.map(({hazard, statements}): Spans => [
				{text: '  ! ', tone: 'warning'},
				{text: hazard.message},
				{text: statements > 1 ? `  (${plural(statements, 'statement')})` : '', tone: 'muted'},
			]),
		...andMore(hazards.length),
	];
}

function describeWithoutUndo({withoutUndo}: PlanSummary): Spans[] {
	if (withoutUndo.length === 0) return [];
	return [
		[],
		[{text: "Can't be undone", tone: 'strong'}],
		...withoutUndo
			.slice(0, mostListed)
			.map(({number, summary}): Spans => [{text: `  ${number}. ${summary}`}]),
		...andMore(withoutUndo.length),
	];
}

function describeGates({gates}: PlanSummary): Spans[] {
	if (gates.length === 0) return [];
	return [
		[],
		[{text: 'Commented out until it is allowed', tone: 'strong'}],
		...gates.map(({kind, statements}): Spans => [
			{text: `  ${plural(statements, 'statement')}`},
			{text: `  --allow ${kind}`, tone: 'muted'},
		]),
	];
}

function andMore(count: number): Spans[] {
	return count > mostListed
		? [[{text: `  … and ${formatCount(count - mostListed)} more`, tone: 'muted'}]]
		: [];
}
