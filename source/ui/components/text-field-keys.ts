import type {KeyBinding} from '../keymap.ts';
import type {TextFieldAction} from './text-field-state.ts';

export type TextFieldCommand =
	| TextFieldAction
	| {readonly type: 'submit'}
	| {readonly type: 'cancel'}
	| {readonly type: 'newline'};

/** The keys of a text field; every other character is typed. */
export const textFieldBindings: readonly KeyBinding<TextFieldCommand>[] = [
	{
		keys: ['return'],
		name: 'ok',
		description: 'Take the text',
		command: {type: 'submit'},
		footer: true,
	},
	{
		keys: ['escape'],
		name: 'cancel',
		description: 'Leave the field',
		command: {type: 'cancel'},
		footer: true,
	},
	{
		keys: ['left', 'ctrl+b'],
		name: 'left',
		description: 'One character to the left',
		command: {type: 'left'},
	},
	{
		keys: ['right', 'ctrl+f'],
		name: 'right',
		description: 'One character to the right',
		command: {type: 'right'},
	},
	{
		keys: ['home', 'ctrl+a'],
		name: 'start',
		description: 'To the start',
		command: {type: 'start'},
	},
	{keys: ['end', 'ctrl+e'], name: 'end', description: 'To the end', command: {type: 'end'}},
	{
		keys: ['backspace'],
		name: 'delete',
		description: 'Delete the character before the cursor',
		command: {type: 'deleteBefore'},
	},
	{
		keys: ['delete', 'ctrl+d'],
		name: 'delete after',
		description: 'Delete the character under the cursor',
		command: {type: 'deleteAfter'},
	},
	{
		keys: ['ctrl+w'],
		name: 'delete word',
		description: 'Delete the word before the cursor',
		command: {type: 'deleteWord'},
	},
	{
		keys: ['ctrl+u'],
		name: 'clear before',
		description: 'Delete to the start',
		command: {type: 'deleteToStart'},
	},
	{
		keys: ['ctrl+k'],
		name: 'clear after',
		description: 'Delete to the end',
		command: {type: 'deleteToEnd'},
	},
];

/** Only for a field whose text may have lines. */
export const newlineBinding: KeyBinding<TextFieldCommand> = {
	keys: ['ctrl+j'],
	name: 'newline',
	description: 'Begin a new line',
	command: {type: 'newline'},
	footer: true,
};
