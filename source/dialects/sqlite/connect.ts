import {accessSync, constants, statSync} from 'node:fs';
import type {Database} from 'better-sqlite3';
import type {Catalog, Column, Table} from '../../model/catalog.ts';
import type {Cell} from '../../model/cell.ts';
import type {ConnectionSettings} from '../../model/connection-settings.ts';
import {absentField, decodeRow} from '../../model/encoding.ts';
import type {Layout} from '../../model/layout.ts';
import {
	StatementError,
	type Connection,
	type ForeignKeyViolation,
	type ServerFacts,
} from '../dialect.ts';
import {areNamesEqual} from './catalog/fold-name.ts';
import {readCatalog} from './catalog/read-catalog.ts';
import {pragmasAfter, pragmasBefore} from './ddl/session-pragmas.ts';
import {guard} from './errors.ts';
import {identifyFile} from './file-version.ts';
import {openFile, requireSqlite} from './open-file.ts';
import {quoteName} from './quote-name.ts';
import {matchExactly} from './rows/exact-match.ts';
import {readEncoding} from './rows/read-encoding.ts';
import {
	bindCell,
	encodeExactly,
	selectExactly,
	type SqliteValue,
	type TextEncoding,
} from './rows/values.ts';

export function connectSqlite(settings: ConnectionSettings, access: 'read' | 'write'): Connection {
	const own = requireSqlite(settings);
	return new SqliteConnection(settings, own.file, openFile(own, access));
}

class SqliteConnection implements Connection {
	readonly settings: ConnectionSettings;
	readonly #file: string;
	readonly #database: Database;
	readonly #encoding: TextEncoding;
	#violationsBefore = new Map<string, number>();
	#triggers: string[] = [];

	constructor(settings: ConnectionSettings, file: string, database: Database) {
		this.settings = settings;
		this.#file = file;
		this.#database = database;
		this.#encoding = readEncoding(database);
	}

	describe(): Promise<ServerFacts> {
		return this.#run(() => {
			const version = String(this.#database.prepare('SELECT sqlite_version()').pluck().get());
			const mode = String(this.#database.pragma('journal_mode', {simple: true}));
			const tables = this.#database
				.prepare(
					`SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
				)
				.pluck()
				.get();
			return {
				server: `SQLite ${version}`,
				version,
				tables: Number(tables),
				bytes: statSync(this.#file).size,
				readOnly: !isWritable(this.#file),
				notes: mode === 'wal' ? ['in WAL mode'] : [],
				identity: identifyFile(this.#file),
			};
		});
	}

	readCatalog(): Promise<Catalog> {
		return this.#run(() => readCatalog(this.#database));
	}

	countRows(table: string): Promise<number> {
		return this.#run(() =>
			Number(
				this.#database
					.prepare(`SELECT count(*) FROM ${quoteName(table)}`)
					.pluck()
					.get(),
			),
		);
	}

	readRows(layout: Layout, keys: readonly string[]): Promise<(string | null)[]> {
		return this.#run(() => {
			const table = this.#findTable(layout.table);
			if (!table) return keys.map(() => null);
			const columns = layout.columns.map(({name}) => findColumn(table, name));
			const select = columns.map((column) =>
				column ? selectExactly(quoteName(column.name)) : 'NULL, NULL',
			);
			const where = layout.key.columns.map((name, index) => `${quoteName(name)} IS @k${index}`);
			const statement = this.#database
				.prepare<[Record<string, SqliteValue>], SqliteValue[]>(
					`SELECT ${select.join(', ')} FROM ${quoteName(table.name)} WHERE ${where.join(' AND ')}`,
				)
				.raw()
				.safeIntegers();
			return keys.map((key) => {
				const cells = decodeRow(key);
				const bound = Object.fromEntries(
					cells.map((cell, index) => [`k${index}`, bindCell(cell, `k${index}`).value]),
				);
				const values = statement.get(bound);
				if (!values) return null;
				return columns
					.map((column, index) =>
						column
							? encodeExactly(
									values[2 * index] ?? null,
									values[2 * index + 1] ?? null,
									this.#encoding,
								)
							: absentField,
					)
					.join('');
			});
		});
	}

	countCopies(layout: Layout, rows: readonly string[]): Promise<number[]> {
		return this.#run(() => {
			const table = this.#findTable(layout.table);
			if (!table) return rows.map(() => 0);
			return rows.map((row) => {
				const cells: readonly Cell[] = decodeRow(row);
				const where = layout.columns.slice(0, layout.comparedCount).flatMap(({name}, index) => {
					const column = findColumn(table, name);
					const cell = cells[index];
					return column && cell && cell.kind !== 'absent' ? matchExactly(column, table, cell) : [];
				});
				return Number(
					this.#database
						.prepare(`SELECT count(*) FROM ${quoteName(table.name)} WHERE ${where.join(' AND ')}`)
						.pluck()
						.get(),
				);
			});
		});
	}

	begin({triggers}: {readonly triggers: boolean}): Promise<void> {
		return this.#run(() => {
			for (const pragma of pragmasBefore) this.#database.exec(pragma);
			this.#database.pragma('synchronous = FULL');
			this.#database.exec('BEGIN IMMEDIATE');
			this.#violationsBefore = countAlike(this.#readViolations());
			if (triggers) return;
			const found = this.#database
				.prepare<[], {name: string; sql: string}>(
					`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid`,
				)
				.all();
			this.#triggers = found.map(({sql}) => sql);
			for (const {name} of found) this.#database.exec(`DROP TRIGGER ${quoteName(name)}`);
		});
	}

	run(statements: readonly string[]): Promise<number[]> {
		return this.#run(() =>
			statements.map((sql, index) => {
				try {
					return this.#database.prepare(sql).run().changes;
				} catch (error) {
					const message = error instanceof Error ? error.message : String(error);
					throw new StatementError(index, message, {cause: error});
				}
			}),
		);
	}

	findNewViolations(): Promise<ForeignKeyViolation[]> {
		return this.#run(() => {
			const known = new Map(this.#violationsBefore);
			return this.#readViolations().filter((violation) => {
				const name = JSON.stringify(violation);
				const left = known.get(name) ?? 0;
				known.set(name, left - 1);
				return left <= 0;
			});
		});
	}

	commit(): Promise<void> {
		return this.#run(() => {
			for (const sql of this.#triggers) this.#database.exec(sql);
			this.#triggers = [];
			this.#database.exec('COMMIT');
			for (const pragma of pragmasAfter) this.#database.exec(pragma);
		});
	}

	rollback(): Promise<void> {
		return this.#run(() => {
			this.#triggers = [];
			if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
			for (const pragma of pragmasAfter) this.#database.exec(pragma);
		});
	}

	close(): Promise<void> {
		return this.#run(() => {
			this.#database.close();
		});
	}

	/** Table by table: one key that fits no unique index would hide all others. */
	#readViolations(): ForeignKeyViolation[] {
		const tables = this.#database
			.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0`)
			.pluck()
			.all();
		return tables.flatMap((table) => {
			try {
				const found = this.#database
					.prepare<[string], {rowid: bigint | null; parent: string}>(
						'SELECT rowid, parent FROM pragma_foreign_key_check(?)',
					)
					.safeIntegers()
					.all(table);
				return found.map(({rowid, parent}) => ({
					table,
					row: rowid === null ? '' : `rowid ${rowid}`,
					referencedTable: parent,
				}));
			} catch (error) {
				// The referenced columns are not unique: SQLite would refuse every write to the table.
				const mismatch = /foreign key mismatch - .* referencing "(.*)"/.exec(String(error))?.[1];
				if (mismatch === undefined) throw error;
				return [{table, row: '', referencedTable: mismatch}];
			}
		});
	}

	#findTable(name: string): Table | null {
		const {tables} = readCatalog(this.#database);
		return tables.find((table) => areNamesEqual(table.name, name)) ?? null;
	}

	async #run<Result>(work: () => Result): Promise<Result> {
		return Promise.resolve(guard([this.#file], work));
	}
}

function findColumn(table: Table, name: string): Column | null {
	return table.columns.find((column) => areNamesEqual(column.name, name)) ?? null;
}

function isWritable(file: string): boolean {
	try {
		accessSync(file, constants.W_OK);
		return true;
	} catch {
		return false;
	}
}

/** How often each violation occurs: rows without a rowid can't be told apart. */
function countAlike(violations: readonly ForeignKeyViolation[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const violation of violations) {
		const name = JSON.stringify(violation);
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return counts;
}
