import {countDifferences, type Comparison, type TableComparison} from '../model/comparison.ts';
import {rowStates, type RowState} from '../model/row-change.ts';
import type {RunStore} from '../store/run-store.ts';
import type {Lane, TableProgress} from '../store/scan-record.ts';
import {isCompared} from './compare-run.ts';

/** Sums up what a run found so far. */
export function summariseRun(store: RunStore): Comparison {
	const {id, createdAt, prod, dev, base} = store.identity;
	const changes = store.schema.list().map(({change}) => change);
	const resolved = store.rows.countResolved();
	const lanes = store.scan.listLanes();
	const tables = store.scan.listProgress().map((progress) =>
		summariseTable(store, progress, {
			lanes: lanes.filter(({tableNumber}) => tableNumber === progress.number),
			resolved: resolved.get(progress.number)?.resolved ?? 0,
		}),
	);
	const conflicts = sum(tables, ({counts}) => counts.conflict);
	return {
		run: id,
		createdAt,
		prod,
		dev,
		base,
		isComplete: isCompared(store.stage),
		changes,
		tables,
		conflicts,
		unresolved: conflicts - sum(tables, (table) => table.resolved),
		identical: changes.length === 0 && tables.every((table) => countDifferences(table) === 0),
	};
}

function summariseTable(
	store: RunStore,
	progress: TableProgress,
	{lanes, resolved}: {readonly lanes: readonly Lane[]; readonly resolved: number},
): TableComparison {
	const {name, layout, status, reason, prodRows, devRows} = progress;
	const counts = fillCounts(progress.counts);
	const isRead = layout !== null && status !== 'not compared';
	return {
		table: name,
		status,
		reason,
		prodRows: isRead ? prodRows : null,
		devRows: isRead ? devRows : null,
		same: isRead ? prodRows - countDifferentOnProd(store, progress, lanes, counts) : null,
		counts,
		resolved,
		columnsLeftOut: layout?.leftOut ?? [],
		where: layout?.where ?? null,
	};
}

/** How many of prod's rows are among the differences. */
function countDifferentOnProd(
	store: RunStore,
	{number}: TableProgress,
	lanes: readonly Lane[],
	counts: Readonly<Record<RowState, number>>,
): number {
	// With a base a state does not tell which sides have the row, and without a key a row
	// change stands for several copies: only then the rows themselves must be asked.
	const isPlain = store.identity.base === null && lanes.every(({keyed}) => keyed);
	if (!isPlain) return store.rows.countProdRows(number);
	return counts.removed + counts.conflict + counts['dev-only'];
}

function fillCounts(counts: Partial<Record<RowState, number>>): Record<RowState, number> {
	const filled: Partial<Record<RowState, number>> = {};
	for (const state of rowStates) filled[state] = counts[state] ?? 0;
	// Every state was just put in.
	return filled as Record<RowState, number>;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
	return items.reduce((total, item) => total + value(item), 0);
}
