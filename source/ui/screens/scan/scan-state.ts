import type {TableProgress} from '../../../store/scan-record.ts';
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

export type ScanScreenState = {
	readonly list: ListState;
	/** Only tables whose names hold it; empty: all. */
	readonly filter: string;
	/** Where the filter is typed. */
	readonly field: TextFieldState | null;
};

export type ScanAction =
	| {readonly type: 'list'; readonly action: ListAction; readonly bounds: ListBounds}
	| {readonly type: 'beginSearch'}
	| {readonly type: 'typed'; readonly action: TextFieldAction}
	/** Takes what was typed, or lists everything. */
	| {readonly type: 'endSearch'; readonly isTaken: boolean};

export const initialScanState: ScanScreenState = {
	list: initialListState,
	filter: '',
	field: null,
};

export function reduceScanScreen(state: ScanScreenState, action: ScanAction): ScanScreenState {
	switch (action.type) {
		case 'list':
			return {...state, list: reduceList(state.list, action.action, action.bounds)};
		case 'beginSearch':
			return {...state, field: startTextField(state.filter)};
		case 'typed': {
			if (!state.field) return state;
			const field = reduceTextField(state.field, action.action);
			return {...state, field, filter: field.text};
		}
		case 'endSearch':
			return {...state, field: null, filter: action.isTaken ? state.filter : ''};
		default:
			return action satisfies never;
	}
}

export function filterTables(
	tables: readonly TableProgress[],
	filter: string,
): readonly TableProgress[] {
	const wanted = filter.trim().toLowerCase();
	return wanted === '' ? tables : tables.filter(({name}) => name.toLowerCase().includes(wanted));
}
