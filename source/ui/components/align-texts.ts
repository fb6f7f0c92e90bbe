import {diffSequences} from './diff-sequence.ts';

/** A piece of a line; what the other side has not is told. */
export type Word = {readonly text: string; readonly isChanged: boolean};

/** One row of two texts side by side. A side that has no such line is undefined. */
export type AlignedRow = {
	readonly kind: 'same' | 'changed' | 'removed' | 'added';
	readonly left: readonly Word[] | undefined;
	readonly right: readonly Word[] | undefined;
};

/**
Puts two texts side by side: equal lines on one row, changed lines beside each
other with the words that differ, the rest alone.
*/
export function alignTexts(left: string, right: string): readonly AlignedRow[] {
	return diffSequences(splitLines(left), splitLines(right)).flatMap(
		({kind, left: leftLines, right: rightLines}): readonly AlignedRow[] => {
			const rows: AlignedRow[] = [];
			for (let index = 0; index < Math.max(leftLines.length, rightLines.length); index++) {
				const leftLine = leftLines[index];
				const rightLine = rightLines[index];
				rows.push(kind === 'same' ? sameRow(leftLine, rightLine) : pairLines(leftLine, rightLine));
			}
			return rows;
		},
	);
}

/** The words of two lines, those that differ marked. */
export function markWords(
	left: string,
	right: string,
): {readonly left: readonly Word[]; readonly right: readonly Word[]} {
	const runs = diffSequences(splitWords(left), splitWords(right));
	const collect = (side: 'left' | 'right'): readonly Word[] =>
		runs
			.map((run): Word => ({text: run[side].join(''), isChanged: run.kind === 'changed'}))
			.filter(({text}) => text !== '');
	return {left: collect('left'), right: collect('right')};
}

function sameRow(left = '', right = ''): AlignedRow {
	return {
		kind: 'same',
		left: [{text: left, isChanged: false}],
		right: [{text: right, isChanged: false}],
	};
}

function pairLines(left: string | undefined, right: string | undefined): AlignedRow {
	if (left === undefined) {
		return {kind: 'added', left, right: [{text: right ?? '', isChanged: false}]};
	}
	if (right === undefined) {
		return {kind: 'removed', left: [{text: left, isChanged: false}], right};
	}
	return {kind: 'changed', ...markWords(left, right)};
}

/** Only at newlines: a carriage return or a missing last newline must show as a difference. */
function splitLines(text: string): readonly string[] {
	return text === '' ? [] : text.split('\n');
}

/** Runs of letters and digits, runs of blanks, and every other character alone. */
function splitWords(line: string): readonly string[] {
	return line.match(/[\p{L}\p{M}\p{N}_]+|\s+|[^]/gu) ?? [];
}
