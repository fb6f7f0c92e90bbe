import Database from 'better-sqlite3';

/** A row that one side has more often than the other. */
export type SurplusRow = {
	readonly row: string;
	readonly digest: string;
	/** Above 0 on prod, below on dev. */
	readonly surplus: number;
};

/** Text of rows that may wait in memory. */
const mostCharacters = 16_000_000;

type Count = {change: number; readonly digest: string};

/**
Counts rows that no key identifies: up for one on prod, down for one on dev. What is the same on
both sides cancels as it comes; what stays goes to a temporary database (gone when closed) as
soon as it is much, so memory does not grow with it.
*/
export class RowCounts {
	readonly #counts = new Map<string, Count>();
	readonly #database = new Database('');
	readonly #add: Database.Statement;
	#characters = 0;

	constructor() {
		this.#database.pragma('journal_mode = OFF');
		this.#database.exec(
			`CREATE TABLE counted (
				digest TEXT NOT NULL, row TEXT NOT NULL, change INTEGER NOT NULL, PRIMARY KEY (digest, row)
			) WITHOUT ROWID;
			BEGIN`,
		);
		this.#add = this.#database.prepare(
			`INSERT INTO counted VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET change = change + excluded.change`,
		);
	}

	/**
	@param row Whole, encoded.
	@param findDigest Of its compared fields: what makes it equal to another.
	*/
	add(row: string, change: 1 | -1, findDigest: () => string): void {
		const known = this.#counts.get(row);
		if (known) {
			known.change += change;
			if (known.change === 0) {
				this.#counts.delete(row);
				this.#characters -= row.length;
			}
			return;
		}
		this.#counts.set(row, {change, digest: findDigest()});
		this.#characters += row.length;
		if (this.#characters > mostCharacters) this.#spill();
	}

	/**
	Rows that one side has too many of, in an order that depends on them alone. Rows that are
	equal in their compared fields make up for one another; of those that are left, the first
	stand for the surplus.
	*/
	*listSurplus(): Generator<SurplusRow> {
		this.#spill();
		const rows = this.#database
			.prepare<[], {digest: string; row: string; change: number; total: number}>(
				`SELECT * FROM (
					SELECT digest, row, change, sum(change) OVER (PARTITION BY digest) AS total FROM counted
				) WHERE change <> 0 AND total <> 0 AND (change > 0) = (total > 0) ORDER BY digest, row`,
			)
			.iterate();
		let [current, left] = ['', 0];
		for (const {digest, row, change, total} of rows) {
			if (digest !== current) [current, left] = [digest, Math.abs(total)];
			const copies = Math.min(left, Math.abs(change));
			left -= copies;
			if (copies > 0) yield {row, digest, surplus: total > 0 ? copies : -copies};
		}
	}

	close(): void {
		this.#database.close();
	}

	#spill(): void {
		for (const [row, {change, digest}] of this.#counts) this.#add.run(digest, row, change);
		this.#counts.clear();
		this.#characters = 0;
	}
}
