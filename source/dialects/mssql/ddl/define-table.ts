import type {Table} from '../../../model/catalog.ts';
import {defineIndex, renderCreateTable} from './render-table.ts';

/** Gives a table that came from another engine the definitions that the server would print. */
export function defineTable(table: Table): Table {
	const indexes = table.indexes.map((index) => ({
		...index,
		definition: index.definition === '' ? defineIndex(table.name, index) : index.definition,
	}));
	const defined = {...table, indexes};
	return {...defined, definition: renderCreateTable(defined)};
}
