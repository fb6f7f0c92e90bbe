import type {Row} from '../../server/session.ts';
import type {MssqlSession} from '../session.ts';
import {quoteText} from '../values/quote-text.ts';
import {catalogQueries, type CatalogQueryName} from './catalog-queries.ts';

/** Rows of one query, by a column's value. */
export type RowGroups = ReadonlyMap<string, readonly Row[]>;

export type CatalogRows = Readonly<Record<CatalogQueryName, readonly Row[]>>;

export async function readCatalogRows(
	session: Pick<MssqlSession, 'run'>,
	schemas: readonly string[],
): Promise<CatalogRows> {
	const list = schemas.map(quoteText).join(', ');
	const rows: Partial<Record<CatalogQueryName, readonly Row[]>> = {};
	for (const name of queryNames) {
		rows[name] = await session.run(catalogQueries[name].replaceAll('{schemas}', () => list));
	}
	// Every query was asked.
	return rows as CatalogRows;
}

// The keys of a constant object are those that its type says.
const queryNames = Object.keys(catalogQueries) as CatalogQueryName[];

export function groupBy(rows: readonly Row[], ...columns: readonly string[]): RowGroups {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const key = columns.map((column) => row[column] ?? '').join(' ');
		const group = groups.get(key);
		if (group) group.push(row);
		else groups.set(key, [row]);
	}
	return groups;
}

export function text(row: Row, column: string): string {
	return row[column] ?? '';
}

export function isSet(row: Row, column: string): boolean {
	return row[column] === '1';
}
