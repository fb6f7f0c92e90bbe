import assert from 'node:assert/strict';
import {hash} from 'node:crypto';
import test, {type TestContext} from 'node:test';
import {parseTableName} from '../../../source/dialects/server/table-name.ts';
import {quoteName} from '../../../source/dialects/postgres/names.ts';
import {PostgresSession} from '../../../source/dialects/postgres/session.ts';
import {readTableShape} from '../../../source/dialects/postgres/values/table-shape.ts';
import {chooseWire, spellWire} from '../../../source/dialects/postgres/values/wire.ts';
import {decodeField, encodeField} from '../../../source/model/encoding.ts';
import {servers, type OwnServer} from '../../servers/servers.ts';
import type {Server} from '../../servers/server.ts';
import {collect, everything, makeLayout, openReader, readRows, versions} from './fixture.ts';
import {hostileTexts, makeTypes, typeValues, type TypeValues} from './hostile-values.ts';

const majorOf = (server: Server | OwnServer) => Number.parseInt(server.address.version, 10);

/** A table of each type with its values, and what must be read of it. */
async function makeTables(context: TestContext, server: Server) {
	const database = await server.createDatabase(context);
	const known = typeValues.filter(({since = 0}) => since <= majorOf(server));
	await database.query(makeTypes);
	const tables: {table: string; values: TypeValues}[] = [];
	for (const [index, values] of known.entries()) {
		const table = `t${index}`;
		const rows = values.values.map(([sql], id) => `(${id}, ${sql})`);
		await database.query(
			`CREATE TABLE ${table} (id int PRIMARY KEY, v ${values.type}); INSERT INTO ${table} VALUES ${rows.join(', ')}`,
		);
		tables.push({table, values});
	}
	return {database, tables};
}

for (const {name, get} of versions) {
	test(`${name}: every type is read in its normal form`, async (context) => {
		const {database, tables} = await makeTables(context, await get());
		const reader = await openReader(context, database.settings);
		for (const {table, values} of tables) {
			const layout = makeLayout(table, ['id', 'v']);
			const cells = (await readRows(reader, layout)).map(({fields}) =>
				decodeField(fields[1] ?? ''),
			);
			assert.deepEqual(
				cells,
				values.values.map(([, text]) => ({kind: values.kind, text})),
				values.type,
			);
		}
	});

	test(`${name}: the digest in the server is the digest here of the same wire forms`, async (context) => {
		const {database, tables} = await makeTables(context, await get());
		const reader = await openReader(context, database.settings);
		const session = await PostgresSession.open(database.settings, {access: 'read'});
		context.after(() => session.close());
		for (const {table, values} of tables) {
			const layout = makeLayout(table, ['id', 'v']);
			const {name: own} = parseTableName(table);
			const shape = await readTableShape(session, table);
			const column = shape?.columns.get('v') ?? assert.fail();
			const wire = chooseWire(column, session.version);
			const rows = await session.run(
				`SELECT id, ${spellWire(wire, `${quoteName(own)}.v`)} AS v FROM ${quoteName(own)} ORDER BY id`,
			);
			const twin = rows.map((row) =>
				hash(
					'sha256',
					encodeField('integer', row['id'] ?? '') + encodeField(wire.kind, row['v'] ?? ''),
					'hex',
				).slice(0, 16),
			);

			const found = await collect(reader.readDigests({layout, segment: everything}, null));
			assert.deepEqual(
				found.map(({digest}) => digest),
				twin,
				values.type,
			);
			// And nearly always it is the canonical digest itself.
			if (wire.normalise === null) {
				const decoded = await readRows(reader, layout);
				assert.deepEqual(
					twin,
					decoded.map(({fields}) => hash('sha256', fields.join(''), 'hex').slice(0, 16)),
					values.type,
				);
			}
		}
	});

	test(`${name}: two values have one digest exactly when they have one normal form`, async (context) => {
		const {database, tables} = await makeTables(context, await get());
		const reader = await openReader(context, database.settings);
		for (const {table, values} of tables) {
			const layout = makeLayout(table, ['id', 'v'], {comparedCount: 1, columns: {}});
			const alone = {...layout, columns: layout.columns.toReversed()};
			const rows = await readRows(reader, alone);
			const digests = await collect(reader.readDigests({layout: alone, segment: everything}, null));
			const forms = new Map(rows.map(({key, fields}) => [key, fields[0]]));
			for (const a of digests) {
				for (const b of digests) {
					assert.equal(
						a.digest === b.digest,
						forms.get(a.key) === forms.get(b.key),
						`${values.type}: ${forms.get(a.key)?.slice(0, 60)} and ${forms.get(b.key)?.slice(0, 60)}`,
					);
				}
			}
		}
	});

	test(`${name}: every type that can be a key is found by it`, async (context) => {
		const {database, tables} = await makeTables(context, await get());
		const reader = await openReader(context, database.settings);
		for (const {table, values} of tables) {
			const isKey = await database
				.query(`SELECT FROM ${table} ORDER BY v`)
				.then(() => database.query(`SELECT FROM ${table} AS a JOIN ${table} AS b USING (v)`))
				.then(() => true)
				.catch(() => false);
			if (!isKey) continue;
			const layout = makeLayout(table, ['v', 'id'], {kind: 'unique index'});
			const rows = await readRows(reader, layout);
			const found = await reader.readRowsByKey(
				layout,
				rows.map(({key}) => key),
			);
			// -0 and 0 are one key to the server, as are 1 month and 30 days.
			const distinct = new Set(
				(
					await database.query(
						`SELECT v::text FROM ${table} AS a WHERE (SELECT count(*) FROM ${table} AS b WHERE b.v = a.v) = 1`,
					)
				).map(({v}) => v),
			);
			assert.ok(
				found.every((row) => row !== null),
				values.type,
			);
			if (distinct.size === rows.length) assert.deepEqual(found, rows, values.type);
		}
	});
}

test('text comes through databases of every encoding', async (context) => {
	const server = await servers.postgres();
	const latin = await server.createDatabase(context, `ENCODING 'LATIN1' LOCALE 'C'`);
	await latin.query(
		`CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'é ß'), (2, 'e')`,
	);
	const unicode = await server.createDatabase(context);
	await unicode.query(
		`CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'é ß'), (2, 'e')`,
	);
	const layout = makeLayout('t', ['id', 'v']);
	const [a, b] = [
		await openReader(context, latin.settings),
		await openReader(context, unicode.settings),
	];

	assert.deepEqual(await readRows(a, layout), await readRows(b, layout));
	const slice = {layout, segment: everything};
	assert.deepEqual(await a.sumDigests(slice, 4), await b.sumDigests(slice, 4));
});

test('text that is no UTF-8 is kept as its bytes', async (context) => {
	const server = await servers.postgres();
	const database = await server.createDatabase(context, `ENCODING 'SQL_ASCII' LOCALE 'C'`);
	await database.query(`CREATE TABLE t (id int PRIMARY KEY, v text)`);
	await database.query(
		String.raw`SET client_encoding = 'SQL_ASCII'; INSERT INTO t VALUES (1, E'a\xff\\\tb'), (2, E'\xc3\xa9')`,
	);
	const reader = await openReader(context, database.settings);
	const layout = makeLayout('t', ['id', 'v']);

	const cells = (await readRows(reader, layout)).map(({fields}) => decodeField(fields[1] ?? ''));

	assert.deepEqual(cells, [
		{kind: 'rawText', text: '61ff5c0962'},
		{kind: 'text', text: 'é'},
	]);
	assert.equal(await reader.sumDigests({layout, segment: everything}, 4), null);
});

test('cells are brought to the kind that both sides have in common', async (context) => {
	const server = await servers.postgres();
	const database = await server.createDatabase(context);
	await database.query(`CREATE TABLE t (id int PRIMARY KEY, flag boolean, j jsonb, u text);
		INSERT INTO t VALUES (1, true, '{"b":1.0,"a":2}', 'A0EEBC999C0B4EF8BB6D6BB9BD380A11'), (2, NULL, NULL, 'none')`);
	const reader = await openReader(context, database.settings);
	const layout = makeLayout('t', ['id', 'flag', 'j', 'u'], {
		columns: {flag: {as: 'integer'}, j: {as: 'json'}, u: {as: 'uuid'}},
	});
	const rows = await readRows(reader, layout);
	assert.deepEqual(
		rows.map(({fields}) => fields.slice(1)),
		[
			['i1:1', 'j13:{"a":2,"b":1}', 'u36:a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
			['~', '~', 't4:none'],
		],
	);
});

test('hostile texts are matched as keys, to the byte', async (context) => {
	const server = await servers.postgres();
	const database = await server.createDatabase(context);
	await database.query('CREATE TABLE t (k text, n int, PRIMARY KEY (k, n))');
	const texts = hostileTexts.filter(({length}) => length < 1000);
	const rows = texts.map((text, n) => `('${text.replaceAll("'", "''")}', ${n})`);
	await database.query(`INSERT INTO t VALUES ${rows.join(', ')}`);
	const reader = await openReader(context, database.settings);
	const layout = makeLayout('t', ['k', 'n'], {key: ['k', 'n']});
	const keys = texts.map((text, n) => encodeField('text', text) + encodeField('integer', `${n}`));
	const found = await reader.readRowsByKey(layout, keys);
	assert.deepEqual(
		found.map((row) => row?.key),
		keys,
	);
});
