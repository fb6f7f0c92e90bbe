import type {SchemaChoice} from '../../../store/schema-choices.ts';
import {listBindings} from '../../components/list-keys.ts';
import type {ListAction} from '../../components/list-state.ts';
import {scrollBindings, sideScrollBindings} from '../../components/scroll-keys.ts';
import type {ScrollAction} from '../../components/scroll-state.ts';
import {scrollTextBindings} from '../../components/scroll-text-keys.ts';
import type {ScrollTextAction} from '../../components/scroll-text-state.ts';
import type {KeyBinding} from '../../keymap.ts';

export type StructureCommand =
	| 'toggle'
	| 'open'
	| 'all'
	| 'none'
	| 'gate'
	| 'search'
	| 'switchView'
	| 'next'
	| 'back'
	| 'previous';

/** What the keys are judged by. */
export type StructureView = {
	/** The changes under the cursor. */
	readonly choices: readonly SchemaChoice[];
	readonly isAnyShown: boolean;
	/** Whether the configuration allows a kind already. */
	readonly isAllowed: (choice: SchemaChoice) => boolean;
};

const toggleBinding: KeyBinding<StructureCommand, StructureView> = {
	keys: ['space'],
	name: 'tick',
	description: 'Take over or leave out; on a table all of its changes',
	command: 'toggle',
	footer: true,
	disabledReason: explainEmpty,
};

const gateBinding: KeyBinding<StructureCommand, StructureView> = {
	keys: ['o'],
	name: 'allow',
	description: 'Allow a destructive change; else it is commented out',
	command: 'gate',
	footer: true,
	disabledReason: explainGate,
};

const leaveBindings: readonly KeyBinding<StructureCommand>[] = [
	{keys: ['tab'], name: 'next', description: 'On to Scan', command: 'next', footer: true},
	{
		keys: ['escape'],
		name: 'back',
		description: 'Close what is open, then back to Connect',
		command: 'back',
		footer: true,
	},
	{keys: ['shift+tab'], name: 'previous', description: 'Back to Connect', command: 'previous'},
];

export const structureBindings: readonly KeyBinding<StructureCommand, StructureView>[] = [
	toggleBinding,
	{
		keys: ['return'],
		name: 'look',
		description: 'Old and new definition and the SQL, in full',
		command: 'open',
		footer: true,
		disabledReason: explainEmpty,
	},
	gateBinding,
	{
		keys: ['a'],
		name: 'all',
		description: 'Tick everything that is listed',
		command: 'all',
		footer: true,
		disabledReason: explainEmpty,
	},
	{
		keys: ['n'],
		name: 'none',
		description: 'Leave out everything that is listed',
		command: 'none',
		footer: true,
		disabledReason: explainEmpty,
	},
	{
		keys: ['/'],
		name: 'search',
		description: 'List only what holds a text; esc lists all',
		command: 'search',
		footer: true,
	},
	...leaveBindings,
];

const switchBinding: KeyBinding<StructureCommand> = {
	keys: ['s', 'return'],
	name: 'SQL',
	description: 'Between the definitions and the SQL',
	command: 'switchView',
	footer: true,
};

/** While one change is looked at. */
export const definitionBindings: readonly KeyBinding<StructureCommand, StructureView>[] = [
	switchBinding,
	toggleBinding,
	gateBinding,
	...leaveBindings,
];

export const sqlBindings: readonly KeyBinding<StructureCommand, StructureView>[] = [
	{...switchBinding, name: 'definitions'},
	toggleBinding,
	gateBinding,
	{
		keys: ['/'],
		name: 'search',
		description: 'Find a text; n and N go to the next and the previous',
		command: 'search',
		footer: true,
	},
	...leaveBindings,
];

export const moveBindings: readonly KeyBinding<ListAction>[] = listBindings;

/** Space ticks here, so it does not scroll. */
export const sideBindings: readonly KeyBinding<ScrollAction>[] = withoutSpace([
	...scrollBindings,
	...sideScrollBindings,
]);
export const textBindings: readonly KeyBinding<ScrollTextAction>[] =
	withoutSpace(scrollTextBindings);

function withoutSpace<C>(bindings: readonly KeyBinding<C>[]): readonly KeyBinding<C>[] {
	return bindings.map((binding) => ({
		...binding,
		keys: binding.keys.filter((key) => key !== 'space'),
	}));
}

function explainEmpty({isAnyShown}: StructureView): string | undefined {
	return isAnyShown ? undefined : 'There is nothing listed.';
}

function explainGate({choices, isAllowed}: StructureView): string | undefined {
	const gated = choices.filter(({change}) => change.needs !== null);
	if (gated.length === 0) return 'This destroys nothing: it needs no permission.';
	return gated.every((choice) => isAllowed(choice))
		? 'Changes of this kind are allowed already.'
		: undefined;
}
