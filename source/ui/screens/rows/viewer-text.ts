import type {Cell} from '../../../model/cell.ts';
import {listCellLines, showText, type LineSource} from '../../../report/cell-text.ts';
import {plural} from '../../../report/number-text.ts';
import {isPlainAscii} from '../../../report/safe-text.ts';
import {fitSpans, makeSpansSafe, type Spans} from '../../../report/spans.ts';
import {glyphs, type Theme} from '../../theme.ts';
import {breakLine} from './break-columns.ts';
import {nameKind} from './edit-value.ts';
import {pairBytes} from './pair-bytes.ts';
import {pairText} from './pair-text.ts';

/** A value, or two side by side, over lines that are made when they are asked for. */
export type ViewerText = {
	readonly source: LineSource;
	readonly renderLine: (text: string, line: number) => Spans;
	/** Whether the two sides differ on a line; never for one side alone. */
	readonly isChanged: (line: number) => boolean;
};

/** Two columns of lines; a side that has no such line is empty. */
export type PairedLines = {
	readonly count: number;
	/** What stands on a line, without its looks: what is searched. */
	text(index: number): string;
	line(index: number): {readonly left: Spans; readonly right: Spans};
	isChanged(index: number): boolean;
};

export type Marks = Theme['wordMarks'];

/** One side's value on the whole width. */
export function viewCell(cell: Cell, width: number): ViewerText {
	return {
		source: isTextual(cell) ? listTextLines(cell.text, width) : listCellLines(cell, width),
		renderLine: (text) => showText(text),
		isChanged: () => false,
	};
}

/** Two values beside each other on `width` columns, what differs marked. */
export function viewPair(left: Cell, right: Cell, width: number, marks: Marks): ViewerText {
	const half = measureHalf(width);
	const paired = pairCells(left, right, half, marks);
	const compose = (index: number): Spans => {
		const line = paired.line(index);
		return [
			...fitSpans(makeSpansSafe(line.left), half),
			{text: glyphs.divider, tone: 'muted'},
			...makeSpansSafe(line.right),
		];
	};
	return {
		source: {count: paired.count, line: (index) => paired.text(index)},
		renderLine: (_text, line) => compose(line),
		isChanged: (line) => paired.isChanged(line),
	};
}

export function measureHalf(width: number): number {
	return Math.floor((width - 1) / 2);
}

/** `text, 1,234 characters`, `bytes, 12 bytes`, `NULL`. */
export function describeSize({kind, text}: Cell): string {
	switch (kind) {
		case 'null':
			return 'NULL';
		case 'absent':
			return 'no such column';
		case 'bytes':
			return plural(text.length / 2, 'byte');
		case 'rawText':
			return `text that is not valid, ${plural(text.length / 2, 'byte')}`;
		case 'text':
		case 'json':
		case 'other':
			return `${kind}, ${plural(countCharacters(text), 'character')}`;
		case 'integer':
		case 'real':
		case 'decimal':
		case 'boolean':
		case 'date':
		case 'time':
		case 'timestamp':
		case 'timestamptz':
		case 'interval':
		case 'uuid':
			return nameKind(kind);
		default:
			return kind satisfies never;
	}
}

/** Code points: what takes two units in memory is one character. */
function countCharacters(text: string): number {
	let count = text.length;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code >= 0xdc00 && code < 0xe000) count--;
	}
	return count;
}

function pairCells(left: Cell, right: Cell, half: number, marks: Marks): PairedLines {
	if (isTextual(left) && isTextual(right)) return pairText(left.text, right.text, half, marks);
	if (isBinary(left) && isBinary(right)) return pairBytes(left.text, right.text, marks);
	const sides = [left, right].map((cell) => viewCell(cell, half).source);
	const read = (source: LineSource | undefined, index: number): string =>
		source && index < source.count ? source.line(index) : '';
	return {
		count: Math.max(...sides.map(({count}) => count)),
		text: (index) => sides.map((source) => read(source, index)).join(glyphs.divider),
		line: (index) => ({
			left: showText(read(sides[0], index)),
			right: showText(read(sides[1], index)),
		}),
		isChanged: () => true,
	};
}

function isTextual({kind}: Cell): boolean {
	return kind === 'text' || kind === 'json' || kind === 'other';
}

function isBinary({kind}: Cell): boolean {
	return kind === 'bytes' || kind === 'rawText';
}

function listTextLines(text: string, width: number): LineSource {
	// One column is kept for the mark of a newline.
	const columns = Math.max(1, width - 1);
	if (isPlainAscii(text)) {
		const {count, start} = breakLine(text, columns);
		return {count, line: (index) => text.slice(start(index), start(index + 1))};
	}
	const starts: number[] = [];
	let from = 0;
	for (;;) {
		const newline = text.indexOf('\n', from);
		const end = newline === -1 ? text.length : newline;
		// What follows the last newline is a line of its own only if there is something.
		if (end > from || newline !== -1 || from === 0) {
			const {count, start} = breakLine(text.slice(from, end), columns);
			for (let piece = 0; piece < count; piece++) starts.push(from + start(piece));
		}
		if (newline === -1) break;
		from = newline + 1;
	}
	return {
		count: starts.length,
		line: (index) => text.slice(starts[index] ?? text.length, starts[index + 1] ?? text.length),
	};
}
