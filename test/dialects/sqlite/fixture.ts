import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import Database from 'better-sqlite3';
import {normalise} from '../../../source/dialects/sqlite/normalise.ts';
import type {SchemaRules} from '../../../source/engine/schema/comparison.ts';

/** A new database file with these statements run; it is gone when the test is over. */
export function makeDatabase(context: TestContext, sql: string): Database.Database {
	const folder = mkdtempSync(join(tmpdir(), 'deepdiff-sqlite-'));
	const database = new Database(join(folder, 'test.db'));
	context.after(() => {
		database.close();
		rmSync(folder, {recursive: true});
	});
	database.pragma('foreign_keys = OFF');
	database.exec(sql);
	return database;
}

/** What comparing SQLite schemas goes by, without a whole dialect. */
export const rules: SchemaRules = {
	normalise,
	traits: {
		title: 'SQLite',
		typesValues: true,
		transactionalDdl: true,
		checksForeignKeysAtEnd: true,
		identityFollowsKey: true,
		namesTriggersPerTable: false,
	},
};
