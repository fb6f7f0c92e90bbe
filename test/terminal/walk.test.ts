import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {test, type TestContext} from 'node:test';
import {program} from '../program.ts';
import {drift, makePair, type Pair} from '../ui/walk/real-walk.ts';
import {Terminal} from './terminal.ts';

/** The program in a terminal of 80×24, in the folder of two databases. */
function start(context: TestContext, {folder}: Pair, words: readonly string[] = []): Terminal {
	const terminal = new Terminal([process.execPath, program, '--no-color', ...words], {
		cwd: folder,
		env: {HOME: folder},
	});
	context.after(() => terminal.dispose());
	return terminal;
}

const names = ['--prod', 'prod.db', '--dev', 'dev.db'];
const patience = {timeout: 60_000};

test('keys lead from Connect over Structure through Scan, and quitting keeps the run', async (context) => {
	const terminal = start(context, makePair(context), names);
	const connect = await terminal.waitFor('› Start a run', patience);
	assert.match(connect, /\[Connect\]/);
	assert.match(await terminal.waitFor('· 5 rows ·'), /✓ SQLite [\d.]+ · 2 tables · 5 rows/);

	terminal.press('return');
	const structure = await terminal.waitFor('[Structure]');
	assert.match(structure, /✓ \+ column {6}country/);
	assert.match(structure, /ALTER TABLE "?artist"? ADD COLUMN/);
	terminal.press('space');
	await terminal.waitFor('· 0 ticked');
	terminal.press('space');
	await terminal.waitFor('· 1 ticked');

	terminal.press('tab');
	assert.match(await terminal.waitFor('[Scan]'), /✓ artist +3 +4 +by primary key id/);
	terminal.press('return');
	const scan = await terminal.waitFor('All ticked tables are compared.');
	assert.match(scan, /✓ artist .*100 % \+1 !1/);
	assert.match(scan, /✓ log .*100 % no difference/);
	for (const line of terminal.lines()) assert.ok(line.length <= 80, line);

	terminal.press('?');
	await terminal.waitFor('esc closes the help');
	terminal.press('escape');
	await terminal.waitForAbsence('esc closes the help');
	terminal.press('q');
	assert.deepEqual(await terminal.exit, {exitCode: 0, signal: 0});
	assert.equal(terminal.isAlternate, false);
	assert.match(
		terminal.screen().replaceAll('\n', ''),
		/Run (\S+) kept \(prod\.db → dev\.db: compared\)\.Continue with: deepdiff-db .*--run \1/,
	);
});

test('keys do the whole walk, and prod has what was chosen', async (context) => {
	const pair = makePair(context);
	const terminal = start(context, pair, names);
	await terminal.waitFor('› Start a run', patience);
	terminal.press('return');
	await terminal.waitFor('[Structure]');
	terminal.press('tab');
	await terminal.waitFor('[Scan]');
	terminal.press('return');
	await terminal.waitFor('All ticked tables are compared.');
	terminal.press('tab');
	await terminal.waitFor('[Differences]');
	terminal.press('tab');
	await terminal.waitFor('0 of 1 conflicts decided');
	terminal.press('t');
	await terminal.waitFor('1 of 1 conflicts decided');
	terminal.press('tab');
	await terminal.waitFor('Plan for prod.db');
	terminal.press('tab');
	await terminal.waitFor('Ready to change prod.db');
	terminal.press('r');
	await terminal.waitFor('Rehearsed on prod.db');
	assert.deepEqual(pair.query('prod', 'SELECT count(*) FROM artist'), [3]);
	terminal.press('a');
	await terminal.waitFor('Type prod.db to confirm');
	terminal.type('prod.db\r');
	await terminal.waitFor('Applied to prod.db.');
	terminal.press('return');
	assert.deepEqual(await terminal.exit, {exitCode: 0, signal: 0});
	assert.match(terminal.screen(), /Run \S+ was applied to prod\.db\.\nReceipt: /);
	const all = `SELECT group_concat(id || name || coalesce(country, '-')) FROM artist`;
	assert.deepEqual(pair.query('prod', all), pair.query('dev', all));
});

test('a path can be typed for a database that is missing', async (context) => {
	const terminal = start(context, makePair(context), ['--prod', 'nowhere.db']);
	await terminal.waitFor('There is no file', patience);
	terminal.press('return', 'ctrl+u');
	terminal.type('prod.db\r');
	await terminal.waitFor('› dev');
	terminal.press('return');
	terminal.type('dev.db\r');
	await terminal.waitFor('› Start a run');
	terminal.press('return');
	await terminal.waitFor('[Structure]');
	terminal.press('q');
	await terminal.exit;
	assert.match(terminal.screen().replaceAll('\n', ''), /--prod \S+prod\.db --dev \S+dev\.db/);
});

test('Ctrl-C ends with 130 and gives the terminal back', async (context) => {
	const terminal = start(context, makePair(context), names);
	await terminal.waitFor('› Start a run', patience);
	terminal.press('return');
	await terminal.waitFor('[Structure]');
	terminal.press('ctrl+c');
	assert.deepEqual(await terminal.exit, {exitCode: 130, signal: 0});
	assert.equal(terminal.isAlternate, false);
	assert.match(terminal.screen(), /Run \S+ kept/);
});

test('SIGTERM in the middle of a scan finishes the segment and keeps the run', async (context) => {
	const pair = makePair(context, {
		base: `CREATE TABLE big (id INTEGER PRIMARY KEY, v TEXT);
			WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
			INSERT INTO big SELECT i, 'row ' || i FROM n;
			CREATE TABLE artist (id INTEGER PRIMARY KEY, name TEXT NOT NULL);`,
		dev: drift,
	});
	writeFileSync(`${pair.folder}/.deepdiffrc`, 'performance: {maxRowsPerSecond: 4000}\n');
	const terminal = start(context, pair, names);
	await terminal.waitFor('› Start a run', patience);
	terminal.press('return');
	await terminal.waitFor('[Structure]');
	terminal.press('tab');
	await terminal.waitFor('[Scan]');
	terminal.press('return');
	await terminal.waitFor('rows/s');
	terminal.kill('SIGTERM');
	assert.deepEqual(await terminal.exit, {exitCode: 130, signal: 0});
	const [, run] = /Run (\S+) kept \(.*partly compared\)/.exec(terminal.screen()) ?? [];
	assert.ok(run);

	const next = start(context, pair, [...names, '--run', run]);
	assert.match(await next.waitFor('[Scan]', patience), /What was compared is kept/);
	next.press('q');
	await next.exit;
});
