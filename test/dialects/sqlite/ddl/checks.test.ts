import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readCatalog} from '../../../../source/dialects/sqlite/catalog/read-catalog.ts';
import {migrate} from '../../../../source/dialects/sqlite/ddl/migrate.ts';
import {compareSchemas} from '../../../../source/engine/compare-schema.ts';
import {makeDatabase, rules} from '../fixture.ts';
import {ask, planMigration} from './migration.ts';

test('a check of prod goes before the rows, one of dev comes after them', (context) => {
	const {apply, prod} = planMigration(
		context,
		'CREATE TABLE t(a INT CONSTRAINT low CHECK (a < 10), b INT); INSERT INTO t VALUES (1, 1)',
		'CREATE TABLE t(a INT, b INT CONSTRAINT high CHECK (b > 10))',
	);
	apply('UPDATE t SET a = 20, b = 20');
	assert.deepEqual(ask(prod, 'SELECT * FROM t'), ['20 20']);
});

test('a check that rows break stops the migration and leaves prod as it was', (context) => {
	const {apply, prod, changes} = planMigration(
		context,
		'CREATE TABLE t(a INT); INSERT INTO t VALUES (-1)',
		'CREATE TABLE t(a INT CHECK (a > 0))',
	);
	assert.deepEqual(changes[0]?.hazards, [
		{kind: 'mayViolate', message: 'Fails if a row does not satisfy a > 0.'},
	]);
	assert.throws(() => {
		apply();
	}, /CHECK constraint failed/);
	assert.deepEqual(ask(prod, 'SELECT sql FROM sqlite_schema'), ['CREATE TABLE t(a INT)']);
});

test('named, changed, renamed and moved checks are told apart', (context) => {
	const {changes, applyAndUndo} = planMigration(
		context,
		`CREATE TABLE t(a INT, b INT, c INT, d INT CHECK (d <> 1),
			CONSTRAINT x CHECK (a > 0), CONSTRAINT y CHECK (b > 0), CHECK (c > 0));
		INSERT INTO t VALUES (5, 5, 5, 5)`,
		`CREATE TABLE t(a INT CONSTRAINT x CHECK (a > 1), b INT, c INT CHECK (c >= 0), d INT,
			CONSTRAINT z CHECK (b > 0), CHECK ( D!=1 ))`,
	);
	assert.deepEqual(
		changes.map(({id, details}) => [id, details]),
		[
			['alter check t.x', ['expression']],
			['alter check t.y', ['name y → z']],
			['alter check t.c > 0', ['expression']],
		],
	);
	applyAndUndo();
});

test('a check that names its own table survives a rebuild', (context) => {
	planMigration(
		context,
		`CREATE TABLE "t t"(id INTEGER PRIMARY KEY AUTOINCREMENT, a INT CHECK ("t t".a > 0));
		CREATE TABLE u(x); CREATE INDEX i ON "t t"(a) WHERE "T T".a > 5;
		CREATE TRIGGER tr AFTER INSERT ON "t t" BEGIN INSERT INTO u VALUES (new.a); END;
		INSERT INTO "t t" VALUES (3, 1), (4, 2); DELETE FROM "t t" WHERE id = 4; DELETE FROM u`,
		`CREATE TABLE "t t"(id INTEGER PRIMARY KEY AUTOINCREMENT, a INT CHECK ("t t".a > 0) DEFAULT 9);
		CREATE TABLE u(x); CREATE INDEX i ON "t t"(a) WHERE "T T".a > 5;
		CREATE TRIGGER tr AFTER INSERT ON "t t" BEGIN INSERT INTO u VALUES (new.a); END`,
	).applyAndUndo((prod) => {
		assert.deepEqual(ask(prod, 'SELECT * FROM u'), []);
		assert.deepEqual(ask(prod, 'SELECT * FROM sqlite_sequence'), ['t t 4']);
	});
});

test('a table whose text has strings in double quotes is rebuilt with single ones', (context) => {
	const prod = makeDatabase(
		context,
		`CREATE TABLE t(a CHECK (a IN ('On', 'Off')), b); INSERT INTO t VALUES ('On', 1)`,
	);
	prod.unsafeMode(true);
	prod.pragma('writable_schema = ON');
	prod
		.prepare('UPDATE sqlite_schema SET sql = ?')
		.run('CREATE TABLE t(a CHECK (a IN ("On", "Off")), b)');
	prod.pragma('writable_schema = RESET');
	prod.pragma('legacy_alter_table = ON');
	const dev = readCatalog(
		makeDatabase(context, `CREATE TABLE t(a CHECK (a IN ('On', 'Off')), b UNIQUE)`),
	);
	const changes = compareSchemas(readCatalog(prod), dev, rules);
	assert.deepEqual(
		changes.map(({id}) => id),
		['create unique t.(b)'],
	);
	const statements = migrate(changes, readCatalog(prod), dev);
	for (const {sql} of statements) prod.exec(sql);
	assert.deepEqual(compareSchemas(readCatalog(prod), dev, rules), []);
	assert.deepEqual(ask(prod, 'SELECT * FROM t'), ['On 1']);
	for (const sql of statements.toReversed().flatMap(({undo}) => undo ?? [])) prod.exec(sql);
	assert.deepEqual(ask(prod, 'SELECT sql FROM sqlite_schema'), [
		`CREATE TABLE t(a CHECK (a IN ('On', 'Off')), b)`,
	]);
	assert.deepEqual(ask(prod, 'SELECT * FROM t'), ['On 1']);
});
