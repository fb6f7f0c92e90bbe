import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import SQLite from 'better-sqlite3';
import {SqlitePairReader} from '../../../source/dialects/sqlite/pair-reader.ts';
import {encodeField} from '../../../source/model/encoding.ts';
import {LockedError, SchemaChangedError} from '../../../source/model/errors.ts';
import {drain} from './read-pairs.ts';
import {makeLayout, Scratch} from './scratch.ts';

const scratch = new Scratch();
after(() => scratch.remove());

function makePair(prodSql: string, devSql: string) {
	return [scratch.make('prod.db', prodSql), scratch.make('dev.db', devSql)] as const;
}

const twoColumns = 'CREATE TABLE t (id INTEGER PRIMARY KEY, a)';

const keys: readonly (readonly [name: string, create: string, key: readonly string[]])[] = [
	['an integer key', 'CREATE TABLE t (a INTEGER PRIMARY KEY, b, c)', ['a']],
	['a text key', 'CREATE TABLE t (a TEXT PRIMARY KEY, b, c)', ['a']],
	['a key without case', 'CREATE TABLE t (a TEXT COLLATE NOCASE PRIMARY KEY, b, c)', ['a']],
	[
		'a unique index with its own collation',
		'CREATE TABLE t (a TEXT NOT NULL, b, c); CREATE UNIQUE INDEX u ON t (a COLLATE NOCASE)',
		['a'],
	],
	['a descending key', 'CREATE TABLE t (a, b, c, PRIMARY KEY (a DESC))', ['a']],
	[
		'a composite key',
		'CREATE TABLE t (a TEXT COLLATE NOCASE, b INT, c, PRIMARY KEY (a, b))',
		['a', 'b'],
	],
	[
		'a composite key WITHOUT ROWID, descending',
		'CREATE TABLE t (a, b, c, PRIMARY KEY (a DESC, b DESC)) WITHOUT ROWID',
		['a', 'b'],
	],
];

for (const [name, create, key] of keys) {
	for (const analyzed of ['', '; ANALYZE']) {
		test(`${name} is walked by its index alone${analyzed && ', also after ANALYZE'}`, async () => {
			const fill = (rows: number) => `${create};
				WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
				INSERT INTO t SELECT i, i % 7, i FROM n${analyzed}`;
			const [prod, dev] = makePair(fill(2000), fill(1990));
			const layout = makeLayout('t', ['a', 'b', 'c'], key);
			const plans = await explainAll(prod.file, async () => {
				const reader = SqlitePairReader.open(prod, dev);
				const [cut] = await reader.splitKeys(layout, 2);
				assert.ok(cut);
				const upTo = await reader.findBoundary(layout, {after: cut, upTo: null}, 100);
				assert.ok(upTo);
				await drain(reader.compareSegment(layout, {after: cut, upTo}));
				await drain(reader.compareSegment(layout, {after: upTo, upTo: null}));
				await reader.close();
			});
			assert.ok(plans.length >= 5, `only ${plans.length} queries`);
			for (const {sql, details} of plans) {
				const bad = details.filter((detail) =>
					/TEMP B-TREE|^SCAN (?!\(?subquery)|AUTOMATIC/i.test(detail),
				);
				assert.deepEqual(bad, [], sql);
			}
		});
	}
}

/** Every query that is prepared meanwhile, with how SQLite would run it. */
async function explainAll(
	file: string,
	work: () => Promise<void>,
): Promise<{sql: string; details: string[]}[]> {
	const found: {sql: string; details: string[]}[] = [];
	// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its database below
	const original = SQLite.prototype.prepare;
	SQLite.prototype.prepare = function (this: InstanceType<typeof SQLite>, sql: string) {
		if (this.name === file && /@after0/.test(sql) && !sql.startsWith('EXPLAIN')) {
			const names = [...new Set(sql.match(/@\w+/g))].map((name): [string, number] => [
				name.slice(1),
				1,
			]);
			const plan = original.call(this, `EXPLAIN QUERY PLAN ${sql}`);
			// The columns are those of every query plan.
			const rows = plan.all(Object.fromEntries(names)) as {detail: string}[];
			found.push({sql, details: rows.map(({detail}) => detail)});
		}
		return original.call(this, sql);
	} as typeof original;
	try {
		await work();
	} finally {
		SQLite.prototype.prepare = original;
	}
	return found;
}

test('with a rollback journal a writer waits for one segment, not for the whole scan', async () => {
	const [prod, dev] = makePair(`${twoColumns}; INSERT INTO t VALUES (1, 1)`, twoColumns);
	const layout = makeLayout('t', ['id', 'a'], ['id']);
	const reader = SqlitePairReader.open(prod, dev);
	const writer = new SQLite(prod.file, {timeout: 0});
	const batches = reader.compareSegment(layout, {after: null, upTo: null});
	assert.equal((await batches.next()).done, false);
	assert.throws(() => writer.exec('INSERT INTO t VALUES (2, 2)'), /locked/);
	assert.equal((await batches.next()).done, true);
	writer.exec('INSERT INTO t VALUES (2, 2)');
	const left = reader.compareSegment(layout, {after: null, upTo: null});
	await left.next();
	// The listener may leave in the middle.
	await left.return({prodRows: 0, devRows: 0});
	writer.exec('BEGIN EXCLUSIVE');
	await assert.rejects(
		drain(reader.compareSegment(layout, {after: null, upTo: null})),
		LockedError,
	);
	writer.exec('ROLLBACK');
	const {counts} = await drain(reader.compareSegment(layout, {after: null, upTo: null}));
	assert.equal(counts.prodRows, 2);
	await reader.close();
	writer.close();
});

test('what is committed between a segment’s end and its reading is not missed', async () => {
	const rows = `${twoColumns}; INSERT INTO t VALUES (10, 1), (20, 1), (30, 1), (40, 1)`;
	const [prod, dev] = makePair(rows, rows);
	const layout = makeLayout('t', ['id', 'a'], ['id']);
	const reader = SqlitePairReader.open(prod, dev);
	const upTo = await reader.findBoundary(layout, {after: null, upTo: null}, 2);
	const writer = new SQLite(dev.file);
	writer.exec('INSERT INTO t VALUES (15, 1)');
	writer.close();
	const {pairs, counts} = await drain(reader.compareSegment(layout, {after: null, upTo}));
	assert.deepEqual(
		pairs.map(({key, prod: ours, dev: theirs}) => [key, ours === null, theirs === null]),
		[[encodeField('integer', '15'), true, false]],
	);
	assert.deepEqual(counts, {prodRows: 2, devRows: 3});
	await reader.close();
});

test('in WAL mode all is read from one moment, and nobody waits', async () => {
	const wal = `PRAGMA journal_mode = WAL; ${twoColumns}`;
	const [prod, dev] = makePair(`${wal}; INSERT INTO t VALUES (1, 1)`, wal);
	const layout = makeLayout('t', ['id', 'a'], ['id']);
	const [reader, passing] = [
		SqlitePairReader.open(prod, dev),
		SqlitePairReader.open({...prod, snapshot: false}, dev),
	];
	const writer = new SQLite(prod.file, {timeout: 0});
	writer.exec('INSERT INTO t VALUES (2, 2)');
	const count = async (from: SqlitePairReader) =>
		(await drain(from.compareSegment(layout, {after: null, upTo: null}))).counts.prodRows;
	assert.equal(await count(reader), 1);
	assert.equal(await count(passing), 2);
	writer.close();
	await reader.close();
	await passing.close();
});

test('every commit of anybody gives another version, and no other reader does', async () => {
	for (const mode of ['DELETE', 'WAL']) {
		const create = `PRAGMA journal_mode = ${mode}; ${twoColumns}`;
		const [prod, dev] = makePair(create, create);
		const layout = makeLayout('t', ['id', 'a'], ['id']);
		const reader = SqlitePairReader.open(prod, dev);
		const first = await reader.readVersion();
		await drain(reader.compareSegment(layout, {after: null, upTo: null}));
		assert.equal(await reader.readVersion(), first);
		const other = SqlitePairReader.open(prod, dev);
		assert.equal(await other.readVersion(), first);
		await other.close();
		assert.equal(await reader.readVersion(), first);
		const seen = new Set([first]);
		for (const {file} of [prod, dev]) {
			const writer = new SQLite(file);
			for (let id = 1; id <= 3; id++) {
				writer.prepare('INSERT INTO t VALUES (?, 1)').run(id);
				seen.add(await reader.readVersion());
			}
			if (mode === 'DELETE') assert.equal(seen.size, file === prod.file ? 4 : 7);
			else assert.ok(seen.size > (file === prod.file ? 1 : 2));
			writer.close();
		}
		await reader.close();
	}
});

test('a table that vanishes or changes between two segments is told with its side', async () => {
	const create = 'CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE TABLE u (x)';
	const layout = makeLayout('t', ['id', 'a'], ['id']);
	const changes = [
		['prod', 'DROP TABLE t', /^t is gone on prod/],
		['dev', 'ALTER TABLE t ADD COLUMN b', /^t has changed on dev/],
		['dev', 'ALTER TABLE t RENAME TO t2', /^t is gone on dev/],
		['prod', 'CREATE UNIQUE INDEX i ON t (a)', /^t has changed on prod/],
	] as const;
	for (const [side, sql, expected] of changes) {
		const [prod, dev] = makePair(create, create);
		const reader = SqlitePairReader.open(prod, dev);
		await drain(reader.compareSegment(layout, {after: null, upTo: null}));
		const writer = new SQLite(side === 'prod' ? prod.file : dev.file);
		writer.exec('VACUUM; CREATE TABLE another (x); DROP TABLE u');
		await drain(reader.compareSegment(layout, {after: null, upTo: null}));
		writer.exec(sql);
		await assert.rejects(
			drain(reader.compareSegment(layout, {after: null, upTo: null})),
			(error: Error) => {
				assert.ok(error instanceof SchemaChangedError);
				assert.match(error.message, expected);
				return true;
			},
		);
		writer.close();
		await reader.close();
	}
});
