import {plural} from '../../../report/number-text.ts';
import {findMarkedRange, type ListBounds} from '../../components/list-state.ts';
import type {Message} from '../screen-props.ts';
import type {BulkChoice} from './bulk-choices.ts';
import {decideMarked, decideOne, flipDecision, guardOutcome, type Outcome} from './decide.ts';
import type {DecideCommand} from './rows-keys.ts';
import type {RowsDesk, SideTake} from './rows-desk.ts';
import type {RowsAction, RowsState} from './rows-state.ts';

/** What a list's keys work on. */
export type RowsContext = {
	readonly desk: RowsDesk;
	readonly state: RowsState;
	/** Rows of the list that fit on the screen. */
	readonly height: number;
	readonly update: (...actions: readonly RowsAction[]) => void;
	readonly say: (message: Message) => void;
	/** The answers to "for which rows?". */
	readonly listChoices: (take: SideTake) => readonly BulkChoice[];
};

/** Decides about the row under the cursor, the marked rows, or asks for how many. */
export function runDecision(command: DecideCommand, context: RowsContext): void {
	switch (command) {
		case 'ours':
		case 'theirs':
			decideChosen(command, context);
			return;
		case 'clear':
			decideChosen(null, context);
			return;
		case 'manyOurs':
			askForMany('ours', context);
			return;
		case 'manyTheirs':
			askForMany('theirs', context);
			return;
		case 'manyClear':
			askForMany(null, context);
			return;
		case 'undo':
		case 'redo':
			flip(command, context);
			return;
		default:
			command satisfies never;
	}
}

/** Tells the outcome, and that what was drawn before is out of date. */
export function settle(
	{update, say}: Pick<RowsContext, 'update' | 'say'>,
	{message, isChanged}: Outcome,
	...more: readonly RowsAction[]
): void {
	if (isChanged) update({type: 'decided'}, ...more);
	say(message);
}

function decideChosen(take: SideTake, context: RowsContext): void {
	const {desk, state} = context;
	const window = desk.list(state.filter);
	const marked = findMarkedRange(state.list);
	const outcome = guardOutcome((): Outcome => {
		if (marked) {
			const [first, last] = [window.row(marked.from), window.row(marked.to)];
			if (!first || !last) return nothingThere;
			return decideMarked(desk, state.filter, {from: first.id, to: last.id}, take);
		}
		const listed = window.row(state.list.cursor);
		const row = listed && (listed.row ?? desk.row(listed.id));
		return row ? decideOne(desk, row, take) : nothingThere;
	});
	settle(context, outcome);
}

const nothingThere: Outcome = {
	message: {kind: 'warning', text: 'There is no row here.'},
	isChanged: false,
};

function askForMany(take: SideTake, {listChoices, update, say}: RowsContext): void {
	const choices = listChoices(take);
	if (choices.length > 0) update({type: 'bulk', bulk: {take, choices}});
	else {
		const text =
			take === null
				? 'No decision can be taken back here for many rows at once: they were made one by one.'
				: 'Every row here was decided one by one or by a rule: change them one by one.';
		say({kind: 'warning', text});
	}
}

function flip(direction: 'undo' | 'redo', context: RowsContext): void {
	const {desk, state, height} = context;
	const outcome = guardOutcome(() => flipDecision(desk, direction));
	const step = 'step' in outcome ? outcome.step : null;
	const window = desk.list(state.filter);
	const position = step?.range ? window.findPosition(step.range.from) : null;
	const bounds: ListBounds = {count: window.count, height};
	const shows: readonly RowsAction[] =
		position === null ? [] : [{type: 'list', action: {type: 'jump', index: position}, bounds}];
	settle(context, outcome, ...shows);
}

/** Goes to the row of a number as people count, from 1. */
export function jumpTo(typed: string, {desk, state, height, update, say}: RowsContext): void {
	const number = Number(typed.replaceAll(/[\s,]/g, ''));
	const {count} = desk.list(state.filter);
	if (!Number.isInteger(number) || number < 1) {
		say({kind: 'warning', text: 'Type the number of a row, such as 1200.'});
		return;
	}
	const action = {type: 'jump', index: number - 1} as const;
	update({type: 'list', action, bounds: {count, height}});
	if (number > count)
		say({kind: 'info', text: `There are ${plural(count, 'row')}: this is the last one.`});
}

/** Goes to the nearest row that holds what was searched for. */
export function searchRows(query: string, direction: 1 | -1, context: RowsContext): void {
	const {desk, state, height, update, say} = context;
	const window = desk.list(state.filter);
	const from = window.row(state.list.cursor)?.id ?? 0;
	const found = query === '' ? null : desk.search(state.filter, query, from, direction);
	const index = found === null ? null : window.findPosition(found);
	if (index === null) {
		update({type: 'query', query});
		if (query !== '') say({kind: 'warning', text: `Not found: ${query}`});
		return;
	}
	const bounds = {count: window.count, height};
	update({type: 'query', query}, {type: 'list', action: {type: 'jump', index}, bounds});
	if (found === from) say({kind: 'info', text: 'No other row holds it.'});
}

/** Goes to the nearest conflict that needs a decision. */
export function goToOpen(direction: 1 | -1, context: RowsContext): void {
	const {desk, state, height, update, say} = context;
	const window = desk.list(state.filter);
	const from = window.row(state.list.cursor)?.id ?? 0;
	const found = desk.findOpen(from, direction, state.filter.table);
	const index = found === null ? null : window.findPosition(found);
	if (found === null) {
		const where = state.filter.table === null ? '' : ` of ${state.filter.table}`;
		say({kind: 'info', text: `No conflict${where} needs a decision.`});
	} else if (index === null) {
		say({kind: 'info', text: 'Conflicts that need a decision are not in this list: change f.'});
	} else {
		const bounds = {count: window.count, height};
		update({type: 'list', action: {type: 'jump', index}, bounds});
	}
}
