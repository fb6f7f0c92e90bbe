import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {SqlitePairReader} from '../../../source/dialects/sqlite/pair-reader.ts';
import {encodeField} from '../../../source/model/encoding.ts';
import {ConfigurationError, SchemaChangedError} from '../../../source/model/errors.ts';
import type {Layout, LayoutColumn} from '../../../source/model/layout.ts';
import {comparePair, showPair} from './read-pairs.ts';
import {makeLayout, Scratch} from './scratch.ts';

const scratch = new Scratch();
after(() => scratch.remove());

function makePair(prodSql: string, devSql: string) {
	return [scratch.make('prod.db', prodSql), scratch.make('dev.db', devSql)] as const;
}

async function compare(prodSql: string, devSql: string, layout: Layout): Promise<string[]> {
	const [prod, dev] = makePair(prodSql, devSql);
	return (await comparePair(prod, dev, layout)).pairs.map(showPair);
}

function withColumn(
	layout: Layout,
	name: string,
	role: LayoutColumn['role'],
	fill: string | null = null,
): Layout {
	const column: LayoutColumn = {name, role, fill, tolerance: null};
	const isCompared = role === 'common' || role === 'dev-only';
	const columns = isCompared
		? layout.columns.toSpliced(layout.comparedCount, 0, column)
		: [...layout.columns, column];
	return {...layout, columns, comparedCount: layout.comparedCount + Number(isCompared)};
}

const twoColumns = 'CREATE TABLE t (id INTEGER PRIMARY KEY, a)';

test('rows come in key order, dev’s own among the others', async () => {
	const layout = makeLayout('t', ['id', 'a'], ['id']);
	assert.deepEqual(
		await compare(
			`${twoColumns}; INSERT INTO t VALUES (1, 'x'), (3, 'x'), (5, 'x'), (7, 'x')`,
			`${twoColumns}; INSERT INTO t VALUES (2, 'x'), (3, 'y'), (5, 'x'), (6, 'x'), (8, 'x')`,
			layout,
		),
		[
			'integer:1 | integer:1 text:x | none',
			'integer:2 | none | integer:2 text:x',
			'integer:3 | integer:3 text:x | integer:3 text:y',
			'integer:6 | none | integer:6 text:x',
			'integer:7 | integer:7 text:x | none',
			'integer:8 | none | integer:8 text:x',
		],
	);
});

test('a key that both sides compare without case is one row, else two', async () => {
	const noCase = 'CREATE TABLE t (k TEXT COLLATE NOCASE PRIMARY KEY, a)';
	const binary = 'CREATE TABLE t (k TEXT PRIMARY KEY, a)';
	const layout = makeLayout('t', ['k', 'a'], ['k']);
	const [abc, ABC] = [`INSERT INTO t VALUES ('abc', 1)`, `INSERT INTO t VALUES ('ABC', 1)`];
	assert.deepEqual(await compare(`${noCase}; ${abc}`, `${noCase}; ${ABC}`, layout), [
		'text:abc | text:abc integer:1 | text:ABC integer:1',
	]);
	assert.deepEqual(await compare(`${noCase}; ${abc}`, `${binary}; ${ABC}`, layout), [
		'text:ABC | none | text:ABC integer:1',
		'text:abc | text:abc integer:1 | none',
	]);
});

test('a row that left the condition on one side has changed, it is not gone', async () => {
	const create = 'CREATE TABLE t (id INTEGER PRIMARY KEY, state TEXT)';
	const layout = {...makeLayout('t', ['id', 'state'], ['id']), where: `t.state = 'live' -- only`};
	const sides = [
		`${create}; INSERT INTO t VALUES (1, 'live'), (2, 'old'), (3, 'live'), (4, NULL), (5, 'live')`,
		`${create}; INSERT INTO t VALUES (1, 'old'), (2, 'live'), (4, 'old'), (5, 'live'), (6, 'live'), (7, 'x')`,
	] as const;
	assert.deepEqual(await compare(...sides, layout), [
		'integer:1 | integer:1 text:live | integer:1 text:old',
		'integer:2 | integer:2 text:old | integer:2 text:live',
		'integer:3 | integer:3 text:live | none',
		'integer:6 | none | integer:6 text:live',
	]);
	const {counts} = await comparePair(...makePair(...sides), layout);
	assert.deepEqual(counts, {prodRows: 3, devRows: 3});
	// The counts alone would say that everything met.
	assert.deepEqual(
		await compare(
			`${create}; INSERT INTO t VALUES (1, 'live')`,
			`${create}; INSERT INTO t VALUES (1, 'old'), (2, 'live')`,
			layout,
		),
		[
			'integer:1 | integer:1 text:live | integer:1 text:old',
			'integer:2 | none | integer:2 text:live',
		],
	);
	const keyless = {...makeLayout('t', ['state'], []), where: layout.where};
	assert.deepEqual(await compare(...sides, keyless), []);
});

test('a condition that a side does not understand is a mistake in the configuration', async () => {
	const layout = {...makeLayout('t', ['id', 'a'], ['id']), where: 'nowhere = 1'};
	await assert.rejects(compare(twoColumns, twoColumns, layout), (error: Error) => {
		assert.ok(error instanceof ConfigurationError);
		assert.match(error.message, /^tables\.t\.where .* prod .*no such column: nowhere/);
		return true;
	});
});

test('a column that prod does not have yet counts as what ADD COLUMN would put there', async () => {
	const base = makeLayout('t', ['id'], ['id']);
	const dev = (type: string, ...values: string[]) =>
		`CREATE TABLE t (id INTEGER PRIMARY KEY, n ${type}); ${values
			.map((value, index) => `INSERT INTO t VALUES (${index + 1}, ${value});`)
			.join(' ')}`;
	const prod = 'CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2), (3)';
	const filled = (fill: string | null) => withColumn(base, 'n', 'dev-only', fill);
	assert.deepEqual(await compare(prod, dev('TEXT', `'1'`, 'NULL', `x'31'`), filled('1')), [
		'integer:2 | integer:2 text:1 | integer:2 null',
		'integer:3 | integer:3 text:1 | integer:3 bytes:31',
	]);
	assert.deepEqual(await compare(prod, dev('', '0.0', '-0.0', '0'), filled('0.0')), [
		'integer:2 | integer:2 real:0 | integer:2 real:-0',
		'integer:3 | integer:3 real:0 | integer:3 integer:0',
	]);
	assert.deepEqual(await compare(prod, dev('REAL', '5', '5.5', 'NULL'), filled('NULL')), [
		'integer:1 | integer:1 null | integer:1 real:5',
		'integer:2 | integer:2 null | integer:2 real:5.5',
	]);
	assert.deepEqual(await compare(prod, dev('INT', 'NULL', '1'), filled(null)), [
		'integer:1 | integer:1 absent | integer:1 null',
		'integer:2 | integer:2 absent | integer:2 integer:1',
		'integer:3 | integer:3 absent | none',
	]);
});

test('columns that are only carried along make no difference but come with the row', async () => {
	const layout = withColumn(
		withColumn(makeLayout('t', ['id', 'a'], ['id']), 'own', 'prod-only'),
		'seen',
		'ignored',
	);
	assert.deepEqual(
		await compare(
			`CREATE TABLE t (id INTEGER PRIMARY KEY, a, own, seen);
			INSERT INTO t VALUES (1, 1, 'p', 10), (2, 2, 'p', 10), (3, 3, 'p', 10)`,
			`CREATE TABLE t (seen, a, id INTEGER PRIMARY KEY);
			INSERT INTO t VALUES (11, 1, 1), (11, 22, 2), (12, 4, 4)`,
			layout,
		),
		[
			'integer:2 | integer:2 integer:2 text:p integer:10 | integer:2 integer:22 absent integer:11',
			'integer:3 | integer:3 integer:3 text:p integer:10 | none',
			'integer:4 | none | integer:4 integer:4 absent integer:12',
		],
	);
});

test('the digest covers the compared columns and nothing else', async () => {
	const compared = makeLayout('t', ['id', 'a'], ['id']);
	const create = 'CREATE TABLE t (id INTEGER PRIMARY KEY, a, seen)';
	const sides = makePair(
		`${create}; INSERT INTO t VALUES (1, 1, 1)`,
		`${create}; INSERT INTO t VALUES (1, 2, 2), (2, 2, 2)`,
	);
	const plain = (await comparePair(...sides, compared)).pairs;
	const carrying = (await comparePair(...sides, withColumn(compared, 'seen', 'ignored'))).pairs;
	const digests = (pairs: typeof plain) =>
		pairs.map(({prodDigest, devDigest}) => [prodDigest, devDigest]);
	assert.deepEqual(digests(carrying), digests(plain));
	assert.notDeepEqual(
		carrying.map(({dev}) => dev),
		plain.map(({dev}) => dev),
	);
});

test('without a key the surplus is counted, and carried columns say which rows it is', async () => {
	const create = 'CREATE TABLE t (a, seen)';
	const layout = withColumn(makeLayout('t', ['a'], []), 'seen', 'ignored');
	assert.deepEqual(
		await compare(
			`${create}; INSERT INTO t VALUES ('x', 2), ('x', 1), ('x', 1), ('y', 1), ('z', 1), (1, 0), (1, 0), (1.0, 0)`,
			`${create}; INSERT INTO t VALUES ('x', 9), ('y', 8), ('z', 1), ('z', 2), ('w', 5), (1, 0), (1.0, 0), (1.0, 0)`,
			layout,
		),
		[
			'integer:1 integer:0 | integer:1 integer:0 | none',
			'real:1 integer:0 | none | real:1 integer:0',
			'text:w integer:5 | none | text:w integer:5',
			'text:x integer:1 | text:x integer:1 | none × 2',
			'text:z integer:1 | none | text:z integer:1',
		],
	);
});

test('without a key all that equal values can differ in is told apart', async () => {
	const create = 'CREATE TABLE t (a)';
	assert.deepEqual(
		await compare(
			`${create}; INSERT INTO t VALUES (0.0), (0.0), (1), ('a'), (x'61'), (NULL)`,
			`${create}; INSERT INTO t VALUES (0.0), (-0.0), (1.0), ('A'), ('a'), (NULL)`,
			makeLayout('t', ['a'], []),
		),
		[
			'real:0 | real:0 | none',
			'real:-0 | none | real:-0',
			'integer:1 | integer:1 | none',
			'real:1 | none | real:1',
			'text:A | none | text:A',
			'bytes:61 | bytes:61 | none',
		],
	);
});

test('a table that only dev has is all added', async () => {
	const create = 'CREATE TABLE t (k TEXT PRIMARY KEY, a)';
	const layout = {...makeLayout('t', ['k', 'a'], ['k']), presentOn: 'dev'} as const;
	const rows = `${create}; INSERT INTO t VALUES ('b', 1), ('a', 2), (NULL, 3), (NULL, 3)`;
	assert.deepEqual(await compare('', rows, layout), [
		'text:a | none | text:a integer:2',
		'text:b | none | text:b integer:1',
		'null integer:3 | none | null integer:3 × 2',
	]);
	const [prod, dev] = makePair('', rows);
	const reader = SqlitePairReader.open(prod, dev);
	assert.equal(await reader.hasUnkeyedRows(layout), true);
	assert.deepEqual(await reader.splitKeys(layout, 2), [encodeField('text', 'a')]);
	assert.equal(
		await reader.findBoundary(layout, {after: null, upTo: null}, 1),
		encodeField('text', 'a'),
	);
	await reader.close();
});

test('only a key that may hold NULL can leave rows unkeyed', async () => {
	const make = (key: string, rows: string) => `CREATE TABLE t (k ${key}, a); ${rows}`;
	const cases = [
		['TEXT PRIMARY KEY', `INSERT INTO t VALUES (NULL, 1)`, true],
		['TEXT PRIMARY KEY', `INSERT INTO t VALUES ('a', 1)`, false],
		['INTEGER PRIMARY KEY', `INSERT INTO t VALUES (NULL, 1)`, false],
		['TEXT NOT NULL UNIQUE', `INSERT INTO t VALUES ('a', 1)`, false],
	] as const;
	for (const [key, rows, expected] of cases) {
		const [prod, dev] = makePair(make(key, ''), make(key, rows));
		const reader = SqlitePairReader.open(prod, dev);
		assert.equal(await reader.hasUnkeyedRows(makeLayout('t', ['k', 'a'], ['k'])), expected, key);
		await reader.close();
	}
});

test('a named key that is not unique is refused with an example', async () => {
	const create = 'CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 1), (1, 2)';
	const layout: Layout = {
		...makeLayout('t', ['a', 'b'], ['a']),
		key: {kind: 'named', columns: ['a'], reason: ''},
	};
	await assert.rejects(
		compare('CREATE TABLE t (a, b)', `${create}, ('it''s', 3), ('it''s', 3)`, layout),
		(error: Error) => {
			assert.ok(error instanceof ConfigurationError);
			assert.equal(
				error.message,
				'The key a does not identify the rows of t on dev: 1 comes more than once.',
			);
			return true;
		},
	);
	const unique = {...layout, key: {...layout.key, columns: ['a', 'b']}};
	assert.deepEqual(await compare(create, `${create}, (2, 1)`, unique), [
		'integer:2 integer:1 | none | integer:2 integer:1',
	]);
});

test('batches are bounded, by rows and by size', async () => {
	const create = 'CREATE TABLE t (id INTEGER PRIMARY KEY, a)';
	const fill = (rows: number, value: string) => `${create};
		WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
		INSERT INTO t SELECT i, ${value} FROM n`;
	for (const [rows, value, least] of [
		[5000, 'i', 3],
		[30, `hex(zeroblob(500000)) || i`, 6],
		// More than is kept back until a segment is complete.
		[70, `hex(zeroblob(500000)) || i`, 14],
	] as const) {
		const [prod, dev] = makePair(fill(rows, value), fill(rows, `'other'`));
		const reader = SqlitePairReader.open(prod, dev);
		const layout = makeLayout('t', ['id', 'a'], ['id']);
		const sizes: number[] = [];
		for await (const batch of reader.compareSegment(layout, {after: null, upTo: null})) {
			sizes.push(batch.length);
		}
		assert.ok(sizes.length >= least && Math.max(...sizes) <= 2000, sizes.join());
		assert.equal(
			sizes.reduce((a, b) => a + b),
			rows,
		);
		await reader.close();
	}
});

test('text that turns up invalid in a late batch is read again without a gap', async () => {
	const create = 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)';
	const fill = (value: string) => `${create};
		WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 4500)
		INSERT INTO t SELECT i, ${value} FROM n`;
	const [prod, dev] = makePair(
		fill(`iif(i > 4321, CAST(x'ff61' AS TEXT), 'a' || i)`),
		fill(`iif(i > 4321, CAST(x'fe61' AS TEXT), 'b' || i)`),
	);
	const {pairs} = await comparePair(prod, dev, makeLayout('t', ['id', 'a'], ['id']));
	assert.equal(pairs.length, 4500);
	assert.deepEqual(
		pairs.map(({key}) => Number(key.slice(key.indexOf(':') + 1))),
		Array.from({length: 4500}, (_, index) => index + 1),
	);
	assert.deepEqual(pairs.slice(4320, 4322).map(showPair), [
		'integer:4321 | integer:4321 text:a4321 | integer:4321 text:b4321',
		'integer:4322 | integer:4322 rawText:ff61 | integer:4322 rawText:fe61',
	]);
});

test('a layout that the tables no longer fit is a changed schema', async () => {
	const layout = makeLayout('t', ['id', 'a', 'b'], ['id']);
	for (const [prod, dev, expected] of [
		[twoColumns, twoColumns, /on prod: it no longer has the column b/],
		['', twoColumns, /table t is no longer on prod/],
	] as const) {
		await assert.rejects(compare(prod, dev, layout), (error: Error) => {
			assert.ok(error instanceof SchemaChangedError);
			assert.match(error.message, expected);
			return true;
		});
	}
	const devOnly = withColumn(makeLayout('t', ['id'], ['id']), 'a', 'dev-only', 'NULL');
	await assert.rejects(
		compare(twoColumns, twoColumns, devOnly),
		/on prod: it now has the column a/,
	);
});

test('a table of very many columns is compared too', async () => {
	const names = Array.from({length: 900}, (_, index) => `c${index}`);
	const create = `CREATE TABLE t (id INTEGER PRIMARY KEY, ${names.join(', ')})`;
	const insert = (id: number, last: string) =>
		`INSERT INTO t VALUES (${[id, ...names.slice(1).map((_, index) => index), last].join(', ')})`;
	const layout = makeLayout('t', ['id', ...names], ['id']);
	const pairs = await compare(
		`${create}; ${insert(1, `CAST(x'ff' AS TEXT)`)}; ${insert(2, '1')}`,
		`${create}; ${insert(1, `'x'`)}; ${insert(2, '1.0')}; ${insert(3, '1')}`,
		layout,
	);
	assert.equal(pairs.length, 3);
	assert.match(pairs[0] ?? '', /integer:898 rawText:ff \| .* integer:898 text:x$/);
	assert.match(pairs[1] ?? '', /integer:898 integer:1 \| .* integer:898 real:1$/);
});

test('rows without a key that are mostly unlike stay a bounded sort', async () => {
	const create = 'CREATE TABLE t (a, b)';
	const fill = (from: number) => `${create};
		WITH RECURSIVE n(i) AS (VALUES (${from}) UNION ALL SELECT i + 1 FROM n WHERE i < ${from + 9999})
		INSERT INTO t SELECT i, 'text ' || i FROM n`;
	const {pairs, counts} = await comparePair(
		...makePair(fill(1), fill(5001)),
		makeLayout('t', ['a', 'b'], []),
	);
	assert.deepEqual(counts, {prodRows: 10_000, devRows: 10_000});
	assert.equal(pairs.filter(({prod}) => prod !== null).length, 5000);
	assert.equal(pairs.filter(({dev}) => dev !== null).length, 5000);
});
