import assert from 'node:assert/strict';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import SQLite from 'better-sqlite3';
import {createLocalScanner} from '../../../source/engine/local-scanner.ts';
import type {PairWay} from '../../../source/engine/pairing/choose-way.ts';
import {SidePairReader} from '../../../source/engine/pairing/side-pair-reader.ts';
import {Recovery} from '../../../source/engine/scan/recovery.ts';
import {ConnectionError, ConnectionLostError} from '../../../source/model/errors.ts';
import type {SqliteSettings} from '../../../source/model/connection-settings.ts';
import type {Layout} from '../../../source/model/layout.ts';
import {RunStore} from '../../../source/store/run-store.ts';
import {Scratch} from '../../dialects/sqlite/scratch.ts';
import {identity, makeFolder} from '../../store/fixture.ts';
import {chooseKey} from '../pairing/choose-key.ts';
import {openSumming} from '../pairing/summing-reader.ts';
import {breakWith, Fuse} from './breaking-reader.ts';

const count = (rows: number) =>
	`WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})`;
const table = `CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT);
	INSERT INTO t ${count(40)} SELECT i * 2, 'row ' || i FROM n;`;
const drift = `UPDATE t SET v = v || '!' WHERE id % 14 = 0; DELETE FROM t WHERE id % 30 = 0;
	INSERT INTO t SELECT id + 1, 'new' FROM t WHERE id % 22 = 0;`;

type Sides = {
	readonly prod: SqliteSettings;
	readonly dev: SqliteSettings;
	readonly layout: Layout;
};

type Outcome = {readonly lanes: unknown[]; readonly rows: unknown[]; readonly asked: number};

/** Scans a table in segments of a few rows, over connections that break where they should. */
async function scan(
	context: TestContext,
	{prod, dev, layout}: Sides,
	way: PairWay,
	breaksAt: readonly number[],
): Promise<Outcome> {
	const store = RunStore.create(path.join(makeFolder(context), 'test.run'), identity);
	context.after(() => store.close());
	const totals = {prodTotal: 40, devTotal: 40};
	store.scan.recordTables([{name: 't', layout, status: 'waiting', reason: '', ...totals}]);
	store.scan.recordLanes(1, [{keyed: true, after: null, upTo: null}]);
	const fuse = new Fuse(breaksAt);
	const openReader = () =>
		Promise.resolve(
			new SidePairReader(
				breakWith(openSumming(prod, 2), fuse),
				breakWith(openSumming(dev, 3), fuse),
				way,
			),
		);
	const recovery = new Recovery({reopen: () => Promise.resolve(), patience: null, pauses: [0]});
	const resources = {
		store,
		reader: await openReader(),
		base: null,
		openReader,
		openBase: () => Promise.resolve(null),
	};
	// A limit of rows a second makes the segments as small.
	const pace = {segmentMilliseconds: 1, maxRowsPerSecond: 7000};
	const scanner = createLocalScanner(resources, pace, recovery, 1);
	const jobs = store.scan
		.listLanes()
		.map((lane) => ({layout, baseLayout: layout, lane, rows: null, isLarge: false}));
	await scanner.run(jobs, () => recovery.progress());
	await resources.reader.close();
	const lanes = store.scan.listLanes().map((lane) => ({...lane, version: null}));
	const database = new SQLite(store.file, {readonly: true});
	const rows = database.prepare('SELECT * FROM row_change ORDER BY id').raw().all();
	database.close();
	return {lanes, rows, asked: fuse.asked};
}

for (const way of ['sums', 'stream'] as const) {
	test(`by ${way}, a connection that breaks at any answer changes nothing of the result`, async (context) => {
		using scratch = new Scratch();
		const prod = scratch.make('prod.db', table);
		const dev = scratch.make('dev.db', table + drift);
		const sides = {prod, dev, layout: await chooseKey(prod, dev, ['id', 'v'], ['id'])};
		const whole = await scan(context, sides, way, []);
		assert.ok(whole.asked > 25, `only ${whole.asked} answers`);
		assert.equal(whole.rows.length, 10);
		for (let at = 1; at <= whole.asked; at++) {
			const {lanes, rows} = await scan(context, sides, way, [at, at + 1, at + 9]);
			assert.deepEqual(rows, whole.rows, `broken at ${at}`);
			assert.deepEqual(lanes, whole.lanes, `broken at ${at}`);
		}
	});
}

const lost = new ConnectionLostError('The connection to db1 was lost.');

test('a server that stays away is told, tried again and again, and reached at once when asked', async () => {
	let tries = 0;
	const recovery = new Recovery({
		reopen: () => {
			tries++;
			return tries < 3
				? Promise.reject(new ConnectionError('db1 refuses connections.'))
				: Promise.resolve();
		},
		patience: null,
		pauses: [0, 0, 1_000_000],
	});
	const describeTrouble = () => recovery.trouble;
	assert.equal(describeTrouble(), null);
	const waiting = recovery.waitOut(lost);
	// A second lane waits for the same.
	const other = recovery.waitOut(lost);
	while ((describeTrouble()?.retryIn ?? 0) < 1000) {
		await new Promise((resolve) => setImmediate(resolve));
	}
	assert.equal(describeTrouble()?.message, 'db1 refuses connections.');
	recovery.tryAgain();
	assert.deepEqual(await Promise.all([waiting, other]), [true, true]);
	assert.deepEqual([tries, describeTrouble()], [3, null]);
});

test('whoever is not patient gives up with what was lost, and stopping ends the wait', async () => {
	const reopen = () => Promise.reject(new ConnectionError('db1 refuses connections.'));
	const hurried = new Recovery({reopen, patience: 1, pauses: [3]});
	await assert.rejects(hurried.waitOut(lost), (error: Error) => {
		assert.ok(error instanceof ConnectionLostError);
		assert.equal(error.message, 'db1 refuses connections.');
		assert.match(error.hint, /What was compared is kept/);
		return true;
	});
	const stopped = new Recovery({reopen, patience: null, pauses: [1_000_000]});
	const waiting = stopped.waitOut(lost);
	stopped.stop();
	assert.equal(await waiting, false);
});

test('a server that breaks every try of one segment is no server that is back', async () => {
	const recovery = new Recovery({reopen: () => Promise.resolve(), patience: 20, pauses: [1]});
	await assert.rejects(async () => {
		for (;;) await recovery.waitOut(lost);
	}, ConnectionLostError);
});
