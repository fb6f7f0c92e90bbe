import type {Database} from 'better-sqlite3';

/**
Changes what ALTER TABLE can't: the table is made anew and its rows, indexes and
triggers come along, as `lang_altertable.html`, section 7, describes it.

Foreign keys must be off and `legacy_alter_table` on: then no other definition
follows the old table's passing name, and the new one keeps the text that a
person would have written.

@param edits Pieces of the table's definition, each with what takes its place.
*/
export function rebuildTable(
	database: Database,
	table: string,
	edits: readonly (readonly [from: string, to: string])[],
): void {
	const definition = readDefinitions(database, table, "type = 'table'").join();
	const companions = readDefinitions(database, table, "type IN ('index', 'trigger')");
	const columns = database
		.prepare('SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0')
		.pluck()
		.all(table)
		.join(', ');

	database.exec(`ALTER TABLE ${table} RENAME TO old_${table}`);
	database.exec(edits.reduce((text, [from, to]) => replaceOnce(text, from, to), definition));
	database.exec(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM old_${table}`);
	database.exec(`DROP TABLE old_${table}`);
	for (const companion of companions) database.exec(companion);
}

function readDefinitions(database: Database, table: string, kinds: string): string[] {
	return database
		.prepare<[string], string>(
			`SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND ${kinds} AND sql IS NOT NULL`,
		)
		.pluck()
		.all(table);
}

function replaceOnce(text: string, from: string, to: string): string {
	if (!text.includes(from)) throw new Error(`The demo's table has no “${from}” to change.`);
	return text.replace(from, () => to);
}
