import assert from 'node:assert/strict';
import {test} from 'node:test';
import {normalise} from '../../../source/dialects/sqlite/normalise.ts';

const sql = (text: string, isName?: (name: string) => boolean) => normalise.sql(text, isName);
const type = (text: string) => normalise.type(text);
const name = (text: string) => normalise.name(text);
const isNarrowing = (from: string, to: string) => normalise.isNarrowing(from, to);

test('white space, comments, case, quotes and synonyms make no difference', () => {
	const forms = [
		'CREATE VIEW v AS SELECT Name FROM "Artist" WHERE id == 1 AND x != 2',
		'create  view [V] as -- all\n select `name` from artist where ID=1 and X<>2;',
	];
	assert.equal(sql(forms[0] ?? ''), sql(forms[1] ?? ''));
});

test('strings, and words that need their quotes, stay what they are', () => {
	assert.notEqual(sql("a = 'X'"), sql("a = 'x'"));
	assert.notEqual(sql('a IS "null"'), sql('a IS NULL'));
	assert.notEqual(sql('"a b"'), sql('a b'));
	assert.equal(sql('"KEY"'), sql('key'));
	assert.notEqual(sql('"current_date"'), sql('current_date'));
});

test('parentheses around the whole make no difference, others do', () => {
	assert.equal(sql('((a > 0))'), sql('a > 0'));
	assert.notEqual(sql('(a) + (b)'), sql('a) + (b'));
	assert.notEqual(sql('(a + b) * c'), sql('a + b * c'));
});

test('a word in double quotes that is no name is a string', () => {
	const isName = (word: string) => word === 'status';
	assert.equal(sql('"status" = "On"', isName), sql("status = 'On'"));
	assert.notEqual(sql('status = "On"', isName), sql('status = "on"', isName));
	assert.equal(sql('SELECT 1 AS "On"', isName), sql('select 1 as [on]'));
});

test('only A to Z are folded in names', () => {
	assert.equal(name('ÉA'), 'Éa');
	assert.notEqual(name('É'), name('é'));
});

test('types are one in any case and spacing', () => {
	assert.equal(type('varchar ( 10 )'), type('VARCHAR(10)'));
	assert.equal(type('double  precision'), type('DOUBLE PRECISION'));
	assert.equal(type('DECIMAL(10 , -2)'), type('decimal(10,-2)'));
	assert.notEqual(type('INT'), type('INTEGER'));
	assert.equal(type('INT /* small */'), type('int'));
});

test('defaults that store the same are one', () => {
	assert.equal(normalise.default("'0'", 'INT'), normalise.default('0', 'INT'));
	assert.equal(normalise.default('007', 'NUMERIC'), normalise.default("'7'", 'NUMERIC'));
	assert.equal(normalise.default('5', 'TEXT'), normalise.default("'5'", 'TEXT'));
	assert.equal(normalise.default('TRUE', 'BOOLEAN'), normalise.default('1', 'BOOLEAN'));
	assert.equal(normalise.default('(- 1)', 'INT'), normalise.default('-1', 'INT'));
	assert.equal(normalise.default('false', 'TEXT'), normalise.default("'0'", 'TEXT'));
	assert.notEqual(normalise.default("'007'", 'TEXT'), normalise.default("'7'", 'TEXT'));
	assert.notEqual(normalise.default("'0'", 'BLOB'), normalise.default('0', 'BLOB'));
	assert.notEqual(normalise.default("'A'", 'TEXT'), normalise.default("'a'", 'TEXT'));
});

test('a type narrows when SQLite would change stored values beyond return', () => {
	const safe = [
		'INT BIGINT',
		'VARCHAR(20) VARCHAR(10)',
		'TEXT BLOB',
		'INT TEXT',
		'INT NUMERIC',
		'TEXT ANY',
	];
	const narrowing = ['TEXT INT', 'REAL INT', 'INT REAL', 'BLOB TEXT', 'NUMERIC REAL', 'ANY INT'];
	const check = (pair: string) => {
		const [from = '', to = ''] = pair.split(' ');
		return isNarrowing(from, to);
	};
	assert.deepEqual(safe.filter(check), []);
	assert.deepEqual(narrowing.filter(check), narrowing);
});
