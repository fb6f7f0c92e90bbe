import type {Database} from 'better-sqlite3';
import {findAffinity, type Affinity} from '../affinity.ts';
import {foldName} from '../catalog/fold-name.ts';
import {SchemaQueries} from '../catalog/schema-queries.ts';
import {quoteName} from '../quote-name.ts';

/** What comparing must know of one table as it is in one open database. */
export type SideTable = {
	readonly schema: string;
	readonly name: string;
	/** By folded name; generated columns too. */
	readonly columns: ReadonlyMap<string, SideColumn>;
	readonly indexes: readonly SideIndex[];
	/** The folded name of the INTEGER PRIMARY KEY that is the rowid itself. */
	readonly rowidAlias: string | null;
	readonly isWithoutRowid: boolean;
	/** The texts of the table and its indexes: tells whether it is still what it was. */
	readonly definition: string;
};

export type SideColumn = {
	readonly name: string;
	readonly affinity: Affinity;
	readonly isNotNull: boolean;
	/** Which of SQLite's storage classes a value that is read from it can have. */
	readonly mayHoldInteger: boolean;
	readonly mayHoldReal: boolean;
	/** Only a column without conversion keeps the sign of −0.0. */
	readonly keepsNegativeZero: boolean;
};

export type SideIndex = {
	readonly name: string;
	/** The primary key of a WITHOUT ROWID table: the table itself. */
	readonly isTable: boolean;
	readonly isUnique: boolean;
	readonly isPartial: boolean;
	readonly columns: readonly {readonly name: string | null; readonly collation: string}[];
};

/** Reads a table of an attached schema; null when there is no such table. */
export function readSideTable(database: Database, schema: string, name: string): SideTable | null {
	const listed = database
		.prepare<[string, string], {type: string; wr: number; strict: number}>(
			`SELECT type, wr, strict FROM pragma_table_list
			WHERE schema = ? AND name = ? COLLATE NOCASE AND type = 'table'`,
		)
		.get(schema, name);
	if (!listed) return null;
	const queries = new SchemaQueries(database, schema);
	const isWithoutRowid = listed.wr === 1;
	const isStrict = listed.strict === 1;
	const infos = queries.readColumns(name);
	const listedIndexes = queries.readIndexes(name);
	const partial = readPartialIndexes(database, schema, name);
	const keys = infos.filter(({keyPosition}) => keyPosition > 0);
	// INTEGER PRIMARY KEY DESC is, by an old mistake, no alias; it has an index then.
	const hasKeyIndex = listedIndexes.some(({origin}) => origin === 'pk');
	const alias = keys.length === 1 && !isWithoutRowid && !hasKeyIndex ? keys[0] : undefined;
	const columns = infos.map((info): [string, SideColumn] => {
		const isRowid = info === alias;
		const affinity = findAffinity(info.type, isStrict);
		const isStrictInteger = isStrict && affinity === 'INTEGER';
		return [
			foldName(info.name),
			{
				name: info.name,
				affinity,
				isNotNull: info.isNotNull === 1 || isRowid || (isWithoutRowid && info.keyPosition > 0),
				mayHoldInteger: affinity !== 'TEXT' && affinity !== 'REAL',
				mayHoldReal: affinity !== 'TEXT' && !isRowid && !isStrictInteger,
				keepsNegativeZero: affinity === 'BLOB',
			},
		];
	});
	const indexes = listedIndexes.map((index): SideIndex => ({
		name: index.name,
		isTable: isWithoutRowid && index.origin === 'pk',
		isUnique: index.isUnique === 1,
		isPartial: partial.has(index.name),
		columns: queries.readIndexColumns(index.name),
	}));
	return {
		schema,
		name,
		columns: new Map(columns),
		indexes,
		rowidAlias: alias ? foldName(alias.name) : null,
		isWithoutRowid,
		definition: readDefinition(database, schema, name),
	};
}

/** The texts of a table and its indexes; empty when there is no such table. */
export function readDefinition(database: Database, schema: string, name: string): string {
	return database
		.prepare<[string], string>(
			`SELECT coalesce(sql, name) FROM ${quoteName(schema)}.sqlite_schema
			WHERE tbl_name = ? COLLATE NOCASE AND type IN ('table', 'index') ORDER BY type DESC, name`,
		)
		.pluck()
		.all(name)
		.join(';\n');
}

function readPartialIndexes(database: Database, schema: string, table: string): Set<string> {
	return new Set(
		database
			.prepare<[string, string], string>('SELECT name FROM pragma_index_list(?, ?) WHERE partial')
			.pluck()
			.all(table, schema),
	);
}
