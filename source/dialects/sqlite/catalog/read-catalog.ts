import {hash} from 'node:crypto';
import type {Database} from 'better-sqlite3';
import type {Catalog, NotCompared, Table, Trigger, View} from '../../../model/catalog.ts';
import {foldName} from './fold-name.ts';
import {readTable, TableTextError} from './read-table.ts';
import {SchemaQueries} from './schema-queries.ts';
import type {SchemaRow} from './schema-queries.ts';
import {SqlSyntaxError} from './token-reader.ts';

/**
Reads everything structural from one schema of an open database, within one read
transaction. Tables, views and triggers come in the order of their names.

@param schemaName `main`, or the name that a file was attached under.
*/
export function readCatalog(database: Database, schemaName = 'main'): Catalog {
	const read = database.transaction(() => readAll(new SchemaQueries(database, schemaName)));
	return read();
}

function readAll(queries: SchemaQueries): Catalog {
	const rows = queries.readSchemaRows();
	const kinds = queries.readTableKinds();
	const tables: Table[] = [];
	const notCompared: NotCompared[] = [];
	const compared: SchemaRow[] = [];
	for (const row of rows.filter(({type}) => type === 'table')) {
		const excluded = explainExclusion(row, kinds.get(row.name));
		if (excluded) {
			notCompared.push({name: row.name, ...excluded});
			continue;
		}
		const indexRows = rows.filter(
			({type, table}) => type === 'index' && foldName(table) === foldName(row.name),
		);
		try {
			tables.push(readTable(queries, row, indexRows));
			compared.push(row, ...indexRows);
		} catch (error) {
			if (!(error instanceof SqlSyntaxError || error instanceof TableTextError)) throw error;
			const reason = `its CREATE TABLE text can't be understood: ${error.message}`;
			notCompared.push({kind: 'table', name: row.name, reason});
		}
	}
	const views = rows.filter(({type}) => type === 'view');
	const triggers = rows.filter(({type}) => type === 'trigger');
	return {
		engine: 'SQLite',
		schemas: [],
		tables,
		views: views.map(({name, sql}): View => ({name, definition: sql})),
		triggers: triggers.map(({name, table, sql}): Trigger => ({name, table, definition: sql})),
		objects: [],
		// Nothing in it is checked before it is used: its own order of creation finds what it needs.
		dependencies: [],
		notCompared,
		fingerprint: fingerprint([...compared, ...views, ...triggers]),
	};
}

function explainExclusion(
	{name, sql}: SchemaRow,
	kind: string | undefined,
): Omit<NotCompared, 'name'> | null {
	if (/^sqlite_/i.test(name)) {
		const isCounter = foldName(name) === 'sqlite_sequence';
		return {
			kind: 'internal table',
			reason: isCounter
				? 'SQLite keeps the AUTOINCREMENT counters in it; they move with their tables'
				: 'SQLite keeps it for itself',
		};
	}
	if (kind === 'virtual' || /^create\s+virtual\b/i.test(sql)) {
		return {kind: 'virtual table', reason: 'a module gives its rows, not the database'};
	}
	if (kind === 'shadow') {
		return {kind: 'shadow table', reason: 'a virtual table keeps its data in it'};
	}
	return null;
}

function fingerprint(rows: readonly SchemaRow[]): string {
	return hash('sha256', JSON.stringify(rows.map(({type, name, sql}) => [type, name, sql])), 'hex');
}
