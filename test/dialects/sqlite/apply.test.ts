import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import SQLite from 'better-sqlite3';
import {StatementError} from '../../../source/dialects/dialect.ts';
import {connectSqlite} from '../../../source/dialects/sqlite/connect.ts';
import type {SqliteSettings} from '../../../source/model/connection-settings.ts';
import {Scratch} from './scratch.ts';

const scratch = new Scratch();
after(() => scratch.remove());

function query(settings: SqliteSettings, sql: string): unknown[] {
	const database = new SQLite(settings.file, {readonly: true});
	try {
		return database.prepare(sql).raw().all();
	} finally {
		database.close();
	}
}

test('statements report the rows that they affect themselves, not those of triggers', async () => {
	const settings = scratch.make(
		'counts.db',
		`CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE TABLE log (a);
		CREATE TRIGGER g AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (1), (2); END;
		INSERT INTO t (a) VALUES (1), (1), (2)`,
	);
	const connection = connectSqlite(settings, 'write');
	await connection.begin({triggers: true});
	const affected = await connection.run([
		'UPDATE t SET a = 3 WHERE a = 1',
		'CREATE TABLE u (b)',
		'PRAGMA user_version',
		'DELETE FROM t WHERE a = 99',
		'INSERT INTO u VALUES (1), (2), (3)',
	]);
	assert.deepEqual(affected, [2, 0, 0, 0, 3]);
	await connection.commit();
	await connection.close();
	assert.deepEqual(query(settings, 'SELECT count(*) FROM log'), [[4]]);
});

test('a failing statement is named by its place, and rolling back leaves nothing', async () => {
	const settings = scratch.make('failing.db', 'CREATE TABLE t (a UNIQUE)');
	const connection = connectSqlite(settings, 'write');
	const bad = ['INSERT INTO t VALUES (1)', 'INSERT INTO nowhere VALUES (1)', 'SELECT 1; SELECT 2'];
	for (const [index, sql] of bad.entries()) {
		await connection.begin({triggers: true});
		const statements = ['INSERT INTO t VALUES (1)', 'CREATE TABLE u (a)', sql];
		await assert.rejects(connection.run(statements), (error: Error) => {
			assert.ok(error instanceof StatementError, String(index));
			assert.equal(error.index, 2);
			assert.match(error.message, /UNIQUE|no such table: nowhere|more than one statement/);
			return true;
		});
		await connection.rollback();
		await connection.rollback();
		assert.deepEqual(query(settings, 'SELECT name FROM sqlite_schema WHERE sql NOTNULL'), [['t']]);
		assert.deepEqual(query(settings, 'SELECT * FROM t'), []);
	}
	await connection.close();
	await connection.rollback();
});

test('triggers that are switched off do not fire and come back word for word', async () => {
	const triggers = [
		`CREATE TRIGGER "a b" AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('insert'); END`,
		`create trigger  lower /* kept */ before update of a on t when new.a > 0 begin select raise(abort, 'no'); end`,
		`CREATE TRIGGER v_insert INSTEAD OF INSERT ON v BEGIN INSERT INTO log VALUES ('view'); END`,
	];
	const settings = scratch.make(
		'triggers.db',
		`CREATE TABLE t (a); CREATE TABLE log (what); CREATE VIEW v AS SELECT a FROM t; ${triggers.join(';\n')}`,
	);
	const readTriggers = `SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name`;
	const before = query(settings, readTriggers);
	const connection = connectSqlite(settings, 'write');

	await connection.begin({triggers: false});
	await connection.run([
		'INSERT INTO t VALUES (1)',
		'-- a remark\n/* and another */ UPDATE t SET a = 2',
		'WITH x AS (SELECT 3) INSERT INTO t SELECT * FROM x',
		// A rebuild of the table takes its triggers with it, and the plan makes them anew.
		'CREATE TABLE t2 (a, b)',
		'INSERT INTO t2 (a) SELECT a FROM t',
		'DROP TABLE t',
		'ALTER TABLE t2 RENAME TO t',
		...triggers.slice(0, 2),
		'INSERT INTO t VALUES (4, 4)',
	]);
	await connection.commit();
	assert.deepEqual(query(settings, 'SELECT * FROM log'), []);
	assert.deepEqual(query(settings, 'SELECT a FROM t'), [[2], [3], [4]]);
	assert.deepEqual(query(settings, readTriggers), before);

	await connection.begin({triggers: false});
	await connection.run(['DELETE FROM t']);
	await connection.rollback();
	assert.deepEqual(query(settings, readTriggers), before);

	await connection.begin({triggers: true});
	await connection.run(['INSERT INTO t VALUES (-1, 1)']);
	await connection.commit();
	await connection.close();
	assert.deepEqual(query(settings, 'SELECT * FROM log'), [['insert']]);
});

const families = `
	CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT UNIQUE);
	CREATE TABLE child (name TEXT, parent_id REFERENCES parent, code REFERENCES parent (code));
	CREATE TABLE tight (k TEXT PRIMARY KEY, p REFERENCES parent) WITHOUT ROWID;
	CREATE TABLE broken (p REFERENCES parent (nothing_unique));
	INSERT INTO parent VALUES (1, 'a'), (2, 'b');
	INSERT INTO child VALUES ('fine', 1, 'a'), ('orphan', 77, NULL), ('orphan', 77, NULL);
	INSERT INTO tight VALUES ('x', 66);
`;

test('only foreign keys that the transaction broke are found', async () => {
	const settings = scratch.make('families.db', families);
	const connection = connectSqlite(settings, 'write');
	const findAfter = async (statements: string[]) => {
		await connection.begin({triggers: true});
		await connection.run(statements);
		const found = await connection.findNewViolations();
		await connection.rollback();
		return found;
	};
	assert.deepEqual(await findAfter([]), []);
	// Rebuilt: every row gets another rowid.
	assert.deepEqual(
		await findAfter([
			'CREATE TABLE c2 (name TEXT, parent_id REFERENCES parent, code REFERENCES parent (code))',
			'INSERT INTO c2 SELECT * FROM child ORDER BY rowid DESC',
			'DROP TABLE child',
			'ALTER TABLE c2 RENAME TO child',
		]),
		[],
	);
	assert.deepEqual(
		await findAfter([
			`INSERT INTO child VALUES ('another', 77, 'z')`,
			`UPDATE child SET parent_id = 78 WHERE name = 'fine'`,
			`INSERT INTO tight VALUES ('y', 5)`,
			`INSERT INTO broken VALUES (1)`,
		]),
		[
			{table: 'child', row: `code 'z'`, referencedTable: 'parent'},
			{table: 'child', row: 'parent_id 77', referencedTable: 'parent'},
			{table: 'child', row: 'parent_id 78', referencedTable: 'parent'},
			{table: 'tight', row: 'a row', referencedTable: 'parent'},
		],
	);
	assert.deepEqual(await findAfter(['DELETE FROM parent WHERE id = 1']), [
		{table: 'child', row: `code 'a'`, referencedTable: 'parent'},
		{table: 'child', row: 'parent_id 1', referencedTable: 'parent'},
	]);
	assert.deepEqual(
		await findAfter([
			'CREATE TABLE worse (p REFERENCES parent (no_key))',
			'INSERT INTO worse VALUES (1)',
		]),
		[
			{
				table: 'worse',
				row: 'the columns that it refers to are not unique',
				referencedTable: 'parent',
			},
		],
	);
	await connection.begin({triggers: true});
	await connection.run(['DELETE FROM child']);
	assert.deepEqual(await connection.findNewViolations(), []);
	await connection.commit();
	await connection.close();
	assert.deepEqual(query(settings, 'SELECT count(*) FROM child'), [[0]]);
});

test('nothing of the bookkeeping stays behind', async () => {
	const settings = scratch.make('clean.db', families);
	const connection = connectSqlite(settings, 'write');
	for (const end of ['commit', 'rollback'] as const) {
		await connection.begin({triggers: false});
		await connection.run([`UPDATE parent SET code = 'c' WHERE id = 2`]);
		await connection.findNewViolations();
		await connection[end]();
	}
	await connection.close();
	assert.deepEqual(
		query(settings, `SELECT name FROM sqlite_schema WHERE name LIKE 'deepdiff%'`),
		[],
	);
});
