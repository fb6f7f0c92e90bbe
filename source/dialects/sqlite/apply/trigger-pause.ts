import type {Database} from 'better-sqlite3';
import {quoteName} from '../quote-name.ts';

/**
Keeps triggers from firing inside a transaction. SQLite has a switch for that, which the
driver does not give; so triggers are dropped before a row is written and made again, word for
word, before the next statement that changes the structure: to that one, and to whoever looks
after the commit, they were never away.
*/
export class TriggerPause {
	readonly #database: Database;
	#paused: readonly string[] = [];

	constructor(database: Database) {
		this.#database = database;
	}

	/** Sees to it that triggers are as this statement needs them. */
	prepareFor(sql: string): void {
		if (isRowWrite(sql)) this.#pause();
		else this.resume();
	}

	resume(): void {
		for (const sql of this.#paused) this.#database.exec(sql);
		this.#paused = [];
	}

	/** After a rollback they are there again by themselves. */
	forget(): void {
		this.#paused = [];
	}

	#pause(): void {
		if (this.#paused.length > 0) return;
		const triggers = this.#database
			.prepare<[], {readonly name: string; readonly sql: string}>(
				`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid`,
			)
			.all();
		for (const {name} of triggers) this.#database.exec(`DROP TRIGGER main.${quoteName(name)}`);
		this.#paused = triggers.map(({sql}) => sql);
	}
}

/** Whether a statement writes rows, and nothing of the structure. */
export function isRowWrite(sql: string): boolean {
	return writesRows.test(sql);
}

const writesRows = /^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*(?:insert|update|delete|replace|with)\b/i;
