import type {LineSource} from '../../report/cell-text.ts';

/** Columns `[from, to)` of a line, counted in characters of the text. */
export type TextMatch = {readonly from: number; readonly to: number};

/**
Finds the next line that holds the query, around the end and back to the start.

Letters match in either case. Lines are asked for one at a time, so the text
itself is never all in memory.

@param start The line to look at first.
@param step 1 to look downwards, -1 upwards.
@returns The line, or undefined when no line holds it.
*/
export function findLine(
	source: LineSource,
	query: string,
	start: number,
	step: 1 | -1,
): number | undefined {
	if (query === '') return undefined;
	const matcher = createMatcher(query);
	for (let passed = 0; passed < source.count; passed++) {
		const line = modulo(start + step * passed, source.count);
		matcher.lastIndex = 0;
		if (matcher.test(source.line(line))) return line;
	}
	return undefined;
}

/** Every place in one line where the query stands. */
export function findMatches(text: string, query: string): readonly TextMatch[] {
	if (query === '') return [];
	return Array.from(text.matchAll(createMatcher(query)), (match) => ({
		from: match.index,
		to: match.index + match[0].length,
	}));
}

function createMatcher(query: string): RegExp {
	return new RegExp(query.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
}

function modulo(number: number, count: number): number {
	return ((number % count) + count) % count;
}
