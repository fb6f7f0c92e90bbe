import type {PlannedStatement} from '../../../store/statements.ts';
import {listBindings} from '../../components/list-keys.ts';
import {scrollTextBindings} from '../../components/scroll-text-keys.ts';
import {liftBindings, type KeyBinding} from '../../keymap.ts';
import type {PackState} from '../screen-props.ts';
import type {PlanCommand, PlanView} from './plan-state.ts';

export type PlanKeyCommand =
	| PlanCommand
	/** Somebody else's work. */
	| {
			readonly type: 'ask';
			readonly what:
				'next' | 'back' | 'leave' | 'write' | 'makePlan' | 'allowStatement' | 'toggleGate';
	  };

/** What decides whether a key can act. */
export type PlanKeyState = {
	readonly pack: PackState;
	/** The one under the cursor; undefined in an empty plan. */
	readonly statement: PlannedStatement | undefined;
	readonly query: string;
	readonly gates: number;
};

type Binding = KeyBinding<PlanKeyCommand, PlanKeyState>;

const needsStatement = ({statement}: PlanKeyState): string | undefined =>
	statement === undefined ? 'The plan is empty: there is nothing to do.' : undefined;

const needsQuery = ({query}: PlanKeyState): string | undefined =>
	query === '' ? 'Search for something first: press /.' : undefined;

const search: Binding = {
	keys: ['/'],
	name: 'search',
	description: 'Search; an empty search ends it',
	command: {type: 'openSearch'},
	footer: true,
};

const walkBindings: readonly Binding[] = [
	{
		keys: ['w'],
		name: 'write',
		description: 'Write the plan and its undo to files',
		command: {type: 'ask', what: 'write'},
		footer: true,
		disabledReason({pack, statement}) {
			if (statement === undefined) return 'The plan is empty: there is nothing to write.';
			if (pack.kind === 'writing') return 'It is being written.';
			return pack.kind === 'written' ? 'It is written: i shows where.' : undefined;
		},
	},
	{
		keys: ['tab'],
		name: 'next',
		description: 'On to Apply',
		command: {type: 'ask', what: 'next'},
		footer: true,
	},
];

const backBinding: Binding = {
	keys: ['shift+tab'],
	name: 'back',
	description: 'Back to Conflicts',
	command: {type: 'ask', what: 'back'},
};

const closeBinding: Binding = {
	keys: ['escape'],
	name: 'close',
	description: 'Close this and go back to the plan',
	command: {type: 'close'},
	footer: true,
};

const stepBindings: readonly Binding[] = [
	{
		keys: ['}'],
		name: 'next statement',
		description: 'Next statement',
		command: {type: 'nextStatement'},
		disabledReason: needsStatement,
	},
	{
		keys: ['{'],
		name: 'previous statement',
		description: 'Start of this statement, then the one before',
		command: {type: 'previousStatement'},
		disabledReason: needsStatement,
	},
];

const allowThis: Binding = {
	keys: ['A'],
	name: 'allow this',
	description: 'Allow the kind that this statement needs, and plan again',
	command: {type: 'ask', what: 'allowStatement'},
	footer: true,
	disabledReason({statement}) {
		if (statement === undefined || statement.allowed) return 'This statement is not commented out.';
		return statement.needs === null ? 'No single kind allows this statement.' : undefined;
	},
};

const sqlBindings: readonly Binding[] = [
	{
		keys: ['return'],
		name: 'statement',
		description: 'The whole statement, with its hazards and its undo',
		command: {type: 'open', view: 'statement'},
		footer: true,
		disabledReason: needsStatement,
	},
	search,
	{
		keys: [']'],
		name: 'next table',
		description: 'First statement of the next table',
		command: {type: 'nextSection'},
		footer: true,
		disabledReason: needsStatement,
	},
	{
		keys: ['['],
		name: 'previous table',
		description: 'First statement of this table, then of the one before',
		command: {type: 'previousSection'},
		disabledReason: needsStatement,
	},
	{
		keys: ['a'],
		name: 'allow',
		description: 'What is commented out, by the kind that allows it',
		command: {type: 'open', view: 'gates'},
		footer: true,
		disabledReason: ({gates}) =>
			gates === 0 ? 'Nothing in this plan is commented out.' : undefined,
	},
	allowThis,
	{
		keys: ['i'],
		name: 'overview',
		description: 'Numbers by table, all hazards, what can not be undone, the files',
		command: {type: 'open', view: 'overview'},
		footer: true,
	},
	...walkBindings,
	backBinding,
	{
		keys: ['escape'],
		name: 'back',
		description: 'End the search, or go back to Conflicts',
		command: {type: 'ask', what: 'leave'},
		footer: true,
	},
];

const moveBindings: readonly Binding[] = [
	...listBindings.flatMap(({command, ...binding}): Binding[] => {
		const isMark = command.type === 'toggleMark' || command.type === 'clearMark';
		return isMark || command.type === 'jump' ? [] : [{...binding, command}];
	}),
	{keys: ['left', 'h'], name: 'left', description: 'To the left', command: {type: 'left'}},
	{keys: ['right', 'l'], name: 'right', description: 'To the right', command: {type: 'right'}},
	...stepBindings,
	{
		keys: ['n'],
		name: 'next match',
		description: 'Next line with what was searched for',
		command: {type: 'nextMatch'},
		disabledReason: needsQuery,
	},
	{
		keys: ['N'],
		name: 'previous match',
		description: 'Previous line with what was searched for',
		command: {type: 'previousMatch'},
		disabledReason: needsQuery,
	},
];

const textBindings = liftBindings<Parameters<typeof wrapText>[0], PlanKeyCommand>(
	scrollTextBindings,
	wrapText,
);

function wrapText(action: Extract<PlanCommand, {type: 'text'}>['action']): PlanKeyCommand {
	return {type: 'text', action};
}

const gateBindings: readonly Binding[] = [
	{
		keys: ['return', 'space'],
		name: 'allow or not',
		description: 'Open or close this kind, and plan again',
		command: {type: 'ask', what: 'toggleGate'},
		footer: true,
	},
	closeBinding,
	...walkBindings,
	backBinding,
];

export type PlanKeys = {
	readonly title: string;
	readonly own: readonly Binding[];
	readonly moving: readonly Binding[];
};

/** The keys of each view of a plan that is ready. */
export const planKeys: Readonly<Record<PlanView, PlanKeys>> = {
	sql: {title: 'Plan', own: sqlBindings, moving: moveBindings},
	statement: {
		title: 'Statement',
		own: [closeBinding, search, allowThis, ...walkBindings, backBinding],
		moving: [...textBindings, ...stepBindings],
	},
	overview: {
		title: 'Overview',
		own: [closeBinding, search, ...walkBindings, backBinding],
		moving: textBindings,
	},
	gates: {
		title: 'Allow',
		own: gateBindings,
		moving: liftBindings(listBindings, (action) => ({type: 'gates', action})),
	},
};

/** While there is no plan to look at. */
export const waitingBindings: readonly KeyBinding<PlanKeyCommand>[] = [
	{
		keys: ['escape', 'shift+tab'],
		name: 'back',
		description: 'Back to Conflicts',
		command: {type: 'ask', what: 'back'},
		footer: true,
	},
	{
		keys: ['tab'],
		name: 'next',
		description: 'On to Apply',
		command: {type: 'ask', what: 'next'},
		disabledReason: () => 'There is no plan yet that could be applied.',
	},
];

export const failedBindings: readonly KeyBinding<PlanKeyCommand>[] = [
	{
		keys: ['r'],
		name: 'plan again',
		description: 'Make the plan again',
		command: {type: 'ask', what: 'makePlan'},
		footer: true,
	},
	...waitingBindings,
];
