import type {Cell} from '../model/cell.ts';
import type {Layout} from '../model/layout.ts';
import {showCell} from './cell-text.ts';
import {rowStateMarks} from './glyphs.ts';
import {keyColumnsOf, type ReportedRow} from './reported-row.ts';
import {
	fitSpans,
	makeSpansSafe,
	measureSpans,
	truncateSpans,
	type Span,
	type Spans,
} from './spans.ts';
import type {Tone} from './tone.ts';

/**
One row that differs for people: what it is, what will happen to it, and its cells column
by column. Of a row on both sides only the columns that differ are listed.

@param width Longer values are shortened to fit.
*/
export function describeChange(row: ReportedRow, layout: Layout, width: number): Spans[] {
	const {glyph, tone} = rowStateMarks[row.state];
	const copies = row.copies > 1 ? ` × ${row.copies}` : '';
	const headline: Spans = [
		{text: `${glyph} `, tone},
		{text: `${row.table}  `, tone: 'strong'},
		...nameRow(row, layout),
		{text: copies},
		{text: `  ${row.state}, `, tone: 'muted'},
		describeFate(row),
	];
	const columns = row.prod && row.dev ? row.changed : layout.columns.map((_, index) => index);
	const names = columns.map((index) => layout.columns[index]?.name ?? '');
	const nameWidth = Math.min(
		30,
		Math.max(0, ...names.map((name) => measureSpans(makeSpansSafe([{text: name}])))),
	);
	return [
		truncateSpans(makeSpansSafe(headline), width),
		...columns.flatMap((index) =>
			describeColumn(row, index, layout.columns[index]?.name ?? '', nameWidth, width),
		),
	];
}

/** The key's columns and values; without a key, that there is none. */
export function nameRow(row: ReportedRow, layout: Layout): Spans {
	if (layout.key.kind === 'rows') return [{text: '(row without a key)', tone: 'muted'}];
	return keyColumnsOf(row, layout).flatMap((column, index): Spans => {
		const cell = row.key[index];
		return [
			{text: `${index === 0 ? '' : ', '}${column} `, tone: 'muted'},
			...(cell ? showCell(cell, 40) : []),
		];
	});
}

/** What will happen to a row, and who said so. */
export function describeFate({state, take, resolution, prod, dev}: ReportedRow): Span {
	const by = resolution && resolution.by !== 'person' ? ` (${resolution.by})` : '';
	switch (take) {
		case null:
			return {text: 'needs a decision', tone: 'warning'};
		case 'manual':
			return state === 'merged' && !resolution
				? {text: 'merged column by column'}
				: {text: `composed by hand${by}`};
		case 'ours':
			return {text: `ours: ${prod ? 'prod keeps its row' : 'it is left out'}${by}`};
		case 'theirs':
			if (!dev) return {text: `theirs: delete it${by}`};
			return {text: `theirs: ${prod ? "take dev's values" : 'insert it'}${by}`};
		default:
			return take satisfies never;
	}
}

function describeColumn(
	row: ReportedRow,
	index: number,
	name: string,
	nameWidth: number,
	width: number,
): Spans[] {
	const line = (mark: string, tone: Tone, title: string, side: string, cell: Cell): Spans => {
		const start: Spans = [
			{text: `    ${mark} `, tone},
			...fitSpans(makeSpansSafe([{text: title}]), nameWidth),
			{text: `  ${side}`, tone: 'muted'},
		];
		return [...start, ...showCell(cell, Math.max(8, width - measureSpans(start)))];
	};
	const [ours, theirs, ancestor] = [row.prod?.[index], row.dev?.[index], row.base?.[index]];
	if (!row.dev) return ours ? [line('-', 'removed', name, '', ours)] : [];
	if (!row.prod) {
		return theirs && theirs.kind !== 'absent' ? [line('+', 'added', name, '', theirs)] : [];
	}
	const composed = row.resolution?.cells?.get(index);
	return [
		...(ours ? [line('~', 'changed', name, 'prod  ', ours)] : []),
		...(theirs ? [line(' ', 'plain', '', 'dev   ', theirs)] : []),
		...(ancestor ? [line(' ', 'plain', '', 'base  ', ancestor)] : []),
		...(composed ? [line(' ', 'plain', '', 'taken ', composed)] : []),
	];
}
