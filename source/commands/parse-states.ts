import {findNearest} from '../config/find-nearest.ts';
import {UsageError} from '../model/errors.ts';
import {rowStates, type RowState} from '../model/row-change.ts';

/**
Reads `--state added,removed,conflict`; undefined when it was not given.

@throws {UsageError} Naming the nearest known state.
*/
export function parseStates(text: string | undefined): RowState[] | undefined {
	if (text === undefined) return undefined;
	return splitList(text).map((word) => {
		const state = rowStates.find((known) => known === word);
		if (state !== undefined) return state;
		const nearest = findNearest(word, rowStates);
		throw new UsageError(`--state has an unknown state, "${word}".`, {
			hint:
				nearest === undefined ? `Known: ${rowStates.join(', ')}.` : `Did you mean "${nearest}"?`,
		});
	});
}

/** The words of a comma-separated list. */
export function splitList(text: string): string[] {
	return text
		.split(',')
		.map((word) => word.trim())
		.filter((word) => word !== '');
}
