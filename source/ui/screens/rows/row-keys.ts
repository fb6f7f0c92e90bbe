import {listBindings} from '../../components/list-keys.ts';
import type {ListAction} from '../../components/list-state.ts';
import {liftBindings, type KeyBinding} from '../../keymap.ts';

export type RowCommand =
	| 'view'
	| 'ours'
	| 'theirs'
	| 'rowOurs'
	| 'rowTheirs'
	| 'clear'
	| 'edit'
	| 'undo'
	| 'redo'
	| 'toggleUnchanged'
	| 'search'
	| 'nextMatch'
	| 'previousMatch'
	| 'nextOpen'
	| 'previousOpen'
	| 'nextRow'
	| 'previousRow'
	| 'next'
	| 'previous'
	| 'back'
	| {readonly type: 'cells'; readonly action: ListAction};

/** What the keys are judged by. */
export type RowView = {
	readonly query: string;
	/** Why the cell under the cursor can't be edited; undefined when it can. */
	readonly editObstacle: string | undefined;
	readonly hasUnchanged: boolean;
};

/** The keys of one row's cells: small letters for a cell, capitals for the whole row. */
export const rowBindings: readonly KeyBinding<RowCommand, RowView>[] = [
	{
		keys: ['return'],
		name: 'whole value',
		description: 'The whole value, both sides',
		command: 'view',
		footer: true,
	},
	{
		keys: ['o'],
		name: 'ours',
		description: "Ours: prod's cell; of a row on one side only, the row",
		command: 'ours',
		footer: true,
	},
	{
		keys: ['t'],
		name: 'theirs',
		description: "Theirs: dev's cell; of a row on one side only, the row",
		command: 'theirs',
		footer: true,
	},
	{
		keys: ['O'],
		name: 'ours: row',
		description: "Prod's version of the whole row",
		command: 'rowOurs',
	},
	{
		keys: ['T'],
		name: 'whole row',
		description: "Dev's version of the whole row",
		command: 'rowTheirs',
		footer: true,
	},
	{
		keys: ['e'],
		name: 'edit',
		description: 'Give the cell a value of your own',
		command: 'edit',
		footer: true,
		disabledReason: ({editObstacle}) => editObstacle,
	},
	{
		keys: ['c'],
		name: 'clear',
		description: 'Take the decision about this row back',
		command: 'clear',
	},
	{keys: ['u'], name: 'undo', description: 'Undo the last decision', command: 'undo', footer: true},
	{keys: ['ctrl+r'], name: 'redo', description: 'Redo what was undone', command: 'redo'},
	{
		keys: ['s'],
		name: 'unchanged',
		description: 'Show or hide the columns that are the same',
		command: 'toggleUnchanged',
		footer: true,
		disabledReason: ({hasUnchanged}) => (hasUnchanged ? undefined : 'There are no other columns.'),
	},
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
	{keys: ['>'], name: 'next row', description: 'Next row of the list', command: 'nextRow'},
	{
		keys: ['<'],
		name: 'previous row',
		description: 'Previous row of the list',
		command: 'previousRow',
	},
	{
		keys: ['/'],
		name: 'search',
		description: 'Find a column by its name or value',
		command: 'search',
	},
	{
		keys: ['n'],
		name: 'next match',
		description: 'Next column with what was searched for',
		command: 'nextMatch',
		disabledReason: explainNoQuery,
	},
	{
		keys: ['N'],
		name: 'previous match',
		description: 'Previous column with what was searched for',
		command: 'previousMatch',
		disabledReason: explainNoQuery,
	},
	{keys: ['tab'], name: 'next', description: 'On to the next step', command: 'next'},
	{
		keys: ['escape'],
		name: 'back',
		description: 'Back to the list',
		command: 'back',
		footer: true,
	},
	{keys: ['shift+tab'], name: 'previous', description: 'To the step before', command: 'previous'},
];

export const rowMoveBindings: readonly KeyBinding<RowCommand>[] = liftBindings(
	listBindings,
	(action): RowCommand => ({type: 'cells', action}),
);

function explainNoQuery({query}: RowView): string | undefined {
	return query === '' ? 'Nothing was searched for yet: press /.' : undefined;
}
