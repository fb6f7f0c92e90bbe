import type {Index, Table} from '../../../model/catalog.ts';
import {quoteName} from '../quote-name.ts';
import {renderCreateTable} from './render-create-table.ts';

/** Gives a table that came from another engine the definitions that SQLite would keep. */
export function defineTable(table: Table): Table {
	const indexes = table.indexes.map((index) => ({
		...index,
		definition: index.definition === '' ? renderIndex(index, table.name) : index.definition,
	}));
	const defined = {...table, indexes};
	return {...defined, definition: renderCreateTable(defined)};
}

function renderIndex({name, unique, columns}: Index, table: string): string {
	const spelled = columns.map(
		({column, descending}) => `${quoteName(column ?? '')}${descending ? ' DESC' : ''}`,
	);
	const kind = unique ? 'UNIQUE INDEX' : 'INDEX';
	return `CREATE ${kind} ${quoteName(name)} ON ${quoteName(table)} (${spelled.join(', ')})`;
}
