import type {Database} from 'better-sqlite3';
import {quote} from './schema-arbitrary.ts';

/** Every definition of a database, and every row with the storage class of its values. */
export type DatabaseState = {
	readonly schema: readonly string[];
	readonly rows: Readonly<Record<string, readonly string[]>>;
};

/** Sequences are counted only where their table exists. */
export function readState(database: Database): DatabaseState {
	const schema = database
		.prepare<[], {name: string; sql: string}>(
			`SELECT type || ' ' || name AS name, sql FROM sqlite_schema
			WHERE sql IS NOT NULL AND name <> 'sqlite_sequence' ORDER BY 1`,
		)
		.all()
		.map(({name, sql}) => `${name}: ${sql}`);
	const tables = database
		.prepare<[], string>(
			`SELECT name FROM sqlite_schema WHERE type = 'table'
			AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`,
		)
		.pluck()
		.all();
	const rows = Object.fromEntries(tables.map((table) => [table, readRows(database, table)]));
	if (rows['sqlite_sequence']?.length === 0) delete rows['sqlite_sequence'];
	return {schema, rows};
}

/** Each row as text, in an order that only its values decide. */
export function readRows(database: Database, table: string, columns?: readonly string[]): string[] {
	const names =
		columns ??
		database.prepare<[string], string>('SELECT name FROM pragma_table_xinfo(?)').pluck().all(table);
	const cells = names.map((name) => `typeof(${quote(name)}) || ' ' || quote(${quote(name)})`);
	return database
		.prepare<[], string>(`SELECT ${cells.join(` || ', ' || `)} FROM ${quote(table)}`)
		.pluck()
		.all()
		.sort();
}
