import type {Cell, Row} from '../model/cell.ts';
import type {Layout} from '../model/layout.ts';
import type {RowState, Take} from '../model/row-change.ts';
import type {DecidedRow} from '../store/row-changes.ts';
import type {RowFilter} from '../store/row-query.ts';
import type {RunStore} from '../store/run-store.ts';
import {changedColumns} from './classify.ts';

/** What happens to a row about which nobody decided; null: it needs a decision. */
export const defaultTakes = {
	added: 'theirs',
	// Production's own new rows look exactly like rows that dev deleted: they stay.
	removed: 'ours',
	conflict: null,
	'dev-only': 'theirs',
	'prod-only': 'ours',
	merged: 'manual',
} as const satisfies Record<RowState, Take | null>;

/** What will happen to a row: its resolution, else its state's default; null: unresolved. */
export function takeOf(row: DecidedRow): Take | null {
	return row.resolution?.take ?? defaultTakes[row.state];
}

/**
The row that prod will hold: prod's own, dev's, or one composed of both. Null where there
will be none.

@throws {RangeError} For an unresolved row.
*/
export function outcomeOf(row: DecidedRow, layout: Layout): Row | null {
	const take = takeOf(row);
	switch (take) {
		case 'ours':
			return row.prod;
		case 'theirs':
			return row.dev;
		case 'manual': {
			const cells = row.resolution?.cells ?? mergedCells(row, layout);
			const start = row.prod ?? row.dev;
			return start && start.map((cell, index) => cells.get(index) ?? cell);
		}
		case null:
			throw new RangeError(`Row ${row.id} has no resolution`);
		default:
			return take satisfies never;
	}
}

/** With a base: dev's cells where only dev changed them. */
function mergedCells(row: DecidedRow, layout: Layout): Map<number, Cell> {
	if (!row.base || !row.dev) return new Map();
	const cells = new Map<number, Cell>();
	for (const column of changedColumns(row.base, row.dev, layout)) {
		const cell = row.dev[column];
		if (cell) cells.set(column, cell);
	}
	return cells;
}

/**
Takes one side for a single row; null takes the decision back. It is about this very row, so
it also replaces what was composed cell by cell.
*/
export function decideRow(store: RunStore, row: DecidedRow, take: 'ours' | 'theirs' | null): void {
	store.decisions.decide({
		filter: {ids: [row.id]},
		overrules: true,
		take,
		level: 'row',
		by: 'person',
		summary: take ? `${take} for one row of ${row.table}` : `one row of ${row.table} left open`,
	});
}

/**
Settles one cell: the row becomes a composed one, every other cell as it was decided so far
(prod's where nothing was).
*/
export function decideCell(store: RunStore, row: DecidedRow, column: number, cell: Cell): void {
	const layout = store.rows.layoutOf(row.table);
	const cells = new Map(cellsOf(row));
	cells.set(column, cell);
	store.decisions.decide({
		filter: {ids: [row.id]},
		take: 'manual',
		cells,
		level: 'cell',
		by: 'person',
		summary: `${layout.columns[column]?.name ?? 'a cell'} of one row of ${row.table}`,
	});
}

/** The cells in which a row's resolution leaves prod's. */
function cellsOf(row: DecidedRow): ReadonlyMap<number, Cell> {
	if (row.resolution?.take === 'manual') return row.resolution.cells ?? new Map<number, Cell>();
	if (row.resolution?.take !== 'theirs') return new Map();
	return new Map(
		row.changed.flatMap((index): [number, Cell][] => {
			const cell = row.dev?.[index];
			return cell ? [[index, cell]] : [];
		}),
	);
}

/**
Takes one side for every row of the filter: a marked range, a table, everything. Rows that
were settled more specifically keep what was decided.

@returns How many rows changed their resolution.
*/
export function decideMany(
	store: RunStore,
	filter: RowFilter,
	take: 'ours' | 'theirs' | null,
	{level, by}: {readonly level: 'row' | 'table' | 'default'; readonly by: string},
): number {
	const what = filter.tables?.join(', ') ?? 'all tables';
	return store.decisions.decide({
		filter,
		take,
		level,
		by,
		summary: `${take ?? 'left open'} for the chosen rows of ${what}`,
	});
}

/** Conflicts in all, and those that are settled. */
export function countConflicts(store: RunStore): {conflicts: number; resolved: number} {
	let [conflicts, resolved] = [0, 0];
	for (const table of store.rows.countResolved().values()) {
		conflicts += table.conflicts;
		resolved += table.resolved;
	}
	return {conflicts, resolved};
}
