import type {Side} from '../../../config/config.ts';
import {
	reduceTextField,
	startTextField,
	type TextFieldAction,
	type TextFieldState,
} from '../../components/text-field-state.ts';
import {canOpenRun} from '../../walk/reduce-connect.ts';
import type {WalkState} from '../../walk/walk-state.ts';
import type {Problem} from '../screen-props.ts';

/** What the cursor may stand on. */
export type ConnectItem =
	| {readonly kind: 'side'; readonly side: Side}
	| {readonly kind: 'run'; readonly id: string}
	| {readonly kind: 'new'}
	/** The run that is open: the person came back from a later step. */
	| {readonly kind: 'current'}
	/** Puts the open run away, so that another can be chosen. */
	| {readonly kind: 'other'};

export type ConnectState = {
	/** Null: nobody moved the cursor yet; it stands where the next thing is to do. */
	readonly selected: string | null;
	readonly editing: ConnectField | null;
};

export type ConnectField = {
	readonly side: Side;
	readonly field: TextFieldState;
	/** Why what was typed can't be understood. */
	readonly problem: Problem | null;
};

export type ConnectAction =
	| {readonly type: 'select'; readonly item: ConnectItem}
	| {readonly type: 'edit'; readonly side: Side; readonly text: string}
	| {readonly type: 'typed'; readonly action: TextFieldAction}
	| {readonly type: 'refused'; readonly problem: Problem}
	| {readonly type: 'closeField'};

export const initialConnectState: ConnectState = {selected: null, editing: null};

export function reduceConnect(state: ConnectState, action: ConnectAction): ConnectState {
	const {editing} = state;
	switch (action.type) {
		case 'select':
			return {...state, selected: nameItem(action.item)};
		case 'edit': {
			const {side, text} = action;
			return {
				selected: nameItem({kind: 'side', side}),
				editing: {side, field: startTextField(text), problem: null},
			};
		}
		case 'typed': {
			if (!editing) return state;
			const field = reduceTextField(editing.field, action.action);
			return {...state, editing: {...editing, field, problem: null}};
		}
		case 'refused':
			return editing ? {...state, editing: {...editing, problem: action.problem}} : state;
		case 'closeField':
			// Then the cursor goes by itself to what is to do next.
			return {selected: null, editing: null};
		default:
			return action satisfies never;
	}
}

/** Everything on the screen that can be chosen, from the top. */
export function listItems(walk: WalkState): readonly ConnectItem[] {
	const items: ConnectItem[] = [
		{kind: 'side', side: 'prod'},
		{kind: 'side', side: 'dev'},
		{kind: 'side', side: 'base'},
	];
	if (walk.run.kind === 'open') return [...items, {kind: 'current'}, {kind: 'other'}];
	if (!canOpenRun(walk)) return items;
	const runs = walk.offers.map(({id}): ConnectItem => ({kind: 'run', id}));
	return [...items, ...runs, {kind: 'new'}];
}

/** Where the cursor stands: where it was put, or else on the next thing to do. */
export function findSelected(state: ConnectState, walk: WalkState): number {
	const items = listItems(walk);
	const chosen = items.findIndex((item) => nameItem(item) === state.selected);
	if (chosen >= 0) return chosen;
	const open = items.findIndex((item) => item.kind === 'side' && needsAttention(walk, item.side));
	if (open >= 0) return open;
	const next = items.findIndex(({kind}) => kind !== 'side');
	return Math.max(0, next);
}

export function nameItem(item: ConnectItem): string {
	switch (item.kind) {
		case 'side':
			return `side ${item.side}`;
		case 'run':
			return `run ${item.id}`;
		case 'new':
		case 'current':
		case 'other':
			return item.kind;
		default:
			return item satisfies never;
	}
}

function needsAttention({sides}: WalkState, side: Side): boolean {
	return sides[side].kind === 'failed' || (side !== 'base' && sides[side].kind === 'none');
}
