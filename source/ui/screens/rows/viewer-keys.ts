import {scrollTextBindings} from '../../components/scroll-text-keys.ts';
import type {ScrollTextAction} from '../../components/scroll-text-state.ts';
import {liftBindings, type KeyBinding} from '../../keymap.ts';

export type ViewerCommand =
	| 'side'
	| 'search'
	| 'nextChange'
	| 'previousChange'
	| 'next'
	| 'previous'
	| 'back'
	| {readonly type: 'scroll'; readonly action: ScrollTextAction};

/** The keys of one cell on the whole screen. */
export const viewerBindings: readonly KeyBinding<ViewerCommand>[] = [
	{
		keys: ['s'],
		name: 'side',
		description: 'Both sides, prod alone, dev alone, base, result',
		command: 'side',
		footer: true,
	},
	{
		keys: ['d'],
		name: 'next difference',
		description: 'Down to the next difference',
		command: 'nextChange',
		footer: true,
	},
	{
		keys: ['D'],
		name: 'previous difference',
		description: 'Up to the difference before',
		command: 'previousChange',
	},
	{keys: ['/'], name: 'search', description: 'Find a text', command: 'search', footer: true},
	{keys: ['tab'], name: 'next', description: 'On to the next step', command: 'next'},
	{
		keys: ['escape', 'return'],
		name: 'back',
		description: 'Back to the row',
		command: 'back',
		footer: true,
	},
	{keys: ['shift+tab'], name: 'previous', description: 'To the step before', command: 'previous'},
];

export const viewerMoveBindings: readonly KeyBinding<ViewerCommand>[] = liftBindings(
	scrollTextBindings,
	(action): ViewerCommand => ({type: 'scroll', action}),
);
