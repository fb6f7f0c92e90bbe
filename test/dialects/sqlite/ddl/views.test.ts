import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ask, planMigration} from './migration.ts';

const table = `CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x')`;

test('views are created in the order in which they refer to each other', (context) => {
	const {statements, applyAndUndo} = planMigration(
		context,
		table,
		`${table}; CREATE VIEW z AS SELECT a FROM t; CREATE VIEW "b b" AS SELECT * FROM z;
		CREATE VIEW last AS SELECT * FROM "B b"`,
	);
	assert.deepEqual(
		statements.map(({summary, phase}) => [summary, phase]),
		[
			['create view z', 'indexes and foreign keys'],
			['create view b b', 'indexes and foreign keys'],
			['create view last', 'indexes and foreign keys'],
		],
	);
	applyAndUndo((prod) => {
		assert.deepEqual(ask(prod, 'SELECT * FROM last'), ['x']);
	});
});

test('a changed view keeps the triggers that hang on it', (context) => {
	const trigger = `CREATE TRIGGER tr INSTEAD OF DELETE ON v BEGIN DELETE FROM t WHERE a = old.a; END`;
	const {changes, applyAndUndo} = planMigration(
		context,
		`${table}; CREATE VIEW v AS SELECT a FROM t; ${trigger}`,
		`${table}; CREATE VIEW v AS SELECT a, id FROM t; ${trigger}`,
	);
	assert.deepEqual(
		changes.map(({id}) => id),
		['alter view v'],
	);
	applyAndUndo((prod) => {
		assert.deepEqual(ask(prod, 'SELECT * FROM v'), ['x 1']);
		assert.deepEqual(ask(prod, `SELECT sql FROM sqlite_schema WHERE type = 'trigger'`), [trigger]);
	});
});

test('a view of one side comes and goes with its triggers', (context) => {
	const view = `CREATE VIEW v AS SELECT a FROM t;
		CREATE TRIGGER tr INSTEAD OF DELETE ON v BEGIN SELECT 1; END`;
	const created = planMigration(context, table, `${table}; ${view}`);
	assert.deepEqual(
		created.changes.map(({id}) => id),
		['create view v'],
	);
	created.applyAndUndo();
	const dropped = planMigration(context, `${table}; ${view}`, table);
	assert.deepEqual(
		dropped.statements.map(({summary, needs, phase}) => [summary, needs, phase]),
		[
			['drop trigger tr of v', 'dropView', 'drop'],
			['drop view v', 'dropView', 'drop'],
		],
	);
	dropped.applyAndUndo();
});

test('views and triggers that mention a rebuilt table, broken ones too, stay as they are', (context) => {
	const others = `CREATE VIEW v AS SELECT * FROM t; CREATE VIEW broken AS SELECT x FROM nowhere;
		CREATE TABLE log(x); CREATE TRIGGER elsewhere AFTER INSERT ON log BEGIN UPDATE t SET a = new.x; END;
		CREATE TRIGGER lost AFTER DELETE ON log BEGIN DELETE FROM nowhere; END;
		CREATE VIRTUAL TABLE words USING fts5(a, content=t)`;
	planMigration(
		context,
		`${table}; ${others}`,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT NOT NULL); ${others}`,
	).applyAndUndo((prod) => {
		prod.exec(`INSERT INTO log VALUES ('new')`);
		assert.deepEqual(ask(prod, 'SELECT * FROM v'), ['1 new']);
		prod.exec(`UPDATE t SET a = 'x'; DROP TRIGGER lost; DELETE FROM log;
			CREATE TRIGGER lost AFTER DELETE ON log BEGIN DELETE FROM nowhere; END`);
	});
});

test('a table gives its name to a view, and a view to a table', (context) => {
	const {apply, prod} = planMigration(
		context,
		'CREATE TABLE x(a); CREATE VIEW y AS SELECT 1 AS a',
		'CREATE VIEW x AS SELECT 2 AS a; CREATE TABLE y(a)',
	);
	apply('INSERT INTO y VALUES (3)');
	assert.deepEqual(ask(prod, 'SELECT x.a, y.a FROM x, y'), ['2 3']);
});
