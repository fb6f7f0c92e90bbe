import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import SQLite, {type Database} from 'better-sqlite3';
import fc from 'fast-check';
import {readCatalog} from '../../../source/dialects/sqlite/catalog/read-catalog.ts';
import {renderRowWrite} from '../../../source/dialects/sqlite/write-row.ts';
import type {Table} from '../../../source/model/catalog.ts';
import type {Cell} from '../../../source/model/cell.ts';
import {hostileValues} from './hostile-values.ts';
import {downloadRows} from './oracle.ts';
import {Scratch} from './scratch.ts';

const scratch = new Scratch();
after(() => scratch.remove());

const encodings = ['UTF-8', 'UTF-16le', 'UTF-16be'];
const types = [
	'',
	'TEXT',
	'TEXT COLLATE NOCASE',
	'TEXT COLLATE RTRIM',
	'INTEGER',
	'INT COLLATE NOCASE',
	'REAL',
	'NUMERIC',
	'BLOB',
];

function open(sql: string): {database: Database; file: string; table: Table} {
	const {file} = scratch.make('rows.db', sql);
	const database = new SQLite(file);
	database.pragma('synchronous = OFF');
	database.pragma('journal_mode = MEMORY');
	const [table] = readCatalog(database).tables;
	assert.ok(table);
	return {database, file, table};
}

for (const encoding of encodings) {
	for (const type of types) {
		test(`what a ${type || 'typeless'} column holds is written back to the bit (${encoding})`, () => {
			const {database, file, table} = open(
				`PRAGMA encoding = '${encoding}'; CREATE TABLE t (id INTEGER PRIMARY KEY, v ${type});
				${hostileValues.map((value) => `INSERT INTO t (v) VALUES (${value});`).join('\n')}`,
			);
			const before = downloadRows(file, 't', ['id', 'v']);
			assert.equal(before.length, hostileValues.length);
			database.exec('DELETE FROM t');
			for (const [id, v] of before) {
				assert.ok(id && v);
				const values = [
					{column: 'ID', cell: id},
					{column: 'v', cell: v},
				];
				const sql = renderRowWrite({kind: 'insert', table, values, copies: 1});
				assert.equal(database.prepare(sql).run().changes, 1);
			}
			database.close();
			assert.deepEqual(downloadRows(file, 't', ['id', 'v']), before);
		});

		test(`a guard on a ${type || 'typeless'} column refuses every other value (${encoding})`, () => {
			const {database, file, table} = open(
				`PRAGMA encoding = '${encoding}'; CREATE TABLE t (v ${type});
				${hostileValues.map((value) => `INSERT INTO t (v) VALUES (${value});`).join('\n')}`,
			);
			const cells = downloadRows(file, 't', ['v']).map(([cell]) => cell);
			for (const cell of cells) {
				assert.ok(cell);
				const same = cells.filter((other) => JSON.stringify(other) === JSON.stringify(cell)).length;
				const guard = [{column: 'v', cell}];
				const copies = cells.length;
				const sql = renderRowWrite({kind: 'delete', table, key: [], guard, copies});
				database.exec('BEGIN');
				assert.equal(database.prepare(sql).run().changes, same, sql);
				database.exec('ROLLBACK');
			}
			database.close();
		});
	}
}

test('any double and any text come back as they were', () => {
	const {database, table} = open('CREATE TABLE t (v)');
	const read = database.prepare<[]>('SELECT v FROM t').pluck().safeIntegers();
	const roundTrip = (cell: Cell) => {
		database.exec('DELETE FROM t');
		const values = [{column: 'v', cell}];
		database.exec(renderRowWrite({kind: 'insert', table, values, copies: 1}));
		return read.get();
	};
	fc.assert(
		fc.property(fc.double({noNaN: true}), (value) => {
			const text = Object.is(value, -0) ? '-0' : String(value);
			assert.ok(Object.is(roundTrip({kind: 'real', text}), value));
		}),
		{numRuns: 500},
	);
	fc.assert(
		fc.property(fc.string({unit: 'binary', maxLength: 300}), (text) => {
			assert.equal(roundTrip({kind: 'text', text}), text);
		}),
		{numRuns: 500},
	);
	fc.assert(
		fc.property(fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n}), (value) => {
			assert.equal(roundTrip({kind: 'integer', text: String(value)}), value);
		}),
		{numRuns: 200},
	);
	const controls = '\u0000'.repeat(5000) + 'x\u0000'.repeat(5000);
	assert.equal(roundTrip({kind: 'text', text: controls}), controls);
	database.close();
});

test('a literal drives no terminal and breaks no line but its own', () => {
	const {table, database} = open('CREATE TABLE t (v)');
	database.close();
	const cell: Cell = {kind: 'text', text: `a\u001b[2J\r\n\u0007\u009b\u202e'b'\n\tc`};
	const sql = renderRowWrite({
		kind: 'insert',
		table,
		values: [{column: 'v', cell}],
		copies: 1,
	});
	assert.equal(
		sql,
		`INSERT INTO "t" ("v") VALUES (('a' || char(27) || '[2J' || char(13) || '\n' || char(7,155,8238) || '''b''\n\tc'))`,
	);
});

const text = (value: string): Cell => ({kind: 'text', text: value});
const integer = (value: number): Cell => ({kind: 'integer', text: String(value)});

test('a key finds its row by the index and only to the byte', () => {
	const cases = [
		{create: 'CREATE TABLE t (k INTEGER PRIMARY KEY, v)', key: integer(1), other: integer(2)},
		{
			create: 'CREATE TABLE t (k TEXT COLLATE NOCASE PRIMARY KEY, v)',
			key: text('abc'),
			other: text('ABC'),
		},
		{
			create: 'CREATE TABLE t (k TEXT, v, PRIMARY KEY (k COLLATE NOCASE)) WITHOUT ROWID',
			key: text('abc'),
			other: text('ABC'),
		},
		{
			create: 'CREATE TABLE t (k TEXT COLLATE RTRIM NOT NULL UNIQUE, v)',
			key: text('abc'),
			other: text('abc '),
		},
		{create: 'CREATE TABLE t (k NUMERIC PRIMARY KEY, v)', key: text('abc'), other: text('abd')},
		{
			create: 'CREATE TABLE t (k PRIMARY KEY, v)',
			key: integer(1),
			other: {kind: 'real', text: '1'},
		},
		{
			create: 'CREATE TABLE t (k PRIMARY KEY, v)',
			key: {kind: 'real', text: '-0'},
			other: {kind: 'real', text: '0'},
		},
		{
			create: 'CREATE TABLE t (k BLOB PRIMARY KEY, v)',
			key: {kind: 'bytes', text: '61'},
			other: text('a'),
		},
	] as const;
	for (const {create, key, other} of cases) {
		const {database, table} = open(create);
		const set = [{column: 'v', cell: text('new')}];
		const values = [
			{column: 'k', cell: key},
			{column: 'v', cell: text('old')},
		];
		database.exec(renderRowWrite({kind: 'insert', table, values, copies: 1}));
		const update = (cell: Cell) =>
			renderRowWrite({kind: 'update', table, key: [{column: 'k', cell}], guard: [], set});
		assert.equal(database.prepare(update(other)).run().changes, 0, update(other));
		assert.equal(database.prepare(update(key)).run().changes, 1, update(key));
		const plan = database.prepare(`EXPLAIN QUERY PLAN ${update(key)}`).all() as {detail: string}[];
		assert.match(plan[0]?.detail ?? '', /^SEARCH/, update(key));
		database.close();
	}
});

test('a row without a key goes and comes in as many copies as asked', () => {
	const {database, table} = open(
		`CREATE TABLE t (rowid, a); ${'INSERT INTO t VALUES (1, NULL);'.repeat(30)} INSERT INTO t VALUES (1.0, NULL)`,
	);
	const guard = [
		{column: 'rowid', cell: integer(1)},
		{column: 'a', cell: {kind: 'null', text: ''}},
	] as const;
	const remove = renderRowWrite({kind: 'delete', table, key: [], guard, copies: 28});
	assert.equal(database.prepare(remove).run().changes, 28);
	const insert = (copies: number) => renderRowWrite({kind: 'insert', table, values: guard, copies});
	assert.equal(database.prepare(insert(3)).run().changes, 3);
	assert.equal(database.prepare(insert(25)).run().changes, 25);
	assert.equal(database.prepare('SELECT count(*) FROM t').pluck().get(), 31);
	database.close();
});

test('what is written reads like SQL', () => {
	const {database, table} = open(
		`CREATE TABLE "my table" (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, price REAL, any)`,
	);
	database.close();
	const key = [{column: 'id', cell: integer(3)}];
	const absent: Cell = {kind: 'absent', text: ''};
	assert.equal(
		renderRowWrite({
			kind: 'update',
			table,
			key,
			guard: [
				{column: 'name', cell: text(`it's`)},
				{column: 'price', cell: {kind: 'real', text: '9'}},
				{column: 'any', cell: {kind: 'real', text: '0'}},
			],
			set: [
				{column: 'price', cell: {kind: 'real', text: '1e+21'}},
				{column: 'any', cell: absent},
			],
		}),
		`UPDATE "my table" SET "price" = 1e+21 WHERE "id" = 3 AND "name" COLLATE BINARY IS 'it''s' ` +
			`AND "price" IS 9.0 AND "any" IS 0.0 AND typeof("any") = 'real' AND atan2("any", -1) > 0`,
	);
	assert.equal(
		renderRowWrite({kind: 'insert', table, values: [{column: 'any', cell: absent}], copies: 1}),
		'INSERT INTO "my table" DEFAULT VALUES',
	);
	const foreign = [
		{column: 'any', cell: {kind: 'json', text: '1'}},
		{column: 'price', cell: {kind: 'decimal', text: '0.99'}},
		{column: 'name', cell: {kind: 'decimal', text: '12345678901234567890.5'}},
	] as const;
	assert.equal(
		renderRowWrite({kind: 'insert', table, values: foreign, copies: 1}),
		`INSERT INTO "my table" ("any", "price", "name") VALUES ('1', 0.99, '12345678901234567890.5')`,
	);
});
