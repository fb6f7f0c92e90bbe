import {
	fitList,
	initialListState,
	reduceList,
	type ListAction,
	type ListBounds,
	type ListState,
} from '../../components/list-state.ts';
import {
	reduceTextField,
	startTextField,
	type TextFieldAction,
	type TextFieldState,
} from '../../components/text-field-state.ts';
import type {BulkChoice} from './bulk-choices.ts';
import {openRow, reduceOpenRow, type OpenRow, type OpenRowAction} from './open-row-state.ts';
import type {SideTake} from './rows-desk.ts';
import {everyRow, type RowsFilter} from './rows-filter.ts';

/** Rows as a list, one of them opened, one of its cells looked at or edited. */
export type RowsState = {
	readonly filter: RowsFilter;
	readonly list: ListState;
	/** What was searched for last in the list; empty: nothing. */
	readonly query: string;
	readonly prompt: Prompt | null;
	readonly bulk: BulkState | null;
	readonly open: OpenRow | null;
	/** Grows with every decision: what was drawn before it is out of date. */
	readonly revision: number;
};

/** A field that stands in the message's row. */
export type Prompt = {readonly kind: 'search' | 'jump'; readonly field: TextFieldState};

/** The question for how many rows a side is taken. */
export type BulkState = {readonly take: SideTake; readonly choices: readonly BulkChoice[]};

export type RowsAction =
	| {readonly type: 'list'; readonly action: ListAction; readonly bounds: ListBounds}
	| {readonly type: 'filter'; readonly filter: RowsFilter; readonly index: number}
	| {readonly type: 'prompt'; readonly kind: Prompt['kind']}
	| {readonly type: 'typed'; readonly action: TextFieldAction}
	| {readonly type: 'query'; readonly query: string}
	| {readonly type: 'bulk'; readonly bulk: BulkState}
	| {readonly type: 'open'; readonly id: number}
	| OpenRowAction
	/** Decisions changed; what asked for them is closed. */
	| {readonly type: 'decided'}
	/** Closes what is in front. */
	| {readonly type: 'close'};

export const initialRowsState: RowsState = {
	filter: everyRow,
	list: initialListState,
	query: '',
	prompt: null,
	bulk: null,
	open: null,
	revision: 0,
};

/** Whether `close` would do nothing. */
export function isAtRoot({prompt, bulk, open, list}: RowsState): boolean {
	return prompt === null && bulk === null && open === null && list.anchor === undefined;
}

/** The state after several actions, in order. */
export function reduceRows(state: RowsState, ...actions: readonly RowsAction[]): RowsState {
	return actions.reduce(reduceOne, state);
}

function reduceOne(state: RowsState, action: RowsAction): RowsState {
	switch (action.type) {
		case 'list':
			return {...state, list: reduceList(state.list, action.action, action.bounds)};
		case 'filter':
			return {
				...state,
				filter: action.filter,
				list: {...initialListState, cursor: Math.max(0, action.index)},
			};
		case 'prompt':
			return {...state, prompt: {kind: action.kind, field: startTextField()}};
		case 'typed':
			return state.prompt === null
				? state
				: {
						...state,
						prompt: {...state.prompt, field: reduceTextField(state.prompt.field, action.action)},
					};
		case 'query':
			return state.open
				? {...state, open: {...state.open, query: action.query}}
				: {...state, query: action.query};
		case 'bulk':
			return {...state, bulk: action.bulk};
		case 'decided':
			return {
				...state,
				revision: state.revision + 1,
				bulk: null,
				list: {...state.list, anchor: undefined},
				open: state.open && {...state.open, editor: null},
			};
		case 'close':
			return closeFront(state);
		case 'open':
			return {...state, open: openRow(state.open, action.id)};
		case 'cells':
		case 'toggleUnchanged':
		case 'view':
		case 'viewText':
		case 'viewChange':
		case 'edit':
		case 'editTyped':
		case 'editKind':
		case 'editRefused':
			return state.open ? {...state, open: reduceOpenRow(state.open, action)} : state;
		default:
			return action satisfies never;
	}
}

function closeFront(state: RowsState): RowsState {
	const {prompt, bulk, open, list} = state;
	if (prompt !== null) return {...state, prompt: null};
	if (bulk !== null) return {...state, bulk: null};
	if (open?.editor) return {...state, open: {...open, editor: null}};
	if (open?.viewer) return {...state, open: {...open, viewer: null}};
	if (open) return {...state, open: null};
	return {...state, list: {...list, anchor: undefined}};
}

/** The list within what there is now: rows may have left it, the terminal may be smaller. */
export function fitRows(state: RowsState, bounds: ListBounds): ListState {
	return fitList(state.list, bounds);
}
