import assert from 'node:assert/strict';
import {copyFileSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import SQLite from 'better-sqlite3';
import {makeDemo} from '../../../../source/dialects/sqlite/demo/make-demo.ts';
import {createRandom} from '../../../../source/dialects/sqlite/demo/random.ts';
import {findKey, listTables} from './compare-demo.ts';

const room = mkdtempSync(join(tmpdir(), 'demo-'));
after(() => {
	rmSync(room, {recursive: true});
});

type Choice = {
	/** Whether a row that both have becomes prod's. */
	readonly takesOurs: () => boolean;
	/** Whether a row that only prod has stays. */
	readonly keepsRemoved: boolean;
	/** Whether a row that only dev has comes. */
	readonly takesAdded: boolean;
};

/**
Gives a copy of dev the content that prod would have after `choice`: it has the structure
of dev and the triggers of both. The commit checks every foreign key, each statement the
rest; what an order of statements has to avoid is not tried here.
*/
function settle(files: {prod: string; dev: string}, choice: Choice): SQLite.Database {
	const path = join(mkdtempSync(join(room, 'choice-')), 'settled.db');
	copyFileSync(files.dev, path);
	const database = new SQLite(path);
	database.function('takes_ours', () => Number(choice.takesOurs()));
	database.prepare('ATTACH ? AS prod').run(files.prod);
	database.exec('BEGIN; PRAGMA defer_foreign_keys = ON');
	for (const table of listTables(database)) {
		const columns = listColumns(database, 'prod', table).filter((column) =>
			listColumns(database, 'main', table).includes(column),
		);
		const key = findKey(database, table);
		if (columns.length === 0 || key.length === 0) continue;
		const isSame = key.map((column) => `ours.${column} = ${table}.${column}`).join(' AND ');
		const list = columns.join(', ');
		const ours = columns.map((column) => `ours.${column}`).join(', ');
		if (!choice.takesAdded) {
			database.exec(
				`DELETE FROM ${table} WHERE NOT EXISTS (SELECT 1 FROM prod.${table} AS ours WHERE ${isSame})`,
			);
		}
		database.exec(
			`UPDATE ${table} SET (${list}) = (SELECT ${ours}) FROM prod.${table} AS ours WHERE ${isSame} AND takes_ours()`,
		);
		if (!choice.keepsRemoved) continue;
		database.exec(
			`INSERT INTO ${table} (${list}) SELECT ${list} FROM prod.${table} AS ours
			WHERE NOT EXISTS (SELECT 1 FROM ${table} WHERE ${isSame})`,
		);
	}
	database.exec('COMMIT');
	return database;
}

function listColumns(database: SQLite.Database, schema: string, table: string): string[] {
	return database
		.prepare<[string, string], string>('SELECT name FROM pragma_table_xinfo(?, ?) WHERE hidden = 0')
		.pluck()
		.all(table, schema);
}

const always = () => true;
const never = () => false;
const toss = createRandom(1, 'choices');
const choices: Record<string, Choice> = {
	'all of dev, prod’s own rows kept': {takesOurs: never, keepsRemoved: true, takesAdded: true},
	'all of dev, prod’s own rows deleted': {takesOurs: never, keepsRemoved: false, takesAdded: true},
	'all of prod, dev’s new rows added': {takesOurs: always, keepsRemoved: true, takesAdded: true},
	'either side, row by row': {
		takesOurs: () => toss.chance(0.5),
		keepsRemoved: true,
		takesAdded: true,
	},
	'either side, row by row, prod’s own rows deleted': {
		takesOurs: () => toss.chance(0.5),
		keepsRemoved: false,
		takesAdded: true,
	},
};

for (const seed of [1, 2, 3]) {
	const files = makeDemo(join(room, `seed-${seed}`), {seed, rows: seed === 1 ? 60_000 : 0});
	for (const [name, choice] of Object.entries(choices)) {
		test(`dev's rules admit ${name} (seed ${seed})`, () => {
			const settled = settle(files, choice);
			assert.deepEqual(settled.pragma('foreign_key_check'), []);
			assert.deepEqual(settled.pragma('main.integrity_check'), [{integrity_check: 'ok'}]);
			settled.close();
		});
	}
}
