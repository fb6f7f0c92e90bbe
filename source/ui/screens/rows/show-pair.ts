import type {Cell, CellKind} from '../../../model/cell.ts';
import {showCell} from '../../../report/cell-text.ts';
import {plural} from '../../../report/number-text.ts';
import {measureSpans, truncateSpans, type Spans} from '../../../report/spans.ts';

/** Characters shown before the first one that differs, where there is room for them. */
const context = 8;
/** It is looked for with every frame, so not through megabytes. */
const longestLook = 20_000;
const cutKinds: ReadonlySet<CellKind> = new Set(['text', 'json', 'bytes']);

/**
Two values that differ, at most `width` columns each. Of long texts with the same beginning
the part is shown where they begin to differ: otherwise both would look the same.
*/
export function showPair(ours: Cell, theirs: Cell, width: number): readonly [Spans, Spans] {
	const from = findCut(ours, theirs, width);
	if (from === 0) return [showCell(ours, width), showCell(theirs, width)];
	return [showFrom(ours, from, width), showFrom(theirs, from, width)];
}

function showFrom(cell: Cell, from: number, width: number): Spans {
	const start: Spans = [{text: '…', tone: 'muted'}];
	const rest = {...cell, text: cell.text.slice(from)};
	if (cell.kind !== 'bytes') return [...start, ...showCell(rest, width - 1)];
	// The size of the whole, not that of the rest.
	const size = ` ${plural(cell.text.length / 2, 'byte')}`;
	const hex = truncateSpans([{text: rest.text.slice(0, width)}], width - 1 - size.length);
	return [...start, ...hex, {text: size, tone: 'muted'}];
}

/** Two values on `width` columns together: a short one leaves its room to the other. */
export function sharePair(ours: Cell, theirs: Cell, room: number): readonly [Spans, Spans] {
	const width = Math.max(2, room);
	const half = Math.floor(width / 2);
	const [left, right] = [
		measureSpans(showCell(ours, width)),
		measureSpans(showCell(theirs, width)),
	];
	if (left + right <= width || left <= half) {
		return [showCell(ours, width), showCell(theirs, Math.max(half, width - left))];
	}
	if (right <= half) return [showCell(ours, width - right), showCell(theirs, width)];
	const [before, after] = showPair(ours, theirs, half);
	return [truncateSpans(before, half), truncateSpans(after, width - half)];
}

function findCut(ours: Cell, theirs: Cell, width: number): number {
	const isAlike = ours.kind === theirs.kind && cutKinds.has(ours.kind);
	// What fits is shown as it is.
	if (!isAlike || Math.max(ours.text.length, theirs.text.length) < width) return 0;
	const shorter = Math.min(ours.text.length, theirs.text.length, longestLook);
	let same = 0;
	while (same < shorter && ours.text[same] === theirs.text[same]) same++;
	if (same < width / 2 || same === longestLook) return 0;
	let from = Math.max(0, same - Math.min(context, Math.max(1, Math.floor(width / 2) - 2)));
	if (ours.kind === 'bytes') return from - (from % 2);
	// Not inside of a character that takes several.
	while (from > 0 && /^[\p{M}\u200d\udc00-\udfff]/u.test(ours.text.charAt(from))) from--;
	// A blank here is not at the value's end, where it would be shown as a dot.
	while (from < same && ours.text[from] === ' ') from++;
	return from;
}
