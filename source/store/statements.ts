import type Database from 'better-sqlite3';
import type {Statement} from '../model/plan.ts';

/** A statement of the plan with its place and whether its gate is open. */
export type PlannedStatement = Statement & {
	/** From 1, in the order of running. */
	readonly number: number;
	/** False: it is written out commented and does not run. */
	readonly allowed: boolean;
};

/** The plan of a run, a page at a time. */
export class Statements {
	readonly #database: Database.Database;
	readonly #guard: <T>(work: () => T) => T;

	constructor(database: Database.Database, guard: <T>(work: () => T) => T) {
		this.#database = database;
		this.#guard = guard;
	}

	/** Replaces the plan in one transaction. @returns How many statements it has. */
	replace(statements: Iterable<Statement & {readonly allowed: boolean}>): number {
		return this.#guard(() =>
			this.#database
				.transaction(() => {
					this.#database.exec('DELETE FROM statement');
					const insert = this.#database.prepare('INSERT INTO statement VALUES (?, ?, ?, ?, ?)');
					let number = 0;
					for (const {allowed, ...statement} of statements) {
						number++;
						const lines = statement.sql.split('\n').length;
						insert.run(number, statement.table, Number(allowed), lines, JSON.stringify(statement));
					}
					return number;
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
}

function decode(row: unknown): PlannedStatement {
	// Written by `replace` above.
	const {number, allowed, body} = row as {number: number; allowed: number; body: string};
	return {...(JSON.parse(body) as Statement), number, allowed: allowed === 1};
}
