import stringWidth from 'string-width';
import {isPlainAscii, splitGraphemes} from './safe-text.ts';

/** Columns that a text takes on the screen. The text must be safe (see safe-text.ts). */
export function measureText(text: string): number {
	return isPlainAscii(text) ? text.length : stringWidth(text);
}

/**
Cuts out the columns `[from, from + width)`.

A wide character that is only half inside is replaced by a blank, so that what
follows stays in its column.
*/
export function sliceText(text: string, from: number, width: number): string {
	if (width <= 0) return '';
	if (isPlainAscii(text)) return text.slice(from, from + width);
	const end = from + width;
	let column = 0;
	let slice = '';
	for (const grapheme of splitGraphemes(text)) {
		if (column >= end) break;
		const next = column + measureText(grapheme);
		if (column >= from && next <= end) {
			slice += grapheme;
		} else if (next > from) {
			slice += ' '.repeat(Math.min(next, end) - Math.max(column, from));
		}
		column = next;
	}
	return slice;
}

/** Shortens a text to `width` columns; what was cut off is told by `…`. */
export function truncateText(text: string, width: number): string {
	if (measureText(text) <= width) return text;
	return width <= 0 ? '' : sliceText(text, 0, width - 1) + '…';
}

/** Fills a text up with blanks to `width` columns. */
export function padText(text: string, width: number, align: 'left' | 'right' = 'left'): string {
	const blanks = ' '.repeat(Math.max(0, width - measureText(text)));
	return align === 'left' ? text + blanks : blanks + text;
}

/** Exactly `width` columns: shortened or filled up. */
export function fitText(text: string, width: number, align: 'left' | 'right' = 'left'): string {
	return padText(truncateText(text, width), width, align);
}

/**
Starts of the pieces of at most `width` columns that a text breaks into.

Memory is one number a piece.
*/
export function breakText(text: string, width: number): readonly number[] {
	const starts = [0];
	if (isPlainAscii(text)) {
		for (let start = width; start < text.length; start += width) starts.push(start);
		return starts;
	}
	let index = 0;
	let column = 0;
	for (const grapheme of splitGraphemes(text)) {
		const graphemeWidth = measureText(grapheme);
		if (column + graphemeWidth > width && column > 0) {
			starts.push(index);
			column = 0;
		}
		column += graphemeWidth;
		index += grapheme.length;
	}
	return starts;
}
