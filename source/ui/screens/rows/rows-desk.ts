import {decideCell, decideMany, decideRow} from '../../../engine/resolve.ts';
import {summariseRun} from '../../../engine/summarise-run.ts';
import type {Cell} from '../../../model/cell.ts';
import type {Comparison} from '../../../model/comparison.ts';
import type {Layout} from '../../../model/layout.ts';
import type {DecisionStep, Reach} from '../../../store/decisions.ts';
import type {DecidedRow} from '../../../store/row-changes.ts';
import type {IdRange, RowIndex} from '../../../store/row-index.ts';
import {rowIdsOfTable, type RowFilter} from '../../../store/row-query.ts';
import type {RunStore} from '../../../store/run-store.ts';
import type {RowState} from '../../../model/row-change.ts';
import {RowWindow} from './row-window.ts';
import {toStoreFilter, type RowsFilter} from './rows-filter.ts';

/** A side for a whole row, or null: back to what it was without a decision. */
export type SideTake = 'ours' | 'theirs' | null;

export type Progress = {readonly conflicts: number; readonly open: number};

const windowsKept = 6;
const everyId: IdRange = {from: 0, to: Number.MAX_SAFE_INTEGER};

/**
What the screens ask of a run: rows by position, and decisions. Everything that it keeps is
a cache: a decision is in the store when its method returns.

Counts are taken once and then corrected where something was decided.
*/
export class RowsDesk {
	readonly store: RunStore;
	readonly #windows = new Map<string, RowWindow>();
	#open: RowIndex | undefined;
	#conflicts: ReadonlyMap<string, number> | undefined;
	#comparison: Comparison | undefined;
	#row: DecidedRow | null = null;

	constructor(store: RunStore) {
		this.store = store;
	}

	/** What the scan found; decisions do not change it, but for `resolved` and `unresolved`. */
	get comparison(): Comparison {
		return (this.#comparison ??= summariseRun(this.store));
	}

	get hasBase(): boolean {
		return this.store.identity.base !== null;
	}

	list(filter: RowsFilter): RowWindow {
		const name = JSON.stringify(filter);
		const known = this.#windows.get(name);
		if (known) return known;
		const window = new RowWindow(this.store.rows.index(toStoreFilter(filter)));
		this.#windows.set(name, window);
		const [oldest] = this.#windows.keys();
		if (this.#windows.size > windowsKept && oldest !== undefined) this.#windows.delete(oldest);
		return window;
	}

	/** One whole row. The last one is kept: it is drawn again for every key. */
	row(id: number): DecidedRow | null {
		if (this.#row?.id !== id) this.#row = this.store.rows.get(id);
		return this.#row;
	}

	layoutOf(table: string): Layout {
		return this.store.rows.layoutOf(table);
	}

	/** Conflicts and those still open, of one table or of all. */
	progress(table: string | null): Progress {
		const conflicts = this.#countConflicts();
		if (table === null) {
			const all = [...conflicts.values()].reduce((sum, count) => sum + count, 0);
			return {conflicts: all, open: this.#openIndex.count};
		}
		const number = this.store.rows.numberOf(table);
		const open = number === undefined ? 0 : this.#openIndex.countInTable(number);
		return {conflicts: conflicts.get(table) ?? 0, open};
	}

	/** Tables that have conflicts, in run order. */
	listConflictTables(): string[] {
		return [...this.#countConflicts().keys()];
	}

	/** The nearest conflict without a decision, around the end; null when all are settled. */
	findOpen(from: number, direction: 1 | -1, table: string | null): number | null {
		const number = table === null ? undefined : this.store.rows.numberOf(table);
		const range = number === undefined ? everyId : rowIdsOfTable(number);
		return this.#openIndex.findNext(from, direction, range);
	}

	/** The nearest row of a list that holds a text, around the end. */
	search(filter: RowsFilter, query: string, from: number, direction: 1 | -1): number | null {
		return this.store.rows.findNext({...toStoreFilter(filter), search: query}, from, direction);
	}

	decideRow(row: DecidedRow, take: SideTake): void {
		this.#change({from: row.id, to: row.id}, () => decideRow(this.store, row, take));
	}

	decideCell(row: DecidedRow, column: number, cell: Cell): void {
		this.#change({from: row.id, to: row.id}, () => decideCell(this.store, row, column, cell));
	}

	/** @returns What it was about, by state; rows composed cell by cell stay as they are. */
	decideRange(filter: RowsFilter, range: IdRange, take: SideTake): ReadonlyMap<RowState, Reach> {
		const rows = {...toStoreFilter(filter), range};
		const reach = this.store.decisions.measureReach({filter: rows, level: 'row'});
		if (sumTouched(reach) > 0) {
			this.#change(range, () => decideMany(this.store, rows, take, {level: 'row', by: 'person'}));
		}
		return reach;
	}

	/** @returns How many rows it was about; those decided one by one stay as they are. */
	decideAll(filter: RowFilter, take: SideTake): number {
		const [table, ...others] = filter.tables ?? [];
		const number = table === undefined ? undefined : this.store.rows.numberOf(table);
		const range = number === undefined || others.length > 0 ? everyId : rowIdsOfTable(number);
		return this.#change(range, () =>
			decideMany(this.store, filter, take, {level: 'table', by: 'person'}),
		);
	}

	/** What `decideAll` would be about, by state. */
	measureReach(filter: RowFilter): ReadonlyMap<RowState, Reach> {
		return this.store.decisions.measureReach({filter, level: 'table'});
	}

	/** @returns What was undone; null when there was nothing. */
	undo(): DecisionStep | null {
		return this.#flip('undo');
	}

	redo(): DecisionStep | null {
		return this.#flip('redo');
	}

	#flip(direction: 'undo' | 'redo'): DecisionStep | null {
		const step = this.store.decisions.describeNext(direction);
		if (step === null) return null;
		const flip = () => this.store.decisions[direction]();
		if (step.range) this.#change(step.range, flip);
		else flip();
		return step;
	}

	#change<T>(range: IdRange, work: () => T): T {
		const indexes = [
			...(this.#open ? [this.#open] : []),
			...[...this.#windows.values()].map(({index}) => index),
		];
		for (const index of indexes) index.expectChange(range);
		try {
			return work();
		} finally {
			for (const index of indexes) index.refresh(range);
			for (const window of this.#windows.values()) window.forget();
			this.#row = null;
		}
	}

	get #openIndex(): RowIndex {
		return (this.#open ??= this.store.rows.index({unresolved: true}));
	}

	#countConflicts(): ReadonlyMap<string, number> {
		this.#conflicts ??= new Map(
			this.store.scan
				.listProgress()
				.map(({name, counts}) => [name, counts.conflict ?? 0] as const)
				.filter(([, count]) => count > 0),
		);
		return this.#conflicts;
	}
}

export function sumTouched(reach: ReadonlyMap<RowState, Reach>): number {
	return [...reach.values()].reduce((sum, {touched}) => sum + touched, 0);
}
