import {initialListState} from '../../components/list-state.ts';
import {everyRow, type RowsFilter} from '../rows/rows-filter.ts';
import {initialRowsState, reduceRows, type RowsAction, type RowsState} from '../rows/rows-state.ts';

/** All conflicts or those of one table, and the question for which. */
export type ConflictsState = {
	readonly rows: RowsState;
	/** Whether the tables are listed to choose from. */
	readonly isChoosing: boolean;
};

export type ConflictsAction =
	| {readonly type: 'choose'; readonly isChoosing: boolean}
	/** @see RowsFilter; null: all tables. */
	| {readonly type: 'chooseTable'; readonly table: string | null; readonly index: number}
	| {readonly type: 'rows'; readonly actions: readonly RowsAction[]};

const everyConflict: RowsFilter = {...everyRow, states: ['conflict']};

/** @param index The first conflict that needs a decision. */
export function startConflicts(index: number): ConflictsState {
	return {
		isChoosing: false,
		rows: {
			...initialRowsState,
			filter: everyConflict,
			list: {...initialListState, cursor: Math.max(0, index)},
		},
	};
}

/** The state after several actions, in order. */
export function reduceConflicts(
	state: ConflictsState,
	...actions: readonly ConflictsAction[]
): ConflictsState {
	return actions.reduce(reduceOne, state);
}

function reduceOne(state: ConflictsState, action: ConflictsAction): ConflictsState {
	switch (action.type) {
		case 'choose':
			return {...state, isChoosing: action.isChoosing};
		case 'chooseTable': {
			const filter = {...state.rows.filter, table: action.table};
			const rows = reduceRows(state.rows, {type: 'filter', filter, index: action.index});
			return {isChoosing: false, rows};
		}
		case 'rows':
			return {...state, rows: reduceRows(state.rows, ...action.actions)};
		default:
			return action satisfies never;
	}
}

/** The screen as it was left, without what stood in front. */
export function resumeConflicts({rows}: ConflictsState): ConflictsState {
	const {filter, list, query} = rows;
	return {isChoosing: false, rows: {...initialRowsState, filter, list, query}};
}

/** All conflicts, or only those that need a decision. */
export function toggleOpen(filter: RowsFilter): RowsFilter {
	return {...filter, onlyOpen: !filter.onlyOpen};
}
