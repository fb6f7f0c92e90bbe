import assert from 'node:assert/strict';
import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import SQLite from 'better-sqlite3';
import {runDiff} from '../../source/commands/diff.ts';
import {runSnapshot} from '../../source/commands/snapshot.ts';
import {
	ConnectionError,
	exitCodes,
	InterruptedError,
	StoreError,
} from '../../source/model/errors.ts';
import {isSnapshotFile} from '../../source/store/snapshot-file.ts';
import {makeDatabase, makeFolder, makeWorld} from './fixture.ts';

const start = `
CREATE TABLE item (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT, price REAL);
CREATE TABLE note (line TEXT);
INSERT INTO item VALUES (1, 'a', 'one', 1.5), (2, 'b', 'two', -0.0), (3, 'c', NULL, NULL),
	(4, 'd', 'line
break', 4), (5, 'e', 'five', 5);
INSERT INTO note VALUES ('x');
`;

/** Both sides from one start, a snapshot of dev before anybody worked on it. */
async function diverge(folder: string) {
	const prod = makeDatabase(path.join(folder, 'prod.db'), start);
	const dev = makeDatabase(path.join(folder, 'dev.db'), start);
	const base = path.join(folder, 'base.snapshot');
	const world = makeWorld(folder, {dev, json: true});
	assert.equal(await runSnapshot(world.context, {file: base}), exitCodes.done);
	const open = new SQLite(prod);
	open.exec(`UPDATE item SET name = 'prod' WHERE id = 1; UPDATE item SET price = 9 WHERE id = 4;
		UPDATE item SET name = 'both' WHERE id = 5; INSERT INTO item VALUES (6, 'f', 'prod own', 0)`);
	open.close();
	const other = new SQLite(dev);
	other.exec(`UPDATE item SET name = 'dev' WHERE id = 2; UPDATE item SET name = 'dev' WHERE id = 4;
		UPDATE item SET name = 'other' WHERE id = 5; DELETE FROM item WHERE id = 3`);
	other.close();
	return {prod, dev, base, recorded: world.json()};
}

const expected = {conflict: 1, 'dev-only': 2, 'prod-only': 2, merged: 1};

async function countStates(folder: string, flags: Record<string, string>) {
	const world = makeWorld(folder, {...flags, json: true});
	await runDiff(world.context, {fresh: true});
	const {tables} = world.json() as {tables: Record<string, unknown>[]};
	const item = tables.find(({table}) => table === 'item') ?? {};
	return {
		conflict: item['conflicts'],
		'dev-only': item['devOnly'],
		'prod-only': item['prodOnly'],
		merged: item['merged'],
	};
}

test('a snapshot tells who changed what since it was taken', async (context) => {
	const folder = makeFolder(context);
	const {prod, dev, base, recorded} = await diverge(folder);
	const {rows, tables, leftOut} = recorded as Record<string, unknown>;
	assert.deepEqual({rows, tables}, {rows: 5, tables: 1});
	assert.deepEqual(leftOut, [{table: 'note', reason: 'no key identifies its rows'}]);
	assert.deepEqual(await countStates(folder, {prod, dev, base}), expected);
});

test('a snapshot is found by another key than it was recorded by', async (context) => {
	const folder = makeFolder(context);
	const {prod, dev, base} = await diverge(folder);
	writeFileSync(path.join(folder, '.deepdiffrc'), 'tables: {item: {key: [code]}}');
	assert.deepEqual(await countStates(folder, {prod, dev, base}), expected);
});

test('a snapshot is no prod and no dev', async (context) => {
	const folder = makeFolder(context);
	const {prod, base} = await diverge(folder);
	const world = makeWorld(folder, {prod, dev: base});
	await assert.rejects(runDiff(world.context, {}), (error: unknown) => {
		assert.ok(error instanceof ConnectionError);
		assert.match(error.message, /base\.snapshot is a snapshot, which can only be a base/);
		return true;
	});
});

test('a recording that is stopped leaves no file behind', async (context) => {
	const folder = makeFolder(context);
	const dev = makeDatabase(path.join(folder, 'dev.db'), start);
	const world = makeWorld(folder, {dev});
	world.interruption.abort();
	await assert.rejects(runSnapshot(world.context, {file: 'base.snapshot'}), InterruptedError);
	assert.deepEqual(readdirSync(folder), ['dev.db']);
});

test('a folder that can not be made is told', async (context) => {
	const folder = makeFolder(context);
	const dev = makeDatabase(path.join(folder, 'dev.db'), start);
	const world = makeWorld(folder, {dev});
	await assert.rejects(runSnapshot(world.context, {file: 'dev.db/base.snapshot'}), StoreError);
});

test('a database is not taken for a snapshot', (context) => {
	const folder = makeFolder(context);
	const file = makeDatabase(path.join(folder, 'a.db'), start);
	assert.equal(isSnapshotFile(file), false);
	assert.equal(isSnapshotFile(path.join(folder, 'none')), false);
	assert.ok(existsSync(file));
});
