import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {MssqlSideReader} from '../../../source/dialects/mssql/side-reader.ts';
import {MssqlConnection} from '../../../source/dialects/mssql/connect.ts';
import {renderRowWrite} from '../../../source/dialects/mssql/write-row.ts';
import {splitLines} from '../../../source/dialects/server/lines.ts';
import type {SideRow} from '../../../source/dialects/side-reader.ts';
import {decodeField, decodeRow} from '../../../source/model/encoding.ts';
import type {Layout} from '../../../source/model/layout.ts';
import type {Segment} from '../../../source/model/segment.ts';
import type {Database} from '../../servers/server.ts';
import {whyNot} from '../../servers/provide.ts';
import {servers} from '../../servers/servers.ts';
import {plainTypes} from './every-type.ts';

const skip = whyNot('mssql');
const everything: Segment = {after: null, upTo: null};

async function makeDatabase(context: TestContext): Promise<Database> {
	return (await servers.mssql()).createDatabase(context);
}

/** The test servers' own connection is not what is tested: it may be without TLS. */
function settingsOf({settings}: Database) {
	return {...settings, tls: {mode: 'prefer' as const}};
}

async function openReader(context: TestContext, database: Database): Promise<MssqlSideReader> {
	const reader = await MssqlSideReader.open(settingsOf(database), {});
	context.after(() => reader.close());
	return reader;
}

function layOut(
	table: string,
	columns: readonly string[],
	key: readonly string[] = ['id'],
): Layout {
	return {
		table,
		presentOn: 'both',
		columns: columns.map((name) => ({name, role: 'common', fill: null, tolerance: null})),
		comparedCount: columns.length,
		key: {kind: key.length > 0 ? 'primary key' : 'rows', columns: key, reason: ''},
		leftOut: [],
		where: null,
	};
}

async function readRows(
	reader: MssqlSideReader,
	layout: Layout,
	segment = everything,
): Promise<SideRow[]> {
	const rows: SideRow[] = [];
	for await (const chunk of reader.readLines({layout, segment})) {
		for (const line of splitLines(chunk)) {
			const row = reader.decodeLine(layout, line);
			assert.equal(reader.readLineKey(layout, line), row.key);
			rows.push(row);
		}
	}
	return rows;
}

test('every type is read as what it is, and written back to the same', {skip}, async (context) => {
	const database = await makeDatabase(context);
	for (const [at, {type, values}] of plainTypes.entries()) {
		const name = `t${at}`;
		await database.query(`CREATE TABLE ${name} (id int NOT NULL PRIMARY KEY, v ${type} NULL)`);
		for (const [index, [sql]] of values.entries()) {
			await database.query(`INSERT INTO ${name} VALUES (${index}, ${sql})`);
		}
		await database.query(`INSERT INTO ${name} VALUES (99, NULL)`);
	}
	const connection = await MssqlConnection.open(settingsOf(database), {});
	context.after(() => connection.close());
	const {tables} = await connection.readCatalog();
	const reader = await openReader(context, database);
	for (const [at, {type, kind, values}] of plainTypes.entries()) {
		const layout = layOut(`t${at}`, ['id', 'v']);
		const rows = await readRows(reader, layout);
		const cells = rows.map(({fields}) => decodeField(fields[1] ?? ''));
		const expected = [...values.map(([, text]) => ({kind, text})), {kind: 'null', text: ''}];
		assert.deepEqual(cells, expected, type);

		const table = tables.find(({name}) => name === `t${at}`);
		assert.ok(table, type);
		const writes = rows.flatMap(({fields}, index) => {
			const [id, cell] = decodeRow(fields.join(''));
			assert.ok(id && cell);
			const key = [{column: 'id', cell: id}];
			return [
				renderRowWrite({kind: 'delete', table, key, guard: [{column: 'v', cell}], copies: 1}),
				renderRowWrite({
					kind: 'insert',
					table,
					values: [
						{column: 'id', cell: {kind: 'integer', text: String(1000 + index)}},
						{column: 'v', cell},
					],
					copies: 1,
				}),
			];
		});
		await connection.begin({triggers: true});
		assert.deepEqual(
			await connection.run(writes),
			writes.map(() => 1),
			type,
		);
		await connection.commit();
		const again = await readRows(reader, layout);
		assert.deepEqual(
			again.map(({fields}) => decodeField(fields[1] ?? '')),
			expected,
			type,
		);
	}
});

test('a sum of digests tells every two values apart', {skip}, async (context) => {
	const database = await makeDatabase(context);
	// It reads what is written meanwhile.
	const reader = await MssqlSideReader.open({...settingsOf(database), snapshot: false}, {});
	context.after(() => reader.close());
	// Not every server of the protocol joins bytes with a plus; those of SQL Server do.
	const [joined] = await database.query('SELECT DATALENGTH(0x01 + 0x02) AS length');
	const joinsBytes = joined?.['length'] === '2';
	if (!joinsBytes) context.diagnostic('this server joins no bytes: their digests are not tested');
	const types = plainTypes.filter(({kind}) => joinsBytes || kind !== 'bytes');
	for (const [at, {type, values}] of types.entries()) {
		const table = `t${at}`;
		await database.query(`CREATE TABLE ${table} (id int NOT NULL PRIMARY KEY, v ${type} NULL)`);
		const layout = layOut(table, ['v', 'id']);
		const sums: string[] = [];
		for (const sql of [...values.map(([literal]) => literal), 'NULL']) {
			await database.query(`DELETE FROM ${table}; INSERT INTO ${table} VALUES (1, ${sql})`);
			const [group] = (await reader.sumDigests({layout, segment: everything}, 1)) ?? [];
			assert.equal(group?.rows, 1, type);
			sums.push(group.sum);
		}
		assert.equal(new Set(sums).size, sums.length, type);
	}
});

test(
	'segments that follow one another hold every row once, in key order',
	{skip},
	async (context) => {
		const database = await makeDatabase(context);
		await database.query(
			'CREATE TABLE t (a varchar(20) NOT NULL, b uniqueidentifier NOT NULL, PRIMARY KEY (a, b))',
		);
		const rows = ['x', 'Y', 'z', 'ab', 'É', 'e', "it's"].flatMap((a) =>
			['3F2504E0-4F89-11D3-9A0C-0305E82C3301', '00000000-0000-0000-0000-FFFFFFFFFFFF'].map(
				(b) => `('${a.replaceAll("'", "''")}', '${b}')`,
			),
		);
		await database.query(`INSERT INTO t VALUES ${rows.join(', ')}`);
		const layout = layOut('t', ['a', 'b'], ['a', 'b']);
		const reader = await openReader(context, database);
		const all = await readRows(reader, layout);
		assert.equal(all.length, rows.length);

		const read: SideRow[] = [];
		let after: string | null = null;
		do {
			const upTo: string | null = await reader.findKey({layout, segment: {after, upTo: null}}, 3);
			read.push(...(await readRows(reader, layout, {after, upTo})));
			after = upTo;
		} while (after !== null);
		assert.deepEqual(read, all);
		assert.ok((await reader.splitKeys(layout, 3)).length > 0);

		const [first, second] = all;
		assert.ok(first && second);
		assert.equal(await reader.pickFirst(layout, second.key, first.key), first.key);
		const keys = all.map(({key}) => key).toReversed();
		assert.deepEqual(await reader.readRowsByKey(layout, keys), all.toReversed());
	},
);

test(
	'groups of a segment hold each row once, and the wanted ones are read',
	{skip},
	async (context) => {
		const database = await makeDatabase(context);
		await database.query('CREATE TABLE t (id int NOT NULL PRIMARY KEY, v nvarchar(20))');
		const rows = Array.from({length: 500}, (_, id) => `(${id}, N'v${id}')`);
		await database.query(`INSERT INTO t VALUES ${rows.join(', ')}`);
		const layout = layOut('t', ['id', 'v']);
		const reader = await openReader(context, database);
		const all = await readRows(reader, layout);
		for (const segment of [everything, {after: all[9]?.key ?? null, upTo: all[400]?.key ?? null}]) {
			const own = await readRows(reader, layout, segment);
			const groups = (await reader.sumDigests({layout, segment}, 8)) ?? [];
			assert.ok(groups.length > 1);
			assert.equal(
				groups.reduce((sum, {rows: count}) => sum + count, 0),
				own.length,
			);
			const seen: string[] = [];
			for (const {group, rows: count, sum} of groups) {
				const found = [];
				const wanted = {count: 8, wanted: [group]};
				for await (const batch of reader.readDigests({layout, segment}, wanted))
					found.push(...batch);
				assert.equal(found.length, count);
				const total = found.reduce(
					(bits, {digest}) => bits + BigInt.asIntN(64, BigInt(`0x${digest}`)),
					0n,
				);
				assert.equal(String(total), sum);
				seen.push(...found.map(({key}) => key));
			}
			assert.deepEqual(seen.sort(), own.map(({key}) => key).sort());
		}
	},
);

test('a reader that is left early can be asked again', {skip}, async (context) => {
	const database = await makeDatabase(context);
	await database.query('CREATE TABLE t (id int NOT NULL PRIMARY KEY, v nvarchar(200))');
	for (let start = 0; start < 5000; start += 500) {
		const rows = Array.from({length: 500}, (_, id) => `(${start + id}, N'${'v'.repeat(200)}')`);
		await database.query(`INSERT INTO t VALUES ${rows.join(', ')}`);
	}
	const layout = layOut('t', ['id', 'v']);
	const reader = await openReader(context, database);
	for await (const chunk of reader.readLines({layout, segment: everything})) {
		assert.ok(chunk.length > 0);
		break;
	}
	assert.equal((await readRows(reader, layout)).length, 5000);
});

test('a statement that fails takes all of its transaction back', {skip}, async (context) => {
	const database = await makeDatabase(context);
	await database.query('CREATE TABLE t (id int NOT NULL PRIMARY KEY)');
	const connection = await MssqlConnection.open(settingsOf(database), {});
	context.after(() => connection.close());
	await connection.begin({triggers: true});
	const insert = (id: number) => `INSERT INTO [dbo].[t] ([id]) VALUES (${id})`;
	await assert.rejects(connection.run([insert(1), insert(2), insert(2), insert(3)]), {index: 2});
	await connection.rollback();
	assert.equal(await connection.countRows('t'), 0);
});
