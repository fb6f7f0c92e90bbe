import {
	newlineBinding,
	textFieldBindings,
	type TextFieldCommand,
} from '../../components/text-field-keys.ts';
import type {KeyBinding} from '../../keymap.ts';

export type EditorCommand = 'kindUp' | 'kindDown';

/** Beside the field's own keys. */
export const editorBindings: readonly KeyBinding<EditorCommand>[] = [
	{
		keys: ['down'],
		name: 'kind',
		description: 'Next kind of value: NULL, integer, real, text, bytes',
		command: 'kindDown',
		footer: true,
	},
	{
		keys: ['up'],
		name: 'previous kind',
		description: 'Previous kind of value',
		command: 'kindUp',
	},
];

export const editorFieldBindings: readonly KeyBinding<TextFieldCommand>[] = [
	...textFieldBindings,
	newlineBinding,
];
