import {statSync} from 'node:fs';
import Database from 'better-sqlite3';
import type {Connection, ServerFacts} from '../../dialects/dialect.ts';
import type {Catalog} from '../../model/catalog.ts';
import {castCell} from '../../model/cast-cell.ts';
import {absentCell, type Row} from '../../model/cell.ts';
import type {ConnectionSettings, SqliteSettings} from '../../model/connection-settings.ts';
import {decodeRow, encodeRow} from '../../model/encoding.ts';
import {ConnectionError} from '../../model/errors.ts';
import type {Layout} from '../../model/layout.ts';
import {SnapshotFile, type SnapshotTable} from '../../store/snapshot-file.ts';

/** A recorded base, asked like the database that it was recorded from; it can only be read. */
export class SnapshotConnection implements Connection {
	readonly settings: ConnectionSettings;
	readonly #path: string;
	readonly #file: SnapshotFile;
	readonly #lookUps = new WeakMap<Layout, LookUp>();

	/** @throws {StoreError} When the file is damaged, or of another version. */
	constructor(settings: SqliteSettings) {
		this.settings = settings;
		this.#path = settings.file;
		this.#file = new SnapshotFile(settings.file);
	}

	describe(): Promise<ServerFacts> {
		const {origin, tables} = this.#file;
		return Promise.resolve({
			server: `snapshot of ${origin.server}`,
			version: origin.server,
			tables: tables.length,
			bytes: statSync(this.#path).size,
			readOnly: true,
			notes: [`recorded from ${origin.name} at ${origin.takenAt}`],
			identity: `snapshot ${origin.identity} ${origin.takenAt}`,
		});
	}

	readCatalog(): Promise<Catalog> {
		return Promise.resolve(this.#file.origin.catalog);
	}

	countRows(table: string): Promise<number> {
		return Promise.resolve(this.#file.tables.find(({name}) => name === table)?.rows ?? 0);
	}

	listMissingRights(): Promise<[]> {
		return Promise.resolve([]);
	}

	/** A table that was not recorded has no rows: it came later. */
	readRows(layout: Layout, keys: readonly string[]): Promise<(string | null)[]> {
		const table = this.#find(layout);
		if (!table) return Promise.resolve(keys.map(() => null));
		let lookUp = this.#lookUps.get(layout);
		if (!lookUp) {
			lookUp = makeLookUp(this.#file, table, layout);
			this.#lookUps.set(layout, lookUp);
		}
		return Promise.resolve(lookUp(keys));
	}

	countCopies(): Promise<number[]> {
		return refuse();
	}

	begin(): Promise<void> {
		return refuse();
	}

	run(): Promise<number[]> {
		return refuse();
	}

	findNewViolations(): Promise<[]> {
		return refuse();
	}

	commit(): Promise<void> {
		return refuse();
	}

	rollback(): Promise<void> {
		return Promise.resolve();
	}

	close(): Promise<void> {
		this.#file.close();
		return Promise.resolve();
	}

	/** Engines fold names in different ways; two tables hardly ever differ in letter case alone. */
	#find({table}: Layout): SnapshotTable | undefined {
		const {tables} = this.#file;
		const isAlike = ({name}: SnapshotTable) => name.toLowerCase() === table.toLowerCase();
		return tables.find(({name}) => name === table) ?? tables.find(isAlike);
	}
}

function refuse(): Promise<never> {
	return Promise.reject(
		new ConnectionError('A snapshot can only be a base.', {
			hint: 'Name the database itself as prod or dev, and the snapshot with --base.',
		}),
	);
}

/** Finds rows by their key in a layout, and spells them as it wants them. */
type LookUp = (keys: readonly string[]) => (string | null)[];

function makeLookUp(file: SnapshotFile, table: SnapshotTable, layout: Layout): LookUp {
	const respell = makeSpelling(table.layout, layout);
	const isSameKey =
		table.layout.key.columns.join('\n').toLowerCase() ===
			layout.key.columns.join('\n').toLowerCase() &&
		layout.columns.every(({name, as}) => as === undefined || !layout.key.columns.includes(name));
	if (isSameKey) {
		return (keys) =>
			file.readRows(table, keys).map((row) => (row === null ? null : encodeRow(respell(row))));
	}
	// Compared by another key than it was recorded by: an index of its own, on disk.
	const index = new Database('');
	index.exec('CREATE TABLE own (key TEXT PRIMARY KEY, row TEXT) WITHOUT ROWID; BEGIN');
	const insert = index.prepare('INSERT OR REPLACE INTO own VALUES (?, ?)');
	const keyIndexes = layout.key.columns.map((name) =>
		layout.columns.findIndex((column) => column.name === name),
	);
	for (const {row} of file.iterateRows(table)) {
		const cells = respell(row);
		insert.run(encodeRow(keyIndexes.map((at) => cells[at] ?? absentCell)), encodeRow(cells));
	}
	const select = index.prepare<[string], string>('SELECT row FROM own WHERE key = ?').pluck();
	return (keys) => keys.map((key) => select.get(key) ?? null);
}

/** Puts a recorded row's cells into the order and the kinds of another layout. */
function makeSpelling(recorded: Layout, wanted: Layout): (row: string) => Row {
	const places = wanted.columns.map(({name}) =>
		recorded.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase()),
	);
	return (row) => {
		const cells = decodeRow(row);
		return wanted.columns.map(({as}, index) => {
			const cell = cells[places[index] ?? -1] ?? absentCell;
			return as === undefined ? cell : castCell(cell, as);
		});
	};
}
