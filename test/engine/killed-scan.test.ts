import assert from 'node:assert/strict';
import {readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {setTimeout} from 'node:timers/promises';
import Database from 'better-sqlite3';
import {makeDatabase, makeFolder} from '../commands/fixture.ts';
import {runProgram, startProgram} from '../program.ts';

/* A scan that is killed for good, wherever it is: what the next start makes of it. */

const count = (rows: number) =>
	`WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})`;

/** Tables of several lanes, with a key of two columns, without a key, and on one side alone. */
function makeLarge(context: TestContext): string {
	const folder = makeFolder(context);
	for (const [side, drift] of [
		['prod', ''],
		[
			'dev',
			`UPDATE big SET v = v || ' (dev)' WHERE id % 5 < 2; DELETE FROM big WHERE id % 11 = 0;
			UPDATE pair SET x = x + 0.5 WHERE b % 3 = 0; DELETE FROM pair WHERE a = 'key 7';
			INSERT INTO log SELECT line || '!' FROM log WHERE rowid % 4 = 0;
			CREATE TABLE new (id INTEGER PRIMARY KEY, t);
			INSERT INTO new SELECT id, v FROM big WHERE id < 3000;`,
		],
	] as const) {
		makeDatabase(
			path.join(folder, `${side}.db`),
			`CREATE TABLE big (id INTEGER PRIMARY KEY, v TEXT, w REAL);
			INSERT INTO big ${count(120_000)} SELECT i * 3, 'row ' || i, i / 7.0 FROM n;
			CREATE TABLE pair (a TEXT, b INT, x REAL, PRIMARY KEY (a, b)) WITHOUT ROWID;
			INSERT INTO pair ${count(20_000)} SELECT 'key ' || (i % 100), i, i FROM n;
			CREATE TABLE log (line TEXT);
			INSERT INTO log ${count(8000)} SELECT 'line ' || (i % 900) FROM n;
			${drift}`,
		);
	}
	return folder;
}

const words = ['diff', '--prod', 'prod.db', '--dev', 'dev.db', '--quiet', '--output'];

/** The largest file of that name: what was killed at once may have left an empty store. */
function findFile(folder: string, end: string): string | undefined {
	return readdirSync(folder, {encoding: 'utf8'})
		.filter((name) => name.endsWith(end))
		.map((name) => path.join(folder, name))
		.sort((a, b) => statSync(b).size - statSync(a).size)[0];
}

/** Kills the scan once its store has written that many bytes; false when it was done before. */
async function killAt(
	context: TestContext,
	folder: string,
	output: string,
	bytes: number,
): Promise<boolean> {
	const {child, ended} = startProgram(context, folder, [...words, output]);
	const written = () => {
		try {
			const file = findFile(path.join(folder, output), '.run-wal');
			return file === undefined ? 0 : statSync(file).size;
		} catch {
			return 0;
		}
	};
	while (child.exitCode === null && written() < bytes) await setTimeout(2);
	child.kill('SIGKILL');
	return (await ended) === null;
}

/** Everything that a comparison leaves in its store, byte for byte. */
function dump(folder: string): unknown {
	const database = new Database(findFile(folder, '.run'), {readonly: true});
	const read = (sql: string) => database.prepare(sql).raw().all();
	const content = {
		changes: read('SELECT * FROM schema_change ORDER BY position'),
		tables: read('SELECT * FROM scan_table ORDER BY number'),
		// The version of the file that a lane was read at is no part of the result.
		lanes: read(
			`SELECT table_number, lane, keyed, after, up_to, cursor, done, found, counts, prod_rows, dev_rows
			FROM lane ORDER BY table_number, lane`,
		),
		rows: read('SELECT * FROM row_change ORDER BY id'),
	};
	database.close();
	return content;
}

test('a scan killed anywhere and taken up again ends byte for byte as one that was not', async (context) => {
	const folder = makeLarge(context);
	assert.equal((await runProgram(context, folder, [...words, 'whole'])).code, 1);
	const whole = dump(path.join(folder, 'whole'));
	let killed = 0;
	for (const stops of [
		[1],
		[100_000],
		[1_000_000],
		[4_000_000],
		[300_000, 2_000_000],
		[8_000_000],
	]) {
		const output = `killed at ${stops.join(' and ')}`;
		for (const bytes of stops) killed += Number(await killAt(context, folder, output, bytes));
		const {code, stderr} = await runProgram(context, folder, [...words, output]);
		assert.equal(code, 1, stderr);
		assert.deepEqual(dump(path.join(folder, output)), whole, output);
	}
	assert.ok(killed >= 3, `${killed} scans were killed in time`);
});
