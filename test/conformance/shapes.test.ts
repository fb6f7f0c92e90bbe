import assert from 'node:assert/strict';
import {test} from 'node:test';
import {apply, bringInLine, decide, everything} from '../engine/walk.ts';
import {engines} from './engines.ts';
import {comparePair, listDifferences} from './walk-pair.ts';

/* Tables of unusual shape: wide ones, and cells as large as files. */

for (const engine of engines) {
	const {name, skip} = engine;
	test(
		`${name}: 300 columns and a cell of 10 MB come over and go back`,
		{skip},
		async (context) => {
			const [prod, dev] = [await engine.makeDatabase(context), await engine.makeDatabase(context)];
			const settings = {prod: prod.settings, dev: dev.settings};
			const names = Array.from({length: 300}, (_, index) => `c${index}`);
			const large =
				name === 'SQL Server' ? 'nvarchar(max)' : name.startsWith('M') ? 'longtext' : 'text';
			for (const [database, size] of [
				[prod, 1],
				[dev, 10_000_000],
			] as const) {
				const columns = names.map((column) => `${column} integer`).join(', ');
				await database.query(`CREATE TABLE wide (id integer NOT NULL PRIMARY KEY, ${columns})`);
				await database.query(`INSERT INTO wide VALUES (1, ${names.map((_, at) => at).join(', ')})`);
				await database.query(`CREATE TABLE big (id integer NOT NULL PRIMARY KEY, v ${large})`);
				await database.query(`INSERT INTO big VALUES (1, '${'x'.repeat(size)}')`);
			}
			await dev.query('UPDATE wide SET c299 = NULL');
			const walk = await comparePair(context, settings);
			const found = listDifferences(walk);
			assert.deepEqual(found, ['big (1) conflict', 'wide (1) conflict']);
			decide(walk, 'theirs');
			const {paths} = await bringInLine(walk);
			assert.deepEqual(listDifferences(await comparePair(context, settings)), []);
			await apply(walk, paths.undoSql, {allow: everything});
			assert.deepEqual(listDifferences(await comparePair(context, settings)), found);
		},
	);
}
