import {defaultTakes} from '../../../engine/resolve.ts';
import type {RowState, Take} from '../../../model/row-change.ts';
import type {Span, Spans} from '../../../report/spans.ts';
import type {ListedRow} from '../../../store/listed-row.ts';

/** Which sides have the row; what a decision means depends on it. */
type Sides = {readonly hasProd: boolean; readonly hasDev: boolean};

type Decided = Pick<ListedRow, 'state' | 'decision' | 'row'>;

/** Of a row too large to be listed the state tells, as far as it can. */
function sidesOf({state, row}: Pick<ListedRow, 'state' | 'row'>): Sides {
	if (row) return {hasProd: row.prod !== null, hasDev: row.dev !== null};
	return {hasProd: state !== 'added', hasDev: state !== 'removed'};
}

/** What taking a side does to a row, in a word or two. */
export function nameTake(take: Take, {hasProd, hasDev}: Sides): string {
	switch (take) {
		case 'ours':
			if (!hasProd) return 'leave out';
			return hasDev ? 'ours' : 'keep';
		case 'theirs':
			if (!hasDev) return 'delete';
			return hasProd ? 'theirs' : 'insert';
		case 'manual':
			return 'composed';
		default:
			return take satisfies never;
	}
}

/** `open`, `theirs · person`, `insert · default`. */
export function showDecision(row: Decided): Spans {
	const take = row.decision?.take ?? defaultTakes[row.state];
	if (take === null) return [{text: 'open', tone: 'conflict'}];
	const by = row.decision?.by ?? 'default';
	const word = row.decision === null && take === 'manual' ? 'merged' : nameTake(take, sidesOf(row));
	return [nameWith(word, row.decision === null), {text: ` · ${by}`, tone: 'muted'}];
}

function nameWith(text: string, isDefault: boolean): Span {
	if (text === 'delete') return {text, tone: 'danger'};
	return {text, tone: isDefault ? 'muted' : 'plain'};
}

/** What taking a side does to all rows of a state, as the end of a sentence. */
export function describeTakeOf(state: RowState, take: 'ours' | 'theirs' | null): string {
	if (take === null) {
		return state === 'conflict' ? 'leave open' : 'as they are without a decision';
	}
	switch (state) {
		case 'added':
			return take === 'ours' ? 'leave out of prod' : 'insert into prod';
		case 'removed':
			return take === 'ours' ? 'keep in prod' : 'delete from prod';
		case 'conflict':
		case 'dev-only':
		case 'prod-only':
		case 'merged':
			return take === 'ours' ? 'keep what prod has' : 'take what dev has';
		default:
			return state satisfies never;
	}
}

/** Said after a deletion was chosen: choosing it is not enough. */
export const deletionNote = 'Deletions wait until Plan allows deleteRows.';

/** The names of the states as a filter shows them. */
export const stateTitles = {
	added: 'added',
	removed: 'removed',
	conflict: 'conflicts',
	'dev-only': 'changed by dev only',
	'prod-only': 'changed by prod only',
	merged: 'merged',
} as const satisfies Record<RowState, string>;
