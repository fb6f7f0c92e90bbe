import {scrollTextBindings} from '../../components/scroll-text-keys.ts';
import {liftBindings, type KeyBinding} from '../../keymap.ts';
import type {ApplyState} from '../screen-props.ts';
import type {ApplyCommand, ApplyDialogue} from './apply-state.ts';

export type ApplyKeyCommand =
	| ApplyCommand
	/** Somebody else's work. */
	| {readonly type: 'ask'; readonly what: 'rehearse' | 'stop' | 'finish' | 'leave' | 'back'};

/** What decides whether a key can act. */
export type ApplyKeyState = {
	/** Statements that would run. */
	readonly statements: number;
	readonly isStopping: boolean;
	/** From here on it is the server's to finish. */
	readonly isCommitting: boolean;
};

type Binding = KeyBinding<ApplyKeyCommand, ApplyKeyState>;

const needsStatements = ({statements}: ApplyKeyState): string | undefined =>
	statements === 0 ? 'No statement of this plan would run.' : undefined;

const search: Binding = {
	keys: ['/'],
	name: 'search',
	description: 'Search; an empty search ends it',
	command: {type: 'openSearch'},
	footer: true,
};

const backBinding: Binding = {
	keys: ['escape'],
	name: 'back',
	description: 'End the search, or go back to the plan',
	command: {type: 'ask', what: 'leave'},
	footer: true,
};

const stepBackBinding: Binding = {
	keys: ['shift+tab'],
	name: 'back',
	description: 'Back to the plan',
	command: {type: 'ask', what: 'back'},
};

const lastStep: Binding = {
	keys: ['tab'],
	name: 'next',
	description: 'The next step',
	command: {type: 'close'},
	disabledReason: () => 'This is the last step: r rehearses, a applies.',
};

const idleBindings: readonly Binding[] = [
	{
		keys: ['r'],
		name: 'rehearse',
		description: 'Run everything and roll it back',
		command: {type: 'ask', what: 'rehearse'},
		footer: true,
		disabledReason: needsStatements,
	},
	{
		keys: ['a'],
		name: 'apply',
		description: 'Change the database; asks for its name first',
		command: {type: 'openConfirm'},
		footer: true,
		disabledReason: needsStatements,
	},
	{
		keys: ['t'],
		name: 'triggers',
		description: 'Triggers: fire, switched off, or accept what they rewrite',
		command: {type: 'changeTriggers'},
		footer: true,
	},
	search,
	lastStep,
	backBinding,
	stepBackBinding,
];

const runningBindings: readonly Binding[] = [
	{
		keys: ['x', 'escape'],
		name: 'stop',
		description: 'Stop and roll back; asks first',
		command: {type: 'openStop'},
		footer: true,
		disabledReason({isStopping, isCommitting}) {
			if (isCommitting) return 'It is being committed: too late to stop, undo takes it back.';
			return isStopping ? 'It is stopping already, and rolls back.' : undefined;
		},
	},
];

const stopBindings: readonly Binding[] = [
	{
		keys: ['y'],
		name: 'stop it',
		description: 'Stop and roll back',
		command: {type: 'ask', what: 'stop'},
		footer: true,
	},
	{
		keys: ['n', 'escape'],
		name: 'go on',
		description: 'Let it run on',
		command: {type: 'close'},
		footer: true,
	},
];

const appliedBindings: readonly Binding[] = [
	{
		keys: ['return', 'tab'],
		name: 'finish',
		description: 'Leave the program; it is all done',
		command: {type: 'ask', what: 'finish'},
		footer: true,
	},
	search,
	backBinding,
	stepBackBinding,
];

const textBindings = liftBindings(scrollTextBindings, (action): ApplyKeyCommand => ({
	type: 'text',
	action,
}));

export type ApplyKeys = {
	readonly title: string;
	readonly own: readonly Binding[];
	readonly moving: readonly Binding[];
};

/** The keys that work now; those of the name's field are its own. */
export function listApplyKeys(kind: ApplyState['kind'], dialogue: ApplyDialogue): ApplyKeys {
	if (dialogue === 'stop') return {title: 'Stop?', own: stopBindings, moving: []};
	if (kind === 'running') return {title: 'Running', own: runningBindings, moving: []};
	if (kind === 'applied') return {title: 'Applied', own: appliedBindings, moving: textBindings};
	return {title: 'Apply', own: idleBindings, moving: textBindings};
}
