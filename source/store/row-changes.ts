import type Database from 'better-sqlite3';
import {areCellsEqual, type Cell, type CellKind} from '../model/cell.ts';
import {decodeRow, splitFields, decodeField, sameField} from '../model/encoding.ts';
import type {Layout} from '../model/layout.ts';
import type {DecisionLevel, Resolution, RowChange, RowState, Take} from '../model/row-change.ts';
import {RowIndex, type IndexedFilter} from './row-index.ts';
import {renderFilter, rowIdsOfTable, tableOfRowId, type RowFilter} from './row-query.ts';
import type {ScanRecord, ScanTable} from './scan-record.ts';

/** A row change with what was decided about it; null: nothing yet, or left to its default. */
export type DecidedRow = RowChange & {readonly resolution: Resolution | null};

/** A row of `selectRows`. */
export type StoredRow = {
	id: number;
	state: RowState;
	key: string;
	prod: string | null;
	dev: string | null;
	base: string | null;
	prod_digest: Buffer | null;
	dev_digest: Buffer | null;
	copies: number;
	take: Take | null;
	cells: string | null;
	level: DecisionLevel | null;
	by: string | null;
};

const selectRows = `
	SELECT row_change.*, take, cells, level, by
	FROM row_change LEFT JOIN resolution ON row_id = id`;

/** The rows that differ: counted, paged, searched. Only the page asked for is in memory. */
export class RowChanges {
	readonly #database: Database.Database;
	readonly #guard: <T>(work: () => T) => T;
	readonly #scan: ScanRecord;
	#tables: Map<number, ScanTable> | undefined;

	constructor(database: Database.Database, guard: <T>(work: () => T) => T, scan: ScanRecord) {
		this.#database = database;
		this.#guard = guard;
		this.#scan = scan;
		// The encoded text holds tags and lengths too; only a cell's own text counts as a match.
		database.function('cells_contain', {deterministic: true}, (encoded, needle) =>
			typeof encoded === 'string' && typeof needle === 'string' && containsText(encoded, needle)
				? 1
				: 0,
		);
	}

	count(filter: RowFilter = {}): number {
		const {where, bindings} = this.#render(filter);
		const count = this.#guard(() =>
			this.#database
				.prepare(`SELECT count(*) FROM row_change WHERE ${where}`)
				.pluck()
				.get(...bindings),
		);
		return Number(count);
	}

	/** A page in run order. */
	page(filter: RowFilter, offset: number, limit: number): DecidedRow[] {
		const {where, bindings} = this.#render(filter);
		const rows = this.#guard(() =>
			this.#database
				.prepare(`${selectRows} WHERE ${where} ORDER BY id LIMIT ? OFFSET ?`)
				.all(...bindings, limit, offset),
		);
		// The columns are those of store-schema.ts.
		return rows.map((row) => this.decode(row as StoredRow));
	}

	/** All rows of a filter in run order, a page at a time; the store may be written to between pages. */
	*iterate(filter: RowFilter = {}, pageSize = 500): Generator<DecidedRow> {
		const {where, bindings} = this.#render(filter);
		const statement = this.#database.prepare(
			`${selectRows} WHERE ${where} AND id > ? ORDER BY id LIMIT ?`,
		);
		let after = -1;
		for (;;) {
			// The columns are those of store-schema.ts.
			const rows = this.#guard(() => statement.all(...bindings, after, pageSize)) as StoredRow[];
			for (const row of rows) yield this.decode(row);
			const last = rows.at(-1);
			if (!last || rows.length < pageSize) return;
			after = last.id;
		}
	}

	get(id: number): DecidedRow | null {
		const row = this.#guard(() => this.#database.prepare(`${selectRows} WHERE id = ?`).get(id));
		// The columns are those of store-schema.ts.
		return row === undefined ? null : this.decode(row as StoredRow);
	}

	/** The nearest id of the filter after (or before) one; wraps around; null when there is none. */
	findNext(filter: RowFilter, from: number, direction: 1 | -1): number | null {
		const {where, bindings} = this.#render(filter);
		const find = (condition: string, limits: number[]) =>
			this.#guard(() =>
				this.#database
					.prepare(
						`SELECT id FROM row_change WHERE ${where} AND ${condition}
						ORDER BY id ${direction === 1 ? 'ASC' : 'DESC'} LIMIT 1`,
					)
					.pluck()
					.get(...bindings, ...limits),
			);
		const found = find(direction === 1 ? 'id > ?' : 'id < ?', [from]) ?? find('1', []);
		return typeof found === 'number' ? found : null;
	}

	/** The position that a row has in the list of a filter. */
	indexOf(filter: RowFilter, id: number): number {
		const {where, bindings} = this.#render(filter);
		const index = this.#guard(() =>
			this.#database
				.prepare(`SELECT count(*) FROM row_change WHERE ${where} AND id < ?`)
				.pluck()
				.get(...bindings, id),
		);
		return Number(index);
	}

	/** Conflicts in all and those that have a resolution; by table number. */
	countResolved(): Map<number, {conflicts: number; resolved: number}> {
		const result = new Map<number, {conflicts: number; resolved: number}>();
		for (const {number, counts} of this.#scan.listProgress()) {
			const conflicts = counts.conflict ?? 0;
			if (conflicts === 0) continue;
			const {from, to} = rowIdsOfTable(number);
			const resolved = this.#guard(() =>
				this.#database
					.prepare(
						`SELECT count(*) FROM resolution CROSS JOIN row_change ON id = row_id
						WHERE row_id BETWEEN ? AND ? AND state = 'conflict'`,
					)
					.pluck()
					.get(from, to),
			);
			result.set(number, {conflicts, resolved: Number(resolved)});
		}
		return result;
	}

	/** Rows of prod among a table's differences, each of its equal copies counted. */
	countProdRows(tableNumber: number): number {
		const {from, to} = rowIdsOfTable(tableNumber);
		const count = this.#guard(() =>
			this.#database
				.prepare(
					'SELECT total(copies) FROM row_change WHERE id BETWEEN ? AND ? AND prod IS NOT NULL',
				)
				.pluck()
				.get(from, to),
		);
		return Number(count);
	}

	layoutOf(table: string): Layout {
		const layout = [...this.#knownTables().values()].find(({name}) => name === table)?.layout;
		if (!layout) throw new RangeError(`Table ${table} was not compared`);
		return layout;
	}

	/** The number of a table that takes part in the run. */
	numberOf(table: string): number | undefined {
		return [...this.#knownTables().values()].find(({name}) => name === table)?.number;
	}

	/** The name of the table that a row change belongs to. */
	tableOf(id: number): string {
		return this.#tableOf(id).name;
	}

	/** Position ↔ row for lists of any length; see row-index.ts. */
	index(filter: IndexedFilter = {}): RowIndex {
		const lanes = this.#scan.listLanes();
		return new RowIndex(this.#database, this.#guard, this, {filter, lanes});
	}

	/** A filter as an SQL condition on `row_change`. */
	renderFilter(filter: RowFilter): {where: string; bindings: (string | number)[]} {
		return this.#render(filter);
	}

	#render(filter: RowFilter) {
		return renderFilter(filter, (name) => this.numberOf(name));
	}

	#knownTables(): Map<number, ScanTable> {
		// Tables are entered once, before the first row change.
		if (!this.#tables?.size) {
			this.#tables = new Map(this.#scan.listTables().map((table) => [table.number, table]));
		}
		return this.#tables;
	}

	/** Forgets what was cached of the tables, after the run was cleared. */
	forget(): void {
		this.#tables = undefined;
	}

	#tableOf(id: number): ScanTable {
		const table = this.#knownTables().get(tableOfRowId(id));
		if (!table) throw new RangeError(`Row change ${id} belongs to no table`);
		return table;
	}

	/** Turns a row as it is stored into what the program works with. */
	decode(row: StoredRow): DecidedRow {
		const {name, layout} = this.#tableOf(row.id);
		if (!layout) throw new RangeError(`Table ${name} was not compared`);
		const prod = row.prod === null ? null : decodeRow(row.prod);
		const dev = row.dev === null ? null : decodeRow(row.dev, prod ?? undefined);
		const changed: number[] = [];
		if (prod && dev) {
			for (let index = 0; index < layout.comparedCount; index++) {
				const [ours, theirs] = [prod[index], dev[index]];
				if (ours && theirs && !areCellsEqual(ours, theirs)) changed.push(index);
			}
		}
		return {
			id: row.id,
			table: name,
			state: row.state,
			key: decodeRow(row.key),
			prod,
			dev,
			base: row.base === null ? null : decodeRow(row.base),
			changed,
			prodDigest: row.prod_digest?.toString('hex') ?? null,
			devDigest: row.dev_digest?.toString('hex') ?? null,
			copies: row.copies,
			resolution: decodeResolution(row),
		};
	}
}

function containsText(encoded: string, needle: string): boolean {
	const wanted = needle.toLowerCase();
	return splitFields(encoded).some(
		(field) => field !== sameField && decodeField(field).text.toLowerCase().includes(wanted),
	);
}

function decodeResolution({take, cells, level, by}: StoredRow): Resolution | null {
	if (take === null || level === null || by === null) return null;
	return {take, cells: cells === null ? null : decodeCells(cells), level, by};
}

/** Cells of a manual resolution as stored: a JSON list of `[index, kind, text]`. */
export function encodeCells(cells: ReadonlyMap<number, Cell>): string {
	return JSON.stringify(
		[...cells].sort(([a], [b]) => a - b).map(([index, {kind, text}]) => [index, kind, text]),
	);
}

function decodeCells(text: string): Map<number, Cell> {
	// Written by encodeCells above.
	const stored = JSON.parse(text) as [number, CellKind, string][];
	return new Map(stored.map(([index, kind, value]) => [index, {kind, text: value}]));
}
