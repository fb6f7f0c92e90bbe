import assert from 'node:assert/strict';
import test from 'node:test';
import {postgres} from '../../../source/dialects/postgres/postgres.ts';
import type {ColumnCell} from '../../../source/dialects/dialect.ts';
import {renderRowWrite} from '../../../source/dialects/postgres/write-row.ts';
import {renderFrame} from '../../../source/engine/pack/render-pack.ts';
import {decodeField} from '../../../source/model/encoding.ts';
import {servers} from '../../servers/servers.ts';
import {makeLayout, openReader, readRows, versions} from './fixture.ts';
import {makeTypes, typeValues} from './hostile-values.ts';

for (const {name, get} of versions) {
	test(`${name}: every value is written as it was read, found to the byte, and deleted`, async (context) => {
		const server = await get();
		const major = Number.parseInt(server.address.version, 10);
		const database = await server.createDatabase(context);
		await database.query(makeTypes);
		const known = typeValues.filter(({since = 0}) => since <= major);
		for (const [index, {type, values}] of known.entries()) {
			const rows = values.map(([sql], id) => `(${id}, ${sql})`);
			await database.query(`CREATE TABLE t${index} (id int PRIMARY KEY, v ${type});
				INSERT INTO t${index} VALUES ${rows.join(', ')}`);
		}
		const connection = await postgres.connect(database.settings, {access: 'write'});
		context.after(() => connection.close());
		const {tables} = await connection.readCatalog();
		for (const [index, {type, values}] of known.entries()) {
			const table = tables.find((one) => one.name === `t${index}`) ?? assert.fail();
			const layout = makeLayout(table.name, ['id', 'v']);
			const reader = await openReader(context, {...database.settings, snapshot: false});
			const before = await readRows(reader, layout);
			const cells = before.map(({fields}): ColumnCell[] =>
				fields.map((field, at) => ({
					column: layout.columns[at]?.name ?? '',
					cell: decodeField(field),
				})),
			);
			await database.query(`TRUNCATE t${index}`);

			const inserts = cells.map((row) =>
				renderRowWrite({kind: 'insert', table, values: row, copies: 1}),
			);
			assert.deepEqual(
				await connection.run(inserts),
				cells.map(() => 1),
				type,
			);
			assert.deepEqual(await readRows(reader, layout), before, type);
			// A guard holds for its own value alone.
			const deletes = (shift: number) =>
				cells.map((row, at) => {
					const other = cells[(at + shift) % cells.length] ?? [];
					return renderRowWrite({
						kind: 'delete',
						table,
						key: row.slice(0, 1),
						guard: other.slice(1),
						copies: 1,
					});
				});
			if (cells.length > 1)
				assert.deepEqual(
					await connection.run(deletes(1)),
					values.map(() => 0),
					type,
				);
			assert.deepEqual(
				await connection.run(deletes(0)),
				values.map(() => 1),
				type,
			);
			await reader.close();
		}
	});
}

test('guards and keys are exact where the server’s equality is not', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query(`CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
		CREATE TABLE t (k text COLLATE folded PRIMARY KEY, f float8, j json, n int);
		INSERT INTO t VALUES ('Ä', '-0', '{"a": 1}', NULL)`);
	const connection = await postgres.connect(database.settings, {access: 'write'});
	context.after(() => connection.close());
	const [table = assert.fail()] = (await connection.readCatalog()).tables;
	const update = (key: string, guard: readonly ColumnCell[]) =>
		renderRowWrite({
			kind: 'update',
			table,
			key: [{column: 'k', cell: {kind: 'text', text: key}}],
			guard,
			set: [{column: 'n', cell: {kind: 'integer', text: '1'}}],
		});
	const cell = (column: string, kind: 'real' | 'json' | 'integer' | 'null', text: string) => ({
		column,
		cell: {kind, text},
	});

	assert.deepEqual(
		await connection.run([
			update('ä', []),
			update('Ä', [cell('f', 'real', '0')]),
			update('Ä', [cell('j', 'json', '{"a":  1}')]),
			update('Ä', [cell('n', 'integer', '0')]),
			update('Ä', [cell('f', 'real', '-0'), cell('j', 'json', '{"a": 1}'), cell('n', 'null', '')]),
		]),
		[0, 0, 0, 0, 1],
	);
});

test('copies of a row without a key are inserted and deleted by number', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query(`CREATE TABLE plain (a int, b text);
		CREATE TABLE parts (a int, b text) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF parts DEFAULT;
		CREATE TABLE p2 PARTITION OF parts FOR VALUES IN (1)`);
	const connection = await postgres.connect(database.settings, {access: 'write'});
	context.after(() => connection.close());
	for (const table of (await connection.readCatalog()).tables) {
		const guard = [
			{column: 'a', cell: {kind: 'integer', text: '1'}},
			{column: 'b', cell: {kind: 'null', text: ''}},
		] as const;
		const insert = (copies: number) =>
			renderRowWrite({kind: 'insert', table, values: guard, copies});
		const remove = renderRowWrite({kind: 'delete', table, key: [], guard, copies: 14});
		assert.deepEqual(await connection.run([insert(3), insert(12), remove, remove]), [3, 12, 14, 1]);
	}
});

test('identity columns take the values that rows have', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query('CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text)');
	const connection = await postgres.connect(database.settings, {access: 'write'});
	context.after(() => connection.close());
	const [table = assert.fail()] = (await connection.readCatalog()).tables;
	const values = [{column: 'id', cell: {kind: 'integer', text: '41'}}] as const;
	assert.deepEqual(
		await connection.run([renderRowWrite({kind: 'insert', table, values, copies: 1})]),
		[1],
	);
	assert.deepEqual(await database.query('SELECT id FROM t'), [{id: '41'}]);
});

test('control characters are escaped and line breaks are not', () => {
	const column = {name: 'v', valueType: {kind: 'text', length: null, padded: false}};
	// Only what rendering looks at.
	const table = {name: 't', columns: [column]} as unknown as Parameters<
		typeof renderRowWrite
	>[0]['table'];
	const render = (text: string) =>
		renderRowWrite({
			kind: 'insert',
			table,
			values: [{column: 'v', cell: {kind: 'text', text}}],
			copies: 1,
		});
	assert.equal(render('a\nb\t\\'), `INSERT INTO "t" ("v") VALUES ('a\nb\t\\')`);
	assert.equal(
		render("\u001B[2J\\\u202E'"),
		`INSERT INTO "t" ("v") VALUES (E'\\u001b[2J\\\\\\u202e''')`,
	);
});

test('a pack’s frame is what psql understands', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	const connection = await postgres.connect(database.settings, {access: 'read'});
	context.after(() => connection.close());
	const frame = postgres.packFrame(await connection.readCatalog());
	const text = renderFrame(frame.prologue);
	assert.match(text, /^\\set ON_ERROR_STOP on\n/);
	assert.match(text, /BEGIN;\n$/);
	await database.query(`${text.replace(/^.*\n/, '')}${renderFrame(frame.epilogue)}`);
});
