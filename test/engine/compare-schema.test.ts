import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {readCatalog} from '../../source/dialects/sqlite/catalog/read-catalog.ts';
import {compareSchemas} from '../../source/engine/compare-schema.ts';
import type {Catalog} from '../../source/model/catalog.ts';
import {makeDatabase, rules} from '../dialects/sqlite/fixture.ts';

function compare(context: TestContext, prod: string, dev: string) {
	const read = (sql: string) => readCatalog(makeDatabase(context, sql));
	return compareSchemas(read(prod), read(dev), rules);
}

test('what means the same is no difference', (context) => {
	const changes = compare(
		context,
		`CREATE TABLE Artist(Id INTEGER NOT NULL CONSTRAINT pk PRIMARY KEY, Name VARCHAR( 20 ) DEFAULT '0' CHECK(Name<>''),
			n INT DEFAULT '0' UNIQUE REFERENCES Artist(Id), m INT NULL DEFAULT NULL COLLATE BINARY);
		CREATE INDEX i1 ON Artist(Name); CREATE INDEX i2 ON Artist(n ASC) WHERE n>0;
		CREATE VIEW V AS SELECT Name FROM Artist WHERE n == 1;
		CREATE TRIGGER tr AFTER INSERT ON Artist BEGIN SELECT new.Name; END`,
		`create table "artist" ("m" int, -- moved
			id integer, [name] varchar(20) default '0', n int default (0),
			constraint PK primary key (id), check (( name != '' )), unique ("n"), foreign key (N) references ARTIST);
		CREATE INDEX I2 ON artist("N") WHERE (N > 0); CREATE INDEX i1 ON artist([NAME]);
		create view v as /* all */ select "name" from [artist] where n = 1;
		create trigger TR after insert on artist begin select NEW.name; end`,
	);
	assert.deepEqual(changes, []);
});

test('each difference of a column is told in words', (context) => {
	const changes = compare(
		context,
		'CREATE TABLE t(a INT, b TEXT NOT NULL DEFAULT 1, c TEXT COLLATE NOCASE, d AS (a), e INT NOT NULL, f)',
		`CREATE TABLE t(a BIGINT NOT NULL, b TEXT, c TEXT, d AS (a + 1) STORED,
			e INT NOT NULL ON CONFLICT FAIL, g DEFAULT 7)`,
	);
	assert.deepEqual(
		changes.map(({id, details}) => [id, details]),
		[
			['alter column t.a', ['type INT → BIGINT', 'NULL → NOT NULL']],
			['alter column t.b', ['NOT NULL → NULL', 'default 1 → none']],
			['alter column t.c', ['collation NOCASE → none']],
			['alter column t.d', ['generated (a) VIRTUAL → (a + 1) STORED']],
			['alter column t.e', ['ON CONFLICT ABORT → FAIL']],
			['create column t.g', []],
			['drop column t.f', []],
		],
	);
	assert.equal(changes[0]?.prod, 'a INT');
	assert.equal(changes[0].dev, 'a BIGINT NOT NULL');
	assert.equal(changes[5]?.dev, 'g DEFAULT 7');
});

test('what destroys needs to be allowed, by its kind', (context) => {
	const changes = compare(
		context,
		`CREATE TABLE gone(a); CREATE TABLE p(id INTEGER PRIMARY KEY);
		CREATE TABLE t(a TEXT, b TEXT PRIMARY KEY, c INT UNIQUE, d INT CHECK (d > 0), e INT REFERENCES p, f INT);
		CREATE INDEX i ON t(a); CREATE VIEW v AS SELECT 1; CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END`,
		`CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(a INT, b TEXT, c INT, d INT, e INT)`,
	);
	assert.deepEqual(
		changes.map(({id, needs, hazards}) => [id, needs, hazards.map(({kind}) => kind)]),
		[
			['drop table gone', 'dropTable', ['dropsData', 'noUndo']],
			['alter column t.a', 'narrowType', ['narrowsType']],
			['drop column t.f', 'dropColumn', ['dropsData', 'noUndo']],
			['drop primary key t', 'dropConstraint', ['dropsObject']],
			['drop unique t.(c)', 'dropConstraint', ['dropsObject']],
			['drop foreign key t.(e) → p', 'dropForeignKey', ['dropsObject']],
			['drop check t.d > 0', 'dropConstraint', ['dropsObject']],
			['drop index t.i', 'dropIndex', ['dropsObject']],
			['drop view v', 'dropView', ['dropsObject']],
			['drop trigger t.tr', 'dropTrigger', ['dropsObject']],
		],
	);
});

test('a column that may have been renamed is told, and only that one', (context) => {
	const changes = compare(
		context,
		'CREATE TABLE t(id INTEGER PRIMARY KEY, fax TEXT, old INT, note TEXT, pin INT DEFAULT 1)',
		'CREATE TABLE t(id INTEGER PRIMARY KEY, fax_number TEXT, new REAL, remark TEXT, code INT DEFAULT 2)',
	);
	const told = changes.flatMap(({id, hazards}) =>
		hazards.filter(({kind}) => kind === 'mayBeRename').map(({message}) => [id, message]),
	);
	assert.deepEqual(
		told.map(([id]) => id),
		['drop column t.fax', 'drop column t.note'],
	);
	assert.match(
		told[0]?.[1] ?? '',
		/^Dev has fax_number just like it: if fax was renamed, rename it/,
	);
});

test('what dev alone has needs nothing, and says what may stand against it', (context) => {
	const changes = compare(
		context,
		'CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(a INT, b INT)',
		`CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(a INT, b INT REFERENCES p, c INT NOT NULL,
			PRIMARY KEY (a), UNIQUE (b), CHECK (b > 0)); CREATE UNIQUE INDEX i ON t(a, b); CREATE INDEX j ON t(b)`,
	);
	assert.ok(changes.every(({needs, action}) => needs === null && action === 'create'));
	assert.deepEqual(
		changes.map(({id, hazards}) => [id, hazards.map(({kind}) => kind)]),
		[
			['create column t.c', ['mayViolate']],
			['create primary key t', ['mayViolate']],
			['create unique t.(b)', ['mayViolate']],
			['create foreign key t.(b) → p', ['mayViolate']],
			['create check t.b > 0', ['mayViolate']],
			['create index t.i', ['mayViolate']],
			['create index t.j', []],
		],
	);
});

test('the order of what is created does not change the order of what is told', (context) => {
	const tables = [
		'CREATE TABLE b(x)',
		'CREATE TABLE A(x)',
		'CREATE TABLE c(x)',
		'CREATE VIEW a2 AS SELECT 1',
	];
	const ids = (list: readonly string[]) => compare(context, '', list.join(';')).map(({id}) => id);
	assert.deepEqual(ids(tables), [
		'create table A',
		'create table b',
		'create table c',
		'create view a2',
	]);
	assert.deepEqual(ids(tables.toReversed()), ids(tables));
});

test('a table that one side can not compare is not taken for missing', (context) => {
	const changes = compare(
		context,
		'CREATE TABLE words(a); CREATE TABLE t(a)',
		'CREATE VIRTUAL TABLE words USING fts5(a); CREATE TABLE t(a)',
	);
	assert.deepEqual(changes, []);
});

test('a name that something else has on prod is warned of', (context) => {
	const changes = compare(context, 'CREATE VIEW x AS SELECT 1', 'CREATE TABLE X(a)');
	const [create] = changes;
	assert.equal(create?.id, 'create table X');
	assert.match(create.hazards[0]?.message ?? '', /something else named X/);
});

test('strings in double quotes keep their case, names do not', (context) => {
	const view = (text: string) =>
		`CREATE TABLE t(status); CREATE VIEW v AS SELECT "STATUS" FROM t WHERE status = ${text}`;
	assert.equal(compare(context, view('"on"'), view('"On"')).length, 1);
	assert.deepEqual(compare(context, view('"on"'), view(`'on'`)), []);
});

test('a server that hands out values by itself is told of as identity', () => {
	const column = {
		name: 'id',
		type: 'bigint',
		nullable: false,
		default: null,
		generated: null,
		collation: null,
		valueType: {kind: 'integer', bits: 64, unsigned: false},
		keyOrder: {name: 'number', isExact: true},
	} as const;
	const catalog = (identity: boolean): Catalog => ({
		engine: 'a server',
		schemas: [],
		tables: [
			{
				name: 't',
				definition: '',
				columns: [{...column, identity}],
				primaryKey: null,
				uniques: [],
				foreignKeys: [],
				checks: [],
				indexes: [],
				options: [],
			},
		],
		views: [],
		triggers: [],
		objects: [],
		dependencies: [],
		notCompared: [],
		fingerprint: '',
	});
	const server = {...rules, traits: {...rules.traits, identityFollowsKey: false}};
	const details = (some: typeof rules) =>
		compareSchemas(catalog(false), catalog(true), some).flatMap((change) => change.details);
	assert.deepEqual(details(server), ['identity added']);
	assert.deepEqual(details(rules), []);
});

test('identifiers are distinct, also for parts that are called alike', (context) => {
	const changes = compare(
		context,
		'CREATE TABLE t(a, b)',
		"CREATE TABLE t(a, b, CHECK (a > 0 AND b = 'x'), CHECK (a > 0 AND b = 'X'), UNIQUE (a), UNIQUE (a DESC, b))",
	);
	const ids = changes.map(({id}) => id);
	assert.equal(ids.length, 4);
	assert.equal(new Set(ids).size, 4);
});
