import type {KeyBinding} from '../keymap.ts';
import {listBindings} from './list-keys.ts';
import type {ListAction} from './list-state.ts';

export type ChoiceCommand = ListAction | {readonly type: 'choose'};

export const choiceBindings: readonly KeyBinding<ChoiceCommand>[] = [
	...listBindings,
	{
		keys: ['return'],
		name: 'choose',
		description: 'Take the marked answer',
		command: {type: 'choose'},
		footer: true,
	},
];
