import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import SQLite from 'better-sqlite3';
import {connectSqlite} from '../../../source/dialects/sqlite/connect.ts';
import {absentCell, type Row} from '../../../source/model/cell.ts';
import {decodeRow, encodeRow} from '../../../source/model/encoding.ts';
import {hostileValues} from './hostile-values.ts';
import {downloadRows} from './oracle.ts';
import {makeLayout, Scratch} from './scratch.ts';

const scratch = new Scratch();
after(() => scratch.remove());

const insertAll = hostileValues
	.map(
		(value, index) =>
			`INSERT OR IGNORE INTO t VALUES (${value}, ${hostileValues.at(-index) ?? 'NULL'});`,
	)
	.join('\n');

for (const encoding of ['UTF-8', 'UTF-16le']) {
	for (const type of ['', 'TEXT', 'INT', 'REAL']) {
		test(`rows are read back by any ${type || 'typeless'} key (${encoding})`, async () => {
			const settings = scratch.make(
				'keys.db',
				`PRAGMA encoding = '${encoding}'; CREATE TABLE t (k ${type} PRIMARY KEY, v); ${insertAll}`,
			);
			const rows = downloadRows(settings.file, 't', ['k', 'v'], 'k IS NOT NULL');
			assert.ok(rows.length > 15);
			const connection = connectSqlite(settings, 'read');
			const layout = makeLayout('t', ['v', 'k'], ['k']);
			const wanted = [...rows].reverse();
			const found = await connection.readRows(
				layout,
				wanted.map(([k]) => encodeRow(k ? [k] : [])),
			);
			assert.deepEqual(
				found.map((row) => row && decodeRow(row).reverse()),
				wanted,
			);
			await connection.close();
		});
	}
}

test('a key matches under its own collation, and never by conversion', async () => {
	const settings = scratch.make(
		'own.db',
		`CREATE TABLE t (k TEXT COLLATE NOCASE PRIMARY KEY, v); INSERT INTO t VALUES ('abc', 1), ('1', 2);
		CREATE TABLE u (a INT, b INT, PRIMARY KEY (a, b)) WITHOUT ROWID; INSERT INTO u VALUES (1, 2)`,
	);
	const connection = connectSqlite(settings, 'read');
	const read = (table: string, columns: readonly string[], key: Row) =>
		connection.readRows(makeLayout(table, columns, columns.slice(0, key.length)), [encodeRow(key)]);
	const found = encodeRow([
		{kind: 'text', text: 'abc'},
		{kind: 'integer', text: '1'},
	]);
	assert.deepEqual(await read('t', ['k', 'v'], [{kind: 'text', text: 'ABC'}]), [found]);
	assert.deepEqual(await read('t', ['k', 'v'], [{kind: 'integer', text: '1'}]), [null]);
	assert.deepEqual(await read('t', ['k', 'v'], [{kind: 'null', text: ''}]), [null]);
	const [one, two] = [
		{kind: 'integer', text: '1'},
		{kind: 'integer', text: '2'},
	] as const;
	assert.deepEqual(await read('u', ['a', 'b'], [one, two]), [encodeRow([one, two])]);
	assert.deepEqual(await read('u', ['a', 'b'], [two, one]), [null]);
	assert.deepEqual(await read('u', ['a', 'b', 'c'], [one, two]), [
		encodeRow([one, two, absentCell]),
	]);
	assert.deepEqual(await read('nowhere', ['a', 'b'], [one, two]), [null]);
	await connection.close();
});

test('copies of a row are counted exactly, in one pass', async () => {
	for (const type of ['', 'TEXT COLLATE NOCASE', 'INTEGER']) {
		const settings = scratch.make(
			'copies.db',
			`CREATE TABLE t (a ${type}, b); ${insertAll} INSERT INTO t SELECT a, b FROM t WHERE rowid % 3 = 0`,
		);
		const rows = downloadRows(settings.file, 't', ['a', 'b']);
		const counts = new Map<string, number>();
		for (const row of rows) counts.set(encodeRow(row), (counts.get(encodeRow(row)) ?? 0) + 1);
		assert.ok(Math.max(...counts.values()) >= 2);
		const layout = makeLayout('t', ['a', 'b'], []);
		const missing = encodeRow([
			{kind: 'text', text: 'nobody'},
			{kind: 'null', text: ''},
		]);
		const wanted = [...counts.keys(), missing, ...[...counts.keys()].slice(0, 3)];
		const connection = connectSqlite(settings, 'read');
		assert.deepEqual(
			await connection.countCopies(layout, wanted),
			wanted.map((row) => counts.get(row) ?? 0),
		);
		assert.deepEqual(await connection.countCopies(makeLayout('gone', ['a'], []), [missing]), [0]);
		await connection.close();

		const writer = connectSqlite(settings, 'write');
		await writer.begin({triggers: true});
		await writer.run(['DELETE FROM t']);
		assert.deepEqual(await writer.countCopies(layout, [wanted[0] ?? '']), [0]);
		await writer.rollback();
		assert.deepEqual(await writer.countCopies(layout, [wanted[0] ?? '']), [
			counts.get(wanted[0] ?? ''),
		]);
		await writer.close();
	}
});

test('columns that this database lacks take no part in counting', async () => {
	const settings = scratch.make('few.db', `CREATE TABLE t (a); INSERT INTO t VALUES (1), (1)`);
	const connection = connectSqlite(settings, 'read');
	const row = encodeRow([{kind: 'integer', text: '1'}, absentCell]);
	assert.deepEqual(await connection.countCopies(makeLayout('t', ['a', 'b'], []), [row]), [2]);
	await connection.close();
	const database = new SQLite(settings.file, {readonly: true});
	assert.equal(database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get(), 1);
	database.close();
});
