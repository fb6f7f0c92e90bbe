import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import Database from 'better-sqlite3';
import type {Catalog, Table} from '../../../../source/model/catalog.ts';
import {readCatalog} from '../../../../source/dialects/sqlite/catalog/read-catalog.ts';
import {makeDatabase} from '../fixture.ts';

function read(context: TestContext, sql: string): Catalog {
	return readCatalog(makeDatabase(context, sql));
}

function readOnly(context: TestContext, sql: string): Table {
	const {tables, notCompared} = read(context, sql);
	assert.deepEqual(
		notCompared.filter(({name}) => name !== 'sqlite_sequence'),
		[],
	);
	const table = tables.at(-1);
	assert.ok(table);
	return table;
}

const column = (name: string, descending = false, collation: string | null = null) => ({
	column: name,
	expression: null,
	descending,
	collation,
});

test('columns come with type, NOT NULL, default, collation and identity', (context) => {
	const {columns} = readOnly(
		context,
		`CREATE TABLE t(
			id INTEGER PRIMARY KEY AUTOINCREMENT,
			"a b" VARCHAR ( 10 ) NOT NULL ON CONFLICT IGNORE DEFAULT 'x' COLLATE nocase,
			c, d "my type", e INT NULL)`,
	);
	const plain = {default: null, generated: null, collation: null, identity: false, nullable: true};
	const integer = {
		valueType: {kind: 'integer', bits: 64, unsigned: false},
		keyOrder: {name: 'number', isExact: true},
	};
	assert.deepEqual(columns, [
		{...plain, ...integer, name: 'id', type: 'INTEGER', nullable: false, identity: true},
		{
			...plain,
			name: 'a b',
			type: 'VARCHAR ( 10 )',
			nullable: false,
			onNull: 'IGNORE',
			default: "'x'",
			collation: 'NOCASE',
			valueType: {kind: 'text', length: 10, padded: false},
			keyOrder: {name: 'sqlite NOCASE', isExact: false},
		},
		{
			...plain,
			name: 'c',
			type: '',
			valueType: {kind: 'any'},
			keyOrder: {name: 'sqlite any', isExact: false},
		},
		{
			...plain,
			name: 'd',
			type: 'my type',
			valueType: {kind: 'any'},
			keyOrder: {name: 'sqlite numeric', isExact: true},
		},
		{...plain, ...integer, name: 'e', type: 'INT'},
	]);
});

test('a default is an expression that can stand anywhere', (context) => {
	const {columns} = readOnly(
		context,
		`CREATE TABLE t(a DEFAULT abc, b DEFAULT "it's", c DEFAULT -5, d DEFAULT (1 + 2 -- three
			), e DEFAULT true, f DEFAULT NULL, g DEFAULT CURRENT_TIMESTAMP, h DEFAULT [id],
			i DEFAULT ('a' /* and */ || 'b'), j DEFAULT x'00')`,
	);
	assert.deepEqual(
		columns.map((each) => each.default),
		[
			"'abc'",
			"'it''s'",
			'-5',
			'1 + 2',
			'true',
			null,
			'CURRENT_TIMESTAMP',
			"'id'",
			"'a' || 'b'",
			"x'00'",
		],
	);
});

test('generated columns come with their expression, virtual or stored', (context) => {
	const {columns} = readOnly(
		context,
		`CREATE TABLE t(a INT, b INT GENERATED ALWAYS AS (a * 2) STORED,
			c VARCHAR(5) GENERATED ALWAYS AS (a || 'x') VIRTUAL, d AS (a + 1), e integer generated)`,
	);
	assert.deepEqual(
		columns.map(({name, type, generated}) => [name, type, generated]),
		[
			['a', 'INT', null],
			['b', 'INT', {expression: 'a * 2', stored: true}],
			['c', 'VARCHAR(5)', {expression: "a || 'x'", stored: false}],
			['d', '', {expression: 'a + 1', stored: false}],
			['e', 'integer generated', null],
		],
	);
});

test('a primary key comes in its own order, with direction and collation', (context) => {
	const {primaryKey, options} = readOnly(
		context,
		`CREATE TABLE t(a TEXT, b INT, c, CONSTRAINT "the key"
			PRIMARY KEY (b DESC, "a" COLLATE NOCASE) ON CONFLICT REPLACE)`,
	);
	assert.deepEqual(primaryKey, {
		name: 'the key',
		columns: [column('b', true), column('a', false, 'NOCASE')],
		allowsNull: true,
		onConflict: 'REPLACE',
	});
	assert.deepEqual(options, []);
});

test('which primary keys let NULL in, and which are the row id', (context) => {
	const {tables} = read(
		context,
		`CREATE TABLE a(id INTEGER PRIMARY KEY);
		CREATE TABLE b(id INT PRIMARY KEY);
		CREATE TABLE c(id INTEGER PRIMARY KEY DESC);
		CREATE TABLE d(id INTEGER, PRIMARY KEY (id DESC));
		CREATE TABLE e(id INT PRIMARY KEY NOT NULL);
		CREATE TABLE f(id INT PRIMARY KEY) WITHOUT ROWID;
		CREATE TABLE g(id INT PRIMARY KEY) STRICT;
		CREATE TABLE h(x, y NOT NULL, PRIMARY KEY (x, y));
		CREATE TABLE i(x)`,
	);
	assert.deepEqual(
		tables.map(({name, primaryKey, columns}) => [
			name,
			primaryKey?.allowsNull,
			columns[0]?.identity,
			columns[0]?.nullable,
		]),
		[
			['a', false, true, false],
			['b', true, false, true],
			['c', true, false, true],
			['d', false, true, false],
			['e', false, false, false],
			['f', false, false, false],
			['g', false, false, false],
			['h', true, false, true],
			['i', undefined, false, true],
		],
	);
});

test('unique constraints are read once, however often they are written', (context) => {
	const {uniques, indexes} = readOnly(
		context,
		`CREATE TABLE t(a UNIQUE, b COLLATE NOCASE, c PRIMARY KEY,
			UNIQUE (a), UNIQUE (c), UNIQUE (b DESC, 'a') ON CONFLICT FAIL
			CONSTRAINT binary UNIQUE (b COLLATE binary)) WITHOUT ROWID`,
	);
	assert.deepEqual(uniques, [
		{name: null, columns: [column('a')]},
		{name: null, columns: [column('b', true), column('a')], onConflict: 'FAIL'},
		{name: 'binary', columns: [column('b', false, 'BINARY')]},
	]);
	assert.deepEqual(indexes, []);
});

test('indexes come with expressions, direction, collation and condition', (context) => {
	const {indexes} = readOnly(
		context,
		`CREATE TABLE t(a COLLATE NOCASE, b);
		CREATE UNIQUE INDEX "i 1" ON t(a, b DESC) WHERE b /* is */ > 0 AND a IS NOT NULL;
		CREATE INDEX i2 ON t(lower(a) || ')' COLLATE rtrim DESC, a COLLATE BINARY)`,
	);
	assert.deepEqual(
		indexes.map(({name, unique, columns, where}) => ({name, unique, columns, where})),
		[
			{
				name: 'i 1',
				unique: true,
				columns: [column('a'), column('b', true)],
				where: 'b > 0 AND a IS NOT NULL',
			},
			{
				name: 'i2',
				unique: false,
				columns: [
					{column: null, expression: "lower(a) || ')'", descending: true, collation: 'RTRIM'},
					column('a', false, 'BINARY'),
				],
				where: null,
			},
		],
	);
});

test('foreign keys come with actions, match and deferral', (context) => {
	const {foreignKeys} = readOnly(
		context,
		`CREATE TABLE t(
			a REFERENCES p ON DELETE SET NULL MATCH full NOT NULL DEFERRABLE INITIALLY DEFERRED,
			b INT REFERENCES "p q"("x y") NOT DEFERRABLE INITIALLY DEFERRED, c,
			CONSTRAINT k FOREIGN KEY (b, c) REFERENCES p(x, y) ON UPDATE CASCADE ON DELETE RESTRICT
				DEFERRABLE CHECK (b > 0))`,
	);
	const plain = {name: null, onUpdate: 'NO ACTION', onDelete: 'NO ACTION', match: 'SIMPLE'};
	assert.deepEqual(foreignKeys, [
		{
			...plain,
			columns: ['a'],
			referencedTable: 'p',
			referencedColumns: [],
			onDelete: 'SET NULL',
			match: 'FULL',
			deferral: 'initially deferred',
		},
		{
			...plain,
			columns: ['b'],
			referencedTable: 'p q',
			referencedColumns: ['x y'],
			deferral: 'not deferrable',
		},
		{
			...plain,
			name: 'k',
			columns: ['b', 'c'],
			referencedTable: 'p',
			referencedColumns: ['x', 'y'],
			onUpdate: 'CASCADE',
			onDelete: 'RESTRICT',
			deferral: 'initially immediate',
		},
	]);
});

test('checks come with their names, on columns and on the table', (context) => {
	const {checks} = readOnly(
		context,
		`CREATE TABLE t(a CONSTRAINT "is positive" CHECK (a > 0) CHECK (a <> ')'),
			CHECK (a -- the first
				< 10) CONSTRAINT c CHECK ("a" IN (1, 2)))`,
	);
	assert.deepEqual(checks, [
		{name: 'is positive', expression: 'a > 0'},
		{name: null, expression: "a <> ')'"},
		{name: null, expression: 'a < 10'},
		{name: 'c', expression: '"a" IN (1, 2)'},
	]);
});

test('options are AUTOINCREMENT, STRICT and WITHOUT ROWID', (context) => {
	const {tables} = read(
		context,
		`CREATE TABLE a(id INTEGER, PRIMARY KEY (id AUTOINCREMENT));
		CREATE TABLE b(id INT PRIMARY KEY) without rowid, strict;
		CREATE TABLE c(id INT)`,
	);
	assert.deepEqual(
		tables.map(({options}) => options),
		[['AUTOINCREMENT'], ['STRICT', 'WITHOUT ROWID'], []],
	);
});

test('a string in double quotes is written as a string', (context) => {
	// This SQLite refuses to create such a table but reads one, as older programs left it.
	const database = makeDatabase(context, 'CREATE TABLE t(status, "a" CHECK ("a" <> \'x\'))');
	database.unsafeMode(true);
	database.pragma('writable_schema = ON');
	database
		.prepare('UPDATE sqlite_schema SET sql = ?')
		.run('CREATE TABLE t(status CHECK (status IN ("on", "It\'s")), "a" CHECK ("a" <> "x"))');
	database.pragma('writable_schema = RESET');
	const [table] = readCatalog(database).tables;
	assert.deepEqual(
		table?.checks.map(({expression}) => expression),
		["status IN ('on', 'It''s')", `"a" <> 'x'`],
	);
});

test('views and triggers come with their text, also those of views', (context) => {
	const {views, triggers} = read(
		context,
		`CREATE TABLE t(a);
		CREATE VIEW v(x) AS SELECT a FROM t;
		CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.x); END;
		CREATE VIEW broken AS SELECT * FROM nowhere`,
	);
	assert.deepEqual(views, [
		{name: 'broken', definition: 'CREATE VIEW broken AS SELECT * FROM nowhere'},
		{name: 'v', definition: 'CREATE VIEW v(x) AS SELECT a FROM t'},
	]);
	assert.deepEqual(triggers, [
		{
			name: 'tr',
			table: 'v',
			definition:
				'CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.x); END',
		},
	]);
});

test('virtual, shadow and internal tables are not compared, and it is said why', (context) => {
	const {tables, notCompared} = read(
		context,
		`CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT);
		CREATE VIRTUAL TABLE f USING fts5(a);
		CREATE VIRTUAL TABLE r USING rtree(id, x0, x1);
		CREATE INDEX i ON t(id);
		ANALYZE`,
	);
	assert.deepEqual(
		tables.map(({name}) => name),
		['t'],
	);
	const list = (kind: string) =>
		notCompared.filter((each) => each.kind === kind).map((each) => each.name);
	assert.deepEqual(list('virtual table'), ['f', 'r']);
	assert.deepEqual(list('shadow table'), [
		...['f_config', 'f_content', 'f_data', 'f_docsize', 'f_idx'],
		...['r_node', 'r_parent', 'r_rowid'],
	]);
	assert.deepEqual(list('internal table'), ['sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4']);
	assert.equal(notCompared.length, 13);
	assert.ok(notCompared.every(({reason}) => reason.length > 10));
});

test('names with quotes, blanks, keywords and other scripts are read', (context) => {
	const {tables} = read(
		context,
		`CREATE TABLE "a""b c"("select" INT, [group by] INT, \`d\`\`e\` INT, 'f''g' INT, наречие 类型, "" INT,
			PRIMARY KEY ("group by", 'f''g'), UNIQUE ([select], "d\`e", ""));
		CREATE TABLE "order" AS SELECT "select", "" AS "1+1", 2 AS "q""q" FROM "a""b c";
		CREATE TABLE key(key INT, replace TEXT, "index" INT UNIQUE, desc desc)`,
	);
	assert.deepEqual(
		tables.map(({name, columns}) => [name, columns.map((each) => each.name)]),
		[
			['a"b c', ['select', 'group by', 'd`e', "f'g", 'наречие', '']],
			['key', ['key', 'replace', 'index', 'desc']],
			['order', ['select', '1+1', 'q"q']],
		],
	);
	assert.deepEqual(
		tables[0]?.primaryKey?.columns.map((each) => each.column),
		['group by', "f'g"],
	);
});

test('a table that SQLite knows but we do not understand is named, not guessed at', (context) => {
	const database = makeDatabase(context, 'CREATE TABLE good(a); CREATE TABLE odd(a CHECK (a > 0))');
	database.unsafeMode(true);
	database.pragma('writable_schema = ON');
	database
		.prepare("UPDATE sqlite_schema SET sql = ? WHERE name = 'odd'")
		.run('CREATE TEMP TABLE odd(a CHECK (a > 0))');
	database.pragma('writable_schema = RESET');
	const {tables, notCompared} = readCatalog(database);
	assert.deepEqual(
		tables.map(({name}) => name),
		['good'],
	);
	assert.equal(notCompared[0]?.name, 'odd');
	assert.match(notCompared[0].reason, /can't be understood/);
});

test('an attached file is read under its own name', (context) => {
	const database = makeDatabase(context, 'CREATE TABLE t(a)');
	database.exec(`ATTACH ':memory:' AS "o""ther"; CREATE TABLE "o""ther".t(a, b UNIQUE);
		CREATE INDEX "o""ther".i ON t(a)`);
	const [table] = readCatalog(database, 'o"ther').tables;
	assert.equal(table?.columns.length, 2);
	assert.equal(table.indexes[0]?.name, 'i');
	assert.equal(readCatalog(database).tables[0]?.columns.length, 1);
});

test('the fingerprint follows what is compared and nothing else', (context) => {
	const database = makeDatabase(context, 'CREATE TABLE t(a); CREATE INDEX i ON t(a)');
	const before = readCatalog(database).fingerprint;
	assert.match(before, /^[0-9a-f]{64}$/);
	database.exec('INSERT INTO t VALUES (1); ANALYZE; CREATE VIRTUAL TABLE f USING fts5(a)');
	assert.equal(readCatalog(database).fingerprint, before);
	const twin = new Database(':memory:');
	twin.exec('CREATE TABLE t(a); CREATE INDEX i ON t(a)');
	assert.equal(readCatalog(twin).fingerprint, before);
	twin.close();
	database.exec('DROP INDEX i; CREATE INDEX i ON t(a DESC)');
	assert.notEqual(readCatalog(database).fingerprint, before);
});

test('a connection that answers in BigInt reads the same', (context) => {
	const database = makeDatabase(
		context,
		'CREATE TABLE t(a INT NOT NULL, b AS (a) STORED, PRIMARY KEY (a DESC)); CREATE UNIQUE INDEX i ON t(b)',
	);
	const before = readCatalog(database);
	database.defaultSafeIntegers(true);
	assert.deepEqual(readCatalog(database), before);
});
