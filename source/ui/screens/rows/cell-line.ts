import type {Cell} from '../../../model/cell.ts';
import {fitCell, showCell} from '../../../report/cell-text.ts';
import {
	fitSpans,
	makeSpansSafe,
	measureSpans,
	type Span,
	type Spans,
} from '../../../report/spans.ts';
import {glyphs, type Tone} from '../../theme.ts';
import type {CellLine, CellTake} from './cell-lines.ts';
import {showPair} from './show-pair.ts';

/** Columns of the parts of a cell's row; 0: the part is not shown. */
export type CellColumns = {
	readonly name: number;
	readonly changedBy: number;
	readonly value: number;
	readonly takes: number;
	readonly result: number;
};

const mark = 2;
/** A blank, the divider, a blank. */
const separator = 3;
const longestName = 28;

/** @param hasBase Whether there is something to say about who changed a cell. */
export function measureCellColumns(
	width: number,
	lines: readonly CellLine[],
	hasBase: boolean,
): CellColumns {
	const widest = Math.max(6, ...lines.map(({name}) => measureSpans(makeSpansSafe([{text: name}]))));
	const name = Math.min(widest, longestName, Math.floor(width * 0.25));
	const changedBy = hasBase ? 5 : 0;
	const takes = 7;
	const hasResult = width >= 110;
	const values = hasResult ? 3 : 2;
	const rest = width - mark - name - changedBy - takes - (values + 1) * separator;
	const value = Math.max(4, Math.floor(rest / values));
	return {name, changedBy, value, takes, result: hasResult ? value : 0};
}

export function showCellTitles(columns: CellColumns): Spans {
	const title = (text: string, width: number) => fitSpans([{text, tone: 'muted'}], width);
	const divider: Span = {text: ' '.repeat(separator)};
	return [
		...title('', mark),
		...title('column', columns.name),
		divider,
		...title('prod', columns.value),
		divider,
		...title('dev', columns.value),
		divider,
		...(columns.result > 0 ? [...title('result', columns.result), divider] : []),
		...(columns.changedBy > 0 ? title('by', columns.changedBy) : []),
		...title('takes', columns.takes),
	];
}

/** One column of a row: its name, both cells, what comes out. */
export function showCellLine(line: CellLine, columns: CellColumns): Spans {
	const {name, isChanged, isKey, takes} = line;
	const divider: Span = {text: ` ${glyphs.divider} `, tone: 'muted'};
	const [ours, theirs] = showSides(line, columns.value);
	return [
		isChanged ? {text: `${glyphs.changed} `, tone: 'changed'} : {text: '  '},
		...fitSpans(makeSpansSafe([{text: name, tone: isKey ? 'strong' : 'plain'}]), columns.name),
		divider,
		...paint(ours, toneOf(line, 'ours')),
		divider,
		...paint(theirs, toneOf(line, 'theirs')),
		divider,
		...(columns.result > 0
			? [
					...(line.result ? fitCell(line.result, columns.result) : fitSpans([], columns.result)),
					divider,
				]
			: []),
		...(columns.changedBy > 0
			? fitSpans([{text: line.changedBy ?? '', tone: 'muted'}], columns.changedBy)
			: []),
		...fitSpans(showTake(takes), columns.takes),
	];
}

/** What is missing from the comparison of a column, for the line below the list. */
export function explainRole({role}: CellLine): string {
	switch (role) {
		case 'common':
			return '';
		case 'dev-only':
			return 'new on dev';
		case 'prod-only':
			return 'only on prod: left as it is';
		case 'ignored':
			return 'ignored: left as it is';
		default:
			return role satisfies never;
	}
}

/** Both cells, exactly `width` columns each; of long texts the part that differs. */
function showSides({prod, dev, isChanged}: CellLine, width: number): readonly [Spans, Spans] {
	if (isChanged && prod && dev && prod.kind === dev.kind && !isNumber(prod)) {
		const [ours, theirs] = showPair(prod, dev, width);
		return [fitSpans(ours, width), fitSpans(theirs, width)];
	}
	const fit = (cell: Cell | undefined) => (cell ? fitCell(cell, width) : fitSpans([], width));
	return [fit(prod), fit(dev)];
}

/** Numbers stand at the right, where `fitCell` puts them. */
function isNumber({kind}: Cell): boolean {
	return kind === 'integer' || kind === 'real' || kind === 'decimal';
}

function paint(spans: Spans, tone: Tone): Spans {
	return spans.map((span) => ({tone, ...span}));
}

/** A side that is not taken steps back. */
function toneOf({isChanged, takes, prod, dev}: CellLine, side: 'ours' | 'theirs'): Tone {
	if (!prod || !dev) return side === 'ours' ? 'removed' : 'added';
	if (!isChanged) return 'plain';
	if (takes !== 'open' && takes !== side) return 'muted';
	return side === 'ours' ? 'removed' : 'added';
}

function showTake(takes: CellTake): Spans {
	switch (takes) {
		case 'open':
			return [{text: 'open', tone: 'conflict'}];
		case 'ours':
		case 'theirs':
			return [{text: takes}];
		case 'edited':
			return [{text: 'edited', tone: 'accent'}];
		case 'same':
			return [];
		default:
			return takes satisfies never;
	}
}

/** Columns in front of a value on the whole width. */
export const titleWidth = 8;

/** One value on the whole width, with what it is in front. */
export function showWholeValue(title: string, cell: Cell | undefined, width: number): Spans {
	return showTitled(title, cell && showCell(cell, width - titleWidth));
}

/** The same for a value that is shown already; undefined: there is no such row. */
export function showTitled(title: string, value: Spans | undefined): Spans {
	return [
		{text: title.padEnd(titleWidth), tone: 'muted'},
		...(value ?? [{text: 'no row', tone: 'muted' as const}]),
	];
}
