import type {KeyBinding} from '../keymap.ts';
import type {ScrollAction} from './scroll-state.ts';

/** Moving in a text; the same keys as in less and vim. */
export const scrollBindings: readonly KeyBinding<ScrollAction>[] = [
	{keys: ['down', 'j'], name: 'down', description: 'One line down', command: {type: 'down'}},
	{keys: ['up', 'k'], name: 'up', description: 'One line up', command: {type: 'up'}},
	{
		keys: ['pagedown', 'space', 'ctrl+f'],
		name: 'page down',
		description: 'One screen down',
		command: {type: 'pageDown'},
	},
	{
		keys: ['pageup', 'ctrl+b'],
		name: 'page up',
		description: 'One screen up',
		command: {type: 'pageUp'},
	},
	{
		keys: ['ctrl+d'],
		name: 'half down',
		description: 'Half a screen down',
		command: {type: 'halfDown'},
	},
	{
		keys: ['ctrl+u'],
		name: 'half up',
		description: 'Half a screen up',
		command: {type: 'halfUp'},
	},
	{keys: ['home', 'g'], name: 'top', description: 'To the top', command: {type: 'first'}},
	{keys: ['end', 'G'], name: 'end', description: 'To the end', command: {type: 'last'}},
];

/** For texts that may be wider than the screen. */
export const sideScrollBindings: readonly KeyBinding<ScrollAction>[] = [
	{keys: ['left', 'h'], name: 'left', description: 'To the left', command: {type: 'left'}},
	{keys: ['right', 'l'], name: 'right', description: 'To the right', command: {type: 'right'}},
];
