import Database from 'better-sqlite3';

/** One distinct row without a key: how many copies there were, and how many must come or go. */
export type CopyCount = {
	readonly row: string;
	readonly before: number;
	readonly change: number;
};

/**
Adds up what happens to rows that only their own cells identify. It sorts on disk (SQLite's
own temporary database, gone when closed), so memory does not grow with them.
*/
export class CopyCounts {
	readonly #database = new Database('');
	readonly #add: Database.Statement;
	readonly #setBefore: Database.Statement;

	constructor() {
		this.#database.pragma('journal_mode = OFF');
		this.#database.exec(
			`CREATE TABLE copies (
				group_name TEXT, row TEXT, change INTEGER, before INTEGER NOT NULL DEFAULT 0,
				PRIMARY KEY (group_name, row)
			) WITHOUT ROWID;
			BEGIN`,
		);
		this.#add = this.#database.prepare(
			`INSERT INTO copies (group_name, row, change) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET change = change + excluded.change`,
		);
		this.#setBefore = this.#database.prepare(
			'UPDATE copies SET before = ? WHERE group_name = ? AND row = ?',
		);
	}

	add(group: string, row: string, change: number): void {
		this.#add.run(group, row, change);
	}

	setBefore(group: string, row: string, before: number): void {
		this.#setBefore.run(before, group, row);
	}

	listGroups(): string[] {
		const names = this.#database.prepare('SELECT DISTINCT group_name FROM copies').pluck().all();
		return names.map(String);
	}

	/** The rows of a group in pages. */
	*pages(group: string, size: number): Generator<CopyCount[]> {
		const select = this.#database.prepare(
			`SELECT row, before, change FROM copies WHERE group_name = ? AND row > ?
			ORDER BY row LIMIT ?`,
		);
		// The columns are those of the query above.
		for (let page: CopyCount[], after = ''; ; after = page.at(-1)?.row ?? after) {
			page = select.all(group, after, size) as CopyCount[];
			if (page.length === 0) return;
			yield page;
		}
	}

	close(): void {
		this.#database.close();
	}
}
