import type {Database} from 'better-sqlite3';

/** What a cell can be given. A `number` is stored as REAL where the column has no type of its own. */
export type Value = string | number | bigint | Buffer | null;
export type Row = Readonly<Record<string, Value>>;

/** Both databases after they parted; a drift changes one or the other or both. */
export type Sides = {readonly prod: Database; readonly dev: Database};

/** Makes a function that inserts rows of one shape: the first row decides which columns are given. */
export function createInserter(database: Database, table: string): (row: Row) => void {
	let insert: ((row: Row) => void) | undefined;
	return (row) => {
		insert ??= prepareInsert(database, table, Object.keys(row));
		insert(row);
	};
}

function prepareInsert(database: Database, table: string, columns: string[]) {
	const places = columns.map((column) => `@${column}`);
	const statement = database.prepare(
		`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`,
	);
	return (row: Row) => {
		statement.run(row);
	};
}

export function insertRow(database: Database, table: string, row: Row): void {
	prepareInsert(database, table, Object.keys(row))(row);
}

/** Updates exactly one row; an edit that hits none would be a promise of the demo not kept. */
export function changeRow(database: Database, table: string, key: Row, changes: Row): void {
	const assignments = Object.keys(changes).map((column) => `${column} = ?`);
	const {changes: hits} = database
		.prepare(`UPDATE ${table} SET ${assignments.join(', ')} WHERE ${matchKey(key)}`)
		.run(...Object.values(changes), ...Object.values(key));
	expectOne(hits, table, key);
}

/** Deletes exactly one row. */
export function removeRow(database: Database, table: string, key: Row): void {
	const {changes: hits} = database
		.prepare(`DELETE FROM ${table} WHERE ${matchKey(key)}`)
		.run(...Object.values(key));
	expectOne(hits, table, key);
}

/** Deletes a parent's rows in a table that belongs to it; there may be none. */
export function removeOwned(database: Database, table: string, key: Row): void {
	database.prepare(`DELETE FROM ${table} WHERE ${matchKey(key)}`).run(...Object.values(key));
}

/** Reads one cell, with whole numbers as `bigint` so that none is rounded. */
export function readCell(database: Database, table: string, key: Row, column: string): Value {
	const value: unknown = database
		.prepare(`SELECT ${column} FROM ${table} WHERE ${matchKey(key)}`)
		.safeIntegers()
		.pluck()
		.get(...Object.values(key));
	if (value === undefined) throw new Error(`The demo's ${table} has no such row.`);
	// Whatever SQLite stores comes back as one of these.
	return value as Value;
}

function matchKey(key: Row): string {
	return Object.keys(key)
		.map((column) => `${column} = ?`)
		.join(' AND ');
}

function expectOne(hits: number, table: string, key: Row): void {
	if (hits === 1) return;
	const where = Object.values(key).map(String).join(', ');
	throw new Error(`The demo meant to change one row of ${table} (${where}), not ${hits}.`);
}
