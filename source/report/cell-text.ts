import type {Cell} from '../model/cell.ts';
import {formatCount} from './number-text.ts';
import {showCharacters} from './safe-text.ts';
import {fitSpans, measureSpans, truncateSpans, type Span, type Spans} from './spans.ts';
import {breakText} from './text-width.ts';

/** Long text over lines that are made when they are asked for. */
export type LineSource = {
	readonly count: number;
	readonly line: (index: number) => string;
};

/** Characters looked at for each column that may be shown: enough for the longest cluster. */
const charactersPerColumn = 33;

/**
Shows a value on one row, at most `width` columns wide.

| value | shown |
| --- | --- |
| NULL | `NULL`, dimmed |
| no such column | `—`, dimmed |
| text `NULL`, empty, `12`, `true`, `x'31'`, or with a quote in front | in quotes: `'NULL'` |
| other text | as it is; blanks at its ends as `·`, a tab as `→`, a newline as `⏎` |
| real `1` | `1.0` |
| bytes | `x'6162…' 12,345 bytes` |
| text whose bytes are no text | `raw x'ff…'` |

No character that could drive the terminal comes out of it.
*/
export function showCell(cell: Cell, width = Number.POSITIVE_INFINITY): Spans {
	switch (cell.kind) {
		case 'null':
			return truncateSpans([{text: 'NULL', tone: 'muted'}], width);
		case 'absent':
			return truncateSpans([{text: '—', tone: 'muted'}], width);
		case 'text':
			return showTextCell(cell.text, width);
		case 'bytes':
			return showBytes(cell.text, '', width);
		case 'rawText':
			return showBytes(cell.text, 'raw ', width);
		case 'real':
			return truncateSpans([{text: showReal(cell.text)}], width);
		case 'integer':
		case 'decimal':
		case 'boolean':
		case 'date':
		case 'time':
		case 'timestamp':
		case 'timestamptz':
		case 'interval':
		case 'uuid':
		case 'json':
		case 'other':
			return truncateSpans(showText(clip(cell.text, width)), width);
		default:
			return cell.kind satisfies never;
	}
}

/** As `showCell`, filled up to exactly `width` columns; numbers stand at the right. */
export function fitCell(cell: Cell, width: number): Spans {
	const isNumber = cell.kind === 'integer' || cell.kind === 'real' || cell.kind === 'decimal';
	return fitSpans(showCell(cell, width), width, isNumber ? 'right' : 'left');
}

/** Shows any text with its stand-ins dimmed; see safe-text.ts for what is replaced. */
export function showText(text: string): Spans {
	return showCharacters(text).map(({text: shown, isStandIn}): Span =>
		isStandIn ? {text: shown, tone: 'muted'} : {text: shown},
	);
}

/**
The whole value over lines of at most `width` columns: text broken at its
newlines and at the edge, bytes as a hex dump of 16 a line.

Memory is one number a line beside the value itself.
*/
export function listCellLines(cell: Cell, width: number): LineSource {
	switch (cell.kind) {
		case 'bytes':
		case 'rawText':
			return listHexLines(cell.text);
		case 'null':
			return {count: 1, line: () => 'NULL'};
		case 'absent':
			return {count: 1, line: () => '—'};
		case 'real':
			return {count: 1, line: () => showReal(cell.text)};
		case 'text':
		case 'integer':
		case 'decimal':
		case 'boolean':
		case 'date':
		case 'time':
		case 'timestamp':
		case 'timestamptz':
		case 'interval':
		case 'uuid':
		case 'json':
		case 'other':
			return listTextLines(cell.text, width);
		default:
			return cell.kind satisfies never;
	}
}

/** The same for any text. A newline stays visible at the end of its line. */
export function listTextLines(text: string, width: number): LineSource {
	// One column is kept for the mark of a newline.
	const columns = Math.max(1, width - 1);
	const starts: number[] = [];
	let from = 0;
	while (from <= text.length) {
		const newline = text.indexOf('\n', from);
		const to = newline === -1 ? text.length : newline + 1;
		if (from < to || from === 0) {
			const content = text.slice(from, newline === -1 ? to : newline);
			for (const start of breakText(content, columns)) starts.push(from + start);
		}
		if (newline === -1) break;
		from = to;
	}
	return {
		count: starts.length,
		line: (index) => text.slice(starts[index] ?? text.length, starts[index + 1] ?? text.length),
	};
}

/** What a text must be quoted for: it would read as another kind of value. */
const readsAsOther =
	/^(?:|null|true|false|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|[-+]?infinity|nan|(?:raw )?x'.*|'.*|—)$/is;

function showTextCell(text: string, width: number): Spans {
	const isClipped = text.length > clip(text, width).length;
	const visible = clip(text, width);
	const isQuoted = readsAsOther.test(visible);
	const body = showEnds(isQuoted ? visible.replaceAll("'", "''") : visible, !isClipped);
	const quote: Span = {text: "'", tone: 'muted'};
	return truncateSpans(isQuoted ? [quote, ...body, quote] : body, width);
}

/** Blanks at the ends are dots: they are what people lose hours over. */
function showEnds(text: string, isEndKnown: boolean): Spans {
	let from = 0;
	while (text[from] === ' ') from++;
	let to = text.length;
	while (isEndKnown && to > from && text[to - 1] === ' ') to--;
	return [...dots(from), ...showText(text.slice(from, to)), ...dots(text.length - to)];
}

function dots(count: number): Spans {
	return count === 0 ? [] : [{text: '·'.repeat(count), tone: 'muted'}];
}

function showReal(text: string): string {
	return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function showBytes(hex: string, prefix: string, width: number): Spans {
	const whole: Spans = [{text: prefix, tone: 'muted'}, {text: `x'${clip(hex, width)}'`}];
	if (hex.length + 3 + prefix.length <= width) return whole;
	const size = ` ${formatCount(hex.length / 2)} bytes`;
	const room = width - prefix.length - "x'…'".length - size.length;
	// Too narrow for the size: the beginning of the value says more.
	if (room < 2) return truncateSpans(whole, width);
	const shown = hex.slice(0, room - (room % 2));
	return [
		{text: prefix, tone: 'muted'},
		{text: `x'${shown}`},
		{text: '…', tone: 'muted'},
		{text: "'"},
		{text: size, tone: 'muted'},
	];
}

function listHexLines(hex: string): LineSource {
	const digitsPerLine = 32;
	return {
		count: Math.max(1, Math.ceil(hex.length / digitsPerLine)),
		line(index) {
			const start = index * digitsPerLine;
			const digits = hex.slice(start, start + digitsPerLine);
			const pairs = digits.match(/../g) ?? [];
			const left = pairs.slice(0, 8).join(' ').padEnd(23);
			const right = pairs.slice(8).join(' ').padEnd(23);
			const characters = pairs.map((pair) => showByte(Number.parseInt(pair, 16))).join('');
			const address = (start / 2).toString(16).padStart(8, '0');
			return `${address}  ${left}  ${right}  ${characters}`;
		},
	};
}

function showByte(byte: number): string {
	return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
}

/** A value may be megabytes long; only what can be seen is looked at. */
function clip(text: string, width: number): string {
	return Number.isFinite(width) ? text.slice(0, (width + 1) * charactersPerColumn) : text;
}

/** Columns that a value would take when shown whole. */
export function measureCell(cell: Cell, width: number): number {
	return measureSpans(showCell(cell, width));
}
