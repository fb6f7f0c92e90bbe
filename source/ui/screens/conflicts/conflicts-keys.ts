import type {RowsKeyOptions} from '../rows/rows-keys.ts';

/** How the list of rows is used here. */
export const conflictRowsKeys: RowsKeyOptions = {
	filter: {name: 'only open', description: 'All conflicts, or only those that need a decision'},
	hasTables: true,
	nextStep: 'Plan',
	back: 'Differences',
};
