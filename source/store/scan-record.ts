import type Database from 'better-sqlite3';
import type {Layout} from '../model/layout.ts';
import {rowStates, type RowState} from '../model/row-change.ts';
import type {CompareWay, SegmentCounts} from '../model/segment.ts';
import {writeInTurn} from './open-database.ts';
import {RowInserter, type FoundRows} from './found-rows.ts';
import {makeRowId} from './row-query.ts';

export type TableStatus =
	/** Not reached yet. */
	| 'waiting'
	/** At least one lane has begun. */
	| 'scanning'
	| 'done'
	/** The person left it out. */
	| 'skipped'
	/** It can't be compared, or exists on one side only; the reason says. */
	| 'not compared';

export type ScanTable = {
	readonly number: number;
	readonly name: string;
	readonly layout: Layout | null;
	readonly status: TableStatus;
	readonly reason: string;
	/** Rows on each side when the scan began; null before it was counted. */
	readonly prodTotal: number | null;
	readonly devTotal: number | null;
};

/** A contiguous range of a table's keys that one worker scans in order. */
export type Lane = {
	readonly tableNumber: number;
	readonly lane: number;
	/** False: the rows that no key identifies, compared as a multiset in one go. */
	readonly keyed: boolean;
	readonly after: string | null;
	readonly upTo: string | null;
	/** Everything up to here is compared; null at the start. */
	readonly cursor: string | null;
	readonly done: boolean;
	/** Differences found so far, in all and by state. */
	readonly found: number;
	readonly counts: StateCounts;
	readonly prodRows: number;
	readonly devRows: number;
	/** The reader's version of both databases when the last segment was written. */
	readonly version: string | null;
	/** How its last segment was compared; not kept on disk. */
	readonly way?: CompareWay;
};

export type StateCounts = Readonly<Partial<Record<RowState, number>>>;

/** How far a table is, summed over its lanes. */
export type TableProgress = ScanTable & {
	readonly prodRows: number;
	readonly devRows: number;
	readonly counts: StateCounts;
	/** How it is being compared. */
	readonly way?: CompareWay;
};

/** Tables, lanes and their checkpoints. */
export class ScanRecord {
	readonly #database: Database.Database;
	readonly #guard: <T>(work: () => T) => T;
	readonly #inserter: RowInserter;

	constructor(database: Database.Database, guard: <T>(work: () => T) => T) {
		this.#database = database;
		this.#inserter = new RowInserter(database);
		this.#guard = guard;
	}

	/** Enters the tables of a new scan; numbers follow the order given. */
	recordTables(tables: readonly Omit<ScanTable, 'number'>[]): void {
		this.#guard(() =>
			this.#database.transaction(() => {
				const insert = this.#database.prepare(
					'INSERT INTO scan_table VALUES (?, ?, ?, ?, ?, ?, ?)',
				);
				tables.forEach((table, index) =>
					insert.run(
						index + 1,
						table.name,
						table.layout && JSON.stringify(table.layout),
						table.status,
						table.reason,
						table.prodTotal,
						table.devTotal,
					),
				);
			})(),
		);
	}

	listTables(): ScanTable[] {
		return this.#guard(() =>
			this.#database.prepare('SELECT * FROM scan_table ORDER BY number').all(),
		).map((row) => {
			// The columns are those of store-schema.ts.
			const stored = row as {
				number: number;
				name: string;
				layout: string | null;
				status: TableStatus;
				reason: string;
				prod_total: number | null;
				dev_total: number | null;
			};
			return {
				number: stored.number,
				name: stored.name,
				layout: stored.layout === null ? null : (JSON.parse(stored.layout) as Layout),
				status: stored.status,
				reason: stored.reason,
				prodTotal: stored.prod_total,
				devTotal: stored.dev_total,
			};
		});
	}

	listProgress(): TableProgress[] {
		const lanes = this.listLanes();
		return this.listTables().map((table) =>
			sumLanes(
				table,
				lanes.filter(({tableNumber}) => tableNumber === table.number),
			),
		);
	}

	setTable(number: number, change: {status: TableStatus; reason?: string}): void {
		this.#guard(() =>
			this.#database
				.prepare('UPDATE scan_table SET status = ?, reason = coalesce(?, reason) WHERE number = ?')
				.run(change.status, change.reason ?? null, number),
		);
	}

	setTotals(number: number, prod: number, dev: number): void {
		this.#guard(() =>
			this.#database
				.prepare('UPDATE scan_table SET prod_total = ?, dev_total = ? WHERE number = ?')
				.run(prod, dev, number),
		);
	}

	/** Cuts a table into lanes, once: a resumed scan keeps the cuts. */
	recordLanes(
		tableNumber: number,
		lanes: readonly {keyed: boolean; after: string | null; upTo: string | null}[],
	): void {
		this.#guard(() =>
			this.#database.transaction(() => {
				const insert = this.#database.prepare(
					'INSERT INTO lane (table_number, lane, keyed, after, up_to, cursor) VALUES (?, ?, ?, ?, ?, ?)',
				);
				lanes.forEach(({keyed, after, upTo}, index) =>
					insert.run(tableNumber, index, Number(keyed), after, upTo, after),
				);
			})(),
		);
	}

	listLanes(): Lane[] {
		return this.#guard(() =>
			this.#database.prepare('SELECT * FROM lane ORDER BY table_number, lane').all(),
		).map((row) => {
			// The columns are those of store-schema.ts.
			const stored = row as {
				table_number: number;
				lane: number;
				keyed: number;
				after: string | null;
				up_to: string | null;
				cursor: string | null;
				done: number;
				found: number;
				counts: string;
				prod_rows: number;
				dev_rows: number;
				version: string | null;
			};
			return {
				tableNumber: stored.table_number,
				lane: stored.lane,
				keyed: stored.keyed === 1,
				after: stored.after,
				upTo: stored.up_to,
				cursor: stored.cursor,
				done: stored.done === 1,
				found: stored.found,
				counts: JSON.parse(stored.counts) as StateCounts,
				prodRows: stored.prod_rows,
				devRows: stored.dev_rows,
				version: stored.version,
			};
		});
	}

	/**
	Writes what one segment found together with the lane's cursor, in one transaction.

	@param lane The lane as it was before the segment.
	@param cursor Where the next segment starts; null when the lane is done.
	@returns The lane as it is now.
	*/
	recordSegment(
		lane: Lane,
		segment: {
			readonly cursor: string | null;
			readonly done: boolean;
			readonly counts: SegmentCounts;
			readonly found: readonly FoundRows[];
			readonly version: string;
		},
	): Lane {
		const {cursor, done, counts, found, version} = segment;
		const next: Lane = {
			...lane,
			counts: addCounts(lane.counts, found),
			cursor,
			done,
			found: found.reduce((sum, {pairs}) => sum + pairs.length, lane.found),
			prodRows: lane.prodRows + counts.prodRows,
			devRows: lane.devRows + counts.devRows,
			version,
			...(counts.way && {way: counts.way}),
		};
		this.#guard(() =>
			writeInTurn(this.#database, () => {
				let id = makeRowId(lane.tableNumber, lane.lane, lane.found);
				for (const rows of found) {
					this.#inserter.insert(rows, id);
					id += rows.pairs.length;
				}
				this.#database
					.prepare(
						`UPDATE lane SET cursor = ?, done = ?, found = ?, counts = ?, prod_rows = ?, dev_rows = ?, version = ?
						WHERE table_number = ? AND lane = ?`,
					)
					.run(
						next.cursor,
						Number(next.done),
						next.found,
						JSON.stringify(next.counts),
						next.prodRows,
						next.devRows,
						next.version,
						lane.tableNumber,
						lane.lane,
					);
			}),
		);
		return next;
	}
}

/** A table's progress from its lanes. */
export function sumLanes(table: ScanTable, lanes: readonly Lane[]): TableProgress {
	const counts: Partial<Record<RowState, number>> = {};
	let prodRows = 0;
	let devRows = 0;
	let way: CompareWay | undefined;
	for (const lane of lanes) {
		if (!lane.done) way = lane.way ?? way;
		prodRows += lane.prodRows;
		devRows += lane.devRows;
		for (const state of rowStates) {
			const count = lane.counts[state];
			if (count !== undefined) counts[state] = (counts[state] ?? 0) + count;
		}
	}
	return {...table, prodRows, devRows, counts, ...(way && {way})};
}

function addCounts(counts: StateCounts, found: readonly FoundRows[]): StateCounts {
	const sum: Partial<Record<RowState, number>> = {...counts};
	for (const {states} of found) for (const state of states) sum[state] = (sum[state] ?? 0) + 1;
	return sum;
}
