import {
	countDifferences,
	type Comparison,
	type TableComparison,
} from '../../../model/comparison.ts';
import {rowStates, type RowState} from '../../../model/row-change.ts';
import {formatCount, plural} from '../../../report/number-text.ts';
import {fitSpans, makeSpansSafe, type Spans} from '../../../report/spans.ts';
import {rowStateMarks, type Tone} from '../../theme.ts';

/** A number of a table; what is null takes no part. */
type CountColumn = {
	readonly title: string;
	readonly tone: Tone;
	readonly read: (table: TableComparison) => number | null;
	readonly width: number;
};

/** Columns of the list of tables that fit, from the left. */
export type TableColumns = {readonly name: number; readonly counts: readonly CountColumn[]};

const gap = 2;
const narrowestName = 14;

const titles: Readonly<Record<RowState, string>> = {
	added: 'added',
	removed: 'removed',
	conflict: 'conflicts',
	'dev-only': 'dev only',
	'prod-only': 'prod only',
	merged: 'merged',
};

/** Columns for the states that there are, then the rows that are the same and those in all. */
export function measureTableColumns(
	width: number,
	tables: readonly TableComparison[],
): TableColumns {
	const states = rowStates.filter(
		(state) =>
			['added', 'removed', 'conflict'].includes(state) ||
			tables.some(({counts}) => counts[state] > 0),
	);
	const make = (title: string, tone: Tone, read: CountColumn['read']): CountColumn => {
		const widest = tables.reduce(
			(most, table) => Math.max(most, formatCount(read(table) ?? 0).length),
			title.length,
		);
		return {title, tone, read, width: widest + gap};
	};
	const all = [
		...states.map((state) =>
			make(titles[state], rowStateMarks[state].tone, ({counts}) => counts[state]),
		),
		make('same', 'plain', ({same}) => same),
		make('prod rows', 'muted', ({prodRows}) => prodRows),
		make('dev rows', 'muted', ({devRows}) => devRows),
	];
	const counts: CountColumn[] = [];
	let left = width - narrowestName;
	for (const column of all) {
		if (column.width > left) break;
		counts.push(column);
		left -= column.width;
	}
	return {name: narrowestName + left, counts};
}

export function showTableTitles({name, counts}: TableColumns): Spans {
	return [
		...fitSpans([{text: 'table', tone: 'muted'}], name),
		...counts.flatMap(({title, width}) => fitSpans([{text: title, tone: 'muted'}], width, 'right')),
	];
}

/** A table with its counts, or why there are none. */
export function showTableLine(table: TableComparison, {name, counts}: TableColumns): Spans {
	const isDifferent = countDifferences(table) > 0;
	const title: Spans = [{text: table.table, tone: isDifferent ? 'strong' : 'plain'}];
	const problem = explainStatus(table);
	const width = counts.reduce((sum, column) => sum + column.width, 0);
	const start = fitSpans(makeSpansSafe(title), name);
	if (problem !== '' && !isDifferent) {
		return [...start, ...fitSpans(makeSpansSafe([{text: `  ${problem}`, tone: 'warning'}]), width)];
	}
	return [
		...start,
		...counts.flatMap((column): Spans => {
			const count = column.read(table);
			const isZero = count === null || count === 0;
			const text = count === null ? '' : isZero ? '·' : formatCount(count);
			return fitSpans([{text, tone: isZero ? 'muted' : column.tone}], column.width, 'right');
		}),
	];
}

/** Why a table was not compared, or not as a whole; empty when it was. */
export function explainStatus({status, reason}: TableComparison): string {
	const why = reason === '' ? '' : `: ${reason}`;
	switch (status) {
		case 'done':
			return '';
		case 'scanning':
			return 'the scan of it is not finished';
		case 'waiting':
			return 'not scanned yet';
		case 'skipped':
			return `skipped${why}`;
		case 'not compared':
			return `not compared${why}`;
		default:
			return status satisfies never;
	}
}

/** `14 tables: 9 differ, 3 identical, 2 not compared`. */
export function showTablesSummary({tables}: Pick<Comparison, 'tables'>): Spans {
	const differ = tables.filter((table) => countDifferences(table) > 0).length;
	const identical = tables.filter(
		(table) => table.status === 'done' && countDifferences(table) === 0,
	).length;
	const rest = tables.length - differ - identical;
	return [
		{text: `${plural(tables.length, 'table')}: `},
		{text: `${differ} differ`, tone: differ > 0 ? 'strong' : 'plain'},
		{text: `, ${identical} identical`},
		...(rest === 0 ? [] : [{text: `, ${rest} not compared`, tone: 'warning' as const}]),
	];
}

/** Everything about the table under the cursor, as sentences. */
export function describeTable(table: TableComparison, openConflicts: number): readonly Spans[] {
	const {prodRows, devRows, same, reason, where, columnsLeftOut, counts} = table;
	const status = explainStatus(table);
	const lines: Spans[] = [
		[
			{text: table.table, tone: 'strong'},
			status === '' ? {text: `  ${reason}`, tone: 'muted'} : {text: `  ${status}`, tone: 'warning'},
		],
	];
	if (prodRows !== null && devRows !== null) {
		const all = `prod ${plural(prodRows, 'row')}, dev ${plural(devRows, 'row')}`;
		const open = openConflicts === 0 ? 'all decided' : `${formatCount(openConflicts)} still open`;
		lines.push([
			{text: `${all}, ${formatCount(same ?? 0)} the same`},
			...(counts.conflict === 0
				? []
				: [
						{text: `; ${plural(counts.conflict, 'conflict')}, `},
						{text: open, tone: openConflicts === 0 ? ('good' as const) : ('conflict' as const)},
					]),
		]);
	}
	if (where !== null) lines.push([{text: `only rows where ${where}`, tone: 'warning'}]);
	if (columnsLeftOut.length > 0) {
		const columns = columnsLeftOut.map(({column, reason: why}) => `${column} (${why})`);
		lines.push([{text: `columns not compared: ${columns.join(', ')}`, tone: 'muted'}]);
	}
	return lines;
}
