import type {CellKind} from '../../../model/cell.ts';
import {
	initialListState,
	reduceList,
	type ListAction,
	type ListBounds,
	type ListState,
} from '../../components/list-state.ts';
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
import {listKinds} from './edit-value.ts';

/** One row with its cells; one of them may be looked at or edited. */
export type OpenRow = {
	readonly id: number;
	readonly cells: ListState;
	readonly query: string;
	readonly showsUnchanged: boolean;
	readonly viewer: ViewerState | null;
	readonly editor: EditorState | null;
};

export const viewerSides = ['both', 'prod', 'dev', 'base', 'result'] as const;
export type ViewerSide = (typeof viewerSides)[number];

export type ViewerState = {
	/** Index in the layout. */
	readonly column: number;
	readonly side: ViewerSide;
	readonly text: ScrollTextState;
	/** The line of the difference that was gone to last. */
	readonly change: number | null;
};

export type EditorState = {
	readonly column: number;
	/** Kinds to choose from; the first is the value's own. */
	readonly kinds: readonly CellKind[];
	readonly kind: CellKind;
	/** What NULL becomes when something is typed. */
	readonly typedKind: CellKind;
	readonly field: TextFieldState;
	/** Why what was typed was refused; empty: it was not. */
	readonly problem: string;
};

export type OpenRowAction =
	| {readonly type: 'cells'; readonly action: ListAction; readonly bounds: ListBounds}
	| {readonly type: 'toggleUnchanged'; readonly index: number}
	| {readonly type: 'view'; readonly column: number; readonly side: ViewerSide}
	| {readonly type: 'viewText'; readonly action: ScrollTextAction; readonly view: TextView}
	| {readonly type: 'viewChange'; readonly line: number; readonly view: TextView}
	| {
			readonly type: 'edit';
			readonly column: number;
			readonly kind: CellKind;
			readonly typedKind: CellKind;
			readonly text: string;
	  }
	| {readonly type: 'editTyped'; readonly action: TextFieldAction}
	| {readonly type: 'editKind'; readonly step: 1 | -1}
	| {readonly type: 'editRefused'; readonly problem: string};

/** The state after an action of its own. */
export function reduceOpenRow(open: OpenRow, action: OpenRowAction): OpenRow {
	const {viewer, editor} = open;
	switch (action.type) {
		case 'cells':
			return {...open, cells: reduceList(open.cells, action.action, action.bounds)};
		case 'toggleUnchanged':
			return {
				...open,
				showsUnchanged: !open.showsUnchanged,
				cells: {...initialListState, cursor: Math.max(0, action.index)},
			};
		case 'view':
			return {
				...open,
				viewer: {
					column: action.column,
					side: action.side,
					text: initialScrollTextState,
					change: null,
				},
			};
		case 'viewText':
		case 'viewChange':
			return {...open, viewer: viewer && moveViewer(viewer, action)};
		case 'edit': {
			const kinds = listKinds(action.kind);
			return {
				...open,
				editor: {
					column: action.column,
					kinds,
					kind: kinds[0] ?? action.kind,
					typedKind: action.typedKind,
					field: startTextField(action.text),
					problem: '',
				},
			};
		}
		case 'editTyped':
			return {...open, editor: editor && typeInto(editor, action.action)};
		case 'editKind':
			return editor === null ? open : {...open, editor: turnKind(editor, action.step)};
		case 'editRefused':
			return editor === null ? open : {...open, editor: {...editor, problem: action.problem}};
		default:
			return action satisfies never;
	}
}

function moveViewer(
	viewer: ViewerState,
	action: Extract<OpenRowAction, {readonly type: 'viewText' | 'viewChange'}>,
): ViewerState {
	if (action.type === 'viewText') {
		return {...viewer, text: reduceScrollText(viewer.text, action.action, action.view)};
	}
	const {line, view} = action;
	return {
		...viewer,
		change: line,
		text: reduceScrollText(viewer.text, {type: 'show', line}, view),
	};
}

/** Another row is opened the way the one before it was looked at. */
export function openRow(before: OpenRow | null, id: number): OpenRow {
	return {
		id,
		cells: initialListState,
		query: before?.query ?? '',
		showsUnchanged: before?.showsUnchanged ?? false,
		viewer: null,
		editor: null,
	};
}

/** NULL has no text: typing begins another value in its place. */
function typeInto(editor: EditorState, action: TextFieldAction): EditorState {
	if (editor.kind !== 'null') {
		return {...editor, field: reduceTextField(editor.field, action), problem: ''};
	}
	const field = reduceTextField(startTextField(), action);
	return field.text === '' ? editor : {...editor, kind: editor.typedKind, field, problem: ''};
}

function turnKind(editor: EditorState, step: 1 | -1): EditorState {
	const {kinds, kind} = editor;
	const next = (kinds.indexOf(kind) + step + kinds.length) % kinds.length;
	return {...editor, kind: kinds[next] ?? kind, problem: ''};
}
