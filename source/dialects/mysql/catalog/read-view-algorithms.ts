import {quoteName} from '../names.ts';
import {groupKey, InformationRow, type CatalogQuery} from './information-schema.ts';
import type {ServerVersion} from './server-version.ts';

/** The algorithm of each view, by schema and name; MySQL tells it in SHOW CREATE VIEW only. */
export async function readViewAlgorithms(
	query: CatalogQuery,
	views: readonly InformationRow[],
	{flavour}: ServerVersion,
): Promise<Map<string, string>> {
	const algorithms = new Map<string, string>();
	for (const view of views) {
		const [schema, name] = [view.text('table_schema'), view.text('table_name')];
		const key = groupKey(schema, name);
		if (flavour === 'mariadb') {
			algorithms.set(key, view.text('algorithm'));
			continue;
		}
		const [row] = await query(`SHOW CREATE VIEW ${quoteName(schema)}.${quoteName(name)}`);
		const text = row ? new InformationRow(row).text('create view') : '';
		algorithms.set(key, /^CREATE ALGORITHM=(\w+)/.exec(text)?.[1] ?? '');
	}
	return algorithms;
}
