import type {Table} from '../../../model/catalog.ts';
import {findAdditions} from './add-columns.ts';
import type {Addition} from './add-columns.ts';
import {loosenTable} from './loosen-table.ts';
import {renderCreateTable} from './render-create-table.ts';
import {areTablesEqual} from './table-form.ts';

/** One way from a table to another: columns that ALTER TABLE adds, or the table built anew. */
export type TableStep = {
	readonly to: Table;
	/** Null: a rebuild. */
	readonly additions: readonly Addition[] | null;
};

/** What happens to a table before rows are written to it, and what after. */
export type TablePath = {
	readonly before: TableStep | null;
	readonly after: TableStep | null;
};

/**
Finds the cheapest way from prod's table to the final one on which neither prod's rows
before nor dev's rows after are refused or converted too early: constraints that only prod
has go before the rows are written, those that only dev has come when they are.
*/
export function findTablePath(prod: Table, final: Table): TablePath {
	if (areTablesEqual(prod, final)) return {before: null, after: null};
	const [first, ...others] = (['final', 'prod'] as const).map((preferred): TablePath => {
		const loose = loosenTable(prod, final, preferred);
		const between = areTablesEqual(loose, final)
			? final
			: {...loose, definition: renderCreateTable(loose)};
		return {before: findStep(prod, between), after: findStep(between, final)};
	});
	if (!first) throw new TypeError('There is always a way');
	return others.reduce((best, path) => (findCost(path) < findCost(best) ? path : best), first);
}

function findStep(from: Table, to: Table): TableStep | null {
	return areTablesEqual(from, to) ? null : {to, additions: findAdditions(from, to)};
}

/** Adding a column touches no row; building a table anew copies them all. */
function findCost({before, after}: TablePath): number {
	return costOf(before) + costOf(after);
}

function costOf(step: TableStep | null): number {
	if (!step) return 0;
	return step.additions ? 1 : 10;
}
