import type {KeyBinding} from '../keymap.ts';
import {scrollBindings, sideScrollBindings} from './scroll-keys.ts';
import type {ScrollTextAction} from './scroll-text-state.ts';

/** `/` itself belongs to the screen: it decides where the search field stands. */
export const scrollTextBindings: readonly KeyBinding<ScrollTextAction>[] = [
	...scrollBindings,
	...sideScrollBindings,
	{
		keys: ['n'],
		name: 'next match',
		description: 'Next line with what was searched for',
		command: {type: 'nextMatch'},
	},
	{
		keys: ['N'],
		name: 'previous match',
		description: 'Previous line with what was searched for',
		command: {type: 'previousMatch'},
	},
];
