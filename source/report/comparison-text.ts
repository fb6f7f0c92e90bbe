import {countDifferences, type Comparison, type TableComparison} from '../model/comparison.ts';
import {rowStates, type RowState} from '../model/row-change.ts';
import {rowStateMarks} from './glyphs.ts';
import {formatCount, plural} from './number-text.ts';
import {countSchemaChanges, listSchemaChanges} from './schema-text.ts';
import type {Spans} from './spans.ts';
import {layOutTable, type TableColumn} from './text-table.ts';

const blank: Spans = [];

/** A comparison for people: structure, rows, and everything that took no part, with the reason. */
export function describeComparison(comparison: Comparison): Spans[] {
	const {changes, tables} = comparison;
	return [
		...describeSides(comparison),
		blank,
		[
			{text: 'Structure', tone: 'strong'},
			{text: `  ${changes.length === 0 ? 'no differences' : countSchemaChanges(changes)}`},
		],
		...listSchemaChanges(changes, {definitions: false}),
		blank,
		...describeRows(tables),
		...describeLeftOut(tables),
	];
}

/** What was compared with what. */
export function describeSides({prod, dev, base, run}: Comparison): Spans[] {
	const lines = [
		{title: 'prod', text: prod},
		{title: 'dev', text: dev},
		...(base === null ? [] : [{title: 'base', text: base}]),
		{title: 'run', text: run},
	];
	return lines.map(({title, text}) => [{text: title.padEnd(6), tone: 'muted'}, {text}]);
}

/** One sentence: whether anything differs, and how much took no part in saying so. */
export function describeVerdict(comparison: Comparison): Spans {
	const {tables, changes, identical, isComplete, conflicts, unresolved} = comparison;
	const compared = tables.filter(({status}) => status === 'done');
	const rows = sum(compared, (table) => table.same ?? 0);
	const leftOut = describeHowMuchLeftOut(tables);
	if (!isComplete) return [{text: 'The scan is not finished.', tone: 'warning'}];
	if (identical) {
		const what = `Nothing differs in ${plural(compared.length, 'table')} and ${plural(rows, 'row')}.`;
		return [{text: what, tone: 'good'}, {text: leftOut}];
	}
	const differences = sum(tables, countDifferences);
	const open = conflicts === 0 ? '' : ` ${describeConflicts(conflicts, unresolved)}`;
	return [
		{
			text: `${plural(changes.length, 'difference')} of structure, ${plural(differences, 'row')} that differ${differences === 1 ? 's' : ''}.`,
			tone: 'strong',
		},
		{text: open + leftOut},
	];
}

/** `12 conflicts, 3 of them without a decision.` */
export function describeConflicts(conflicts: number, unresolved: number): string {
	const all = plural(conflicts, 'conflict');
	if (unresolved === 0) return `${all}, all settled.`;
	if (unresolved === conflicts) return `${all} without a decision.`;
	return `${all}, ${formatCount(unresolved)} of them without a decision.`;
}

const stateTitles: Readonly<Record<RowState, string>> = {
	added: 'added',
	removed: 'removed',
	conflict: 'conflicts',
	'dev-only': 'dev only',
	'prod-only': 'prod only',
	merged: 'merged',
};

function describeRows(tables: readonly TableComparison[]): Spans[] {
	const differing = tables.filter((table) => countDifferences(table) > 0);
	const same = tables.filter((table) => table.status === 'done' && countDifferences(table) === 0);
	const lines: Spans[] = [];
	if (differing.length === 0) {
		lines.push([{text: 'Rows', tone: 'strong'}, {text: '       no differences'}]);
	} else {
		lines.push([{text: 'Rows', tone: 'strong'}], ...layOutDifferences(differing));
	}
	if (same.length > 0) {
		const rows = sum(same, (table) => table.same ?? 0);
		const names = same.map(({table}) => table).join(', ');
		lines.push([
			{text: `  the same in ${plural(same.length, 'table')} (${plural(rows, 'row')}): `},
			{text: names, tone: 'muted'},
		]);
	}
	return lines;
}

function layOutDifferences(tables: readonly TableComparison[]): Spans[] {
	// Three states only come up with a base or with new columns: no column for nothing.
	const states = rowStates.filter(
		(state) =>
			['added', 'removed', 'conflict'].includes(state) ||
			tables.some(({counts}) => counts[state] > 0),
	);
	const right = (title: string): TableColumn => ({title, align: 'right'});
	const columns: TableColumn[] = [
		{title: 'table'},
		...['prod', 'dev', 'same'].map(right),
		...states.map((state) => right(`${rowStateMarks[state].glyph} ${stateTitles[state]}`)),
	];
	const rows = tables.map((table): Spans[] => [
		[{text: table.table}],
		...[table.prodRows, table.devRows, table.same].map((count): Spans => [
			{text: count === null ? '' : formatCount(count)},
		]),
		...states.map((state): Spans => {
			const count = table.counts[state];
			return count === 0
				? [{text: '·', tone: 'muted'}]
				: [{text: formatCount(count), tone: rowStateMarks[state].tone}];
		}),
	]);
	return layOutTable(columns, rows);
}

/** Nothing is left out in silence: tables, columns and rows that took no part, and why. */
function describeLeftOut(tables: readonly TableComparison[]): Spans[] {
	const notCompared = tables.filter(
		({status}) => status === 'not compared' || status === 'skipped',
	);
	const otherwise = tables.filter(
		({status, reason}) => !['not compared', 'skipped'].includes(status) && reason !== '',
	);
	const columns = tables.flatMap(({table, columnsLeftOut}) =>
		columnsLeftOut.map(({column, reason}) => ({name: `${table}.${column}`, reason})),
	);
	const filtered = tables.flatMap(({table, where}) =>
		where === null ? [] : [{name: table, reason: `only rows where ${where}`}],
	);
	const named = ({table, reason}: TableComparison) => ({name: table, reason});
	return [
		...listReasons('Not compared', notCompared.map(named)),
		...listReasons('Columns not compared', columns),
		...listReasons('Rows not compared', filtered),
		...listReasons('Compared in another way than by primary key', otherwise.map(named)),
	];
}

function listReasons(
	title: string,
	items: readonly {readonly name: string; readonly reason: string}[],
): Spans[] {
	if (items.length === 0) return [];
	const width = Math.min(40, Math.max(...items.map(({name}) => name.length)));
	return [
		blank,
		[{text: title, tone: 'strong'}],
		...items.map(({name, reason}): Spans => [
			{text: `  ${name.padEnd(width)}  `},
			{text: reason, tone: 'muted'},
		]),
	];
}

function describeHowMuchLeftOut(tables: readonly TableComparison[]): string {
	const skipped = tables.filter(({status}) => status === 'not compared' || status === 'skipped');
	const columns = sum(tables, ({columnsLeftOut}) => columnsLeftOut.length);
	const filtered = tables.filter(({where}) => where !== null);
	const parts = [
		...(skipped.length > 0 ? [plural(skipped.length, 'table')] : []),
		...(columns > 0 ? [plural(columns, 'column')] : []),
		...(filtered.length > 0 ? [`rows of ${plural(filtered.length, 'table')}`] : []),
	];
	return parts.length === 0 ? '' : ` Not compared: ${parts.join(', ')}.`;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
	return items.reduce((total, item) => total + value(item), 0);
}
