import {
	joinSpans,
	makeSpansSafe,
	measureSpans,
	sliceSpans,
	type Spans,
} from '../../../report/spans.ts';
import {breakText, measureText} from '../../../report/text-width.ts';

/**
Breaks one line of text over rows of at most `width` columns: between words where it can,
inside of a word that is wider than a row.

@param indent Blanks in front of every row but the first. @default 0
*/
export function wrapSpans(spans: Spans, width: number, indent = 0): Spans[] {
	const safe = makeSpansSafe(spans);
	const rows: Spans[] = [];
	let rest = safe;
	while (measureSpans(rest) > width - (rows.length > 0 ? indent : 0)) {
		const room = Math.max(1, width - (rows.length > 0 ? indent : 0));
		const text = joinSpans(rest);
		const end = breakText(text, room)[1] ?? text.length;
		// The blank that the row breaks at may stand right behind it.
		const blank = text.lastIndexOf(' ', end);
		const cut = text.slice(0, Math.max(0, blank)).trim() === '' ? end : blank;
		const columns = measureText(text.slice(0, cut));
		rows.push(addIndent(sliceSpans(rest, 0, columns), rows.length, indent));
		const skip = columns + (cut === blank ? 1 : 0);
		rest = sliceSpans(rest, skip, Number.MAX_SAFE_INTEGER);
	}
	rows.push(addIndent(rest, rows.length, indent));
	return rows;
}

function addIndent(spans: Spans, row: number, indent: number): Spans {
	return row === 0 || indent === 0 ? spans : [{text: ' '.repeat(indent)}, ...spans];
}
