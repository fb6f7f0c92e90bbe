import {steps, type StepId} from './components/steps.ts';
import type {KeyBinding} from './keymap.ts';
import {findObstacle} from './walk/find-obstacle.ts';
import type {WalkState} from './walk/walk-state.ts';

export type AppCommand =
	| {readonly type: 'help' | 'quit' | 'interrupt' | 'repaint'}
	| {readonly type: 'goTo'; readonly step: StepId};

/** The keys of the program; a screen's own keys come before them. */
export const appBindings: readonly KeyBinding<AppCommand, WalkState>[] = [
	{
		keys: ['?'],
		name: 'help',
		description: 'All keys that work here',
		command: {type: 'help'},
		footer: true,
	},
	{
		keys: ['q'],
		name: 'quit',
		description: 'Leave the program; the run is kept',
		command: {type: 'quit'},
		footer: true,
	},
	{
		keys: ['ctrl+c'],
		name: 'interrupt',
		description: 'Quit with exit code 130; an apply is rolled back',
		command: {type: 'interrupt'},
	},
	...steps.map(({id, title}, index): KeyBinding<AppCommand, WalkState> => ({
		keys: [String(index + 1)],
		name: title,
		description: `Go to ${title}`,
		command: {type: 'goTo', step: id},
		// A plan that is ready is written on the way to Apply.
		disabledReason: (state) =>
			id === 'apply' && state.plan.kind === 'ready' ? undefined : findObstacle(state, id),
	})),
	{
		keys: ['ctrl+l'],
		name: 'redraw',
		description: 'Draw the screen again',
		command: {type: 'repaint'},
	},
];
