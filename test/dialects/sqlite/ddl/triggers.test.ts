import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ask, planMigration} from './migration.ts';

const tables = `CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE log(x);
	INSERT INTO t VALUES (1, 'x')`;
const trigger = (word: string) =>
	`CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('${word}' || new.a); END`;

test('a new trigger comes last and does not fire for what is brought over', (context) => {
	const {apply, prod, statements} = planMigration(
		context,
		tables,
		`${tables}; ${trigger('dev ')}; CREATE INDEX i ON t(a)`,
	);
	assert.equal(statements.at(-1)?.summary, 'create trigger tr on t');
	apply(`INSERT INTO t VALUES (2, 'y')`);
	assert.deepEqual(ask(prod, 'SELECT * FROM log'), []);
	prod.exec(`INSERT INTO t VALUES (3, 'z')`);
	assert.deepEqual(ask(prod, 'SELECT * FROM log'), ['dev z']);
});

test('a changed trigger fires as prod’s until the rows are done', (context) => {
	const {apply, prod, changes} = planMigration(
		context,
		`${tables}; ${trigger('prod ')}`,
		`${tables}; ${trigger('dev ')}`,
	);
	assert.deepEqual(
		changes.map(({id, needs}) => [id, needs]),
		[['alter trigger t.tr', null]],
	);
	apply(`INSERT INTO t VALUES (2, 'y')`);
	prod.exec(`INSERT INTO t VALUES (3, 'z')`);
	assert.deepEqual(ask(prod, 'SELECT * FROM log'), ['prod y', 'dev z']);
});

test('triggers survive a rebuild before and after the rows, and it does not fire them', (context) => {
	const {apply, prod} = planMigration(
		context,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INT); CREATE TABLE log(x);
		INSERT INTO t VALUES (1, 'x', 1); ${trigger('kept ')};
		CREATE TRIGGER gone AFTER DELETE ON t BEGIN INSERT INTO log VALUES ('deleted'); END`,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b INT NOT NULL); CREATE TABLE log(x); ${trigger('kept ')}`,
	);
	apply(`INSERT INTO t VALUES (2, 'y', 2); DELETE FROM t WHERE id = 1`);
	assert.deepEqual(ask(prod, 'SELECT * FROM log'), ['kept y', 'deleted']);
	assert.deepEqual(ask(prod, `SELECT name FROM sqlite_schema WHERE type = 'trigger'`), ['tr']);
});

test('a trigger is dropped last and comes back, one of a dropped table is part of it', (context) => {
	const dropped = planMigration(context, `${tables}; ${trigger('')}`, tables);
	assert.deepEqual(
		dropped.statements.map(({phase, needs}) => [phase, needs]),
		[['drop', 'dropTrigger']],
	);
	dropped.applyAndUndo();
	const whole = planMigration(context, `${tables}; ${trigger('')}`, 'CREATE TABLE log(x)');
	assert.deepEqual(
		whole.changes.map(({id}) => id),
		['drop table t'],
	);
	assert.match(whole.changes[0]?.prod ?? '', /CREATE TRIGGER tr/);
	whole.apply();
	assert.deepEqual(ask(whole.prod, 'SELECT name FROM sqlite_schema'), ['log']);
});

test('a trigger moves to another table', (context) => {
	planMigration(
		context,
		`${tables}; CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END`,
		`${tables}; CREATE TRIGGER tr AFTER INSERT ON log BEGIN SELECT 1; END`,
	).applyAndUndo();
});

test('a new table brings its indexes and triggers, which do not fire for its first rows', (context) => {
	const {changes, apply, prod} = planMigration(
		context,
		'CREATE TABLE log(x)',
		`${tables}; ${trigger('')}; CREATE UNIQUE INDEX i ON t(a)`,
	);
	assert.deepEqual(
		changes.map(({id}) => id),
		['create table t'],
	);
	apply(`INSERT INTO t VALUES (2, 'y')`);
	assert.deepEqual(ask(prod, 'SELECT * FROM log'), []);
	assert.deepEqual(ask(prod, 'SELECT name FROM sqlite_schema ORDER BY name'), [
		'i',
		'log',
		't',
		'tr',
	]);
});
