import {listBindings, markBindings} from '../../components/list-keys.ts';
import type {ListAction} from '../../components/list-state.ts';
import {liftBindings, type KeyBinding} from '../../keymap.ts';

/** What can be decided about a row, a range, or all rows of a list. */
export type DecideCommand =
	'ours' | 'theirs' | 'clear' | 'manyOurs' | 'manyTheirs' | 'manyClear' | 'undo' | 'redo';

export type RowsCommand =
	| DecideCommand
	| 'open'
	| 'filter'
	| 'tables'
	| 'search'
	| 'nextMatch'
	| 'previousMatch'
	| 'jump'
	| 'nextOpen'
	| 'previousOpen'
	| 'next'
	| 'previous'
	| 'back'
	| {readonly type: 'list'; readonly action: ListAction};

/** What the keys are judged by. */
export type RowsView = {
	readonly count: number;
	readonly query: string;
};

const undoBindings: readonly KeyBinding<'undo' | 'redo'>[] = [
	{keys: ['u'], name: 'undo', description: 'Undo the last decision', command: 'undo', footer: true},
	{keys: ['ctrl+r'], name: 'redo', description: 'Redo what was undone', command: 'redo'},
];

const decideBindings: readonly KeyBinding<RowsCommand, RowsView>[] = [
	{
		keys: ['o'],
		name: 'ours',
		description: "Ours: keep prod's version of this row, or of the marked ones",
		command: 'ours',
		footer: true,
		disabledReason: explainEmpty,
	},
	{
		keys: ['t'],
		name: 'theirs',
		description: "Theirs: take dev's version of this row, or of the marked ones",
		command: 'theirs',
		footer: true,
		disabledReason: explainEmpty,
	},
	{
		keys: ['c'],
		name: 'clear',
		description: 'Take the decision back, of this row or of the marked ones',
		command: 'clear',
		disabledReason: explainEmpty,
	},
	{
		keys: ['O'],
		name: 'ours for many',
		description: 'Ours for many rows at once: asks for which',
		command: 'manyOurs',
		disabledReason: explainEmpty,
	},
	{
		keys: ['T'],
		name: 'for many',
		description: 'Theirs for many rows at once: asks for which',
		command: 'manyTheirs',
		footer: true,
		disabledReason: explainEmpty,
	},
	{
		keys: ['C'],
		name: 'clear many',
		description: 'Take many decisions back at once: asks for which',
		command: 'manyClear',
		disabledReason: explainEmpty,
	},
	...undoBindings,
];

const findBindings: readonly KeyBinding<RowsCommand, RowsView>[] = [
	{
		keys: ['/'],
		name: 'search',
		description: 'Find a text in keys and values',
		command: 'search',
		footer: true,
	},
	{
		keys: ['n'],
		name: 'next match',
		description: 'Next row with what was searched for',
		command: 'nextMatch',
		disabledReason: explainNoQuery,
	},
	{
		keys: ['N'],
		name: 'previous match',
		description: 'Previous row with what was searched for',
		command: 'previousMatch',
		disabledReason: explainNoQuery,
	},
	{
		keys: [':'],
		name: 'go to',
		description: 'Go to a row by its number',
		command: 'jump',
		disabledReason: explainEmpty,
	},
];

/** `n` and `N` belong to the search, so the open conflicts have the keys with `<` and `>`. */
const openBindings: readonly KeyBinding<RowsCommand, RowsView>[] = [
	{
		keys: ['.'],
		name: 'next open',
		description: 'Next conflict that needs a decision',
		command: 'nextOpen',
		footer: true,
	},
	{
		keys: [','],
		name: 'previous open',
		description: 'Previous conflict that needs a decision',
		command: 'previousOpen',
	},
];

const tablesBinding: KeyBinding<RowsCommand, RowsView> = {
	keys: ['b'],
	name: 'by table',
	description: 'List the conflicts of one table, or of all; shows how far each is',
	command: 'tables',
	footer: true,
};

export type RowsKeyOptions = {
	/** What the filter key does on this screen. */
	readonly filter: {readonly name: string; readonly description: string};
	readonly hasTables: boolean;
	readonly nextStep: string;
	/** Where esc leads. */
	readonly back: string;
};

/** The keys of a list of rows. */
export function listRowsBindings({
	filter,
	hasTables,
	nextStep,
	back,
}: RowsKeyOptions): readonly KeyBinding<RowsCommand, RowsView>[] {
	return [
		{
			keys: ['return'],
			name: 'look',
			description: 'All cells of the row, side by side',
			command: 'open',
			footer: true,
			disabledReason: explainEmpty,
		},
		...decideBindings,
		...openBindings,
		{keys: ['f'], ...filter, command: 'filter', footer: true},
		...(hasTables ? [tablesBinding] : []),
		...findBindings,
		{keys: ['tab'], name: 'next', description: `On to ${nextStep}`, command: 'next', footer: true},
		{
			keys: ['escape'],
			name: 'back',
			description: `Unmark, then back to ${back}`,
			command: 'back',
			footer: true,
		},
		{keys: ['shift+tab'], name: 'previous', description: 'To the step before', command: 'previous'},
	];
}

export const rowsMoveBindings: readonly KeyBinding<RowsCommand>[] = [
	...liftBindings<ListAction, RowsCommand>(markBindings, (action) => ({type: 'list', action})),
	...liftBindings<ListAction, RowsCommand>(listBindings, (action) => ({type: 'list', action})),
];

/** The same in a dialogue that only asks for an answer. */
export const closeBindings: readonly KeyBinding<'close'>[] = [
	{keys: ['escape'], name: 'back', description: 'Close it', command: 'close', footer: true},
];

function explainEmpty({count}: RowsView): string | undefined {
	return count === 0 ? 'There is no row here.' : undefined;
}

function explainNoQuery({query}: RowsView): string | undefined {
	return query === '' ? 'Nothing was searched for yet: press /.' : undefined;
}
