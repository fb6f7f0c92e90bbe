import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {holdSnapshot} from '../../../source/dialects/postgres/hold-snapshot.ts';
import {findBucket, type SideReader} from '../../../source/dialects/side-reader.ts';
import {decodeField, encodeField} from '../../../source/model/encoding.ts';
import {
	ConfigurationError,
	ConnectionLostError,
	SchemaChangedError,
} from '../../../source/model/errors.ts';
import type {Layout} from '../../../source/model/layout.ts';
import type {Segment} from '../../../source/model/segment.ts';
import {servers, startServer} from '../../servers/servers.ts';
import {collect, decode, everything, makeLayout, openReader, readRows} from './fixture.ts';
import {keyedTables} from './keyed-tables.ts';

const integer = (value: number | bigint) => encodeField('integer', String(value));

test('segments that follow one another hold every row once, in key order', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	const reader = await openReader(context, database.settings);
	for (const {sql, layout} of keyedTables) {
		await database.query(sql);
		const fresh = await openReader(context, database.settings);
		const all = await readRows(fresh, layout);
		for (const rows of [1, 3, 100]) {
			const read: unknown[] = [];
			let after: string | null = null;
			do {
				const upTo: string | null = await fresh.findKey(
					{layout, segment: {after, upTo: null}},
					rows,
				);
				const part = await readRows(fresh, layout, {after, upTo});
				assert.ok(part.length === rows || upTo === null);
				read.push(...part);
				after = upTo;
			} while (after !== null && rows > 1 && read.length < 1000);
			assert.deepEqual(read, rows > 1 ? all : all.slice(0, 1), layout.table);
		}
		await fresh.close();
	}
	await reader.close();
});

test('the groups of a segment hold each of its rows once, and the named ones are read', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	for (const {sql} of keyedTables) await database.query(sql);
	const reader = await openReader(context, database.settings);
	for (const {layout} of keyedTables) {
		const all = await readRows(reader, layout);
		const segments: Segment[] = [
			everything,
			{after: all[0]?.key ?? null, upTo: all.at(-1)?.key ?? null},
			{after: null, upTo: all[Math.floor(all.length / 2)]?.key ?? null},
		];
		for (const segment of segments) {
			const slice = {layout, segment};
			const rows = await readRows(reader, layout, segment);
			const digests = await collect(reader.readDigests(slice, null));
			assert.deepEqual(digests.map(({key}) => key).sort(), rows.map(({key}) => key).sort());
			for (const count of [1, 4, 37]) {
				const sums = (await reader.sumDigests(slice, count)) ?? assert.fail();
				assert.equal(
					sums.reduce((sum, group) => sum + group.rows, 0),
					rows.length,
				);
				assert.ok(
					sums.every(({group}) => group >= 0 && group < count),
					layout.table,
				);
				for (const wanted of [
					sums.slice(0, 1),
					sums.slice(1),
					sums.filter((_, at) => at % 2 === 0),
				]) {
					if (wanted.length === 0) continue;
					const own = await collect(
						reader.readDigests(slice, {count, wanted: wanted.map(({group}) => group)}),
					);
					assert.equal(
						own.length,
						wanted.reduce((sum, group) => sum + group.rows, 0),
						layout.table,
					);
					const total = own.reduce(
						(sum, {digest}) => sum + BigInt.asIntN(64, BigInt(`0x${digest}`)),
						0n,
					);
					assert.equal(
						total,
						wanted.reduce((sum, group) => sum + BigInt(group.sum), 0n),
					);
				}
			}
		}
	}
});

test('buckets are cut by the hash of the encoded key', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	for (const {sql} of keyedTables) await database.query(sql);
	const reader = await openReader(context, database.settings);
	const segment = {after: integer(20_000), upTo: integer(50_000)};
	for (const {layout: ranged} of keyedTables) {
		const layout: Layout = {...ranged, key: {...ranged.key, paging: 'buckets'}};
		const expected = (await readRows(reader, ranged))
			.map(({key}) => key)
			.filter((key) => findBucket(key) > 20_000 && findBucket(key) <= 50_000);
		const rows = await readRows(reader, layout, segment);
		assert.deepEqual(rows.map(({key}) => key).sort(), expected.sort(), layout.table);
		const sums = await reader.sumDigests({layout, segment}, 8);
		// The server can't spell a float as JavaScript does.
		if (layout.table === 'by_real') assert.equal(sums, null);
		else
			assert.equal(
				sums?.reduce((sum, group) => sum + group.rows, 0),
				expected.length,
			);
	}
});

test('a table is cut into parts of similar size, in order', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	for (const {sql} of keyedTables) await database.query(sql);
	await database.query(`CREATE TABLE large AS SELECT g AS id, 'some text' AS v FROM generate_series(1, 150000) AS g;
		ALTER TABLE large ADD PRIMARY KEY (id)`);
	await database.query('ANALYZE large');
	const reader = await openReader(context, database.settings);
	for (const layout of [
		...keyedTables.map((table) => table.layout),
		makeLayout('large', ['id', 'v']),
	]) {
		const keys = await reader.splitKeys(layout, 4);
		const all = (await readRows(reader, layout)).map(({key}) => key);
		const places = keys.map((key) => all.indexOf(key));
		const ideal = [1, 2, 3].map((part) => (all.length * part) / 4 - 1);
		for (const [index, place] of places.entries()) {
			const away = Math.abs(place - (ideal[index] ?? 0));
			assert.ok(
				place >= 0 && away <= Math.max(1, all.length / 20),
				`${layout.table}: ${places.join()}`,
			);
		}
		assert.ok(layout.table === 'by_bigint' || keys.length === 3);
	}
});

test('the server tells which of two keys comes first', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	for (const {sql} of keyedTables) await database.query(sql);
	const reader = await openReader(context, database.settings);
	for (const {layout} of keyedTables) {
		const keys = (await readRows(reader, layout)).map(({key}) => key).slice(0, 6);
		for (const [at, first] of keys.entries()) {
			for (const later of keys.slice(at)) {
				assert.equal(await reader.pickFirst(layout, first, later), first, layout.table);
				assert.equal(await reader.pickFirst(layout, later, first), first, layout.table);
			}
		}
	}
});

test('rows are found as the server’s own equality does', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	for (const {sql} of keyedTables) await database.query(sql);
	const reader = await openReader(context, database.settings);
	const byText = makeLayout('by_text', ['k', 'v']);
	const [row, none] = await reader.readRowsByKey(byText, [
		encodeField('text', 'ZZ'),
		encodeField('text', 'zzz'),
	]);
	assert.equal(row?.key, encodeField('text', 'Zz'));
	assert.equal(none, null);

	const byInt = makeLayout('by_int', ['id', 'v']);
	const foreign = [
		integer(9_007_199_254_740_993n),
		integer(2n ** 70n),
		encodeField('text', 'x'),
		encodeField('decimal', '1.5'),
		'~',
	];
	assert.deepEqual(
		await reader.readRowsByKey(byInt, foreign),
		foreign.map(() => null),
	);

	const byTime = makeLayout('by_time', ['at', 'v']);
	const [real] = (await readRows(reader, byTime)).map(({key}) => key);
	const impossible = ['2024-02-30T00:00:00Z', '99999999-01-01', 'no time'].map((text) =>
		encodeField('timestamptz', text),
	);
	const found = await reader.readRowsByKey(byTime, [...impossible, real ?? '']);
	assert.deepEqual(
		found.map((item) => item?.key ?? null),
		[null, null, null, real],
	);
});

test('more keys than one query takes are found, in the order asked', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query(
		`CREATE TABLE t AS SELECT g AS id FROM generate_series(1, 3000) AS g; ALTER TABLE t ADD PRIMARY KEY (id)`,
	);
	const reader = await openReader(context, database.settings);
	const keys = Array.from({length: 3000}, (_, at) =>
		integer(((at * 7919) % 3000) + (at % 3 === 0 ? 3001 : 1)),
	);
	const rows = await reader.readRowsByKey(makeLayout('t', ['id']), keys);
	assert.deepEqual(
		rows.map((row) => row?.key ?? null),
		keys.map((key) => (Number(decodeField(key).text) <= 3000 ? key : null)),
	);
});

test('whoever leaves in the middle does not wait for the rest, and reads on', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query('CREATE TABLE t (id int PRIMARY KEY, v text)');
	await database.query(
		`INSERT INTO t SELECT g, repeat('x', 200) FROM generate_series(1, 1000) AS g`,
	);
	// As many rows as it takes to not fit any buffer.
	await database.query('CREATE VIEW many AS SELECT t.v FROM t, generate_series(1, 100000)');
	const reader = await openReader(context, database.settings);
	const layout = makeLayout('t', ['id', 'v'], {
		where: '(SELECT count(*) FROM (SELECT FROM many LIMIT id * 500) AS slow) >= 0',
	});
	for (let round = 0; round < 3; round++) {
		const chunks = reader.readLines({layout, segment: everything});
		assert.equal((await chunks.next()).done, false);
		await chunks.return(undefined);
		assert.equal(await reader.hasUnkeyedRows(layout), false);
		assert.equal((await reader.readRowsByKey(layout, [integer(1)]))[0]?.key, integer(1));
	}
	const [running] = await database.query(
		`SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()`,
	);
	assert.equal(running?.['n'], '0');
});

test('rows outside of `where`, and those without a key, are told apart', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query(`CREATE TABLE t (k int UNIQUE, v text);
		INSERT INTO t VALUES (1, 'a'), (2, 'b'), (NULL, 'c'), (NULL, 'c'), (NULL, 'd')`);
	const reader = await openReader(context, database.settings);
	const layout = makeLayout('t', ['k', 'v'], {kind: 'unique index', where: `v <> 'd' -- not d`});
	const narrow: Layout = {...layout, where: `v <> 'b'`};
	const noKey = makeLayout('t', ['k', 'v'], {kind: 'rows', key: []});

	assert.equal((await readRows(reader, layout)).length, 2);
	assert.equal(await reader.hasUnkeyedRows(layout), true);
	const unkeyed = await decode(reader, layout, reader.readUnkeyedLines(layout));
	assert.deepEqual(
		unkeyed.map(({fields}) => fields.join('')),
		['~t1:c', '~t1:c'],
	);
	assert.equal((await readRows(reader, narrow)).length, 1);
	// By key also what `where` leaves out.
	assert.equal((await reader.readRowsByKey(narrow, [integer(2)]))[0]?.fields[1], 't1:b');
	assert.equal((await decode(reader, noKey, reader.readUnkeyedLines(noKey))).length, 5);
	assert.equal(await reader.hasUnkeyedRows(noKey), true);
});

test('a condition that is none and a key that is not unique are the configuration’s fault', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query(`CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 1), (1, 2)`);
	const reader = await openReader(context, database.settings);
	for (const where of ['no_column = 1', 'a =', `a = 'x'`]) {
		await assert.rejects(
			readRows(reader, makeLayout('t', ['a', 'b'], {where})),
			ConfigurationError,
		);
	}
	await assert.rejects(
		readRows(reader, makeLayout('t', ['a', 'b'], {kind: 'named'})),
		/The key a does not identify the rows of t on .*: 1 comes more than once/,
	);
	assert.equal((await readRows(reader, makeLayout('t', ['b', 'a'], {kind: 'named'}))).length, 2);
	await assert.rejects(readRows(reader, makeLayout('gone', ['a'])), SchemaChangedError);
	await assert.rejects(readRows(reader, makeLayout('t', ['a', 'gone'])), SchemaChangedError);
});

test('columns that a side lacks are absent, and what they would hold is told', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query(`CREATE TYPE mood AS ENUM ('sad', 'ok');
		CREATE TABLE t (id int PRIMARY KEY, amount numeric(8,2), m mood, at timestamptz); INSERT INTO t VALUES (1)`);
	const reader = await openReader(context, database.settings);
	const columns = {
		amount: {role: 'dev-only', fill: '1.5'},
		m: {role: 'dev-only', fill: `'ok'::mood`},
		at: {role: 'dev-only', fill: null},
		gone: {role: 'prod-only'},
	} as const;
	const layout = makeLayout('t', ['id', 'amount', 'm', 'at', 'gone'], {columns, comparedCount: 4});

	assert.deepEqual(await reader.readFills(layout), [null, 'n3:1.5', 't2:ok', null, null]);
	assert.deepEqual((await readRows(reader, layout))[0]?.fields, ['i1:1', '~', '~', '~', '-']);
	assert.notEqual(
		await reader.describeFormat(layout),
		await reader.describeFormat({...layout, columns: layout.columns.slice(0, 4)}),
	);
});

test('a reader sees one state, and several readers one that is held for them', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query(`CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)`);
	const layout = makeLayout('t', ['id']);
	const held = (await holdSnapshot(database.settings)) ?? assert.fail();
	const alone = await openReader(context, database.settings);
	const without = await openReader(context, {...database.settings, snapshot: false});
	const versions = [await alone.readVersion(), await without.readVersion()];
	await database.query('INSERT INTO t VALUES (2)');
	const sharing = await openReader(context, database.settings, {snapshot: held.token});

	const count = async (reader: SideReader) => (await readRows(reader, layout)).length;
	assert.deepEqual([await count(alone), await count(sharing), await count(without)], [1, 1, 2]);
	// Also after something failed.
	await assert.rejects(readRows(alone, makeLayout('gone', ['id'])), SchemaChangedError);
	assert.equal(await count(alone), 1);
	assert.equal(await alone.readVersion(), versions[0]);
	assert.notEqual(await without.readVersion(), versions[1]);

	await held.close();
	await assert.rejects(
		openReader(context, database.settings, {snapshot: held.token}),
		(error) => error instanceof ConnectionLostError && /no longer held/.test(error.message),
	);
});

test('a server that is killed while it is read loses the connection', async (context) => {
	const server = await startServer(context, 'postgres');
	const database = await server.createDatabase(context);
	await database.query(`CREATE TABLE t AS SELECT g AS id, repeat('x', 1000) AS v FROM generate_series(1, 100000) AS g;
		ALTER TABLE t ADD PRIMARY KEY (id)`);
	const reader = await openReader(context, database.settings);
	const layout = makeLayout('t', ['id', 'v']);
	const chunks = reader.readLines({layout, segment: everything});
	await chunks.next();
	const reading = assert.rejects(async () => {
		for await (const chunk of chunks) assert.ok(chunk.length > 0);
	}, ConnectionLostError);

	await server.kill();

	await reading;
	await assert.rejects(reader.readVersion(), ConnectionLostError);
	await server.start();
	const again = await openReader(context, database.settings);
	assert.equal((await readRows(again, layout)).length, 100_000);
});

test('tables of 400 columns and cells of 10 MB are read and digested', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	const names = Array.from({length: 400}, (_, at) => `c${at}`);
	await database.query(`CREATE TABLE wide (id int PRIMARY KEY, ${names.map((name) => `${name} int`).join(', ')});
		INSERT INTO wide (id, c0, c399) VALUES (1, 5, 7);
		CREATE TABLE large (id int PRIMARY KEY, v text, b bytea);
		INSERT INTO large VALUES (1, repeat('é', 5000000), convert_to(repeat('0', 10000000), 'UTF8')), (2, 'x', 'y')`);
	const reader = await openReader(context, database.settings);
	const wide = makeLayout('wide', ['id', ...names]);
	const large = makeLayout('large', ['id', 'v', 'b']);

	const [row] = await readRows(reader, wide);
	assert.deepEqual([row?.fields[1], row?.fields[2], row?.fields[400]], ['i1:5', '~', 'i1:7']);
	assert.equal((await reader.sumDigests({layout: wide, segment: everything}, 4))?.length, 1);
	const [cell] = await readRows(reader, large);
	assert.equal(cell?.fields[1]?.length, 't10000000:'.length + 5_000_000);
	assert.equal(cell.fields[2], `b20000000:${'30'.repeat(10_000_000)}`);
	const sums = await reader.sumDigests({layout: large, segment: everything}, 1);
	assert.equal(sums?.[0]?.rows, 2);
});

test('tables of other schemas, with odd names and partitions, are read once', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query(`CREATE SCHEMA "Odd.Schema";
		CREATE TABLE "Odd.Schema"."a ""table""" ("the id" int PRIMARY KEY, "order" text);
		INSERT INTO "Odd.Schema"."a ""table""" VALUES (1, 'x');
		CREATE TABLE parts (id int PRIMARY KEY, v text) PARTITION BY RANGE (id);
		CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
		CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (10) TO (20);
		INSERT INTO parts VALUES (1, 'a'), (11, 'b');
		CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child () INHERITS (parent);
		INSERT INTO parent VALUES (1); INSERT INTO child VALUES (2)`);
	const reader = await openReader(context, database.settings);
	const odd = makeLayout('"Odd.Schema"."a ""table"""', ['the id', 'order']);
	assert.deepEqual((await readRows(reader, odd))[0]?.fields, ['i1:1', 't1:x']);
	assert.equal((await readRows(reader, makeLayout('parts', ['id', 'v']))).length, 2);
	assert.equal((await readRows(reader, makeLayout('parent', ['id']))).length, 1);
});

test('an output column of the same name never decides the order', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query(
		`CREATE TABLE t AS SELECT g AS id FROM generate_series(1, 200) AS g; ALTER TABLE t ADD PRIMARY KEY (id)`,
	);
	const reader = await openReader(context, database.settings);
	const keys = (await readRows(reader, makeLayout('t', ['id']))).map(({key}) => key);
	assert.deepEqual(
		keys,
		Array.from({length: 200}, (_, at) => integer(at + 1)),
	);
});

test('lines of random text come back as they are', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query('CREATE TABLE t (id int PRIMARY KEY, v text, w text)');
	const reader = await openReader(context, {...database.settings, snapshot: false});
	const layout = makeLayout('t', ['id', 'v', 'w']);
	const unit = fc.oneof(
		fc.constantFrom('\\', '\t', '\n', 'N', '\r', 'é', '🙂'),
		fc.string({unit: 'grapheme', minLength: 1, maxLength: 1}),
	);
	const text = fc.option(
		fc.string({unit}).map((value) => value.replaceAll(/\0|\p{Surrogate}/gu, '')),
	);
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.tuple(text, text), {minLength: 1, maxLength: 30}),
			async (rows) => {
				const quote = (value: string | null) =>
					value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
				const values = rows.map((row, id) => `(${id}, ${row.map(quote).join(', ')})`);
				await database.query(`TRUNCATE t; INSERT INTO t VALUES ${values.join(', ')}`);
				const read = await readRows(reader, layout);
				const cells = read.map(({fields}) =>
					fields.slice(1).map((field) => (field === '~' ? null : decodeField(field).text)),
				);
				assert.deepEqual(cells, rows);
			},
		),
		{numRuns: 40},
	);
});
