import {existsSync, mkdirSync, renameSync, rmSync} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type {Catalog} from '../model/catalog.ts';
import {StoreError} from '../model/errors.ts';
import type {Layout} from '../model/layout.ts';
import {guardStore} from './open-database.ts';

/** Marks an SQLite file as a snapshot of ours: `ddsn`. */
const applicationId = 0x64_64_73_6e;
const formatVersion = 1;

/** What was recorded, and when. */
export type SnapshotOrigin = {
	/** Display name of the database, never with a password. */
	readonly name: string;
	readonly server: string;
	/** Of the database itself, as `describe` tells it. */
	readonly identity: string;
	/** ISO 8601 in UTC. */
	readonly takenAt: string;
	readonly catalog: Catalog;
};

export type SnapshotRow = {readonly key: string; readonly row: string};

/** A recorded table: rows are encoded in the layout's column order, keys in its key order. */
export type SnapshotTable = {
	readonly number: number;
	readonly name: string;
	readonly layout: Layout;
	readonly rows: number;
};

const schema = `
CREATE TABLE origin (origin TEXT NOT NULL);
CREATE TABLE recorded (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, layout TEXT NOT NULL, rows INTEGER NOT NULL);
CREATE TABLE row (table_number INTEGER, key TEXT, row TEXT NOT NULL, PRIMARY KEY (table_number, key)) WITHOUT ROWID;
`;

/** Whether a file is a snapshot. A file that is missing or no database is none. */
export function isSnapshotFile(file: string): boolean {
	if (!existsSync(file)) return false;
	try {
		const database = new Database(file, {readonly: true, fileMustExist: true});
		try {
			return database.pragma('application_id', {simple: true}) === applicationId;
		} finally {
			database.close();
		}
	} catch (error) {
		if (error instanceof Database.SqliteError) return false;
		throw error;
	}
}

/** Writes a snapshot; it appears under its name when it is complete, or not at all. */
export class SnapshotWriter {
	readonly #file: string;
	readonly #draft: string;
	readonly #database: Database.Database;
	readonly #insert: Database.Statement;
	#tables = 0;

	/** @throws {StoreError} When the file can't be made. */
	constructor(file: string, origin: SnapshotOrigin) {
		this.#file = file;
		this.#draft = `${file}.${process.pid}.part`;
		makeFolder(path.dirname(file));
		[this.#database, this.#insert] = guardStore(file, () => {
			const database = new Database(this.#draft);
			// A draft that is lost in a crash was no snapshot yet.
			database.pragma('journal_mode = OFF');
			database.pragma('synchronous = OFF');
			database.pragma(`application_id = ${applicationId}`);
			database.pragma(`user_version = ${formatVersion}`);
			database.exec(schema);
			database.prepare('INSERT INTO origin VALUES (?)').run(JSON.stringify(origin));
			database.exec('BEGIN');
			return [database, database.prepare('INSERT INTO row VALUES (?, ?, ?)')] as const;
		});
	}

	/** Enters a table; rows that are added belong to it until the next one. */
	beginTable(layout: Layout): void {
		this.#guard(() => {
			this.#tables++;
			this.#database
				.prepare('INSERT INTO recorded VALUES (?, ?, ?, 0)')
				.run(this.#tables, layout.table, JSON.stringify(layout));
		});
	}

	addRows(rows: readonly SnapshotRow[]): void {
		this.#guard(() => {
			for (const {key, row} of rows) this.#insert.run(this.#tables, key, row);
			this.#database
				.prepare('UPDATE recorded SET rows = rows + ? WHERE number = ?')
				.run(rows.length, this.#tables);
		});
	}

	finish(): void {
		this.#guard(() => {
			this.#database.exec('COMMIT');
			this.#database.pragma('synchronous = FULL');
			this.#database.close();
			renameSync(this.#draft, this.#file);
		});
	}

	/** Leaves nothing behind. */
	discard(): void {
		this.#database.close();
		rmSync(this.#draft, {force: true});
	}

	#guard<T>(work: () => T): T {
		return guardStore(this.#file, work);
	}
}

function makeFolder(folder: string): void {
	try {
		mkdirSync(folder, {recursive: true});
	} catch (error) {
		throw new StoreError(`The folder ${folder} for the snapshot can't be made.`, {
			hint: 'Check its permissions, or name another file.',
			cause: error,
		});
	}
}

/** A snapshot opened for reading. */
export class SnapshotFile {
	readonly origin: SnapshotOrigin;
	readonly tables: readonly SnapshotTable[];
	readonly #file: string;
	readonly #database: Database.Database;

	/** @throws {StoreError} When it is damaged, or of another version of this program. */
	constructor(file: string) {
		this.#file = file;
		this.#database = guardStore(file, () => new Database(file, {readonly: true}));
		const version = this.#guard(() => this.#database.pragma('user_version', {simple: true}));
		if (version !== formatVersion) {
			this.#database.close();
			throw new StoreError(`The snapshot ${file} was recorded by another version.`, {
				hint: 'Record it anew with `deepdiff-db snapshot`.',
			});
		}
		this.origin = this.#guard(() => {
			const text = this.#database.prepare<[], string>('SELECT origin FROM origin').pluck().get();
			// Written by SnapshotWriter.
			return JSON.parse(text ?? '{}') as SnapshotOrigin;
		});
		this.tables = this.#guard(() =>
			this.#database
				.prepare<[], {number: number; name: string; layout: string; rows: number}>(
					'SELECT * FROM recorded ORDER BY number',
				)
				.all()
				// Written by SnapshotWriter.
				.map((table) => ({...table, layout: JSON.parse(table.layout) as Layout})),
		);
	}

	/** The rows of these keys, in the order asked; null where there is none. */
	readRows({number}: SnapshotTable, keys: readonly string[]): (string | null)[] {
		return this.#guard(() => {
			const select = this.#database
				.prepare<[number, string], string>('SELECT row FROM row WHERE table_number = ? AND key = ?')
				.pluck();
			return keys.map((key) => select.get(number, key) ?? null);
		});
	}

	/** Every row of a table; one at a time. */
	*iterateRows({number}: SnapshotTable): Generator<SnapshotRow> {
		const select = this.#database.prepare<[number], SnapshotRow>(
			'SELECT key, row FROM row WHERE table_number = ?',
		);
		yield* this.#guard(() => select.iterate(number));
	}

	close(): void {
		this.#database.close();
	}

	#guard<T>(work: () => T): T {
		return guardStore(this.#file, work);
	}
}
