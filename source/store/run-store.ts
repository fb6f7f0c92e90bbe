import type Database from 'better-sqlite3';
import {StoreError} from '../model/errors.ts';
import {Decisions} from './decisions.ts';
import {Journal} from './journal.ts';
import {guardStore, openDatabase} from './open-database.ts';
import {RowChanges} from './row-changes.ts';
import {ScanRecord} from './scan-record.ts';
import {SchemaChoices} from './schema-choices.ts';
import {Statements} from './statements.ts';
import {storeSchema, storeVersion} from './store-schema.ts';

/** Where a run stands; each step ends in the next one's name. */
export type RunStage = 'new' | 'scanning' | 'compared' | 'planned' | 'applied';

/** What identifies a run, fixed when it is made. */
export type RunIdentity = {
	readonly id: string;
	/** ISO 8601 in UTC. */
	readonly createdAt: string;
	/** Display names, never with a password. */
	readonly prod: string;
	readonly dev: string;
	readonly base: string | null;
	/** Identifies the pair of databases themselves, to find the unfinished run of this pair. */
	readonly pair: string;
};

/**
One run on disk: a single SQLite file that holds the differences, the decisions, the plan
and the journal. Every part writes in its own transaction; several threads of one process
may hold the same run open, each through its own `RunStore`.
*/
export class RunStore {
	static create(file: string, identity: RunIdentity): RunStore {
		const database = openDatabase(file);
		guardStore(file, () => {
			database.transaction(() => {
				database.exec(storeSchema);
				const insert = database.prepare('INSERT INTO meta VALUES (?, ?)');
				insert.run('version', String(storeVersion));
				insert.run('identity', JSON.stringify(identity));
				insert.run('stage', 'new' satisfies RunStage);
			})();
		});
		return new RunStore(file, database);
	}

	/**
	@throws {StoreError} When the file is damaged, of another version, or no run store.
	*/
	static open(file: string, options: {readonly readonly?: boolean} = {}): RunStore {
		const database = openDatabase(file, options);
		if (!guardStore(file, () => isMade(database))) {
			database.close();
			throw new StoreError(`The run store ${file} holds no run: it was begun and never made.`, {
				hint: 'Delete it with `deepdiff-db runs prune`, or start anew with --fresh.',
			});
		}
		const store = new RunStore(file, database);
		const version = guardStore(file, () => store.#readMeta('version'));
		if (version !== String(storeVersion)) {
			database.close();
			throw new StoreError(`The run store ${file} was written by another version.`, {
				hint: 'Delete it with `deepdiff-db runs prune`, or finish it with the version that made it.',
			});
		}
		return store;
	}

	readonly schema: SchemaChoices;
	readonly scan: ScanRecord;
	readonly rows: RowChanges;
	readonly decisions: Decisions;
	readonly statements: Statements;
	readonly journal: Journal;
	readonly identity: RunIdentity;
	readonly file: string;
	readonly #database: Database.Database;

	private constructor(file: string, database: Database.Database) {
		this.file = file;
		this.#database = database;
		const run = <T>(work: () => T): T => guardStore(file, work);
		this.schema = new SchemaChoices(database, run);
		this.scan = new ScanRecord(database, run);
		this.rows = new RowChanges(database, run, this.scan);
		this.decisions = new Decisions(database, run, this.rows);
		this.statements = new Statements(database, run);
		this.journal = new Journal(database, run);
		// Written by `create` above and never changed.
		this.identity = run(() => JSON.parse(this.#readMeta('identity') ?? '{}') as RunIdentity);
	}

	get stage(): RunStage {
		// Only `stage=` below writes it.
		return (this.readFact('stage') ?? 'new') as RunStage;
	}

	set stage(stage: RunStage) {
		this.writeFact('stage', stage);
	}

	/** A small named fact of the run, such as a fingerprint. */
	readFact(name: string): string | null {
		return guardStore(this.file, () => this.#readMeta(name));
	}

	writeFact(name: string, value: string): void {
		guardStore(this.file, () =>
			this.#database.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(name, value),
		);
	}

	/** Forgets everything that was compared, decided and planned, so that the scan starts anew. */
	clear(): void {
		guardStore(this.file, () => {
			this.#database.transaction(() => {
				for (const table of [
					'schema_change',
					'scan_table',
					'lane',
					'row_change',
					'decision',
					'resolution',
					'resolution_step',
					'statement',
				]) {
					this.#database.exec(`DELETE FROM ${table}`);
				}
			})();
		});
		this.stage = 'new';
	}

	/** Writes the run as it is now to another file. */
	copyTo(file: string): void {
		guardStore(file, () => this.#database.prepare('VACUUM INTO ?').run(file));
	}

	close(): void {
		this.#database.close();
	}

	#readMeta(key: string): string | null {
		const value = this.#database.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key);
		return typeof value === 'string' ? value : null;
	}
}

/** False when the process that made the file ended before its first transaction. */
function isMade(database: Database.Database): boolean {
	const find = database.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'meta'`);
	return find.pluck().get() === 1;
}
