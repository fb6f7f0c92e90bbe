import assert from 'node:assert/strict';
import test, {type TestContext} from 'node:test';
import type {Connection} from '../../../source/dialects/dialect.ts';
import {applyPack} from '../../../source/engine/apply/apply-pack.ts';
import {openTarget} from '../../../source/engine/open-target.ts';
import {readPack} from '../../../source/engine/pack/read-pack.ts';
import {ApplyError} from '../../../source/model/errors.ts';
import {servers} from '../../servers/servers.ts';
import {compareDatabases, startServerWalk, type ServerWalk} from '../server-walk.ts';
import {apply, decide, everything, finish, pack, plan} from '../walk.ts';

const both = `
	CREATE TABLE artist (id int PRIMARY KEY, name varchar(20), old int, KEY by_name (name));
	INSERT INTO artist VALUES (1, 'Ella', 1), (2, 'Nina', 2), (3, 'Edith', 3);
	CREATE TABLE note (id int PRIMARY KEY, text varchar(20));
	INSERT INTO note VALUES (1, 'one')`;
const dev = `
	ALTER TABLE artist ADD born int NOT NULL DEFAULT 1900, MODIFY name varchar(60) NOT NULL, DROP COLUMN old, DROP KEY by_name;
	UPDATE artist SET born = 1917, name = 'Ella Jane Fitzgerald of Newport' WHERE id = 1;
	CREATE TABLE album (id int PRIMARY KEY, artist int NOT NULL, UNIQUE KEY (artist), FOREIGN KEY (artist) REFERENCES artist (id));
	INSERT INTO album VALUES (7, 1), (8, 2);
	INSERT INTO note VALUES (2, 'two');
	CREATE VIEW famous AS SELECT name FROM artist WHERE born > 1900`;

async function preparePack(context: TestContext) {
	const walk = await startServerWalk(context, await servers.mariadb(), {both, dev});
	decide(walk, 'theirs');
	const {statements} = await plan(walk, everything);
	return {walk, paths: await pack(walk), statements};
}

async function listRows({databases: {prod}}: ServerWalk): Promise<string[]> {
	const tables = await prod.query('SHOW TABLES');
	const lines: string[] = [];
	for (const name of tables.map((row) => Object.values(row)[0] ?? '').sort()) {
		const rows = await prod.query(`SELECT * FROM \`${name}\` ORDER BY 1`);
		lines.push(...rows.map((row) => `${name}: ${Object.values(row).map(String).join(' ')}`));
	}
	return lines;
}

async function assertConverged(context: TestContext, walk: ServerWalk): Promise<void> {
	const {store} = await compareDatabases(context, walk.folder, walk.databases);
	assert.deepEqual(
		store.schema.list().map(({change}) => change.id),
		[],
	);
	assert.equal(store.rows.count({}), 0);
}

/** Applies as a process would that is killed at its n-th change of structure. */
async function applyAndDie(
	walk: ServerWalk,
	file: string,
	{at, isDone}: {readonly at: number; readonly isDone: boolean},
): Promise<unknown> {
	const signal = new AbortController().signal;
	const {connection} = await openTarget(walk.session.prod.settings, signal);
	let count = 0;
	const mortal: Connection = new Proxy(connection, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name);
			if (typeof value !== 'function') return value;
			return async (...args: unknown[]): Promise<unknown> => {
				const [statements] = args as [readonly string[] | undefined];
				const isSchema = name === 'run' && /^(?:ALTER|CREATE|DROP)/.test(statements?.[0] ?? '');
				if (isSchema) count++;
				if (count > at || (count === at && !isDone)) throw new Error('killed');
				const result: unknown = await (value as (...rest: unknown[]) => unknown).apply(
					target,
					args,
				);
				if (isSchema && count === at) {
					count++;
					throw new Error('killed');
				}
				return result;
			};
		},
	});
	try {
		await finish(
			applyPack({
				pack: await readPack(file),
				connection: mortal,
				mode: 'apply',
				allow: everything,
				triggers: 'fire',
				signal,
				store: walk.store,
			}),
		);
		return null;
	} catch (error) {
		return error;
	} finally {
		await connection.close();
	}
}

test('structure, rows and structure follow each other, and an undo brings all back that can be', async (context) => {
	const {walk, paths, statements} = await preparePack(context);
	const phases = statements.map(({phase}) => phase === 'rows').join(' ');
	assert.match(phases, /^(?:false )+(?:true )+(?:false ?)+$/);

	const receipt = await apply(walk, paths.sql);
	assert.equal(receipt.result, 'committed');
	assert.ok(receipt.schemaStatements > 4);
	assert.equal(receipt.verifiedRows, 4);
	await assertConverged(context, walk);
});

test('a rehearsal tries the rows of tables whose structure stays, and says what it did not try', async (context) => {
	const {walk, paths} = await preparePack(context);
	const before = await listRows(walk);
	const receipt = await apply(walk, paths.sql, {mode: 'rehearse'});
	assert.equal(receipt.result, 'rehearsed');
	assert.deepEqual(receipt.tables, [{table: 'note', inserted: 1, updated: 0, deleted: 0}]);
	assert.equal(receipt.notTried?.rowStatements, 3);
	assert.deepEqual(await listRows(walk), before);
});

test('rows that changed since the review are found before the first change of structure', async (context) => {
	const {walk, paths} = await preparePack(context);
	await walk.databases.prod.query(`UPDATE artist SET name = 'Other' WHERE id = 1`);
	await assert.rejects(apply(walk, paths.sql), /no longer what was reviewed: .*artist/);
	const [row] = await walk.databases.prod.query(`SHOW TABLES LIKE 'album'`);
	assert.equal(row, undefined);
});

for (const isDone of [false, true]) {
	const when = isDone ? 'right after' : 'right before';
	test(`killed ${when} any change of structure, it is gone on with to the end`, async (context) => {
		for (const at of [1, 2, 4]) {
			const {walk, paths} = await preparePack(context);
			const error = await applyAndDie(walk, paths.sql, {at, isDone});
			assert.ok(error instanceof Error, `there are not ${at}`);
			const receipt = await apply(walk, paths.sql);
			assert.equal(receipt.result, 'committed');
			await assertConverged(context, walk);
		}
	});

	test(`killed ${when} any change of structure, what ran is taken back`, async (context) => {
		for (const at of [1, 2, 3]) {
			const {walk, paths} = await preparePack(context);
			const before = await listRows(walk);
			const {tables, views} = walk.session.prod.catalog;
			await applyAndDie(walk, paths.sql, {at, isDone});
			await apply(walk, paths.undoSql);
			assert.deepEqual(await listRows(walk), before);
			const {connection} = await openTarget(
				walk.session.prod.settings,
				new AbortController().signal,
			);
			const after = await connection.readCatalog();
			await connection.close();
			assert.deepEqual([after.tables, after.views], [tables, views], `${at}`);
		}
	});
}

test('a statement that the server refuses leaves those before it, and says so', async (context) => {
	const {walk, paths} = await preparePack(context);
	const before = await listRows(walk);
	// No row that the plan writes, but one that the new foreign key needs.
	await walk.databases.prod.query('DELETE FROM artist WHERE id = 2');
	const error = await apply(walk, paths.sql).catch((reason: unknown) => reason);
	assert.ok(error instanceof ApplyError);
	assert.match(error.message, /^Statement \d+ failed: add foreign key .* to album: /);
	assert.match(error.message, /Structure: 4 of 7 statements ran and stay: create table album; .*/);
	assert.match(error.message, /The rows are committed\./);
	assert.match(error.hint, /deepdiff-db undo undo_pack\.sql/);

	await apply(walk, paths.undoSql);
	const gone = (line: string) => !line.startsWith('artist: 2');
	assert.deepEqual(await listRows(walk), before.filter(gone));
});

test('what stopped is gone on with once it is mended', async (context) => {
	const {walk, paths} = await preparePack(context);
	const {prod} = walk.databases;
	await prod.query('DELETE FROM artist WHERE id = 2');
	await assert.rejects(apply(walk, paths.sql), ApplyError);
	await prod.query(`INSERT INTO artist (id, name, old) VALUES (2, 'Nina', 2)`);
	const receipt = await apply(walk, paths.sql);
	assert.equal(receipt.schemaStatements, 3);
	await assertConverged(context, walk);
});
