import type Database from 'better-sqlite3';

export type JournalEntry = {
	readonly number: number;
	/** ISO 8601 in UTC. */
	readonly time: string;
	readonly event: string;
	readonly details: Readonly<Record<string, unknown>>;
};

/** What was done to the target and when; only ever appended to. */
export class Journal {
	readonly #database: Database.Database;
	readonly #guard: <T>(work: () => T) => T;

	constructor(database: Database.Database, guard: <T>(work: () => T) => T) {
		this.#database = database;
		this.#guard = guard;
	}

	append(event: string, details: Readonly<Record<string, unknown>> = {}): void {
		this.#guard(() =>
			this.#database
				.prepare('INSERT INTO journal (time, event, details) VALUES (?, ?, ?)')
				.run(new Date().toISOString(), event, JSON.stringify(details)),
		);
	}

	list(): JournalEntry[] {
		return this.#guard(() =>
			this.#database.prepare('SELECT * FROM journal ORDER BY number').all(),
		).map((row) => {
			// The columns are those of store-schema.ts.
			const {number, time, event, details} = row as JournalEntry & {details: string};
			return {
				number,
				time,
				event,
				details: JSON.parse(details) as Readonly<Record<string, unknown>>,
			};
		});
	}
}
