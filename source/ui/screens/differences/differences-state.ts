import {countDifferences, type TableComparison} from '../../../model/comparison.ts';
import {rowStates} from '../../../model/row-change.ts';
import {
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
import {everyRow, type RowsFilter} from '../rows/rows-filter.ts';
import {initialRowsState, reduceRows, type RowsAction, type RowsState} from '../rows/rows-state.ts';

/** The tables of a run, and the rows of the one that was opened. */
export type DifferencesState = {
	readonly tables: ListState;
	/** Leaves out tables in which nothing differs; what was not compared stays. */
	readonly onlyDiffering: boolean;
	readonly query: string;
	/** The search field of the list of tables. */
	readonly field: TextFieldState | null;
	/** The rows of a table, by their filter's `table`; null: the tables are shown. */
	readonly rows: RowsState | null;
};

export type DifferencesAction =
	| {readonly type: 'tables'; readonly action: ListAction; readonly bounds: ListBounds}
	| {readonly type: 'toggleDiffering'; readonly index: number}
	| {readonly type: 'beginSearch'}
	| {readonly type: 'typed'; readonly action: TextFieldAction}
	| {readonly type: 'endSearch'}
	| {readonly type: 'query'; readonly query: string}
	| {readonly type: 'openTable'; readonly table: string}
	| {readonly type: 'closeTable'}
	| {readonly type: 'rows'; readonly actions: readonly RowsAction[]};

export const initialDifferencesState: DifferencesState = {
	tables: initialListState,
	onlyDiffering: false,
	query: '',
	field: null,
	rows: null,
};

/** The state after several actions, in order. */
export function reduceDifferences(
	state: DifferencesState,
	...actions: readonly DifferencesAction[]
): DifferencesState {
	return actions.reduce(reduceOne, state);
}

function reduceOne(state: DifferencesState, action: DifferencesAction): DifferencesState {
	switch (action.type) {
		case 'tables':
			return {...state, tables: reduceList(state.tables, action.action, action.bounds)};
		case 'toggleDiffering':
			return {
				...state,
				onlyDiffering: !state.onlyDiffering,
				tables: {...initialListState, cursor: Math.max(0, action.index)},
			};
		case 'beginSearch':
			return {...state, field: startTextField()};
		case 'typed':
			return {...state, field: state.field && reduceTextField(state.field, action.action)};
		case 'endSearch':
			return {...state, field: null};
		case 'query':
			return {...state, query: action.query};
		case 'openTable':
			return {
				...state,
				rows: {...initialRowsState, filter: {...everyRow, table: action.table}},
			};
		case 'closeTable':
			return {...state, rows: null};
		case 'rows':
			return state.rows ? {...state, rows: reduceRows(state.rows, ...action.actions)} : state;
		default:
			return action satisfies never;
	}
}

/** The screen as it was left, without what stood in front. */
export function resumeDifferences(left: DifferencesState | undefined): DifferencesState {
	if (!left) return initialDifferencesState;
	const {rows} = left;
	return {
		...left,
		field: null,
		rows: rows && {...initialRowsState, filter: rows.filter, list: rows.list, query: rows.query},
	};
}

/** The tables that are listed. */
export function selectTables(
	tables: readonly TableComparison[],
	onlyDiffering: boolean,
): readonly TableComparison[] {
	if (!onlyDiffering) return tables;
	return tables.filter((table) => table.status !== 'done' || countDifferences(table) > 0);
}

/** What the filter key goes through: all rows, each state that there is, open conflicts. */
export function listFilters({table, counts}: TableComparison): readonly RowsFilter[] {
	const all = {...everyRow, table};
	const present = rowStates.filter((state) => counts[state] > 0);
	return [
		all,
		...(present.length > 1 ? present.map((state) => ({...all, states: [state]})) : []),
		...(counts.conflict > 0 ? [{...all, onlyOpen: true}] : []),
	];
}

/** The filter after this one. */
export function findNextFilter(filters: readonly RowsFilter[], now: RowsFilter): RowsFilter {
	const name = JSON.stringify(now);
	const index = filters.findIndex((filter) => JSON.stringify(filter) === name);
	return filters[(index + 1) % filters.length] ?? now;
}

/** The nearest table whose name holds a text, around the end. */
export function findTable(
	tables: readonly TableComparison[],
	query: string,
	from: number,
	direction: 1 | -1,
): number | undefined {
	const wanted = query.toLowerCase();
	const order = tables.map(
		(_, step) => (from + direction * (step + 1) + 2 * tables.length) % tables.length,
	);
	return order.find((index) => tables[index]?.table.toLowerCase().includes(wanted) ?? false);
}
