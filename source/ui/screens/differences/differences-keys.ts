import {listBindings} from '../../components/list-keys.ts';
import type {ListAction} from '../../components/list-state.ts';
import {liftBindings, type KeyBinding} from '../../keymap.ts';
import type {RowsKeyOptions} from '../rows/rows-keys.ts';

export type TablesCommand =
	| 'open'
	| 'ours'
	| 'theirs'
	| 'undo'
	| 'redo'
	| 'filter'
	| 'search'
	| 'nextMatch'
	| 'previousMatch'
	| 'next'
	| 'previous'
	| 'back'
	| {readonly type: 'list'; readonly action: ListAction};

/** What the keys are judged by. */
export type TablesView = {
	/** Rows that differ in the table under the cursor. */
	readonly differences: number;
	readonly query: string;
};

/** The keys of the list of tables. */
export const tablesBindings: readonly KeyBinding<TablesCommand, TablesView>[] = [
	{
		keys: ['return'],
		name: 'rows',
		description: 'The rows of the table that differ',
		command: 'open',
		footer: true,
		disabledReason: explainNoRows,
	},
	{
		keys: ['O'],
		name: 'ours',
		description: "Ours for rows of the table: keep prod's; asks for which",
		command: 'ours',
		footer: true,
		disabledReason: explainNoRows,
	},
	{
		keys: ['T'],
		name: 'theirs',
		description: "Theirs for rows of the table: take dev's; asks for which",
		command: 'theirs',
		footer: true,
		disabledReason: explainNoRows,
	},
	{keys: ['u'], name: 'undo', description: 'Undo the last decision', command: 'undo'},
	{keys: ['ctrl+r'], name: 'redo', description: 'Redo what was undone', command: 'redo'},
	{
		keys: ['f'],
		name: 'only differing',
		description: 'Hide or show the tables in which nothing differs',
		command: 'filter',
		footer: true,
	},
	{
		keys: ['/'],
		name: 'search',
		description: 'Find a table by its name',
		command: 'search',
		footer: true,
	},
	{
		keys: ['n'],
		name: 'next match',
		description: 'Next table with what was searched for',
		command: 'nextMatch',
		disabledReason: explainNoQuery,
	},
	{
		keys: ['N'],
		name: 'previous match',
		description: 'Previous table with what was searched for',
		command: 'previousMatch',
		disabledReason: explainNoQuery,
	},
	{keys: ['tab'], name: 'next', description: 'On to Conflicts', command: 'next', footer: true},
	{keys: ['escape'], name: 'back', description: 'Back to Scan', command: 'back', footer: true},
	{keys: ['shift+tab'], name: 'previous', description: 'Back to Scan', command: 'previous'},
];

export const tablesMoveBindings: readonly KeyBinding<TablesCommand>[] = liftBindings(
	listBindings,
	(action): TablesCommand => ({type: 'list', action}),
);

/** How the list of rows is used here. */
export const tableRowsKeys: RowsKeyOptions = {
	filter: {name: 'filter', description: 'All rows, one state after the other, open conflicts'},
	hasTables: false,
	nextStep: 'Conflicts',
	back: 'the tables',
};

function explainNoRows({differences}: TablesView): string | undefined {
	return differences === 0 ? 'No row of this table differs.' : undefined;
}

function explainNoQuery({query}: TablesView): string | undefined {
	return query === '' ? 'Nothing was searched for yet: press /.' : undefined;
}
