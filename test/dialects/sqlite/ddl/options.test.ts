import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ask, planMigration} from './migration.ts';

test('STRICT comes after the rows and refuses what does not fit', (context) => {
	const prod = `CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, s TEXT); INSERT INTO t VALUES (1, 'many', 'x')`;
	const dev = 'CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, s TEXT) STRICT';
	const {apply, statements} = planMigration(context, prod, dev);
	assert.ok(statements.some(({hazards}) => hazards.some(({kind}) => kind === 'mayViolate')));
	assert.throws(() => {
		apply();
	}, /cannot store TEXT value in INT column/);
	const second = planMigration(context, prod, dev);
	second.apply('UPDATE t SET n = 5');
	assert.deepEqual(ask(second.prod, 'SELECT n FROM t'), ['5']);
});

test('STRICT, WITHOUT ROWID and AUTOINCREMENT come and go', (context) => {
	const plain = `CREATE TABLE a(id INTEGER PRIMARY KEY, x TEXT); CREATE TABLE b(k TEXT PRIMARY KEY NOT NULL, v);
		CREATE TABLE c(x INT)`;
	const special = `CREATE TABLE a(id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT);
		CREATE TABLE b(k TEXT PRIMARY KEY NOT NULL, v) WITHOUT ROWID; CREATE TABLE c(x INT) STRICT`;
	const rows = `INSERT INTO a VALUES (3, 'q'); INSERT INTO b VALUES ('k', 1); INSERT INTO c VALUES (1)`;
	const there = planMigration(context, `${plain}; ${rows}`, special);
	assert.deepEqual(
		there.changes.map(({id, details}) => [id, details]),
		[
			['alter table a', ['AUTOINCREMENT added']],
			['alter table b', ['WITHOUT ROWID added']],
			['alter table c', ['STRICT added']],
		],
	);
	there.applyAndUndo();
	planMigration(context, `${special}; ${rows}`, plain).applyAndUndo();
});

test('the highest key ever given out is kept by a rebuild', (context) => {
	planMigration(
		context,
		`CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT); INSERT INTO t VALUES (1, 'x'), (90, 'y');
		DELETE FROM t WHERE id = 90`,
		`CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT CHECK (a <> ''))`,
	).applyAndUndo((prod) => {
		assert.deepEqual(ask(prod, 'SELECT * FROM sqlite_sequence'), ['t 90']);
		prod.exec(`SAVEPOINT s; INSERT INTO t(a) VALUES ('z')`);
		assert.deepEqual(ask(prod, 'SELECT max(id) FROM t'), ['91']);
		prod.exec('ROLLBACK TO s; RELEASE s');
	});
});

test('row ids are kept, also where no column shows them', (context) => {
	planMigration(
		context,
		`CREATE TABLE t(rowid TEXT, b INT); INSERT INTO t(_rowid_, rowid, b) VALUES (7, 'a', 1), (3, 'b', 2)`,
		'CREATE TABLE t(rowid TEXT, b INT UNIQUE)',
	).applyAndUndo((prod) => {
		assert.deepEqual(ask(prod, 'SELECT _rowid_, rowid FROM t ORDER BY 1'), ['3 b', '7 a']);
	});
});

test('an INT key becomes the row id, and one that is no integer stops it', (context) => {
	const dev = 'CREATE TABLE t(id INTEGER PRIMARY KEY, a)';
	const {apply, prod, statements} = planMigration(
		context,
		`CREATE TABLE t(id INT PRIMARY KEY, a); INSERT INTO t VALUES (5, 'x'), (2, 'y')`,
		dev,
	);
	assert.ok(
		statements.some(({hazards}) => hazards.some(({message}) => message.includes('row id'))),
	);
	apply();
	assert.deepEqual(ask(prod, 'SELECT rowid, id, a FROM t'), ['2 2 y', '5 5 x']);
	const second = planMigration(
		context,
		`CREATE TABLE t(id INT PRIMARY KEY, a); INSERT INTO t VALUES ('k', 1)`,
		dev,
	);
	assert.throws(() => {
		second.apply();
	}, /datatype mismatch/);
});

test('with a key that changes, rows are still found by the old one', (context) => {
	const {prod, statements} = planMigration(
		context,
		'CREATE TABLE t(a INT PRIMARY KEY, b INT NOT NULL)',
		'CREATE TABLE t(a INT, b INT NOT NULL, PRIMARY KEY (a, b))',
	);
	for (const {sql} of statements.filter(({phase}) => phase === 'alter')) prod.exec(sql);
	const [plan] = ask(prod, 'EXPLAIN QUERY PLAN UPDATE t SET b = 1 WHERE a = 1');
	assert.match(plan ?? '', /USING .*INDEX/);
	for (const {sql} of statements.filter(({phase}) => phase !== 'alter')) prod.exec(sql);
	assert.deepEqual(ask(prod, `SELECT name FROM sqlite_schema WHERE name LIKE '%deepdiff%'`), []);
});

test('a part of the changes leaves the rest as it is on prod', (context) => {
	const {prod, apply} = planMigration(
		context,
		`CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a "my type" DEFAULT 'it''s' COLLATE nocase,
			"select" INT NOT NULL ON CONFLICT FAIL CONSTRAINT c CHECK ("select" > 0), x AS (a || 1),
			UNIQUE (a, "select" DESC) ON CONFLICT IGNORE, FOREIGN KEY (a) REFERENCES t ON DELETE SET NULL);
		INSERT INTO t VALUES (1, 'v', 2)`,
		'CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b INT UNIQUE)',
		({id}) => id === 'create unique t.(b)' || id === 'create column t.b',
	);
	apply();
	assert.deepEqual(ask(prod, 'SELECT id, a, "select", x, b FROM t'), ['1 v 2 v1 null']);
	assert.deepEqual(ask(prod, `SELECT sql FROM sqlite_schema WHERE name = 't'`), [
		[
			'CREATE TABLE "t" (',
			'\t"id" INTEGER PRIMARY KEY AUTOINCREMENT,',
			`\t"a" my type COLLATE NOCASE DEFAULT 'it''s',`,
			'\t"select" INT NOT NULL ON CONFLICT FAIL,',
			'\t"x" GENERATED ALWAYS AS (a || 1) VIRTUAL,',
			'\t"b" INT,',
			'\tUNIQUE ("a", "select" DESC) ON CONFLICT IGNORE,',
			'\tUNIQUE ("b"),',
			'\tCONSTRAINT "c" CHECK ("select" > 0),',
			'\tFOREIGN KEY ("a") REFERENCES "t" ON DELETE SET NULL',
			')',
		].join('\n'),
	]);
});
