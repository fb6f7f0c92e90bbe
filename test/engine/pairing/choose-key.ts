import type {Config} from '../../../source/config/config.ts';
import {connectSqlite} from '../../../source/dialects/sqlite/connect.ts';
import {sqlite} from '../../../source/dialects/sqlite/sqlite.ts';
import {chooseLayouts} from '../../../source/engine/choose-layouts.ts';
import type {SqliteSettings} from '../../../source/model/connection-settings.ts';
import type {Layout} from '../../../source/model/layout.ts';
import {makeLayout} from '../../dialects/sqlite/scratch.ts';

/** A layout as the tests make it, with the key as the engine chooses to page by it. */
export async function chooseKey(
	prod: SqliteSettings,
	dev: SqliteSettings,
	columns: readonly string[],
	key: readonly string[],
	more: Partial<Layout> = {},
): Promise<Layout> {
	const layout = makeLayout('t', columns, key, more);
	if (key.length === 0) return layout;
	const catalogs = [];
	for (const side of [prod, dev]) {
		const connection = connectSqlite(side, 'read');
		catalogs.push(await connection.readCatalog());
		await connection.close();
	}
	const [ours, theirs] = catalogs;
	if (!ours || !theirs) throw new Error('Two sides have two catalogs');
	const [choice] = chooseLayouts(ours, theirs, configFor(key), sqlite);
	if (!choice?.layout) throw new Error(choice?.reason ?? 'There is no table');
	return {...layout, key: {...choice.layout.key, ...layout.key}};
}

function configFor(key: readonly string[]): Config {
	return {
		onlyTables: [],
		ignore: {tables: [], columns: [], objects: []},
		tables: {t: {key}},
		conflicts: {default: 'manual', tables: {}, rules: []},
		allow: {} as Config['allow'],
		performance: {parallel: 1, segmentMilliseconds: 500, maxRowsPerSecond: 0, reconnectSeconds: 0},
		output: {directory: '/', color: 'never'},
	};
}
