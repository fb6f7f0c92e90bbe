import type {Database} from 'better-sqlite3';
import {readEncoding} from '../rows/read-encoding.ts';
import type {TextEncoding} from '../rows/values.ts';

/** One row of sqlite_schema that has a text. */
export type SchemaRow = {
	readonly type: 'table' | 'index' | 'view' | 'trigger';
	readonly name: string;
	readonly table: string;
	readonly sql: string;
};

export type ColumnInfo = {
	readonly name: string;
	readonly type: string;
	readonly isNotNull: number;
	readonly defaultText: string | null;
	/** Position in the primary key from 1, else 0. */
	readonly keyPosition: number;
	/** 0 ordinary, 2 generated and virtual, 3 generated and stored. */
	readonly hidden: number;
};

export type IndexInfo = {
	readonly name: string;
	readonly isUnique: number;
	/** `c` CREATE INDEX, `u` a unique constraint, `pk` the primary key. */
	readonly origin: 'c' | 'u' | 'pk';
};

export type IndexColumnInfo = {
	/** Null: an expression. */
	readonly name: string | null;
	readonly isDescending: number;
	readonly collation: string;
};

export type ForeignKeyInfo = {
	readonly id: number;
	readonly table: string;
	readonly from: string;
	readonly to: string | null;
};

/**
Asks one schema of a database for its definitions. Every pragma is asked as a table-valued
function, so that names are bound and never quoted.
*/
export class SchemaQueries {
	readonly #database: Database;
	readonly #schema: string;

	constructor(database: Database, schema: string) {
		this.#database = database;
		this.#schema = schema;
	}

	/** In an order that does not depend on when what was created. */
	readSchemaRows(): SchemaRow[] {
		const schema = this.#schema.replaceAll('"', '""');
		return this.#database
			.prepare<[], SchemaRow>(
				`SELECT type, name, tbl_name AS "table", sql FROM "${schema}".sqlite_schema
				WHERE sql IS NOT NULL ORDER BY type, name`,
			)
			.all();
	}

	/** Text sorts by its bytes as they are kept. */
	readEncoding(): TextEncoding {
		return readEncoding(this.#database);
	}

	/** `table`, `virtual`, `shadow` or `view` by name. */
	readTableKinds(): Map<string, string> {
		const rows = this.#database
			.prepare<[string], {readonly name: string; readonly type: string}>(
				'SELECT name, type FROM pragma_table_list WHERE schema = ?',
			)
			.all(this.#schema);
		return new Map(rows.map(({name, type}) => [name, type]));
	}

	readColumns(table: string): ColumnInfo[] {
		return this.#ask<ColumnInfo>(
			`SELECT name, type, "notnull" AS isNotNull, dflt_value AS defaultText, pk AS keyPosition,
			hidden FROM pragma_table_xinfo(?, ?) ORDER BY cid`,
			table,
		);
	}

	readIndexes(table: string): IndexInfo[] {
		return this.#ask<IndexInfo>(
			`SELECT name, "unique" AS isUnique, origin
			FROM pragma_index_list(?, ?) ORDER BY name`,
			table,
		);
	}

	/** The columns that the index is made for, without those that SQLite adds to find the row. */
	readIndexColumns(index: string): IndexColumnInfo[] {
		return this.#ask<IndexColumnInfo>(
			`SELECT name, "desc" AS isDescending, upper(coll) AS collation
			FROM pragma_index_xinfo(?, ?) WHERE key ORDER BY seqno`,
			index,
		);
	}

	/** In the order written: SQLite lists the last one first. */
	readForeignKeys(table: string): ForeignKeyInfo[] {
		return this.#ask<ForeignKeyInfo>(
			`SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?, ?) ORDER BY id DESC, seq`,
			table,
		);
	}

	#ask<Answer>(sql: string, name: string): Answer[] {
		return this.#database
			.prepare<[string, string], Answer>(sql)
			.safeIntegers(false)
			.all(name, this.#schema);
	}
}
