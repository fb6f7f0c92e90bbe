import type Database from 'better-sqlite3';
import type {Statement} from '../model/plan.ts';

/** A statement of the plan with its place and whether its gate is open. */
export type PlannedStatement = Statement & {
	/** From 1, in the order of running. */
	readonly number: number;
	/** False: it is written out commented and does not run. */
	readonly allowed: boolean;
};

export type NewStatement = Statement & {readonly allowed: boolean};

/** The plan of a run, a page at a time. */
export class Statements {
	readonly #database: Database.Database;
	readonly #guard: <T>(work: () => T) => T;

	constructor(database: Database.Database, guard: <T>(work: () => T) => T) {
		this.#database = database;
		this.#guard = guard;
	}

	/** Forgets at most `limit` statements of the plan. @returns Whether some are left. */
	clear(limit: number): boolean {
		return this.#guard(
			() =>
				this.#database
					.prepare(
						`DELETE FROM statement
						WHERE number < (SELECT min(number) FROM statement) + ?`,
					)
					.run(limit).changes === limit,
		);
	}

	/** Adds a chunk in one transaction. @param first The number of its first statement. */
	append(first: number, statements: readonly NewStatement[]): void {
		this.#guard(() =>
			this.#database
				.transaction(() => {
					const insert = this.#database.prepare('INSERT INTO statement VALUES (?, ?, ?, ?, ?)');
					let number = first;
					for (const {allowed, ...statement} of statements) {
						const lines = statement.sql.split('\n').length;
						const body = JSON.stringify(statement);
						insert.run(number++, statement.table, Number(allowed), lines, body);
					}
				})
				.immediate(),
		);
	}

	count(): {all: number; allowed: number} {
		const row = this.#guard(() =>
			this.#database
				.prepare('SELECT count(*) AS allCount, total(allowed) AS allowed FROM statement')
				.get(),
		);
		// The columns are those of the query above.
		const {allCount, allowed} = row as {allCount: number; allowed: number};
		return {all: allCount, allowed};
	}

	page(offset: number, limit: number): PlannedStatement[] {
		return this.#guard(() =>
			this.#database
				.prepare('SELECT * FROM statement WHERE number > ? ORDER BY number LIMIT ?')
				.all(offset, limit),
		).map(decode);
	}

	*iterate(pageSize = 500): Generator<PlannedStatement> {
		for (let offset = 0; ; offset += pageSize) {
			const page = this.page(offset, pageSize);
			yield* page;
			if (page.length < pageSize) return;
		}
	}

	/** From the last statement to the first, as an undo needs them. */
	*iterateBackwards(pageSize = 500): Generator<PlannedStatement> {
		for (let end = this.count().all; end > 0; end -= pageSize) {
			const offset = Math.max(0, end - pageSize);
			yield* this.page(offset, end - offset).reverse();
		}
	}
}

function decode(row: unknown): PlannedStatement {
	// Written by `append` above.
	const {number, allowed, body} = row as {number: number; allowed: number; body: string};
	return {...(JSON.parse(body) as Statement), number, allowed: allowed === 1};
}
