import type {LineSource} from '../../../report/cell-text.ts';
import {
	initialScrollTextState,
	reduceScrollText,
	type ScrollTextAction,
	type ScrollTextState,
} from '../../components/scroll-text-state.ts';
import {
	reduceTextField,
	startTextField,
	type TextFieldAction,
	type TextFieldState,
} from '../../components/text-field-state.ts';
import type {ApplyState, TriggerChoice} from '../screen-props.ts';

/** `confirm` asks for the name, `stop` whether to stop; both are gone once they no longer fit. */
export type ApplyDialogue = 'none' | 'confirm' | 'stop';

export type ApplyScreenState = {
	readonly dialogue: ApplyDialogue;
	readonly triggers: TriggerChoice;
	readonly text: ScrollTextState;
	/** The search field, while it is open. */
	readonly field: TextFieldState | undefined;
};

export type ApplyCommand =
	| {readonly type: 'openConfirm' | 'openStop' | 'close' | 'changeTriggers'}
	| {readonly type: 'openSearch' | 'closeSearch'}
	| {readonly type: 'field'; readonly action: TextFieldAction}
	| {readonly type: 'search'; readonly query: string}
	| {readonly type: 'text'; readonly action: ScrollTextAction};

/** The text that is shown, and the room for it. */
export type ApplyView = {
	readonly source: LineSource;
	readonly height: number;
	readonly width: number;
};

export const initialApplyState: ApplyScreenState = {
	dialogue: 'none',
	triggers: 'fire',
	text: initialScrollTextState,
	field: undefined,
};

/** In the order in which the key goes through them. */
export const triggerChoices = ['fire', 'off', 'accept'] as const satisfies readonly TriggerChoice[];

export function reduceApplyScreen(
	state: ApplyScreenState,
	command: ApplyCommand,
	view: ApplyView,
): ApplyScreenState {
	switch (command.type) {
		case 'openConfirm':
			return {...state, dialogue: 'confirm', field: undefined};
		case 'openStop':
			return {...state, dialogue: 'stop', field: undefined};
		case 'close':
			// What is said next is read from its beginning.
			return {...state, dialogue: 'none', field: undefined, text: initialScrollTextState};
		case 'changeTriggers': {
			const index = triggerChoices.indexOf(state.triggers);
			const triggers = triggerChoices[(index + 1) % triggerChoices.length] ?? 'fire';
			return {...state, triggers};
		}
		case 'openSearch':
			return {...state, field: startTextField()};
		case 'closeSearch':
			return {...state, field: undefined};
		case 'field':
			return state.field === undefined
				? state
				: {...state, field: reduceTextField(state.field, command.action)};
		case 'search': {
			const {query} = command;
			const action: ScrollTextAction =
				query === '' ? {type: 'clearSearch'} : {type: 'search', query};
			return {...state, field: undefined, text: reduceScrollText(state.text, action, view)};
		}
		case 'text':
			return {...state, text: reduceScrollText(state.text, command.action, view)};
		default:
			return command satisfies never;
	}
}

/** The dialogue that still fits: a run ends while one is asked whether to stop it. */
export function findDialogue(
	{dialogue}: Pick<ApplyScreenState, 'dialogue'>,
	{kind}: Pick<ApplyState, 'kind'>,
): ApplyDialogue {
	const isRunning = kind === 'running';
	if (dialogue === 'stop') return isRunning ? 'stop' : 'none';
	return dialogue === 'confirm' && !isRunning && kind !== 'applied' ? 'confirm' : 'none';
}
