import type {Row} from '../../../model/cell.ts';
import type {Layout} from '../../../model/layout.ts';
import {showCell} from '../../../report/cell-text.ts';
import {formatSize} from '../../../report/number-text.ts';
import {
	fitSpans,
	makeSpansSafe,
	measureSpans,
	type Span,
	type Spans,
} from '../../../report/spans.ts';
import type {DecidedRow} from '../../../store/row-changes.ts';
import type {ListedRow} from '../../../store/listed-row.ts';
import {rowStateMarks, type Tone} from '../../theme.ts';
import {showDecision} from './decision-text.ts';
import {sharePair} from './show-pair.ts';

/** Columns of the parts of a list's row; `changes` takes what is left. */
export type RowColumns = {
	readonly table: number;
	readonly key: number;
	readonly changes: number;
	readonly decision: number;
};

const mark = 2;
const gap = 1;
/** Below this a further change would only be dots; how many there are is said instead. */
const leastRoom = 24;
/** Columns of `  +12`. */
const moreWidth = 4;

/** @param hasTables Whether rows of several tables stand in one list. */
export function measureRowColumns(width: number, hasTables: boolean): RowColumns {
	const table = hasTables ? Math.min(24, Math.floor(width * 0.17)) : 0;
	const key = Math.min(32, Math.floor(width * 0.18));
	const decision = width < 100 ? 18 : 20;
	const changes = width - mark - (hasTables ? table + gap : 0) - key - decision - 2 * gap;
	return {table, key, changes: Math.max(0, changes), decision};
}

/** One row of the list: state, table, key, what differs, what was decided. */
export function showRowLine(listed: ListedRow, layout: Layout, columns: RowColumns): Spans {
	const {glyph, tone} = rowStateMarks[listed.state];
	return [
		{text: `${glyph} `, tone},
		...(columns.table > 0
			? [...fitSpans(makeSpansSafe([{text: listed.table}]), columns.table), {text: ' '}]
			: []),
		...fitSpans(showKey(listed.key, columns.key), columns.key),
		{text: ' '},
		...fitSpans(showChanges(listed, layout, columns.changes), columns.changes),
		{text: ' '},
		...fitSpans(showDecision(listed), columns.decision),
	];
}

/** The titles above the list. */
export function showRowTitles(columns: RowColumns): Spans {
	const title = (text: string, width: number) => fitSpans([{text, tone: 'muted'}], width);
	return [
		...title('', mark),
		...(columns.table > 0 ? title('table', columns.table + gap) : []),
		...title('key', columns.key + gap),
		...title('prod → dev', columns.changes + gap),
		...title('decision', columns.decision),
	];
}

/** The key's values alone: their names are the same for all rows of a table. */
export function showKey(key: Row, width: number): Spans {
	const spans: Span[] = [];
	for (const cell of key) {
		if (measureSpans(spans) >= width) break;
		if (spans.length > 0) spans.push({text: ' · ', tone: 'muted'});
		spans.push(...showCell(cell, width));
	}
	return spans;
}

/** What differs, from the first column on, as much as fits. */
function showChanges({row, size}: ListedRow, layout: Layout, width: number): Spans {
	if (!row) return [{text: `${formatSize(size)}: enter shows it`, tone: 'muted'}];
	const spans: Span[] = [];
	const columns = listTellingColumns(row, layout);
	for (const [index, column] of columns.entries()) {
		const room = width - measureSpans(spans);
		const isFirst = index === 0;
		if (!isFirst && room < leastRoom) {
			spans.push({text: `  +${columns.length - index}`, tone: 'muted'});
			break;
		}
		const name = makeSpansSafe([
			{text: `${isFirst ? '' : '  '}${layout.columns[column]?.name ?? ''} `, tone: 'muted'},
		]);
		const more = index === columns.length - 1 ? 0 : moreWidth;
		spans.push(...name, ...showChange(row, column, room - measureSpans(name) - more));
	}
	return spans;
}

/** What differs; of a row on one side only, what is not its key. */
function listTellingColumns({prod, dev, changed}: DecidedRow, layout: Layout): readonly number[] {
	if (prod && dev) return changed;
	const keys = new Set(layout.key.columns);
	const columns = Array.from({length: layout.comparedCount}, (_, index) => index);
	const others = columns.filter((index) => !keys.has(layout.columns[index]?.name ?? ''));
	return others.length > 0 ? others : columns;
}

function showChange({prod, dev}: DecidedRow, column: number, width: number): Spans {
	const [ours, theirs] = [prod?.[column], dev?.[column]];
	const shown = (spans: Spans, tone: Tone): Spans => spans.map((span) => ({tone, ...span}));
	if (ours && theirs) {
		const arrow: Span = {text: ' → ', tone: 'muted'};
		const [before, after] = sharePair(ours, theirs, width - arrow.text.length);
		return [...shown(before, 'removed'), arrow, ...shown(after, 'added')];
	}
	if (ours) return shown(showCell(ours, width), 'removed');
	return theirs ? shown(showCell(theirs, width), 'added') : [];
}
