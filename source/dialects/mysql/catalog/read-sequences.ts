import type {Fact, SchemaObject} from '../../../model/catalog.ts';
import {quoteName, quoteTable} from '../names.ts';
import {InformationRow, type CatalogQuery} from './information-schema.ts';
import type {NameOf} from './read-views.ts';

/**
Reads MariaDB's sequences, each a table of one row. How far one has counted is no part of what it
is.
*/
export async function readSequences(
	query: CatalogQuery,
	tables: readonly InformationRow[],
	nameOf: NameOf,
): Promise<SchemaObject[]> {
	const objects: SchemaObject[] = [];
	for (const table of tables) {
		const [schema, name] = [table.text('table_schema'), table.text('table_name')];
		const [row] = await query(`SELECT * FROM ${quoteName(schema)}.${quoteName(name)}`);
		if (row) objects.push(readSequence(nameOf(schema, name), new InformationRow(row)));
	}
	return objects;
}

function readSequence(name: string, row: InformationRow): SchemaObject {
	const cache = row.text('cache_size');
	const facts: Fact[] = [
		{name: 'start', value: row.text('start_value')},
		{name: 'minimum', value: row.text('minimum_value')},
		{name: 'maximum', value: row.text('maximum_value')},
		{name: 'increment', value: row.text('increment')},
		{name: 'cache', value: cache},
		{name: 'cycle', value: row.text('cycle_option') === '1' ? 'yes' : 'no'},
	];
	const definition = [
		`CREATE SEQUENCE ${quoteTable(name)}`,
		`START WITH ${row.text('start_value')}`,
		`MINVALUE ${row.text('minimum_value')}`,
		`MAXVALUE ${row.text('maximum_value')}`,
		`INCREMENT BY ${row.text('increment')}`,
		cache === '0' ? 'NOCACHE' : `CACHE ${cache}`,
		row.text('cycle_option') === '1' ? 'CYCLE' : 'NOCYCLE',
	].join(' ');
	return {kind: 'sequence', name, table: null, definition, facts};
}
