import {countDifferences, type Comparison} from '../model/comparison.ts';
import type {PlanSummary} from '../model/plan.ts';
import type {Receipt} from '../model/receipt.ts';
import {rowStates} from '../model/row-change.ts';
import {describeConflicts} from './comparison-text.ts';
import {formatCount, plural} from './number-text.ts';
import {describeOutcome} from './receipt-text.ts';
import {nameObject} from './schema-text.ts';

/** Everything that the report of a run tells. */
export type RunReport = {
	readonly receipt: Receipt;
	/** Null: the run's store is gone. */
	readonly comparison: Comparison | null;
	readonly plan: PlanSummary | null;
	/** What was decided, oldest first. */
	readonly decisions: readonly {readonly time: string; readonly summary: string}[];
};

/** A part of a report, the same for every format. */
export type Section = {
	readonly title: string;
	readonly paragraphs: readonly string[];
	readonly table: ReportTable | null;
};

export type ReportTable = {
	readonly columns: readonly {readonly title: string; readonly isNumber: boolean}[];
	readonly rows: readonly (readonly string[])[];
};

/** Puts a run's report together: what was done, to what, why, and how to take it back. */
export function composeReport(report: RunReport): {title: string; sections: Section[]} {
	const {receipt, comparison, plan, decisions} = report;
	return {
		title: describeOutcome(receipt),
		sections: [
			tellOutcome(receipt),
			...(comparison ? [tellStructure(comparison), tellRows(comparison)] : []),
			...(comparison ? tellLeftOut(comparison) : []),
			...(decisions.length > 0 ? [tellDecisions(decisions)] : []),
			...(plan ? tellPlan(plan) : []),
			tellUndo(receipt),
		],
	};
}

function tellOutcome(receipt: Receipt): Section {
	const {target, run, startedAt, endedAt, pack, statements, verifiedRows, triggers} = receipt;
	return {
		title: 'What was done',
		paragraphs: [
			`Target: ${target}. Run: ${run}. From ${startedAt} to ${endedAt}.`,
			`Pack: ${pack.file}, SHA-256 ${pack.digest}.`,
			`${plural(statements, 'statement')} in one go; ${plural(verifiedRows, 'row')} read back and found as planned. Triggers: ${triggers}.`,
			...(receipt.rewrittenRows > 0
				? [
						`Accepted: ${plural(receipt.rewrittenRows, 'row')} that triggers wrote differently, e.g. ${receipt.rewritten
							.slice(0, 5)
							.map(({table, row, columns}) => `${table} (${row}): ${columns.join(', ')}`)
							.join('; ')}.`,
					]
				: []),
		],
		table: makeTable(
			['Table', '#Inserted', '#Updated', '#Deleted'],
			receipt.tables.map(({table, inserted, updated, deleted}) => [
				table,
				...[inserted, updated, deleted].map(formatCount),
			]),
		),
	};
}

function tellStructure({changes, prod, dev}: Comparison): Section {
	return {
		title: 'Structure',
		paragraphs: [`${plural(changes.length, 'difference')} between ${prod} and ${dev}.`],
		table: makeTable(
			['Object', 'Difference', 'Details', 'Needs'],
			changes.map((change) => [
				nameObject(change),
				{create: 'only on dev', drop: 'only on prod', alter: 'different'}[change.action],
				change.details.join(', '),
				change.needs ?? '',
			]),
		),
	};
}

function tellRows({tables, conflicts, unresolved}: Comparison): Section {
	const compared = tables.filter(({status}) => status === 'done');
	return {
		title: 'Rows',
		paragraphs: conflicts > 0 ? [describeConflicts(conflicts, unresolved)] : [],
		table: makeTable(
			['Table', '#Prod', '#Dev', '#Same', '#Different', ...rowStates.map((state) => `#${state}`)],
			compared.map((table) => [
				table.table,
				...[table.prodRows, table.devRows, table.same].map((count) =>
					count === null ? '' : formatCount(count),
				),
				formatCount(countDifferences(table)),
				...rowStates.map((state) => formatCount(table.counts[state])),
			]),
		),
	};
}

function tellLeftOut({tables}: Comparison): Section[] {
	const rows = tables.flatMap(({table, status, reason, columnsLeftOut, where}) => [
		...(status === 'done' ? [] : [[table, reason === '' ? status : reason]]),
		...columnsLeftOut.map((column) => [`${table}.${column.column}`, column.reason]),
		...(where === null ? [] : [[table, `only rows where ${where}`]]),
	]);
	if (rows.length === 0) return [];
	return [{title: 'Not compared', paragraphs: [], table: makeTable(['What', 'Why'], rows)}];
}

function tellDecisions(decisions: RunReport['decisions']): Section {
	return {
		title: 'Decisions',
		paragraphs: [],
		table: makeTable(
			['When', 'What'],
			decisions.map(({time, summary}) => [time, summary]),
		),
	};
}

function tellPlan({opened, hazards, gates, withoutUndo}: PlanSummary): Section[] {
	const rows = [
		...opened.map(({kind, statements}) => [
			'Allowed',
			`${kind}: ${plural(statements, 'statement')}`,
		]),
		...hazards.map(({hazard, statements}) => [
			'Hazard',
			`${hazard.message} (${plural(statements, 'statement')})`,
		]),
		...gates.map(({kind, statements}) => [
			'Not run',
			`${plural(statements, 'statement')}: ${kind} was not allowed`,
		]),
		...withoutUndo.map(({number, summary}) => ["Can't be undone", `${number}. ${summary}`]),
	];
	if (rows.length === 0) return [];
	return [{title: 'Hazards and gates', paragraphs: [], table: makeTable(['', ''], rows)}];
}

function tellUndo({undo, kind}: Receipt): Section {
	const how =
		undo === null
			? kind === 'undo'
				? 'This was the undoing itself.'
				: 'There is no undo pack.'
			: `deepdiff-db undo ${undo.file} (SHA-256 ${undo.digest})`;
	return {title: 'To take it back', paragraphs: [how], table: null};
}

/** A title that begins with # is that of numbers. */
function makeTable(
	titles: readonly string[],
	rows: readonly (readonly string[])[],
): ReportTable | null {
	if (rows.length === 0) return null;
	return {
		columns: titles.map((title) => ({
			title: title.replace(/^#/, ''),
			isNumber: title.startsWith('#'),
		})),
		rows,
	};
}
