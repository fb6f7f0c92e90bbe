import Database from 'better-sqlite3';

export type ClaimKind = 'insert' | 'update' | 'delete';

/** One row's new and old value in one unique index; null where a value can't clash. */
export type UniqueClaim = {
	/** Numbers the unique index. */
	readonly index: number;
	readonly row: number;
	readonly kind: ClaimKind;
	readonly before: string | null;
	readonly after: string | null;
};

/** `row` takes a value that `holder` has now, so `holder` must give it up first. */
export type ClaimConflict = {
	readonly row: number;
	readonly holder: number;
	readonly index: number;
};

/** In this index rows of one kind take values that rows of another kind give up. */
export type UniqueClash = {
	readonly index: number;
	readonly taker: ClaimKind;
	readonly holder: ClaimKind;
};

/**
Finds which rows take unique values from one another. It sorts on disk (SQLite's own
temporary database, gone when closed), so memory does not grow with the number of rows.
*/
export class UniqueClaims {
	readonly #database = new Database('');
	readonly #insert: Database.Statement;

	constructor() {
		this.#database.pragma('journal_mode = OFF');
		this.#database.exec(
			`CREATE TABLE claim (index_number INTEGER, row INTEGER, kind TEXT, before TEXT, after TEXT);
			BEGIN`,
		);
		this.#insert = this.#database.prepare('INSERT INTO claim VALUES (?, ?, ?, ?, ?)');
	}

	add({index, row, kind, before, after}: UniqueClaim): void {
		this.#insert.run(index, row, kind, before, after);
	}

	/** Every conflict between two updates once, ordered by row, holder and index. */
	*listConflicts(): Generator<ClaimConflict> {
		this.#sort();
		const conflicts = this.#database
			.prepare(
				`SELECT DISTINCT taker.row AS row, holder.row AS holder, taker.index_number AS "index"
				FROM claim AS taker
				JOIN claim AS holder
					ON holder.index_number = taker.index_number AND holder.before = taker.after
				WHERE holder.row <> taker.row AND holder.kind = 'update' AND taker.kind = 'update'
				ORDER BY 1, 2, 3`,
			)
			.iterate();
		// The columns are those of the query above.
		for (const conflict of conflicts) yield conflict as ClaimConflict;
	}

	/** Every clash between rows of two kinds once. */
	listClashes(): UniqueClash[] {
		this.#sort();
		// The columns are those of the query.
		return this.#database
			.prepare(
				`SELECT DISTINCT taker.index_number AS "index", taker.kind AS taker, holder.kind AS holder
				FROM claim AS taker
				JOIN claim AS holder
					ON holder.index_number = taker.index_number AND holder.before = taker.after
				WHERE holder.kind <> taker.kind
				ORDER BY 1, 2, 3`,
			)
			.all() as UniqueClash[];
	}

	#sort(): void {
		this.#database.exec('CREATE INDEX IF NOT EXISTS claim_before ON claim (index_number, before)');
	}

	close(): void {
		this.#database.close();
	}
}
