import type {KeyBinding} from '../keymap.ts';
import type {ListAction} from './list-state.ts';

/** Moving in a list; the same keys as in less and vim. */
export const listBindings: readonly KeyBinding<ListAction>[] = [
	{
		keys: ['down', 'j'],
		name: 'down',
		description: 'Next row',
		command: {type: 'down'},
	},
	{
		keys: ['up', 'k'],
		name: 'up',
		description: 'Previous row',
		command: {type: 'up'},
	},
	{
		keys: ['pagedown', 'ctrl+f'],
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
	{
		keys: ['home', 'g'],
		name: 'first',
		description: 'First row',
		command: {type: 'first'},
	},
	{
		keys: ['end', 'G'],
		name: 'last',
		description: 'Last row',
		command: {type: 'last'},
	},
];

/** For lists whose rows can be chosen many at a time. */
export const markBindings: readonly KeyBinding<ListAction>[] = [
	{
		keys: ['v'],
		name: 'mark',
		description: 'Begin or end marking a range',
		command: {type: 'toggleMark'},
		footer: true,
	},
];
