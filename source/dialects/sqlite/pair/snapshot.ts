import type {Database} from 'better-sqlite3';

/**
Read transactions of a database and what is attached to it.

In WAL mode a reader stops nobody, so one transaction lasts until `close` and everything is
read from one moment of each side. (The log can't be reset meanwhile and may grow.) With a
rollback journal an open read transaction would keep writers out, so there it lasts for one
piece of work only.
*/
export class Snapshot {
	readonly #database: Database;
	readonly #schemas: readonly string[];
	readonly #isHeld: boolean;
	#depth = 0;

	/** @param wanted False: never longer than one piece of work. */
	constructor(database: Database, wanted: boolean, schemas: readonly string[] = ['main', 'dev']) {
		this.#database = database;
		this.#schemas = schemas;
		this.#isHeld = wanted && schemas.every((schema) => isInWalMode(database, schema));
		if (this.#isHeld) this.#enter();
	}

	get isHeld(): boolean {
		return this.#isHeld;
	}

	/** Runs one piece of work that must see one state of both sides. */
	*within<Item, Result>(
		work: () => Generator<Item, Result, undefined>,
	): Generator<Item, Result, undefined> {
		this.#enter();
		try {
			return yield* work();
		} finally {
			this.#leave();
		}
	}

	run<Result>(work: () => Result): Result {
		this.#enter();
		try {
			return work();
		} finally {
			this.#leave();
		}
	}

	close(): void {
		if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
		this.#depth = 0;
	}

	#enter(): void {
		if (this.#depth === 0) {
			this.#database.exec('BEGIN');
			try {
				// A transaction sees a side as it is when it first reads of it.
				for (const schema of this.#schemas) {
					this.#database.prepare(`SELECT 1 FROM ${schema}.sqlite_schema LIMIT 1`).get();
				}
			} catch (error) {
				this.close();
				throw error;
			}
		}
		this.#depth++;
	}

	#leave(): void {
		this.#depth--;
		if (this.#depth === 0 && this.#database.inTransaction) this.#database.exec('COMMIT');
	}
}

function isInWalMode(database: Database, schema: string): boolean {
	return database.pragma(`${schema}.journal_mode`, {simple: true}) === 'wal';
}
