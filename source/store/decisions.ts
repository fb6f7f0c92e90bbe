import type Database from 'better-sqlite3';
import type {Cell} from '../model/cell.ts';
import {decisionLevels, type DecisionLevel, type Take} from '../model/row-change.ts';
import {encodeCells, type RowChanges} from './row-changes.ts';
import type {RowFilter} from './row-query.ts';

export type Decision = {
	/** Which rows; a row that was decided more specifically keeps its resolution. */
	readonly filter: RowFilter;
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
	decide({filter, take, cells, level, by, summary}: Decision): number {
		const {where, bindings} = this.#rows.renderFilter(filter);
		// A less specific decision leaves a more specific one alone: cell before row before rule …
		const stronger = decisionLevels
			.slice(0, decisionLevels.indexOf(level))
			.map((name) => `'${name}'`);
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
					WHERE ${where} AND (level IS NULL OR level NOT IN (${stronger.join(', ')}))`,
				)
				.run(decision, after, ...bindings).changes;
			this.#apply(decision, 'after');
			return touched;
		});
	}

	/** Takes the newest decision back. @returns Its summary; null when there is none. */
	undo(): string | null {
		return this.#flip('undone = 0', 'DESC', 1, 'before');
	}

	/** Does the last undone decision again. */
	redo(): string | null {
		return this.#flip('undone = 1', 'ASC', 0, 'after');
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
