import Database from 'better-sqlite3';

/** One row's new and old value in one unique index; null where a value can't clash. */
export type UniqueClaim = {
	/** Numbers the unique index. */
	readonly index: number;
	readonly row: number;
	readonly before: string | null;
	readonly after: string | null;
};

/** `row` takes a value that `holder` has now, so `holder` must give it up first. */
export type ClaimConflict = {
	readonly row: number;
	readonly holder: number;
	readonly index: number;
};

/**
Finds which updates take unique values from one another. It sorts on disk (SQLite's own
temporary database, gone when closed), so memory does not grow with the number of rows.
*/
export class UniqueClaims {
	readonly #database = new Database('');
	readonly #insert: Database.Statement;

	constructor() {
		this.#database.pragma('journal_mode = OFF');
		this.#database.exec(
			`CREATE TABLE claim (index_number INTEGER, row INTEGER, before TEXT, after TEXT);
			BEGIN`,
		);
		this.#insert = this.#database.prepare('INSERT INTO claim VALUES (?, ?, ?, ?)');
	}

	add({index, row, before, after}: UniqueClaim): void {
		this.#insert.run(index, row, before, after);
	}

	/** Every conflict once, ordered by row, holder and index. */
	*listConflicts(): Generator<ClaimConflict> {
		this.#database.exec('CREATE INDEX claim_before ON claim (index_number, before)');
		const conflicts = this.#database
			.prepare(
				`SELECT DISTINCT taker.row AS row, holder.row AS holder, taker.index_number AS "index"
				FROM claim AS taker
				JOIN claim AS holder
					ON holder.index_number = taker.index_number AND holder.before = taker.after
				WHERE holder.row <> taker.row
				ORDER BY 1, 2, 3`,
			)
			.iterate();
		// The columns are those of the query above.
		for (const conflict of conflicts) yield conflict as ClaimConflict;
	}

	close(): void {
		this.#database.close();
	}
}
