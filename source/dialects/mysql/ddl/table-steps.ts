import type {Column, Table} from '../../../model/catalog.ts';
import type {Phase} from '../../../model/plan.ts';
import type {AllowKind} from '../../../model/schema-change.ts';
import {areNamesEqual} from '../catalog/fold-name.ts';
import {isNarrowing} from '../is-narrowing.ts';
import {loosenTable} from './loosen-table.ts';
import {isOfColumn} from './render-column.ts';
import {
	findColumn,
	listRetyped,
	makeCheckForm,
	makeColumnsForm,
	mentionsAny,
	settleIdentity,
} from './table-parts.ts';

/** One form of a table on its way; what stands between two is an ALTER TABLE. */
export type TableStep = {
	readonly phase: Phase;
	readonly to: Table;
	/** What must be allowed for it. */
	readonly needs: AllowKind | null;
};

/**
The way of a table from prod's form to the final one, foreign keys and partitions apart. What needs
a kind of its own to be allowed is a step of its own; constraints that only prod has go before the
rows are written, those that only dev has come after.

@param asked What the chosen changes of the table need.
*/
export function listTableSteps(
	prod: Table,
	final: Table,
	asked: ReadonlySet<AllowKind | null>,
): TableStep[] {
	const target = {...final, name: prod.name, foreignKeys: prod.foreignKeys};
	const constrained = withoutConstraints(prod, target);
	const freed = withoutMisfits(constrained, prod, target, asked);
	const loose = loosenTable(freed, target, prod.primaryKey);
	const finished = settleIdentity({
		...target,
		columns: keepDropped(prod, loose, target),
		indexes: [...keepIndexes(freed, target), ...target.indexes],
	});
	const steps: TableStep[] = [
		{phase: 'alter', to: constrained, needs: 'dropConstraint'},
		{phase: 'alter', to: freed, needs: 'dropIndex'},
		{phase: 'alter', to: loose, needs: null},
		{phase: 'indexes and foreign keys', to: widen(finished, loose), needs: null},
		{phase: 'indexes and foreign keys', to: finished, needs: 'narrowType'},
		{phase: 'drop', to: settleIdentity({...finished, indexes: target.indexes}), needs: 'dropIndex'},
		{phase: 'drop', to: target, needs: 'dropColumn'},
	];
	// What goes with a column needs no more than the column.
	return steps.filter(({needs}) => needs === null || needs === 'dropColumn' || asked.has(needs));
}

/** Without those that have nothing in their place. */
function withoutConstraints(prod: Table, final: Table): Table {
	const has = (name: string | null, names: readonly (string | null)[]) =>
		names.some((each) => areNamesEqual(each ?? '', name ?? ''));
	const isKept = (check: Table['checks'][number]) =>
		prod.columns.some((column) => isOfColumn(check, column)) ||
		final.checks.some(
			(other) => makeCheckForm(other) === makeCheckForm(check) || has(check.name, [other.name]),
		);
	return settleIdentity({
		...prod,
		primaryKey: final.primaryKey ? prod.primaryKey : null,
		uniques: prod.uniques.filter(({name, columns}) =>
			final.uniques.some(
				(other) =>
					makeColumnsForm(other.columns) === makeColumnsForm(columns) || has(name, [other.name]),
			),
		),
		checks: prod.checks.filter(isKept),
	});
}

/** Prod's columns that are dropped stay until the end, as the rows found them. */
function keepDropped(prod: Table, loose: Table, final: Table): Column[] {
	const kept = prod.columns.flatMap((column) => {
		if (findColumn(final, column.name)) return [];
		return findColumn(loose, column.name) ?? [];
	});
	return [...final.columns, ...kept];
}

/** Indexes that only prod has; one of another form gives way to dev's of its name. */
function keepIndexes(prod: Table, final: Table): Table['indexes'] {
	return prod.indexes.filter(
		({name}) => !final.indexes.some((other) => areNamesEqual(other.name, name)),
	);
}

/** Indexes that go and need not fit what their columns become. */
function withoutMisfits(
	table: Table,
	prod: Table,
	final: Table,
	asked: ReadonlySet<AllowKind | null>,
): Table {
	if (!asked.has('dropIndex')) return table;
	const retyped = listRetyped(prod, final);
	const indexes = table.indexes.filter(
		(index) =>
			!mentionsAny(index, retyped) ||
			final.indexes.some(({name}) => areNamesEqual(name, index.name)),
	);
	return settleIdentity({...table, indexes});
}

/** The finished table as long as no value is made smaller; what needs that to be done waits. */
function widen(finished: Table, loose: Table): Table {
	const columns = finished.columns.map((column) => {
		const before = findColumn(loose, column.name);
		if (!before || column.generated || before.generated) return column;
		const isLater = isNarrowing(before.type, column.type) || before.collation !== column.collation;
		if (!isLater) return column;
		const {type, collation} = before;
		return {...column, type, collation, default: before.default};
	});
	const wide = {...finished, columns};
	const waiting = listRetyped(wide, finished);
	if (waiting.size === 0) return wide;
	const fits = (key: Parameters<typeof mentionsAny>[0]) => !mentionsAny(key, waiting);
	const isThere = (index: Table['indexes'][number]) =>
		loose.indexes.some(({definition}) => definition === index.definition);
	const isKeySame =
		makeColumnsForm(loose.primaryKey?.columns ?? []) ===
		makeColumnsForm(finished.primaryKey?.columns ?? []);
	const {primaryKey} = finished;
	return settleIdentity({
		...wide,
		primaryKey: isKeySame || (primaryKey && fits(primaryKey)) ? primaryKey : loose.primaryKey,
		uniques: finished.uniques.filter(
			(unique) =>
				fits(unique) ||
				loose.uniques.some(
					(other) => makeColumnsForm(other.columns) === makeColumnsForm(unique.columns),
				),
		),
		indexes: finished.indexes.filter((index) => fits(index) || isThere(index)),
	});
}
