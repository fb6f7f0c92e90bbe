import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ask, planMigration} from './migration.ts';

const parent = 'CREATE TABLE p(id INTEGER PRIMARY KEY, name TEXT UNIQUE)';
const rows = `INSERT INTO p VALUES (1, 'a'), (2, 'b'); INSERT INTO c VALUES (1, 1), (2, 2), (3, NULL)`;

test('a foreign key with actions and deferral comes and goes', (context) => {
	const {changes, applyAndUndo} = planMigration(
		context,
		`${parent}; CREATE TABLE c(id INTEGER PRIMARY KEY, p INT); ${rows}`,
		`${parent}; CREATE TABLE c(id INTEGER PRIMARY KEY,
			p INT REFERENCES p ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED)`,
	);
	assert.deepEqual(
		changes.map(({id}) => id),
		['create foreign key c.(p) → p'],
	);
	applyAndUndo((prod) => {
		assert.deepEqual(prod.pragma('foreign_key_check'), []);
		prod.pragma('foreign_keys = ON');
		prod.exec('SAVEPOINT s; DELETE FROM p WHERE id = 1');
		assert.deepEqual(ask(prod, 'SELECT id FROM c'), ['2', '3']);
		prod.exec('ROLLBACK TO s; RELEASE s');
		prod.pragma('foreign_keys = OFF');
	});
});

test('other actions are one change, a dropped key is gated', (context) => {
	const {changes, applyAndUndo, statements} = planMigration(
		context,
		`${parent}; CREATE TABLE c(id INTEGER PRIMARY KEY REFERENCES p, p INT REFERENCES p(name)
			ON UPDATE CASCADE); ${rows}`,
		`${parent}; CREATE TABLE c(id INTEGER PRIMARY KEY, p INT REFERENCES p(name) ON DELETE SET NULL)`,
	);
	assert.deepEqual(
		changes.map(({id, needs, details}) => [id, needs, details]),
		[
			['alter foreign key c.(p) → p (name)', null, ['ON UPDATE', 'ON DELETE']],
			['drop foreign key c.(id) → p', 'dropForeignKey', []],
		],
	);
	assert.ok(statements.some(({needs}) => needs === 'dropForeignKey'));
	applyAndUndo();
});

test('rebuilding a parent deletes no child and leaves what refers to it as it was', (context) => {
	const child = `CREATE TABLE c(id INTEGER PRIMARY KEY, p INT REFERENCES "p"(id) ON DELETE CASCADE)`;
	planMigration(
		context,
		`${parent}; ${child}; ${rows}`,
		`CREATE TABLE p(id INTEGER PRIMARY KEY, name TEXT); ${child}`,
	).applyAndUndo((prod) => {
		assert.deepEqual(ask(prod, 'SELECT * FROM c'), ['1 1', '2 2', '3 null']);
		assert.deepEqual(ask(prod, `SELECT sql FROM sqlite_schema WHERE name = 'c'`), [child]);
		assert.deepEqual(prod.pragma('foreign_key_check'), []);
	});
});

test('a table that refers to itself and a circle of two are rebuilt', (context) => {
	planMigration(
		context,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, up INT REFERENCES t, other INT REFERENCES u);
		CREATE TABLE u(id INTEGER PRIMARY KEY, t INT REFERENCES t(id));
		INSERT INTO t VALUES (1, 2, 1), (2, NULL, 1); INSERT INTO u VALUES (1, 2)`,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, up INT REFERENCES t, other INT REFERENCES u, CHECK (id > 0));
		CREATE TABLE u(id INTEGER PRIMARY KEY, t INT REFERENCES t(id) DEFERRABLE INITIALLY DEFERRED)`,
	).applyAndUndo((prod) => {
		assert.deepEqual(prod.pragma('foreign_key_check'), []);
		assert.deepEqual(ask(prod, 'SELECT up FROM t'), ['2', 'null']);
	});
});

test('new tables are created parents first and dropped children first', (context) => {
	const tables = `CREATE TABLE a(id INTEGER PRIMARY KEY, z INT REFERENCES z);
		CREATE TABLE z(id INTEGER PRIMARY KEY)`;
	const created = planMigration(context, '', tables);
	assert.deepEqual(
		created.statements.map(({summary}) => summary),
		['create table z', 'create table a'],
	);
	created.applyAndUndo();
	const dropped = planMigration(context, tables, '');
	assert.deepEqual(
		dropped.statements.map(({summary, phase, needs, undo}) => [summary, phase, needs, undo]),
		[
			['drop table a', 'drop', 'dropTable', null],
			['drop table z', 'drop', 'dropTable', null],
		],
	);
	dropped.apply();
	assert.deepEqual(ask(dropped.prod, 'SELECT * FROM sqlite_schema'), []);
});
