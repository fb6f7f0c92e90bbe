import type {Catalog, Table} from '../../../model/catalog.ts';
import {parseServerVersion} from '../catalog/server-version.ts';
import {defineIndex} from './render-index.ts';
import {renderCreateTable} from './render-table.ts';

/** Gives a table that came from another engine the definitions that the server would print. */
export function defineTable(table: Table, {serverVersion = ''}: Catalog): Table {
	const indexes = table.indexes.map((index) => ({
		...index,
		definition: index.definition === '' ? defineIndex(table.name, index) : index.definition,
	}));
	const defined = {...table, indexes};
	return {...defined, definition: renderCreateTable(defined, parseServerVersion(serverVersion))};
}
