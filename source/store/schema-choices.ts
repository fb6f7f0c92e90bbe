import type Database from 'better-sqlite3';
import type {SchemaChange} from '../model/schema-change.ts';

/** A structural difference with what the person chose about it. */
export type SchemaChoice = {
	readonly change: SchemaChange;
	/** Ticked: it takes part in the plan. */
	readonly chosen: boolean;
	/** Its gate was opened for this one change, besides what the configuration allows. */
	readonly allowed: boolean;
};

type StoredChoice = {change: string; chosen: number; allowed: number};

/** The structural differences of a run, in the order of comparing. */
export class SchemaChoices {
	readonly #database: Database.Database;
	readonly #guard: <T>(work: () => T) => T;

	constructor(database: Database.Database, guard: <T>(work: () => T) => T) {
		this.#database = database;
		this.#guard = guard;
	}

	/** Replaces all changes; a choice already made about a change of the same id is kept. */
	record(changes: readonly SchemaChange[]): void {
		this.#guard(() =>
			this.#database.transaction(() => {
				const known = new Map(this.list().map((choice) => [choice.change.id, choice]));
				this.#database.exec('DELETE FROM schema_change');
				const insert = this.#database.prepare('INSERT INTO schema_change VALUES (?, ?, ?, ?, ?)');
				changes.forEach((change, position) => {
					const earlier = known.get(change.id);
					insert.run(
						position,
						change.id,
						JSON.stringify(change),
						Number(earlier?.chosen ?? true),
						Number(earlier?.allowed ?? false),
					);
				});
			})(),
		);
	}

	list(): SchemaChoice[] {
		const rows = this.#guard(() =>
			this.#database.prepare('SELECT * FROM schema_change ORDER BY position').all(),
		);
		return rows.map((row) => {
			// The columns are those of store-schema.ts.
			const {change, chosen, allowed} = row as StoredChoice;
			return {
				change: JSON.parse(change) as SchemaChange,
				chosen: chosen === 1,
				allowed: allowed === 1,
			};
		});
	}

	choose(id: string, chosen: boolean): void {
		this.#guard(() =>
			this.#database
				.prepare('UPDATE schema_change SET chosen = ? WHERE id = ?')
				.run(Number(chosen), id),
		);
	}

	allow(id: string, allowed: boolean): void {
		this.#guard(() =>
			this.#database
				.prepare('UPDATE schema_change SET allowed = ? WHERE id = ?')
				.run(Number(allowed), id),
		);
	}
}
