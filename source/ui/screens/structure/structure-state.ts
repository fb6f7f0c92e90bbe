import type {SchemaChange} from '../../../model/schema-change.ts';
import type {SchemaChoice} from '../../../store/schema-choices.ts';
import {
	initialListState,
	reduceList,
	type ListAction,
	type ListBounds,
	type ListState,
} from '../../components/list-state.ts';
import {
	initialScrollState,
	reduceScroll,
	type ScrollAction,
	type ScrollBounds,
	type ScrollState,
} from '../../components/scroll-state.ts';
import {
	initialScrollTextState,
	reduceScrollText,
	type ScrollTextAction,
	type ScrollTextState,
	type TextView,
} from '../../components/scroll-text-state.ts';
import {
	reduceTextField,
	startTextField,
	type TextFieldAction,
	type TextFieldState,
} from '../../components/text-field-state.ts';

/** One row of the list: a table with its changes below it. */
export type StructureRow =
	| {readonly kind: 'table'; readonly table: string; readonly choices: readonly SchemaChoice[]}
	| {readonly kind: 'change'; readonly choice: SchemaChoice};

/** One change, looked at in full. */
export type StructureDetail = {
	readonly id: string;
	readonly view: 'definitions' | 'sql';
	readonly scroll: ScrollState;
	readonly text: ScrollTextState;
};

export type StructureState = {
	readonly list: ListState;
	/** Null: the list is shown. */
	readonly detail: StructureDetail | null;
	/** Only objects whose names or definitions hold it; empty: all. */
	readonly filter: string;
	/** Where the filter, or in a detail what is looked for, is typed. */
	readonly field: TextFieldState | null;
};

export type StructureAction =
	| {readonly type: 'list'; readonly action: ListAction; readonly bounds: ListBounds}
	| {readonly type: 'open'; readonly id: string}
	| {readonly type: 'close'}
	| {readonly type: 'switchView'}
	| {readonly type: 'scroll'; readonly action: ScrollAction; readonly bounds: ScrollBounds}
	| {readonly type: 'text'; readonly action: ScrollTextAction; readonly view: TextView}
	| {readonly type: 'beginSearch'}
	| {readonly type: 'typed'; readonly action: TextFieldAction}
	/** Takes what was typed, or what stood there before. */
	| {readonly type: 'endSearch'; readonly isTaken: boolean};

export const initialStructureState: StructureState = {
	// The first row is a table's name; the first change is what one wants to see.
	list: {...initialListState, cursor: 1},
	detail: null,
	filter: '',
	field: null,
};

export function reduceStructure(state: StructureState, action: StructureAction): StructureState {
	const {detail, field} = state;
	switch (action.type) {
		case 'list':
			return {...state, list: reduceList(state.list, action.action, action.bounds)};
		case 'open':
			return {
				...state,
				detail: {
					id: action.id,
					view: 'definitions',
					scroll: initialScrollState,
					text: initialScrollTextState,
				},
			};
		case 'close':
			return detail ? {...state, detail: null, field: null} : {...state, filter: '', field: null};
		case 'switchView': {
			if (!detail) return state;
			const view = detail.view === 'sql' ? 'definitions' : 'sql';
			return {...state, detail: {...detail, view}};
		}
		case 'scroll': {
			if (!detail) return state;
			const scroll = reduceScroll(detail.scroll, action.action, action.bounds);
			return {...state, detail: {...detail, scroll}};
		}
		case 'text': {
			if (!detail) return state;
			const text = reduceScrollText(detail.text, action.action, action.view);
			return {...state, detail: {...detail, text}};
		}
		case 'beginSearch':
			return {...state, field: startTextField(detail ? '' : state.filter)};
		case 'typed': {
			if (!field) return state;
			const typed = reduceTextField(field, action.action);
			// The list narrows while one types; a text is searched when it is taken.
			return {...state, field: typed, filter: detail ? state.filter : typed.text};
		}
		case 'endSearch':
			return {
				...state,
				field: null,
				filter: action.isTaken || detail ? state.filter : '',
			};
		default:
			return action satisfies never;
	}
}

/** The rows of the list: tables in order, each with its changes that pass the filter. */
export function listRows(
	choices: readonly SchemaChoice[],
	filter: string,
): readonly StructureRow[] {
	const tables = new Map<string, SchemaChoice[]>();
	for (const choice of choices) {
		if (!passesFilter(choice.change, filter)) continue;
		const group = tables.get(choice.change.table) ?? [];
		tables.set(choice.change.table, group);
		group.push(choice);
	}
	return [...tables].flatMap(([table, group]): StructureRow[] => [
		{kind: 'table', table, choices: group},
		...group.map((choice): StructureRow => ({kind: 'change', choice})),
	]);
}

/** The changes that a row stands for. */
export function choicesOf(row: StructureRow | undefined): readonly SchemaChoice[] {
	if (!row) return [];
	return row.kind === 'table' ? row.choices : [row.choice];
}

/** Text that a change is found by. */
function passesFilter({id, prod, dev, details, needs}: SchemaChange, filter: string): boolean {
	const wanted = filter.trim().toLowerCase();
	return [id, prod ?? '', dev ?? '', needs ?? '', ...details].some((text) =>
		text.toLowerCase().includes(wanted),
	);
}
