import {rowStates, type RowState} from '../../../model/row-change.ts';
import {formatCount, plural} from '../../../report/number-text.ts';
import {makeSafe} from '../../../report/safe-text.ts';
import type {Reach} from '../../../store/decisions.ts';
import type {RowFilter} from '../../../store/row-query.ts';
import {describeTakeOf, stateTitles} from './decision-text.ts';
import type {RowsDesk, SideTake} from './rows-desk.ts';
import type {RowsFilter} from './rows-filter.ts';

/** One answer to "for which rows?": what it will do, and to how many. */
export type BulkChoice = {
	readonly label: string;
	/** Says how many rows it leaves alone; empty: none. */
	readonly hint: string;
	readonly filter: RowFilter;
	/** How many rows it is about, and how many of the same kind it leaves alone. */
	readonly rows: number;
	readonly kept: number;
};

/**
Conflicts: those of one table, those of all, each as a whole or only what is still open.

@param table The table of the row under the cursor.
*/
export function listConflictChoices(
	desk: RowsDesk,
	take: SideTake,
	table: string | null,
): readonly BulkChoice[] {
	const states = ['conflict'] as const;
	const isMany = desk.listConflictTables().length > 1;
	const scopes = [
		...(table === null ? [] : [{name: makeSafe(table), filter: {tables: [table], states}, table}]),
		...(isMany || table === null ? [{name: 'all tables', filter: {states}, table: null}] : []),
	];
	return scopes.flatMap(({name, filter, table: only}): BulkChoice[] => {
		const reach = desk.measureReach(filter).get('conflict') ?? {touched: 0, kept: 0};
		const {open} = desk.progress(only);
		const whole = makeChoice(reach, filter, (count) => `${name}: ${plural(count, 'conflict')}`);
		// Taking back is about what was decided; taking a side may be only about what was not.
		if (take === null || open === 0 || open === reach.touched) return whole;
		const rest = {touched: open, kept: 0};
		return [
			...makeChoice(
				rest,
				{...filter, unresolved: true},
				(count) => `${name}: only the ${formatCount(count)} still open`,
			),
			...whole,
		];
	});
}

/** The rows of one table, by state. */
export function listTableChoices(
	desk: RowsDesk,
	take: SideTake,
	table: string,
	{states}: Pick<RowsFilter, 'states'>,
): readonly BulkChoice[] {
	const reach = desk.measureReach({tables: [table]});
	const present = rowStates.filter(
		(state) => reach.has(state) && (states === null || states.includes(state)),
	);
	return present.flatMap((state) =>
		makeChoice(
			reach.get(state) ?? {touched: 0, kept: 0},
			{tables: [table], states: [state]},
			(count) => `${describeRows(count, state)}: ${describeTakeOf(state, take)}`,
		),
	);
}

/** A choice that would reach no row is none. */
function makeChoice(
	{touched, kept}: Reach,
	filter: RowFilter,
	describe: (count: number) => string,
): BulkChoice[] {
	if (touched === 0) return [];
	const hint = kept === 0 ? '' : `${formatCount(kept)} decided one by one or by a rule stay`;
	return [{label: describe(touched), hint, filter, rows: touched, kept}];
}

function describeRows(count: number, state: RowState): string {
	switch (state) {
		case 'added':
		case 'removed':
		case 'merged':
			return plural(count, `${stateTitles[state]} row`);
		case 'conflict':
			return plural(count, 'conflict');
		case 'dev-only':
		case 'prod-only':
			return `${plural(count, 'row')} ${stateTitles[state]}`;
		default:
			return state satisfies never;
	}
}
