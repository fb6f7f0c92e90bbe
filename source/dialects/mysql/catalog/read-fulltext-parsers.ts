import type {Fact, Table} from '../../../model/catalog.ts';
import {defineIndex} from '../ddl/render-index.ts';
import {renderCreateTable} from '../ddl/render-table.ts';
import {quoteName, quoteTable} from '../names.ts';
import {InformationRow, type CatalogQuery} from './information-schema.ts';
import type {ServerVersion} from './server-version.ts';

/** Which plugin splits the words of a full-text index stands in SHOW CREATE TABLE alone. */
export async function readFulltextParsers(
	query: CatalogQuery,
	tables: readonly Table[],
	version: ServerVersion,
): Promise<Table[]> {
	const read: Table[] = [];
	for (const table of tables) {
		const isConcerned = table.indexes.some(({method}) => method === 'fulltext');
		if (!isConcerned) {
			read.push(table);
			continue;
		}
		const [row] = await query(`SHOW CREATE TABLE ${quoteTable(table.name)}`);
		const text = row ? new InformationRow(row).text('create table') : '';
		const indexes = table.indexes.map((index) => {
			const parser = findParser(text, index.name);
			if (index.method !== 'fulltext' || parser === null) return index;
			const facts: Fact[] = [...(index.facts ?? []), {name: 'parser', value: parser}];
			const whole = {...index, facts};
			return {...whole, definition: defineIndex(table.name, whole)};
		});
		const whole = {...table, indexes};
		read.push({...whole, definition: renderCreateTable(whole, version)});
	}
	return read;
}

function findParser(text: string, index: string): string | null {
	const line = text
		.split('\n')
		.find((each) => each.trimStart().startsWith(`FULLTEXT KEY ${quoteName(index)} `));
	return /WITH PARSER `([^`]+)`/.exec(line ?? '')?.[1] ?? null;
}
