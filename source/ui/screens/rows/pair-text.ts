import {showText} from '../../../report/cell-text.ts';
import type {Span, Spans} from '../../../report/spans.ts';
import {markWords, type Word} from '../../components/align-texts.ts';
import {diffSequences} from '../../components/diff-sequence.ts';
import {glyphs} from '../../theme.ts';
import {breakLine, countPieces, type Breaks} from './break-columns.ts';
import type {Marks, PairedLines} from './viewer-text.ts';

/** A part of a line that the other side has not: characters `[from, to)`. */
type Stretch = {readonly from: number; readonly to: number};

/** One side of a row: its text, where it breaks, what of it differs. */
type Side = {
	readonly text: string;
	readonly breaks: Breaks;
	readonly changed: readonly Stretch[];
};

/** Two lines that stand beside each other; a side that has no such line is undefined. */
type LinePair = {readonly left: string | undefined; readonly right: string | undefined};

/** Longer lines are compared as a whole: where they begin to differ and where they end to. */
const longestCompared = 2000;
/** The glyph and a blank in front of each side. */
const gutter = 2;

/**
Two texts beside each other: equal lines on one row, what differs marked, each line broken
into as many screen lines as it needs.

Time grows with the size of both texts, and what differs inside of a line is only looked
for when it is drawn, so megabytes open at once.
*/
export function pairText(left: string, right: string, half: number, marks: Marks): PairedLines {
	// One column is kept for the mark of a newline.
	const columns = Math.max(1, half - gutter - 1);
	const pairs = pairLines(splitLines(left), splitLines(right));
	const firsts: number[] = [];
	let count = 0;
	for (const pair of pairs) {
		firsts.push(count);
		count += measureHeight(pair, columns, marks);
	}
	const find = (line: number): {readonly row: Row; readonly at: number} | undefined => {
		const index = findLast(firsts, line);
		const pair = pairs[index];
		return pair && {row: makeRow(pair, columns, marks), at: line - (firsts[index] ?? 0)};
	};
	const cut = (line: number): {readonly left: Cut | undefined; readonly right: Cut | undefined} => {
		const found = find(line);
		return {left: cutSide(found?.row.left, found?.at), right: cutSide(found?.row.right, found?.at)};
	};
	const differs = (cuts: ReturnType<typeof cut>): boolean =>
		[cuts.left, cuts.right].some((side) => side?.words.some(({isChanged}) => isChanged));
	return {
		count: Math.max(1, count),
		text(line) {
			const at = findLast(firsts, line);
			const pair = pairs[at];
			const isWhole = (firsts[at + 1] ?? count) - (firsts[at] ?? 0) === 1;
			// Nothing has to be cut where a line takes one screen line, as most do.
			if (pair && isWhole) return `${pair.left ?? ''}${glyphs.divider}${pair.right ?? ''}`;
			const cuts = cut(line);
			return [cuts.left, cuts.right]
				.map((side) => (side?.words ?? []).map(({text}) => text).join(''))
				.join(glyphs.divider);
		},
		line(line) {
			const cuts = cut(line);
			const pair = pairs[findLast(firsts, line)];
			const glyph = differs(cuts) && pair ? chooseGlyph(pair) : ' ';
			return {
				left: showSide(cuts.left, glyph === glyphs.added ? ' ' : glyph, 'removed'),
				right: showSide(cuts.right, glyph === glyphs.removed ? ' ' : glyph, 'added'),
			};
		},
		isChanged: (line) => {
			const pair = pairs[findLast(firsts, line)];
			// Most lines are the same: nothing has to be cut to say so.
			return pair !== undefined && pair.left !== pair.right && differs(cut(line));
		},
	};
}

type Row = {readonly left: Side | undefined; readonly right: Side | undefined};

function pairLines(left: readonly string[], right: readonly string[]): readonly LinePair[] {
	const pairs: LinePair[] = [];
	for (const run of diffSequences(left, right)) {
		for (let index = 0; index < Math.max(run.left.length, run.right.length); index++) {
			pairs.push({left: run.left[index], right: run.right[index]});
		}
	}
	return pairs;
}

/** Screen lines that a pair takes. Marks that are characters take room, too. */
function measureHeight(pair: LinePair, columns: number, marks: Marks): number {
	const {left, right} = pair;
	if (left !== right && marks.open !== '') {
		const row = makeRow(pair, columns, marks);
		return Math.max(row.left?.breaks.count ?? 0, row.right?.breaks.count ?? 0);
	}
	const height = measureLine(left, columns);
	return left === right ? height : Math.max(height, measureLine(right, columns));
}

function measureLine(line: string | undefined, columns: number): number {
	return line === undefined ? 0 : countPieces(trimNewline(line), columns);
}

/** The pair that was drawn last is drawn again for its next screen line. */
let lastRow: {readonly pair: LinePair; readonly columns: number; readonly row: Row} | undefined;

function makeRow(pair: LinePair, columns: number, marks: Marks): Row {
	if (lastRow?.pair === pair && lastRow.columns === columns) return lastRow.row;
	const words = pair.left === pair.right ? keepLines(pair) : compareLines(pair.left, pair.right);
	const row = {
		left: makeSide(words.left, columns, marks),
		right: makeSide(words.right, columns, marks),
	};
	lastRow = {pair, columns, row};
	return row;
}

function keepLines({left, right}: LinePair): ComparedLines {
	const keep = (text: string | undefined) =>
		text === undefined ? undefined : [{text, isChanged: false}];
	return {left: keep(left), right: keep(right)};
}

/** Lines with the newline that ends them: a missing last one is a difference, too. */
function splitLines(text: string): readonly string[] {
	if (text === '') return [];
	const lines: string[] = [];
	for (let from = 0; from < text.length;) {
		const newline = text.indexOf('\n', from);
		const end = newline === -1 ? text.length : newline + 1;
		lines.push(text.slice(from, end));
		from = end;
	}
	return lines;
}

type ComparedLines = {
	readonly left: readonly Word[] | undefined;
	readonly right: readonly Word[] | undefined;
};

function compareLines(left: string | undefined, right: string | undefined): ComparedLines {
	const whole = (text: string | undefined) =>
		text === undefined ? undefined : [{text, isChanged: true}];
	if (left === undefined || right === undefined) return {left: whole(left), right: whole(right)};
	const isLong = Math.max(left.length, right.length) > longestCompared;
	return isLong ? compareEnds(left, right) : markWords(left, right);
}

function compareEnds(left: string, right: string): ComparedLines {
	const shorter = Math.min(left.length, right.length);
	let start = 0;
	while (start < shorter && left.charCodeAt(start) === right.charCodeAt(start)) start++;
	let end = 0;
	while (
		end < shorter - start &&
		left.charCodeAt(left.length - 1 - end) === right.charCodeAt(right.length - 1 - end)
	) {
		end++;
	}
	const cut = (text: string): readonly Word[] =>
		[
			{text: text.slice(0, start), isChanged: false},
			{text: text.slice(start, text.length - end), isChanged: true},
			{text: text.slice(text.length - end), isChanged: false},
		].filter((word) => word.text !== '');
	return {left: cut(left), right: cut(right)};
}

function makeSide(
	words: readonly Word[] | undefined,
	columns: number,
	{open, close}: Marks,
): Side | undefined {
	if (words === undefined) return undefined;
	let text = '';
	const changed: Stretch[] = [];
	for (const word of words) {
		const from = text.length;
		text += word.isChanged ? open + word.text + close : word.text;
		if (word.isChanged) changed.push({from, to: text.length});
	}
	return {text, breaks: breakLine(trimNewline(text), columns), changed};
}

/** The newline itself takes no piece of its own: a column is kept for it. */
function trimNewline(line: string): string {
	return line.endsWith('\n') ? line.slice(0, -1) : line;
}

/** The last place whose number is at most the one that is looked for; they only rise. */
function findLast(numbers: readonly number[], wanted: number): number {
	let [low, high] = [0, numbers.length - 1];
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if ((numbers[middle] ?? 0) <= wanted) low = middle;
		else high = middle - 1;
	}
	return low;
}

type Cut = {readonly words: readonly Word[]};

/** One screen line of a side. */
function cutSide(side: Side | undefined, at = 0): Cut | undefined {
	if (!side || at >= side.breaks.count) return undefined;
	const from = side.breaks.start(at);
	const to = at + 1 < side.breaks.count ? side.breaks.start(at + 1) : side.text.length;
	const words: Word[] = [];
	let done = from;
	for (const stretch of side.changed) {
		const [start, end] = [Math.max(from, stretch.from), Math.min(to, stretch.to)];
		if (start >= end) continue;
		words.push({text: side.text.slice(done, start), isChanged: false});
		words.push({text: side.text.slice(start, end), isChanged: true});
		done = end;
	}
	words.push({text: side.text.slice(done, to), isChanged: false});
	return {words: words.filter(({text}) => text !== '')};
}

function chooseGlyph({left, right}: LinePair): string {
	if (left === undefined) return glyphs.added;
	return right === undefined ? glyphs.removed : glyphs.changed;
}

function showSide(cut: Cut | undefined, glyph: string, side: 'removed' | 'added'): Spans {
	const isChanged = cut?.words.some((word) => word.isChanged) ?? false;
	const start: Span = {text: `${isChanged ? glyph : ' '} `, tone: side};
	if (!cut) return [start];
	return [
		start,
		...cut.words.flatMap(({text, isChanged: isMarked}): Spans => {
			if (!isMarked) return showText(text);
			const shown = showText(text).map((span) => span.text);
			return [{text: shown.join(''), tone: `${side}Word`}];
		}),
	];
}
