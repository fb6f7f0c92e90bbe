import type {Tone} from './tone.ts';
import {makeSafe} from './safe-text.ts';
import {measureText, sliceText} from './text-width.ts';

/** A piece of one screen row: text with a meaning. */
export type Span = {readonly text: string; readonly tone?: Tone};

export type Spans = readonly Span[];

/** Makes every text safe to draw and forgets empty pieces. */
export function makeSpansSafe(spans: Spans): Spans {
	return spans.map((span) => withText(span, makeSafe(span.text))).filter(({text}) => text !== '');
}

export function measureSpans(spans: Spans): number {
	return spans.reduce((width, {text}) => width + measureText(text), 0);
}

/** The text without its meaning. */
export function joinSpans(spans: Spans): string {
	return spans.map(({text}) => text).join('');
}

/** Cuts out the columns `[from, from + width)`. */
export function sliceSpans(spans: Spans, from: number, width: number): Spans {
	const slice: Span[] = [];
	let column = 0;
	for (const span of spans) {
		if (column >= from + width) break;
		const end = column + measureText(span.text);
		if (end > from) {
			const start = Math.max(from, column);
			const piece = sliceText(span.text, start - column, from + width - start);
			if (piece !== '') slice.push(withText(span, piece));
		}
		column = end;
	}
	return slice;
}

/** At most `width` columns; what was cut off is told by `…`. */
export function truncateSpans(spans: Spans, width: number): Spans {
	if (measureSpans(spans) <= width) return spans;
	if (width <= 0) return [];
	return [...sliceSpans(spans, 0, width - 1), {text: '…', tone: 'muted'}];
}

/** Exactly `width` columns: shortened or filled up with blanks. */
export function fitSpans(spans: Spans, width: number, align: 'left' | 'right' = 'left'): Spans {
	const short = truncateSpans(spans, width);
	const missing = width - measureSpans(short);
	if (missing <= 0) return short;
	const blanks = {text: ' '.repeat(missing)};
	return align === 'left' ? [...short, blanks] : [blanks, ...short];
}

/** Two groups at the two ends of a row, made safe; the left one gives way. */
export function spreadSpans(left: Spans, right: Spans, width: number): Spans {
	const rightFit = truncateSpans(makeSpansSafe(right), width);
	return [...fitSpans(makeSpansSafe(left), width - measureSpans(rightFit)), ...rightFit];
}

/**
Marks the columns `[from, to)` and leaves the rest as it is.

@param marks Put around them where a tone alone would not be seen (see theme.ts).
*/
export function markColumns(
	spans: Spans,
	from: number,
	to: number,
	tone: Tone,
	marks: {readonly open: string; readonly close: string} = {open: '', close: ''},
): Spans {
	const inside = sliceSpans(spans, from, to - from).map(({text}) => text);
	return [
		...sliceSpans(spans, 0, from),
		{text: marks.open + inside.join('') + marks.close, tone},
		...sliceSpans(spans, to, Number.MAX_SAFE_INTEGER),
	];
}

function withText(span: Span, text: string): Span {
	return span.text === text ? span : {...span, text};
}
