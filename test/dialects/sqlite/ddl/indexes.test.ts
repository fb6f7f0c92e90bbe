import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ask, planMigration} from './migration.ts';

const table = `CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b INT)`;
const rows = `INSERT INTO t VALUES (1, 'x', 1), (2, 'Y', 1)`;

test('an index of every kind is created after the rows', (context) => {
	const {statements, applyAndUndo} = planMigration(
		context,
		`${table}; ${rows}`,
		`${table}; CREATE UNIQUE INDEX "i ""1" ON t(a COLLATE NOCASE DESC);
		CREATE INDEX i2 ON t(lower(a), b) WHERE b IS NOT NULL`,
	);
	assert.deepEqual(
		statements.map(({phase, sql, undo}) => [phase, sql, undo]),
		[
			[
				'indexes and foreign keys',
				`CREATE UNIQUE INDEX "i ""1" ON t(a COLLATE NOCASE DESC)`,
				['DROP INDEX "i ""1"'],
			],
			[
				'indexes and foreign keys',
				'CREATE INDEX i2 ON t(lower(a), b) WHERE b IS NOT NULL',
				['DROP INDEX "i2"'],
			],
		],
	);
	applyAndUndo();
});

test('a unique index that goes or changes does not stand in the way of the rows', (context) => {
	const {apply, prod} = planMigration(
		context,
		`${table}; CREATE UNIQUE INDEX gone ON t(a); CREATE UNIQUE INDEX other ON t(b, a); ${rows}`,
		`${table}; CREATE UNIQUE INDEX other ON t(id, b)`,
	);
	apply(`INSERT INTO t VALUES (3, 'x', 1)`);
	assert.deepEqual(ask(prod, `SELECT sql FROM sqlite_schema WHERE type = 'index'`), [
		'CREATE UNIQUE INDEX other ON t(id, b)',
	]);
});

test('a dropped index is gated, comes last, and comes back', (context) => {
	const {changes, statements, applyAndUndo} = planMigration(
		context,
		`${table}; CREATE INDEX i ON t(b); ${rows}`,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b INT, c); CREATE VIEW v AS SELECT 1`,
	);
	assert.equal(changes.find(({object}) => object === 'index')?.needs, 'dropIndex');
	assert.deepEqual(
		statements.map(({phase, needs}) => [phase, needs]),
		[
			['alter', null],
			['indexes and foreign keys', null],
			['drop', 'dropIndex'],
		],
	);
	applyAndUndo();
});

test('an index under another name is renamed, not dropped', (context) => {
	const {changes, applyAndUndo} = planMigration(
		context,
		`${table}; CREATE INDEX old ON t(a, b); ${rows}`,
		`${table}; CREATE INDEX new ON t(a, b)`,
	);
	assert.deepEqual(
		changes.map(({id, details, needs}) => [id, details, needs]),
		[['alter index t.old', ['name old → new'], null]],
	);
	applyAndUndo();
});

test('a name that moves to another table is free when it is needed', (context) => {
	planMigration(
		context,
		`${table}; CREATE TABLE u(x); CREATE INDEX i ON t(b); CREATE TABLE "v" (y)`,
		`${table}; CREATE TABLE u(x); CREATE INDEX i ON u(x); CREATE TABLE "v" (y)`,
	).applyAndUndo();
});

test('indexes are kept by a rebuild, with every word of their text', (context) => {
	const index = `CREATE INDEX  "kept"  ON "t" (a -- the name\n)`;
	planMigration(
		context,
		`${table}; ${index}; ${rows}`,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT DEFAULT 'q', b INT); CREATE INDEX kept ON t(a)`,
	).applyAndUndo((prod) => {
		const [text] = ask(prod, `SELECT sql FROM sqlite_schema WHERE name = 'kept'`);
		assert.equal(text, `CREATE INDEX "kept"  ON "t" (a -- the name\n)`);
	});
});

test('unique constraints and keys that dev has come after the rows, prod’s go before', (context) => {
	const {apply, prod} = planMigration(
		context,
		`CREATE TABLE t(a INT PRIMARY KEY, b INT, c INT UNIQUE); INSERT INTO t VALUES (1, 1, 1), (2, 1, 2)`,
		'CREATE TABLE t(a INT, b INT UNIQUE, c INT, PRIMARY KEY (a, b))',
	);
	apply('UPDATE t SET b = a; INSERT INTO t VALUES (1, 7, 1)');
	assert.deepEqual(ask(prod, 'SELECT * FROM t ORDER BY b'), ['1 1 1', '2 2 2', '1 7 1']);
});
