import type {Database} from 'better-sqlite3';
import type {ForeignKeyViolation} from '../../dialect.ts';
import {quoteName} from '../quote-name.ts';

/** More than anybody reads; what is left out would only fill the memory. */
const mostReported = 10_000;

/**
Tells foreign keys that a transaction broke from those that were broken before it.

A violation is known by the values that have no parent and how often they occur, not by its
rowid: rebuilding a table may number its rows anew. One of its rows is named by its key. All of them are kept in temporary tables,
so memory stays flat however many there are.
*/
export class ForeignKeyViolations {
	readonly #database: Database;

	constructor(database: Database) {
		this.#database = database;
	}

	/** Call once the transaction has begun. */
	remember(): void {
		this.#record('deepdiff_before');
	}

	findNew(): ForeignKeyViolation[] {
		this.#record('deepdiff_now');
		return this.#database
			.prepare<[], ForeignKeyViolation>(
				`SELECT n.child AS "table", n.parent AS referencedTable,
					n.row || coalesce(' of ' || n.example, '') AS row
				FROM temp.deepdiff_now AS n LEFT JOIN temp.deepdiff_before AS b
				ON b.child = n.child AND b.parent = n.parent AND b.row = n.row
				WHERE n.copies > coalesce(b.copies, 0)
				ORDER BY n.child, n.parent, n.row LIMIT ${mostReported}`,
			)
			.all();
	}

	/** Also after a rollback, which may have taken the tables with it. */
	forget(): void {
		this.#database.exec('DROP TABLE IF EXISTS temp.deepdiff_before');
		this.#database.exec('DROP TABLE IF EXISTS temp.deepdiff_now');
		this.#database.exec('DROP TABLE IF EXISTS temp.deepdiff_found');
	}

	#record(name: string): void {
		this.#database.exec(`DROP TABLE IF EXISTS temp.${name}`);
		this.#database.exec(
			`CREATE TEMP TABLE ${name} (child, parent, row, copies, example, PRIMARY KEY (child, parent, row)) WITHOUT ROWID`,
		);
		const tables = this.#database
			.prepare<[], {readonly name: string; readonly wr: number}>(
				`SELECT l.name, l.wr FROM pragma_table_list AS l WHERE l.schema = 'main' AND l.type = 'table'
				AND EXISTS (SELECT 1 FROM pragma_foreign_key_list(l.name, 'main'))`,
			)
			.all();
		for (const table of tables) this.#recordTable(name, table.name, table.wr === 1);
	}

	/** Table by table: a key that fits no unique index would hide all others. */
	#recordTable(into: string, table: string, isWithoutRowid: boolean): void {
		try {
			this.#database.exec('DROP TABLE IF EXISTS temp.deepdiff_found');
			this.#database.exec(
				`CREATE TEMP TABLE deepdiff_found AS
				SELECT rowid AS row, fkid FROM pragma_foreign_key_check(${quoteText(table)}, 'main')`,
			);
		} catch (error) {
			const parent = /foreign key mismatch - .* referencing "(.*)"/.exec(String(error))?.[1];
			if (parent === undefined) throw error;
			this.#database
				.prepare<[string, string, string]>(`INSERT INTO temp.${into} VALUES (?, ?, ?, 1, NULL)`)
				.run(table, parent, 'the columns that it refers to are not unique');
			return;
		}
		const rowid = isWithoutRowid ? null : this.#findRowidName(table);
		const keys = this.#readPrimaryKey(table);
		for (const {id, parent, columns} of this.#readForeignKeys(table)) {
			const join = rowid === null ? '' : `JOIN main.${quoteName(table)} AS t ON t.${rowid} = f.row`;
			const row = rowid === null ? `'a row'` : describeRow(columns);
			const others = keys.filter((name) => !columns.includes(name));
			const example = rowid === null || others.length === 0 ? 'NULL' : `min(${describeRow(keys)})`;
			this.#database
				.prepare<[string, string, number]>(
					`INSERT INTO temp.${into}
					SELECT ?, ?, ${row}, count(*), ${example}
					FROM temp.deepdiff_found AS f ${join} WHERE f.fkid = ? GROUP BY 3
					ON CONFLICT DO UPDATE SET copies = copies + excluded.copies`,
				)
				.run(table, parent, id);
		}
	}

	#readForeignKeys(table: string): {id: number; parent: string; columns: string[]}[] {
		const rows = this.#database
			.prepare<[string], {readonly id: number; readonly parent: string; readonly name: string}>(
				`SELECT id, "table" AS parent, "from" AS name
				FROM pragma_foreign_key_list(?, 'main') ORDER BY id, seq`,
			)
			.all(table);
		const keys = new Map<number, {id: number; parent: string; columns: string[]}>();
		for (const {id, parent, name} of rows) {
			const key = keys.get(id) ?? {id, parent, columns: []};
			keys.set(id, key);
			key.columns.push(name);
		}
		return [...keys.values()];
	}

	#readPrimaryKey(table: string): string[] {
		return this.#database
			.prepare<[string], string>(
				`SELECT name FROM pragma_table_info(?, 'main') WHERE pk > 0 ORDER BY pk`,
			)
			.pluck()
			.all(table);
	}

	/** Null when columns hide every name of the rowid. */
	#findRowidName(table: string): string | null {
		const columns = this.#database
			.prepare<[string], string>(`SELECT lower(name) FROM pragma_table_xinfo(?, 'main')`)
			.pluck()
			.all(table);
		return ['rowid', '_rowid_', 'oid'].find((name) => !columns.includes(name)) ?? null;
	}
}

/** For people and as what a violation is known by, e.g. `AlbumId 7`. */
function describeRow(names: readonly string[]): string {
	return names
		.map((name) => `${quoteText(`${name} `)} || quote(t.${quoteName(name)})`)
		.join(` || ', ' || `);
}

function quoteText(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}
