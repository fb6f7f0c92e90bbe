import type {KeyBinding} from '../keymap.ts';
import {scrollBindings} from './scroll-keys.ts';
import type {ScrollAction} from './scroll-state.ts';

export type HelpCommand = ScrollAction | {readonly type: 'close'};

export const helpBindings: readonly KeyBinding<HelpCommand>[] = [
	...scrollBindings,
	{
		keys: ['escape', '?', 'q', 'return'],
		name: 'close',
		description: 'Close the help',
		command: {type: 'close'},
		footer: true,
	},
];
