import assert from 'node:assert/strict';
import test from 'node:test';
import {ConnectionLostError, SchemaChangedError} from '../../../source/model/errors.ts';
import {openLink} from '../../servers/link.ts';
import {servers, startServer} from '../../servers/servers.ts';
import {decodeLines, layOut, openReader, readRows, testOnEach, whole} from './row-fixture.ts';

testOnEach('rows are read from one snapshot, or as they are now', async (database, _, context) => {
	await database.query('CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)');
	const layout = layOut('t', ['id']);
	const held = await openReader(context, {settings: {...database.settings, snapshot: true}});
	const free = await openReader(context, {settings: {...database.settings, snapshot: false}});
	await database.query('INSERT INTO t VALUES (2)');
	assert.equal((await readRows(held, {layout, segment: whole})).length, 1);
	assert.equal((await readRows(free, {layout, segment: whole})).length, 2);
});

testOnEach(
	'a loose key finds the row that the server holds equal',
	async (database, _, context) => {
		await database.query(
			"CREATE TABLE t (k varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PRIMARY KEY, v int); INSERT INTO t VALUES ('abc', 1), ('É', 2)",
		);
		const reader = await openReader(context, database);
		const keys = ['t3:ABC', 't4:abc ', 't3:abc', 't1:e', 't1:x', 'i1:5', '~'];
		const rows = await reader.readRowsByKey(layOut('t', ['k', 'v']), keys);
		assert.deepEqual(
			rows.map((row) => row?.fields.join('') ?? null),
			['t3:abci1:1', 't3:abci1:1', 't3:abci1:1', 't2:Éi1:2', null, null, null],
		);
	},
);

testOnEach('a key that the column can’t hold finds nothing', async (database, _, context) => {
	await database.query(
		"CREATE TABLE t (k varchar(9) CHARACTER SET latin1 COLLATE latin1_bin PRIMARY KEY, n int NOT NULL); INSERT INTO t VALUES ('?', 0), ('é', 1)",
	);
	const reader = await openReader(context, database);
	const byText = await reader.readRowsByKey(layOut('t', ['k']), [
		't2:ć',
		't2:é',
		't1:?',
		't6:日本',
	]);
	assert.deepEqual(
		byText.map((row) => row?.key),
		[undefined, 't2:é', 't1:?', undefined],
	);
	// The server would make 0 of a word.
	const byNumber = await reader.readRowsByKey(layOut('t', ['n']), ['t3:abc', 'i1:1', 'n3:1.5']);
	assert.deepEqual(
		byNumber.map((row) => row?.key),
		[undefined, 'i1:1', undefined],
	);
});

testOnEach('cells are brought to the kind that both sides share', async (database, _, context) => {
	await database.query(
		"CREATE TABLE t (id int PRIMARY KEY, flag tinyint(1), at datetime, u char(36)); INSERT INTO t VALUES (1, 1, '2024-01-01', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11')",
	);
	const reader = await openReader(context, database);
	const layout = layOut('t', ['id', 'flag', 'at', 'u'], {
		as: {id: 'decimal', flag: 'boolean', at: 'timestamp', u: 'uuid'},
	});
	const [row] = await readRows(reader, {layout, segment: whole});
	assert.deepEqual(row, {
		key: 'n1:1',
		fields: [
			'n1:1',
			'o4:true',
			's19:2024-01-01T00:00:00',
			'u36:a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
		],
	});
	assert.deepEqual(await reader.readRowsByKey(layout, ['n1:1', 'n1:2']), [row, null]);
});

testOnEach('rows whose key holds NULL are read by themselves', async (database, _, context) => {
	await database.query(
		'CREATE TABLE t (a int, b int, v int, UNIQUE (a, b)); INSERT INTO t VALUES (1, 1, 1), (1, NULL, 2), (1, NULL, 2), (NULL, 3, 3), (2, 2, 9)',
	);
	const layout = layOut('t', ['a', 'b', 'v'], {key: ['a', 'b'], where: 'v <> 9'});
	const reader = await openReader(context, database);
	const read = async (chunks: AsyncIterable<Buffer>) =>
		(await decodeLines(reader, layout, chunks)).map((row) => row.fields.join('')).toSorted();
	assert.deepEqual(await read(reader.readLines({layout, segment: whole})), ['i1:1i1:1i1:1']);
	assert.deepEqual(await read(reader.readUnkeyedLines(layout)), [
		'i1:1~i1:2',
		'i1:1~i1:2',
		'~i1:3i1:3',
	]);
	assert.equal(await reader.hasUnkeyedRows(layout), true);
	assert.equal(await reader.hasUnkeyedRows({...layout, where: 'v IN (1, 9)'}), false);
	const keyless = layOut('t', ['a', 'b', 'v'], {key: []});
	assert.equal((await decodeLines(reader, keyless, reader.readUnkeyedLines(keyless))).length, 5);
});

test('a date of zeros in a key is no NULL', async (context) => {
	const database = await (await servers.mariadb()).createDatabase(context);
	await database.query(
		"SET sql_mode = ''; CREATE TABLE t (a date NOT NULL, b int, UNIQUE (a, b)); INSERT INTO t VALUES ('0000-00-00', 1), ('0000-00-00', NULL)",
	);
	const layout = layOut('t', ['a', 'b'], {key: ['a', 'b']});
	const reader = await openReader(context, database);
	assert.equal((await readRows(reader, {layout, segment: whole})).length, 1);
	assert.equal((await decodeLines(reader, layout, reader.readUnkeyedLines(layout))).length, 1);
});

testOnEach(
	'formats are alike where the same value is the same bytes',
	async (database, _, context) => {
		await database.query(`CREATE TABLE a (id int PRIMARY KEY, s varchar(9) CHARACTER SET utf8mb4, n decimal(9,2));
		CREATE TABLE b (id bigint unsigned PRIMARY KEY, s text CHARACTER SET latin1, n decimal(20,2));
		CREATE TABLE c (id int PRIMARY KEY, s varchar(9) CHARACTER SET cp932, n decimal(9,3));
		INSERT INTO a VALUES (1, 'é', 1.5); INSERT INTO b VALUES (1, 'é', 1.5)`);
		const reader = await openReader(context, database);
		const [a, b, c] = ['a', 'b', 'c'].map((table) => layOut(table, ['id', 's', 'n']));
		assert.ok(a && b && c);
		assert.equal(await reader.describeFormat(a), await reader.describeFormat(b));
		assert.notEqual(await reader.describeFormat(a), await reader.describeFormat(c));
		const sum = async (layout: typeof a) =>
			(await reader.sumDigests({layout, segment: whole}, 1))?.[0];
		assert.deepEqual(await sum(a), await sum(b));
	},
);

test('a row may be larger than a packet of the protocol', async (context) => {
	const database = await (await servers.mariadb()).createDatabase(context);
	await database.query(`CREATE TABLE t (id int PRIMARY KEY, v longblob, w longtext);
		INSERT INTO t VALUES (1, REPEAT(x'0aff00fb', 5000000), REPEAT('x', 300)), (2, NULL, ''),
			(3, x'0a', REPEAT('é', 9000000));
		INSERT INTO t SELECT seq, x'', 'x' FROM seq_4_to_2000; UPDATE t SET v = REPEAT('x', 17000000) WHERE id = 1000`);
	const reader = await openReader(context, database);
	const layout = layOut('t', ['id', 'v', 'w']);
	const rows = await readRows(reader, {layout, segment: whole});
	assert.deepEqual(
		rows.map(({key}) => key),
		Array.from({length: 2000}, (_, at) => `i${String(at + 1).length}:${at + 1}`),
	);
	assert.deepEqual(
		rows.slice(0, 3).map(({fields: [, v = '', w = '']}) => [v.length, w.length]),
		[
			[40_000_000 + 'b40000000:'.length, 300 + 't300:'.length],
			[1, 't0:'.length],
			['b2:0a'.length, 9_000_000 + 't18000000:'.length],
		],
	);
	assert.ok(rows[0]?.fields[1]?.endsWith('0aff00fb0aff00fb'));
	// The connection is in step with the server.
	assert.equal(await reader.findKey({layout, segment: whole}, 3), 'i1:3');
});

testOnEach(
	'whoever has read enough leaves at once, and the reader goes on',
	async (database, _, context) => {
		await database.query(`CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT, v char(200));
		INSERT INTO t (v) VALUES ${Array.from({length: 10}, () => "(REPEAT('x', 200))").join(', ')}`);
		for (let times = 0; times < 4; times++) {
			await database.query(
				'INSERT INTO t (v) SELECT a.v FROM t AS a JOIN (SELECT 1 FROM t LIMIT 10) AS b',
			);
		}
		// Slow enough that a busy machine, too, can leave before the table has come over.
		const link = await openLink(context, database.server.address, {bandwidth: 40e6});
		const reader = await openReader(context, {settings: {...database.settings, ...link.address}});
		const layout = layOut('t', ['id', 'v']);
		for (let times = 0; times < 3; times++) {
			const before = link.received;
			for await (const chunk of reader.readLines({layout, segment: whole})) {
				assert.ok(chunk.length > 0);
				break;
			}
			assert.ok(link.received - before < 16_000_000, `${link.received - before} bytes were read`);
			assert.equal(await reader.findKey({layout, segment: whole}, 2), (await firstKeys(reader))[1]);
		}

		async function firstKeys(of: typeof reader) {
			const upTo = await of.findKey({layout, segment: whole}, 5);
			return (await readRows(of, {layout, segment: {after: null, upTo}})).map(({key}) => key);
		}
	},
);

test('a connection that breaks in the middle of the rows is lost', async (context) => {
	const database = await (await servers.mariadb()).createDatabase(context);
	await database.query(
		"CREATE TABLE t (id int PRIMARY KEY, v char(200)); INSERT INTO t SELECT seq, REPEAT('x', 200) FROM seq_1_to_20000",
	);
	const link = await openLink(context, database.server.address);
	const reader = await openReader(context, {settings: {...database.settings, ...link.address}});
	const layout = layOut('t', ['id', 'v']);
	await reader.describeFormat(layout);
	link.cutAfter(1_000_000);
	await assert.rejects(readRows(reader, {layout, segment: whole}), ConnectionLostError);
	await assert.rejects(reader.findKey({layout, segment: whole}, 1), ConnectionLostError);
});

test('a server that is killed in the middle of the rows loses the connection', async (context) => {
	const server = await startServer(context, 'mariadb');
	const database = await server.createDatabase(context);
	await database.query(
		"CREATE TABLE t (id int PRIMARY KEY, v char(200)); INSERT INTO t SELECT seq, REPEAT('x', 200) FROM seq_1_to_100000",
	);
	const reader = await openReader(context, database);
	const layout = layOut('t', ['id', 'v']);
	await assert.rejects(async () => {
		for await (const chunk of reader.readLines({layout, segment: whole})) {
			assert.ok(chunk.length > 0);
			await server.kill();
		}
	}, ConnectionLostError);
});

testOnEach(
	'a table or column that is gone is a change of the structure',
	async (database, _, context) => {
		await database.query('CREATE TABLE t (id int PRIMARY KEY)');
		const reader = await openReader(context, database);
		await assert.rejects(reader.describeFormat(layOut('gone', ['id'])), SchemaChangedError);
		await assert.rejects(reader.describeFormat(layOut('t', ['id', 'v'])), SchemaChangedError);
	},
);

test('what ADD COLUMN would put into rows is the column’s default as its type holds it', async (context) => {
	const database = await (await servers.mariadb()).createDatabase(context);
	await database.query(
		"CREATE TABLE t (id int PRIMARY KEY, a decimal(5,2) DEFAULT '7', b varchar(5), c date DEFAULT '2024-01-02'); INSERT INTO t (id) VALUES (1)",
	);
	const reader = await openReader(context, database);
	const plain = layOut('t', ['id', 'a', 'b', 'c']);
	const layout = {
		...plain,
		columns: plain.columns.map((column) =>
			column.name === 'id' ? column : {...column, role: 'dev-only' as const, fill: '1'},
		),
	};
	assert.deepEqual(await reader.readFills(layout), [null, 'n1:7', '~', 'd10:2024-01-02']);
});

test('a version moves with every change where the server keeps a log of them', async (context) => {
	const server = await startServer(context, 'mariadb', {args: ['--log-bin', '--server-id=7']});
	const database = await server.createDatabase(context);
	await database.query('CREATE TABLE t (id int PRIMARY KEY)');
	const reader = await openReader(context, {settings: {...database.settings, snapshot: true}});
	const before = await reader.readVersion();
	assert.equal(await reader.readVersion(), before);
	await database.query('INSERT INTO t VALUES (1)');
	assert.notEqual(await reader.readVersion(), before);
	const bare = await openReader(context, await (await servers.mariadb()).createDatabase(context));
	assert.equal(await bare.readVersion(), null);
});

testOnEach('a column may have any name', async (database, _, context) => {
	const names = ['part', 'wanted', 'copies', 'select', 'a`b', "it's", 't', 'key?'];
	const quoted = names.map((name) => `\`${name.replaceAll('`', '``')}\``);
	await database.query(`CREATE TABLE \`t.t\` (${quoted.map((name) => `${name} int`).join(', ')}, PRIMARY KEY (part, \`key?\`));
		INSERT INTO \`t.t\` VALUES (1, 1, 1, 1, 1, 1, 1, 1), (1, 1, 1, 1, 1, 1, 1, 2), (2, 2, 2, 2, 2, 2, 2, 2)`);
	const reader = await openReader(context, database);
	const layout = layOut('"t.t"', names, {key: ['part', 'key?']});
	const sums = await reader.sumDigests({layout, segment: {after: 'i1:0i1:0', upTo: 'i1:9i1:9'}}, 1);
	assert.deepEqual(
		sums?.map(({group, rows}) => [group, rows]),
		[[0, 3]],
	);
	const spread = await reader.sumDigests(
		{layout, segment: {after: 'i1:0i1:0', upTo: 'i1:3i1:9'}},
		2,
	);
	assert.deepEqual(
		spread?.map(({group, rows}) => [group, rows]),
		[
			[0, 2],
			[1, 1],
		],
	);
	assert.equal((await readRows(reader, {layout, segment: whole})).length, 3);
});
