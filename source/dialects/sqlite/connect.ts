import {constants} from 'node:fs';
import {dirname} from 'node:path';
import type {Database, Statement} from 'better-sqlite3';
import type {Catalog} from '../../model/catalog.ts';
import type {ConnectionSettings} from '../../model/connection-settings.ts';
import {SchemaChangedError} from '../../model/errors.ts';
import type {Layout} from '../../model/layout.ts';
import {
	StatementError,
	type Connection,
	type ForeignKeyViolation,
	type MissingRight,
	type ServerFacts,
} from '../dialect.ts';
import {ForeignKeyViolations} from './apply/foreign-key-violations.ts';
import {isRowWrite, TriggerPause} from './apply/trigger-pause.ts';
import {readCatalog} from './catalog/read-catalog.ts';
import {pragmasAfter, pragmasBefore} from './ddl/session-pragmas.ts';
import {explainError, guard, isAllowed} from './errors.ts';
import {identifyFile} from './file-version.ts';
import {openFile, requireSqlite} from './open-file.ts';
import {quoteName} from './quote-name.ts';
import {countEqualRows} from './rows/count-copies.ts';
import {readEncoding} from './rows/read-encoding.ts';
import {readRowsByKey} from './rows/read-rows.ts';

/**
Opens one file.

@throws {ConnectionError} When it is missing, closed to us, no database, or damaged.
@throws {LockedError} When another process holds it for longer than the lock time-out.
*/
export function connectSqlite(settings: ConnectionSettings, access: 'read' | 'write'): Connection {
	const own = requireSqlite(settings);
	return new SqliteConnection(settings, own.file, openFile(own, access));
}

class SqliteConnection implements Connection {
	readonly settings: ConnectionSettings;
	readonly #file: string;
	readonly #database: Database;
	readonly #violations: ForeignKeyViolations;
	readonly #changes: Statement<[], number>;
	/** Counts what triggers changed as well. */
	readonly #totalChanges: Statement<[], number>;
	/** Null while triggers fire. */
	#triggerPause: TriggerPause | null = null;

	constructor(settings: ConnectionSettings, file: string, database: Database) {
		this.settings = settings;
		this.#file = file;
		this.#database = database;
		this.#violations = new ForeignKeyViolations(database);
		this.#changes = database.prepare<[], number>('SELECT changes()').pluck();
		this.#totalChanges = database.prepare<[], number>('SELECT total_changes()').pluck();
	}

	describe(): Promise<ServerFacts> {
		return this.#attempt(() => describeFile(this.#database, this.#file));
	}

	readCatalog(): Promise<Catalog> {
		return this.#attempt(() => readCatalog(this.#database));
	}

	countRows(table: string): Promise<number> {
		return this.#attempt(() => {
			const sql = `SELECT count(*) FROM main.${quoteName(table)}`;
			const rows = this.#database.prepare<[], number>(sql).pluck().get() ?? 0;
			// The whole table went through the cache, and none of its pages is read again here.
			this.#database.pragma('shrink_memory');
			return rows;
		});
	}

	/** A file has no accounts: what it may not do, `describe` tells. */
	listMissingRights(): Promise<MissingRight[]> {
		return Promise.resolve([]);
	}

	readRows(layout: Layout, keys: readonly string[]): Promise<(string | null)[]> {
		const database = this.#database;
		return this.#attempt(() =>
			readRowsByKey(database, layout, keys, readEncoding(database)).map(
				(fields) => fields?.join('') ?? null,
			),
		);
	}

	countCopies(layout: Layout, rows: readonly string[]): Promise<number[]> {
		return this.#attempt(() => countEqualRows(this.#database, layout, rows));
	}

	begin({triggers}: {readonly triggers: boolean}): Promise<void> {
		return this.#attempt(() => {
			for (const pragma of pragmasBefore) this.#database.exec(pragma);
			this.#database.pragma('synchronous = FULL');
			try {
				this.#database.exec('BEGIN IMMEDIATE');
				this.#violations.remember();
			} catch (error) {
				this.#rollBack();
				throw error;
			}
			this.#triggerPause = triggers ? null : new TriggerPause(this.#database);
		});
	}

	run(statements: readonly string[]): Promise<number[]> {
		return this.#attempt(() => statements.map((sql, index) => this.#runOne(sql, index)));
	}

	findNewViolations(): Promise<ForeignKeyViolation[]> {
		return this.#attempt(() => this.#violations.findNew());
	}

	commit(): Promise<void> {
		return this.#attempt(() => {
			this.#triggerPause?.resume();
			this.#violations.forget();
			this.#database.exec('COMMIT');
			this.#triggerPause = null;
			this.#restoreSession();
		});
	}

	rollback(): Promise<void> {
		return this.#attempt(() => this.#rollBack());
	}

	close(): Promise<void> {
		return this.#attempt(() => {
			this.#database.close();
		});
	}

	#runOne(sql: string, index: number): number {
		try {
			this.#triggerPause?.prepareFor(sql);
			if (isRowWrite(sql)) return this.#writeRows(sql);
			const statement = this.#database.prepare(sql);
			// A PRAGMA may answer with rows; it affects none.
			if (!statement.reader) return statement.run().changes;
			statement.all();
			return 0;
		} catch (error) {
			const explained = explainError(error, [this.#file]);
			const isItsOwnFault = explained === error || explained instanceof SchemaChangedError;
			if (!isItsOwnFault) throw explained;
			const message = error instanceof Error ? error.message : String(error);
			throw new StatementError(index, message, {cause: error});
		}
	}

	/** In half the time that preparing takes: no two statements of a pack are alike. */
	#writeRows(sql: string): number {
		const before = this.#totalChanges.get();
		this.#database.exec(sql);
		// One that changed no row leaves the count of the last that did.
		return this.#totalChanges.get() === before ? 0 : (this.#changes.get() ?? 0);
	}

	#rollBack(): void {
		// A full disk, for one, makes SQLite roll back by itself.
		if (!this.#database.open) return;
		if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
		this.#triggerPause = null;
		this.#violations.forget();
		this.#restoreSession();
	}

	#restoreSession(): void {
		for (const pragma of pragmasAfter) this.#database.exec(pragma);
	}

	/** What the synchronous driver throws becomes a rejection that a person understands. */
	#attempt<Result>(work: () => Result): Promise<Result> {
		return new Promise((resolve) => {
			resolve(guard([this.#file], work));
		});
	}
}

function describeFile(database: Database, file: string): ServerFacts {
	const readNumber = (pragma: string) => Number(database.pragma(pragma, {simple: true}));
	const version = String(database.prepare('SELECT sqlite_version()').pluck().get());
	const tables = database
		.prepare<[], number>(
			`SELECT count(*) FROM pragma_table_list
			WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
		)
		.pluck()
		.get();
	const encoding = readEncoding(database);
	const isWal = database.pragma('journal_mode', {simple: true}) === 'wal';
	return {
		server: `SQLite ${version}`,
		version,
		tables: tables ?? 0,
		// Counts what is still in the write-ahead log.
		bytes: readNumber('page_count') * readNumber('page_size'),
		readOnly: !isAllowed(file, constants.W_OK) || !isAllowed(dirname(file), constants.W_OK),
		notes: [
			...(isWal ? ['in WAL mode'] : []),
			...(encoding === 'UTF-8' ? [] : [`keeps its text as ${encoding}`]),
			...(readNumber('page_count') === 0 ? ['empty'] : []),
		],
		identity: identifyFile(file),
	};
}
