import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'node:test';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import {apply, bringInLine, compareFiles, decide, plan, type Walk} from '../walk.ts';

/* Random rows in tables of every kind: taken over whole, and given back whole. */

const tables = {
	plain: 'CREATE TABLE plain (id INTEGER PRIMARY KEY, a, b TEXT, c REAL, d NUMERIC)',
	pairs: 'CREATE TABLE pairs (k1 TEXT NOT NULL, k2, a BLOB, PRIMARY KEY (k1, k2)) WITHOUT ROWID',
	nullable: 'CREATE TABLE nullable (k TEXT PRIMARY KEY, a)',
	loose: 'CREATE TABLE loose (a, b TEXT COLLATE NOCASE)',
	named: 'CREATE TABLE named (name TEXT COLLATE NOCASE PRIMARY KEY NOT NULL, a)',
	strict: 'CREATE TABLE strict (k ANY PRIMARY KEY NOT NULL, a ANY, g TEXT AS (a || 1)) STRICT',
	tree: 'CREATE TABLE tree (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b INTEGER UNIQUE)',
} as const;

type Value = string | number | bigint | null | Buffer;

const value: fc.Arbitrary<Value> = fc.oneof(
	fc.constantFrom<Value[]>(null, 0, -0.0, 1, 1n, '1', 1.5, Buffer.from('1'), '', 'NULL', 'a', 'A'),
	fc.constantFrom<Value[]>(
		2n ** 63n - 1n,
		-(2n ** 63n),
		9007199254740993n,
		1e300,
		Infinity,
		-Infinity,
	),
	fc.constantFrom<Value[]>(
		'a;\n--',
		"it's",
		'x\u0000y',
		'🎷 Zoë',
		'\ufeff',
		'\u202e',
		Buffer.alloc(0),
	),
	fc.string({unit: 'binary', maxLength: 4}).map((text) => text.replaceAll(/\p{Surrogate}/gu, '?')),
);
const key: fc.Arbitrary<Value> = fc.oneof(
	fc.constantFrom<Value[]>('a', 'A', 'b', 'c', '1', 'ä', 'Ä', 'x\u0000'),
	fc.constantFrom<Value[]>(1n, 2n, 1.5, Buffer.from('a')),
);
const id = fc.bigInt({min: 1n, max: 9n});
const text = fc.constantFrom<Value[]>('u', 'v', 'w', 'x', 'y', null);
const number = fc.constantFrom<Value[]>(1n, 2n, 3n, 4n, null);

const rowsOf = (...columns: fc.Arbitrary<Value>[]) =>
	fc.array(fc.tuple(...columns), {maxLength: 6});

const content = fc.record({
	plain: rowsOf(id, value, value, value, value),
	pairs: rowsOf(key, key, value),
	nullable: rowsOf(fc.oneof(key, fc.constant(null)), value),
	loose: rowsOf(fc.constantFrom<Value[]>(1, '1', null), fc.constantFrom<Value[]>('a', 'A', null)),
	named: rowsOf(key, value),
	strict: rowsOf(key, value),
	tree: rowsOf(id, text, number),
});
type Content = typeof content extends fc.Arbitrary<infer Filled> ? Filled : never;

function fill(file: string, filled: Content): void {
	const database = new Database(file);
	for (const [name, definition] of Object.entries(tables)) {
		database.exec(definition);
		const rows = filled[name as keyof Content];
		for (const row of rows) {
			const columns = name === 'strict' ? '(k, a)' : '';
			const places = row.map(() => '?').join(', ');
			// Where two rows of the draw clash, the first stays.
			database.prepare(`INSERT OR IGNORE INTO ${name} ${columns} VALUES (${places})`).run(...row);
		}
	}
	database.close();
}

function dump(file: string): string[] {
	const database = new Database(file, {readonly: true});
	const lines = Object.keys(tables).flatMap((name) => {
		const columns = database.pragma(`table_info(${name})`) as {name: string}[];
		const shown = columns.map(
			(column) =>
				`typeof("${column.name}") || ' ' || quote("${column.name}") || ' ' || hex("${column.name}")`,
		);
		const rows = database
			.prepare(`SELECT ${shown.join(` || '|' || `)} FROM ${name}`)
			.pluck()
			.all();
		return rows.map((row) => `${name}: ${String(row)}`).sort();
	});
	database.close();
	return lines;
}

const differences = (walk: Walk) => [...walk.store.rows.iterate()].map(({table}) => table);

test('whatever the rows: taken over, nothing differs any more; undone, every byte is back', async (context) => {
	await fc.assert(
		fc.asyncProperty(content, content, async (prod, dev) => {
			const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-random-'));
			try {
				fill(path.join(folder, 'prod.db'), prod);
				fill(path.join(folder, 'dev.db'), dev);
				const walk = await compareFiles(context, folder);
				const [before, wanted] = [dump(walk.prod), dump(walk.dev)];
				decide(walk, 'theirs');
				const {paths} = await bringInLine(walk);
				assert.deepEqual(dump(walk.prod), wanted);
				assert.deepEqual(differences(await compareFiles(context, folder)), []);
				await apply(walk, paths.undoSql);
				assert.deepEqual(dump(walk.prod), before);
			} finally {
				rmSync(folder, {recursive: true, force: true});
			}
		}),
		{numRuns: 20},
	);
});

test('keeping everything changes nothing', async (context) => {
	await fc.assert(
		fc.asyncProperty(content, content, async (prod, dev) => {
			const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-random-'));
			try {
				fill(path.join(folder, 'prod.db'), prod);
				fill(path.join(folder, 'dev.db'), dev);
				const walk = await compareFiles(context, folder);
				decide(walk, 'ours');
				assert.deepEqual((await plan(walk)).statements, []);
			} finally {
				rmSync(folder, {recursive: true, force: true});
			}
		}),
		{numRuns: 5},
	);
});
