import assert from 'node:assert/strict';
import {copyFileSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import Database from 'better-sqlite3';
import {makeDemo} from '../../../source/engine/make-demo.ts';
import {quoteName} from '../../../source/dialects/sqlite/quote-name.ts';
import {
	apply,
	bringInLine,
	compareFiles,
	decide,
	everything,
	nothing,
	query,
	type Walk,
} from '../walk.ts';

async function makeFiles(context: TestContext): Promise<string> {
	const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-demo-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	const {prod, dev} = await makeDemo(path.join(folder, 'demo'));
	copyFileSync(prod, path.join(folder, 'prod.db'));
	copyFileSync(dev, path.join(folder, 'dev.db'));
	return folder;
}

/** Every row of every table, and every definition. */
function dump(file: string): Map<string, string[]> {
	const database = new Database(file, {readonly: true});
	const tables = database
		.prepare<[], {name: string; sql: string}>(
			`SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name`,
		)
		.all();
	const content = new Map([['schema', tables.map(({name, sql}) => `${name}: ${sql}`)]]);
	const isTable = database
		.prepare(`SELECT type = 'table' FROM sqlite_schema WHERE name = ?`)
		.pluck();
	for (const {name} of tables) {
		if (isTable.get(name) !== 1) continue;
		const rows = database
			.prepare(`SELECT * FROM ${quoteName(name)}`)
			.raw()
			.safeIntegers()
			.all();
		const print = (value: unknown) =>
			Buffer.isBuffer(value) ? value.toString('hex') : `${typeof value} ${String(value)}`;
		// The driver gives rows as arrays in raw mode.
		content.set(name, (rows as unknown[][]).map((row) => row.map(print).join('|')).sort());
	}
	database.close();
	return content;
}

/** What an undo does not turn back: counters of given-out keys, and the inside of a search index. */
const isBeyondUndo = (name: string) =>
	name === 'sqlite_sequence' || name.startsWith('product_search');

/** Tables with what still differs in them, by state. */
const listDifferences = ({store}: Walk) =>
	store.scan
		.listProgress()
		.flatMap(({name, counts}) => Object.entries(counts).map(([state]) => `${name} ${state}`));

test('the demo is brought in line to the last row and definition', async (context) => {
	const walk = await compareFiles(context, await makeFiles(context));
	decide(walk, 'theirs');
	const {receipt, statements} = await bringInLine(walk, everything);
	assert.equal(receipt.result, 'committed');
	assert.ok(statements.length > 100);
	const again = await compareFiles(context, walk.folder);
	assert.deepEqual(again.store.schema.list(), []);
	assert.deepEqual(listDifferences(again), []);
});

test('what is gated stays, everything else comes', async (context) => {
	const walk = await compareFiles(context, await makeFiles(context));
	decide(walk, 'theirs');
	const {statements} = await bringInLine(walk, nothing);
	assert.ok(statements.some(({allowed}) => !allowed));
	const again = await compareFiles(context, walk.folder);
	const open = again.store.schema.list().filter(({change}) => change.needs === null);
	assert.deepEqual(open, []);
	const left = listDifferences(again).filter((line) => !line.endsWith(' removed'));
	assert.deepEqual(left, []);
});

test('the undo brings back every row and definition that can come back', async (context) => {
	const walk = await compareFiles(context, await makeFiles(context));
	const before = dump(walk.prod);
	decide(walk, 'theirs');
	const allow = new Set(
		[...everything].filter((kind) => kind !== 'dropColumn' && kind !== 'dropTable'),
	);
	const {paths} = await bringInLine(walk, allow);
	await apply(walk, paths.undoSql);
	const after = dump(walk.prod);
	assert.deepEqual([...after.keys()], [...before.keys()]);
	for (const [name, rows] of before) {
		if (!isBeyondUndo(name)) assert.deepEqual(after.get(name), rows, name);
	}
});

test('where a dropped column can not come back, the undo brings back the rows', async (context) => {
	const walk = await compareFiles(context, await makeFiles(context));
	const before = dump(walk.prod);
	decide(walk, 'theirs');
	const {paths} = await bringInLine(walk, everything);
	await apply(walk, paths.undoSql);
	const after = dump(walk.prod);
	const changed = [...before.keys()].filter(
		(name) => JSON.stringify(before.get(name)) !== JSON.stringify(after.get(name)),
	);
	assert.deepEqual(
		changed.filter((name) => !isBeyondUndo(name)),
		['schema', 'customers', 'newsletter_2019', 'service_tickets'],
	);
	const emails = query(walk.prod, 'SELECT count(*) FROM customers');
	assert.deepEqual(emails, [String(before.get('customers')?.length)]);
});
