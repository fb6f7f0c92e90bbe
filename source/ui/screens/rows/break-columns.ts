import {isPlainAscii, makeSafe} from '../../../report/safe-text.ts';
import {measureText} from '../../../report/text-width.ts';

/*
Breaking megabytes of text into screen rows at once. Segmenting 10 MB into graphemes takes
seconds; here each character is looked up in a table that is filled as characters are met.
*/

const unknown = 255;
/** Stands for a mark: it joins the character before it. */
const mark = 254;
/** More marks on one character are no writing: they get columns of their own. */
const marksTogether = 16;
const widths = new Uint8Array(0x10000).fill(unknown);

/** Where a line breaks: so many pieces, each from its start to the start of the next. */
export type Breaks = {
	readonly count: number;
	readonly start: (piece: number) => number;
};

/** Breaks a line into pieces of at most `width` columns; plain ASCII without looking twice. */
export function breakLine(line: string, width: number): Breaks {
	if (isPlainAscii(line)) {
		return {count: Math.max(1, Math.ceil(line.length / width)), start: (piece) => piece * width};
	}
	const starts = breakColumns(line, width);
	return {count: starts.length, start: (piece) => starts[piece] ?? line.length};
}

/** How many pieces `breakLine` would make. */
export function countPieces(line: string, width: number): number {
	if (isPlainAscii(line)) return Math.max(1, Math.ceil(line.length / width));
	return breakColumns(line, width).length;
}

/**
Starts of the pieces of at most `width` columns that a text without newlines breaks into.

Widths are those of the characters one by one, stand-ins included, so a piece is never
wider than told; where characters join into one it may be narrower. Memory is one number a
piece.
*/
export function breakColumns(text: string, width: number): readonly number[] {
	const starts = [0];
	let column = 0;
	let marks = 0;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		const isPair = code >= 0xd800 && code < 0xdc00 && isLowSurrogate(text.charCodeAt(index + 1));
		const known = isPair ? measurePair(text.codePointAt(index) ?? 0) : measureCode(code);
		marks = known === mark ? marks + 1 : 0;
		const taken = known !== mark ? known : marks % marksTogether === 0 ? width : 0;
		if (column + taken > width && column > 0) {
			starts.push(index);
			column = 0;
		}
		column += taken;
		if (isPair) index++;
	}
	return starts;
}

function measureCode(code: number): number {
	const known = widths[code] ?? unknown;
	if (known !== unknown) return known;
	const character = String.fromCharCode(code);
	const isMark = /^\p{M}/u.test(character) && makeSafe(character).length <= 2;
	const width = isMark ? mark : Math.min(mark - 1, measureText(makeSafe(character)));
	widths[code] = width;
	return width;
}

function measurePair(code: number): number {
	// Two columns at most, but for those that are shown by their number: `\u{e0041}`.
	const isShown = code < 0xe0000 && !/^\p{Default_Ignorable_Code_Point}/u.test(characterOf(code));
	return isShown ? 2 : measureText(makeSafe(characterOf(code)));
}

const characterOf = (code: number): string => String.fromCodePoint(code);

function isLowSurrogate(code: number): boolean {
	return code >= 0xdc00 && code < 0xe000;
}
