import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {chmodSync, copyFileSync, linkSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {after, test} from 'node:test';
import SQLite from 'better-sqlite3';
import {connectSqlite} from '../../../source/dialects/sqlite/connect.ts';
import {SqlitePairReader} from '../../../source/dialects/sqlite/pair-reader.ts';
import {
	ConnectionError,
	DeepDiffError,
	LockedError,
	SchemaChangedError,
} from '../../../source/model/errors.ts';
import type {SqliteSettings} from '../../../source/model/connection-settings.ts';
import {Scratch, settingsFor} from './scratch.ts';

const scratch = new Scratch();
after(() => scratch.remove());

function explain(file: string, access: 'read' | 'write' = 'read'): DeepDiffError {
	try {
		connectSqlite(settingsFor(file), access);
	} catch (error) {
		assert.ok(error instanceof DeepDiffError, `no clear error but ${String(error)}`);
		assert.ok(!/SQLITE_/.test(error.message));
		return error;
	}
	throw new assert.AssertionError({message: `${file} could be opened`});
}

test('a missing file is told with the one that was probably meant', () => {
	const {file} = scratch.make('chinook.sqlite', 'CREATE TABLE t (a)');
	const error = explain(scratch.path('chinok.sqlite'));
	assert.ok(error instanceof ConnectionError);
	assert.match(error.message, /There is no file .*chinok\.sqlite/);
	assert.equal(error.hint, `Did you mean ${file}?`);
	assert.equal(explain(scratch.path('something else entirely')).hint, 'Check the path.');
});

test('a folder is no database', () => {
	mkdirSync(scratch.path('folder'));
	assert.match(explain(scratch.path('folder')).message, /is a folder/);
});

test('a file that is no database may be encrypted', () => {
	writeFileSync(scratch.path('text.db'), 'This is no database at all. '.repeat(100));
	const error = explain(scratch.path('text.db'));
	assert.equal(error.message, 'text.db is not an SQLite database.');
	assert.match(error.hint, /encrypted/);
});

test('a damaged file says that it is damaged', async () => {
	const {file} = scratch.make(
		'damaged.db',
		`PRAGMA page_size = 512; CREATE TABLE t (a);
		WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
		INSERT INTO t SELECT hex(randomblob(20)) FROM n`,
	);
	const database = new SQLite(file);
	const pages = Number(database.pragma('page_count', {simple: true}));
	database.close();
	writeFileSync(file, Buffer.alloc(512 * (pages - 2), 0x5a), {flag: 'r+'});
	assert.match(explain(file).message, /damaged\.db is (not an SQLite database|damaged)/);
	const other = scratch.make('other.db', 'CREATE TABLE t (a)');
	assert.throws(() => SqlitePairReader.open(other, settingsFor(file)), /damaged\.db is/);

	const late = scratch.make(
		'late.db',
		'CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(90000))',
	);
	const bytes = new SQLite(late.file);
	const size = Number(bytes.pragma('page_size', {simple: true}));
	bytes.close();
	const handle = Buffer.alloc(size, 0xff);
	const {openSync, writeSync, closeSync} = await import('node:fs');
	const descriptor = openSync(late.file, 'r+');
	writeSync(descriptor, handle, 0, size, size);
	closeSync(descriptor);
	const connection = connectSqlite(late, 'read');
	await assert.rejects(connection.countRows('t'), (error: Error) => {
		assert.ok(error instanceof ConnectionError);
		assert.match(error.message, /late\.db is damaged/);
		return true;
	});
	await connection.close();
});

test('an empty file is an empty database', async () => {
	writeFileSync(scratch.path('empty.db'), '');
	const connection = connectSqlite(settingsFor(scratch.path('empty.db')), 'read');
	const facts = await connection.describe();
	assert.equal(facts.tables, 0);
	assert.equal(facts.bytes, 0);
	assert.deepEqual(facts.notes, ['empty']);
	assert.deepEqual((await connection.readCatalog()).tables, []);
	await connection.close();
});

test('a database that another process writes to is locked, after the time-out', async () => {
	const settings = scratch.make('locked.db', 'CREATE TABLE t (a)');
	const writer = new SQLite(settings.file);
	writer.exec('BEGIN EXCLUSIVE');
	try {
		const error = explain(settings.file);
		assert.ok(error instanceof LockedError);
		assert.equal(error.message, 'locked.db is locked by another process.');
	} finally {
		writer.close();
	}
	const [first, second] = [connectSqlite(settings, 'write'), connectSqlite(settings, 'write')];
	await first.begin({triggers: true});
	await assert.rejects(second.begin({triggers: true}), LockedError);
	await first.rollback();
	await second.begin({triggers: true});
	await second.rollback();
	await first.close();
	await second.close();
});

test('an interrupted transaction must be taken back by somebody who may write', () => {
	const settings = scratch.make('hot.db', 'CREATE TABLE t (a); INSERT INTO t VALUES (1)');
	const writer = new SQLite(settings.file);
	writer.pragma('cache_size = 1');
	writer.pragma('cache_spill = 1');
	writer.exec(`BEGIN; WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
		INSERT INTO t SELECT hex(randomblob(50)) FROM n`);
	copyFileSync(settings.file, scratch.path('crashed.db'));
	copyFileSync(`${settings.file}-journal`, scratch.path('crashed.db-journal'));
	writer.exec('ROLLBACK');
	writer.close();
	const error = explain(scratch.path('crashed.db'));
	assert.match(error.message, /crashed\.db was left in the middle of a transaction/);
	assert.match(error.hint, /sqlite3/);
});

/** Opens a database for reading, then for writing, as another user; gives what each said. */
function runAs(uid: number | undefined, settings: SqliteSettings): string {
	const script = `
		import SQLite from 'better-sqlite3';
		import {connectSqlite} from './source/dialects/sqlite/connect.ts';
		// Everything is loaded as who we are: the clone itself may be closed to others.
		new SQLite(':memory:').close();
		${uid === undefined ? '' : `process.setgroups([]); process.setgid(${uid}); process.setuid(${uid});`}
		for (const access of ['read', 'write']) {
			try {
				connectSqlite(${JSON.stringify(settings)}, access);
				console.log('opened');
			} catch (error) {
				console.log(error.name, '|', error.message, '|', error.hint);
			}
		}`;
	const options = ['--import', 'tsx', '--input-type=module', '-e', script];
	return spawnSync(process.execPath, options, {encoding: 'utf8'}).stdout;
}

test('without permission the person is told what to ask for', () => {
	const settings = scratch.make('closed.db', 'CREATE TABLE t (a)');
	chmodSync(settings.file, 0o600);
	chmodSync(scratch.folder, 0o755);
	// Root may do everything, so somebody else must try.
	if (process.getuid?.() !== 0) chmodSync(settings.file, 0o000);
	const uid = process.getuid?.() === 0 ? 65_534 : undefined;
	assert.match(
		runAs(uid, settings),
		/^ConnectionError \| closed\.db can't be read: permission denied\./,
	);
	chmodSync(settings.file, 0o644);
	if (uid !== undefined) {
		const [read, write] = runAs(uid, settings).split('\n');
		assert.equal(read, 'opened');
		assert.match(write ?? '', /can't be written to: permission denied/);
	}
});

test('a WAL database in a folder that is closed to us says what is in the way', (context) => {
	if (process.getuid?.() !== 0) {
		context.skip('needs root, to make a folder that is closed to another user');
		return;
	}
	mkdirSync(scratch.path('closed'));
	const settings = scratch.make('closed/wal.db', 'PRAGMA journal_mode = WAL; CREATE TABLE t (a)');
	chmodSync(scratch.folder, 0o755);
	chmodSync(settings.file, 0o644);
	chmodSync(scratch.path('closed'), 0o555);
	assert.match(
		runAs(65_534, settings),
		/^ConnectionError \| wal\.db can't be opened: SQLite must put a file beside it\. \| .*closed can't be written to/,
	);
});

test('one database is noticed under any name', async () => {
	const settings = scratch.make('same.db', 'CREATE TABLE t (a)');
	symlinkSync(settings.file, scratch.path('soft.db'));
	linkSync(settings.file, scratch.path('hard.db'));
	const other = scratch.make('not-same.db', 'CREATE TABLE t (a)');
	const identities: string[] = [];
	for (const file of [
		settings.file,
		scratch.path('soft.db'),
		scratch.path('hard.db'),
		other.file,
	]) {
		const connection = connectSqlite(settingsFor(file), 'read');
		identities.push((await connection.describe()).identity);
		await connection.close();
	}
	assert.equal(new Set(identities.slice(0, 3)).size, 1);
	assert.equal(new Set(identities).size, 2);
});

test('what is told about a database counts the write-ahead log', async () => {
	const settings = scratch.make(
		'wal.db',
		'PRAGMA journal_mode = WAL; CREATE TABLE t (a); CREATE VIRTUAL TABLE f USING fts5(x); CREATE VIEW v AS SELECT 1',
	);
	const writer = new SQLite(settings.file);
	writer.exec('INSERT INTO t VALUES (zeroblob(100000))');
	const connection = connectSqlite(settings, 'read');
	const facts = await connection.describe();
	assert.match(facts.server, /^SQLite 3\.\d+\.\d+$/);
	assert.equal(facts.tables, 1);
	assert.ok(facts.bytes > 100_000);
	assert.equal(facts.readOnly, false);
	assert.deepEqual(facts.notes, ['in WAL mode']);
	await connection.close();
	writer.close();
});

test('two encodings of text can not be read together', () => {
	const utf8 = scratch.make('utf8.db', 'CREATE TABLE t (a)');
	const utf16 = scratch.make('utf16.db', `PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (a)`);
	for (const [prod, dev] of [
		[utf8, utf16],
		[utf16, utf8],
	] as const) {
		assert.throws(
			() => SqlitePairReader.open(prod, dev),
			(error: Error) => {
				assert.ok(error instanceof ConnectionError);
				assert.match(error.message, /UTF-16le/);
				assert.match(error.message, /UTF-8/);
				assert.match(error.hint, /PRAGMA encoding/);
				return true;
			},
		);
	}
});

test('an empty file pairs with any encoding', async () => {
	const utf16 = scratch.make('some16.db', `PRAGMA encoding = 'UTF-16be'; CREATE TABLE t (a)`);
	writeFileSync(scratch.path('nothing.db'), '');
	const empty = settingsFor(scratch.path('nothing.db'));
	await SqlitePairReader.open(empty, utf16).close();
	await SqlitePairReader.open(utf16, empty).close();
});

test('a table that is not there is a changed schema', async () => {
	const connection = connectSqlite(scratch.make('lost.db', 'CREATE TABLE t (a)'), 'read');
	await assert.rejects(connection.countRows('gone'), SchemaChangedError);
	await connection.close();
});
