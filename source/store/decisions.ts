import type Database from 'better-sqlite3';
import type {Cell} from '../model/cell.ts';
import {decisionLevels, type DecisionLevel, type RowState, type Take} from '../model/row-change.ts';
import {encodeCells, type RowChanges} from './row-changes.ts';
import type {RowFilter} from './row-query.ts';

export type Decision = {
	/** Which rows; a row that was decided more specifically keeps its resolution. */
	readonly filter: RowFilter;
	/** Also rows that were decided more specifically. @default false */
	readonly overrules?: boolean;
	/** Null takes the decision back: the row returns to its default. */
	readonly take: Take | null;
	/** For `manual`: column index → cell. */
	readonly cells?: ReadonlyMap<number, Cell>;
	readonly level: DecisionLevel;
	/** Who decided: `person`, `rule 2`, `strategy`. */
	readonly by: string;
	/** One line for the history, e.g. `theirs for 12 rows of artist`. */
	readonly summary: string;
};

/** The next decision that undo or redo would take, and the rows that it is about. */
export type DecisionStep = {
	readonly summary: string;
	readonly rows: number;
	/** The first and the last id; null when it touched no row. */
	readonly range: {readonly from: number; readonly to: number} | null;
};

/** Of the rows of one state: those that a decision would be about, and those that it leaves alone. */
export type Reach = {readonly touched: number; readonly kept: number};

/**
What was decided, as a log that is only appended to: undo and redo mark its entries and
survive a restart. Each decision keeps what it replaced, so undoing costs what it touched.
*/
export class Decisions {
	readonly #database: Database.Database;
	readonly #guard: <T>(work: () => T) => T;
	readonly #rows: RowChanges;

	constructor(database: Database.Database, guard: <T>(work: () => T) => T, rows: RowChanges) {
		this.#database = database;
		this.#guard = guard;
		this.#rows = rows;
	}

	/**
	Decides about every row of the filter, in one transaction.

	@returns How many rows now have another resolution.
	*/
	decide({filter, overrules = false, take, cells, level, by, summary}: Decision): number {
		const {where, bindings} = this.#rows.renderFilter(filter);
		const stronger = overrules ? '' : listStronger(level);
		const after =
			take === null
				? null
				: JSON.stringify({take, cells: cells ? encodeCells(cells) : null, level, by});
		return this.#change(() => {
			const decision = this.#append(summary);
			const touched = this.#database
				.prepare(
					`INSERT INTO resolution_step (decision, row_id, before, after)
					SELECT ?, id,
						CASE WHEN resolution.row_id IS NOT NULL THEN
							json_object('take', take, 'cells', cells, 'level', level, 'by', by) END,
						?
					FROM row_change LEFT JOIN resolution ON resolution.row_id = id
					WHERE ${where} AND (level IS NULL OR level NOT IN (${stronger}))`,
				)
				.run(decision, after, ...bindings).changes;
			this.#apply(decision, 'after');
			return touched;
		});
	}

	/** What a decision on a level would reach, by state, without making it. */
	measureReach({filter, level}: Pick<Decision, 'filter' | 'level'>): ReadonlyMap<RowState, Reach> {
		const {where, bindings} = this.#rows.renderFilter(filter);
		const rows = this.#guard(() =>
			this.#database
				.prepare(
					`SELECT state, count(*), total(level IN (${listStronger(level)}))
					FROM row_change LEFT JOIN resolution ON resolution.row_id = id
					WHERE ${where} GROUP BY state`,
				)
				.raw()
				.all(...bindings),
		);
		// The columns are those of the query above.
		return new Map(
			(rows as [RowState, number, number][]).map(([state, all, kept]) => [
				state,
				{touched: all - kept, kept},
			]),
		);
	}

	/** What `undo` or `redo` would do now; null when there is nothing. */
	describeNext(direction: 'undo' | 'redo'): DecisionStep | null {
		const [condition, order] = sides[direction];
		const row = this.#guard(() =>
			this.#database
				.prepare(
					`SELECT summary, count(row_id) AS rows, min(row_id) AS "from", max(row_id) AS "to"
					FROM (SELECT * FROM decision WHERE ${condition} ORDER BY number ${order} LIMIT 1)
					LEFT JOIN resolution_step ON decision = number GROUP BY number`,
				)
				.get(),
		);
		if (row === undefined) return null;
		// The columns are those of the query above.
		const {summary, rows, from, to} = row as {
			summary: string;
			rows: number;
			from: number | null;
			to: number | null;
		};
		return {summary, rows, range: from === null || to === null ? null : {from, to}};
	}

	/** Takes the newest decision back. @returns Its summary; null when there is none. */
	undo(): string | null {
		return this.#flip(...sides.undo);
	}

	/** Does the last undone decision again. */
	redo(): string | null {
		return this.#flip(...sides.redo);
	}

	/** Every decision, oldest first, also those that were undone. */
	list(): {number: number; time: string; summary: string; isUndone: boolean}[] {
		return this.#guard(() =>
			this.#database.prepare('SELECT * FROM decision ORDER BY number').all(),
		).map((row) => {
			// The columns are those of store-schema.ts.
			const {number, time, summary, undone} = row as {
				number: number;
				time: string;
				summary: string;
				undone: number;
			};
			return {number, time, summary, isUndone: undone !== 0};
		});
	}

	#append(summary: string): number | bigint {
		// What was undone before a new decision can't be done again.
		this.#database.exec('UPDATE decision SET undone = 2 WHERE undone = 1');
		return this.#database
			.prepare('INSERT INTO decision (time, summary) VALUES (?, ?)')
			.run(new Date().toISOString(), summary).lastInsertRowid;
	}

	#flip(
		condition: string,
		order: 'ASC' | 'DESC',
		undone: 0 | 1,
		side: 'before' | 'after',
	): string | null {
		return this.#change(() => {
			const row = this.#database
				.prepare(
					`SELECT number, summary FROM decision WHERE ${condition} ORDER BY number ${order} LIMIT 1`,
				)
				.get();
			if (row === undefined) return null;
			// The columns are those of the query above.
			const {number, summary} = row as {number: number; summary: string};
			this.#database.prepare('UPDATE decision SET undone = ? WHERE number = ?').run(undone, number);
			this.#apply(number, side);
			return summary;
		});
	}

	#apply(decision: number | bigint, side: 'before' | 'after'): void {
		this.#database
			.prepare(
				'DELETE FROM resolution WHERE row_id IN (SELECT row_id FROM resolution_step WHERE decision = ?)',
			)
			.run(decision);
		this.#database
			.prepare(
				`INSERT INTO resolution (row_id, take, cells, level, by)
				SELECT row_id, ${side} ->> 'take', ${side} ->> 'cells', ${side} ->> 'level', ${side} ->> 'by'
				FROM resolution_step WHERE decision = ? AND ${side} IS NOT NULL`,
			)
			.run(decision);
	}

	#change<T>(work: () => T): T {
		return this.#guard(() => this.#database.transaction(work).immediate());
	}
}

/** Which decision is next, what it becomes, and which side of its steps then holds. */
const sides = {
	undo: ['undone = 0', 'DESC', 1, 'before'],
	redo: ['undone = 1', 'ASC', 0, 'after'],
} as const;

/** A less specific decision leaves a more specific one alone: cell before row before rule … */
function listStronger(level: DecisionLevel): string {
	return decisionLevels
		.slice(0, decisionLevels.indexOf(level))
		.map((name) => `'${name}'`)
		.join(', ');
}
