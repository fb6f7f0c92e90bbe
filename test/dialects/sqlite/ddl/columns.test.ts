import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ask, listHazards, planMigration} from './migration.ts';

const rows = `INSERT INTO t(id, a) VALUES (1, 'x'), (5, NULL), (9, '7')`;
const base = 'CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)';

test('a column with a constant is added without touching a row', (context) => {
	const {statements, applyAndUndo} = planMigration(
		context,
		`${base}; ${rows}`,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, b TEXT NOT NULL DEFAULT 'new' CHECK (b <> ''), a TEXT)`,
	);
	assert.deepEqual(
		statements.map(({sql, phase}) => [phase, sql]),
		[['alter', `ALTER TABLE "t" ADD COLUMN "b" TEXT NOT NULL DEFAULT 'new' CHECK (b <> '')`]],
	);
	applyAndUndo((prod) => {
		assert.deepEqual(ask(prod, 'SELECT id, a, b FROM t'), ['1 x new', '5 null new', '9 7 new']);
	});
});

test('a check that the default itself breaks is brought in after the rows', (context) => {
	const {apply, prod} = planMigration(
		context,
		`${base}; ${rows}`,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b TEXT DEFAULT '' CHECK (b <> ''))`,
	);
	apply(`UPDATE t SET b = 'set'`);
	assert.deepEqual(ask(prod, 'SELECT b FROM t'), ['set', 'set', 'set']);
	assert.throws(() => prod.exec(`UPDATE t SET b = ''`), /CHECK/);
});

test('a column that must have a value gets dev’s, and an empty one where dev has none', (context) => {
	const {apply, prod, statements} = planMigration(
		context,
		`${base}; ${rows}`,
		'CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, n INT NOT NULL, s TEXT NOT NULL, z BLOB NOT NULL)',
	);
	const copy = statements.find(({summary}) => summary.endsWith('copy its rows'));
	assert.match(copy?.hazards.map(({message}) => message).join(' ') ?? '', /get '' in s/);
	apply(`UPDATE t SET n = 3, s = 'dev', z = x'01' WHERE id = 1`);
	assert.deepEqual(ask(prod, 'SELECT id, n, quote(s), quote(z) FROM t'), [
		`1 3 'dev' X'01'`,
		`5 0 '' X''`,
		`9 0 '' X''`,
	]);
});

test('a value that is no constant, and a stored generated column, are added by a rebuild', (context) => {
	planMigration(
		context,
		`${base}; ${rows}`,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b INT DEFAULT (1 + 1), c AS (a || '!') STORED,
			d AS (b * 2))`,
	).applyAndUndo((prod) => {
		assert.deepEqual(ask(prod, 'SELECT * FROM t'), ['1 x 2 x! 4', '5 null 2 null 4', '9 7 2 7! 4']);
	});
});

test('a dropped column takes along what hangs on it, and nothing else', (context) => {
	const {apply, prod, statements, changes} = planMigration(
		context,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, gone INT NOT NULL UNIQUE CHECK (gone > 0));
		CREATE INDEX ia ON t(a); CREATE INDEX ig ON t(a, gone);
		INSERT INTO t VALUES (1, 'x', 1), (5, 'y', 2)`,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX ia ON t(a)`,
		({object}) => object === 'column',
	);
	assert.equal(changes.find(({object}) => object === 'column')?.needs, 'dropColumn');
	assert.ok(statements.some(({needs}) => needs === 'dropColumn'));
	assert.ok(statements.some(({undo}) => undo === null));
	// While rows are written, dev's have no value for it.
	apply(`INSERT INTO t(id, a) VALUES (7, 'dev')`);
	assert.deepEqual(ask(prod, 'SELECT * FROM t'), ['1 x', '5 y', '7 dev']);
	assert.deepEqual(ask(prod, `SELECT name FROM sqlite_schema WHERE type = 'index'`), ['ia']);
});

test('NOT NULL comes after the rows, NULL before them', (context) => {
	const {apply, prod} = planMigration(
		context,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b TEXT NOT NULL); INSERT INTO t VALUES (1, NULL, 'b')`,
		'CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT)',
	);
	apply(`UPDATE t SET a = 'dev', b = NULL`);
	assert.deepEqual(ask(prod, 'SELECT * FROM t'), ['1 dev null']);
});

test('NOT NULL that rows of prod break undoes everything', (context) => {
	const {apply, prod, changes} = planMigration(
		context,
		`${base}; ${rows}`,
		'CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT NOT NULL)',
	);
	assert.deepEqual(changes.map(listHazards), [['mayViolate']]);
	assert.throws(() => {
		apply();
	}, /NOT NULL constraint failed/);
	assert.deepEqual(ask(prod, 'SELECT * FROM t'), ['1 x', '5 null', '9 7']);
	assert.deepEqual(ask(prod, 'SELECT name FROM sqlite_schema'), ['t']);
});

test('NOT NULL ON CONFLICT IGNORE does not swallow rows on the way', (context) => {
	const {apply, prod} = planMigration(
		context,
		`${base}; ${rows}`,
		'CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT NOT NULL ON CONFLICT IGNORE)',
	);
	assert.throws(() => {
		apply();
	}, /NOT NULL constraint failed/);
	assert.deepEqual(ask(prod, 'SELECT count(*) FROM t'), ['3']);
});

test('a type with another affinity converts values only when the rows are done', (context) => {
	const {apply, prod, changes} = planMigration(
		context,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b INT); INSERT INTO t VALUES (1, '01', 2), (2, '3', 4)`,
		'CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT)',
	);
	assert.deepEqual(
		changes.map(({needs}) => needs),
		['narrowType', null],
	);
	// The guard of an update finds prod's value as it was, and dev's stays as it is written.
	apply(`UPDATE t SET a = 5, b = '007' WHERE id = 1 AND typeof(a) = 'text' AND a = '01'`);
	assert.deepEqual(ask(prod, 'SELECT id, a, typeof(a), b, typeof(b) FROM t'), [
		'1 5 integer 007 text',
		'2 3 integer 4 text',
	]);
});

test('a type that only reads otherwise is one rebuild, and comes back', (context) => {
	const {statements, applyAndUndo} = planMigration(
		context,
		`${base}; ${rows}`,
		'CREATE TABLE t(id INTEGER PRIMARY KEY, a VARCHAR(20) DEFAULT (lower(1)) COLLATE NOCASE)',
	);
	assert.equal(statements.filter(({summary}) => summary.endsWith('copy its rows')).length, 1);
	applyAndUndo();
});

test('a column becomes generated, and a generated one becomes ordinary', (context) => {
	const {apply, prod, changes} = planMigration(
		context,
		`CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b AS (a + 1)); INSERT INTO t(id, a) VALUES (1, 10)`,
		'CREATE TABLE t(id INTEGER PRIMARY KEY, b INT, a AS (b * 2))',
	);
	assert.deepEqual(
		changes.map(({name, needs}) => [name, needs]),
		[
			['b', null],
			['a', 'dropColumn'],
		],
	);
	apply('UPDATE t SET b = b + 4');
	assert.deepEqual(ask(prod, 'SELECT id, a, b FROM t'), ['1 30 15']);
});

test('exact integers, negative zero, blobs and every character survive a rebuild', (context) => {
	const values = [
		['9223372036854775807', '-0.0', `x'00ff'`],
		['9007199254740993', '1e999', `'😀' || char(0) || 'ж'`],
		['NULL', `''`, '0.1 + 0.2'],
	];
	const {prod, applyAndUndo} = planMigration(
		context,
		`CREATE TABLE t(a NUMERIC, b, c);
		INSERT INTO t VALUES ${values.map((row) => `(${row.join(', ')})`).join(', ')}`,
		'CREATE TABLE t(a NUMERIC, b, c, UNIQUE (a))',
	);
	const read = () => prod.prepare('SELECT * FROM t').raw().safeIntegers().all();
	const before = read();
	assert.ok(Object.is((before[0] as unknown[])[1], -0));
	applyAndUndo(() => {
		assert.deepEqual(read(), before);
	});
});
