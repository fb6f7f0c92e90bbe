import assert from 'node:assert/strict';
import {openSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {runProgram, startProgram} from '../program.ts';
import {makeDatabase, makeFolder, makePair} from './fixture.ts';

/* The program itself, as a process of its own: exit codes, streams and signals. */

async function run(context: TestContext, folder: string, ...words: string[]) {
	return runProgram(context, folder, words);
}

/** Two files with one large table, slow enough to be stopped in the middle. */
function makeLarge(context: TestContext): string {
	const folder = makeFolder(context);
	const make = (name: string, factor: number) =>
		makeDatabase(
			path.join(folder, name),
			`CREATE TABLE big (id INTEGER PRIMARY KEY, x TEXT);
			INSERT INTO big SELECT value, 'row ' || (value % 1000 * ${factor})
			FROM (WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 40000) SELECT value FROM n)`,
		);
	make('prod.db', 1);
	make('dev.db', 2);
	return folder;
}

const slow = 'prod: ./prod.db\ndev: ./dev.db\nperformance: {maxRowsPerSecond: 2000}\n';
const quick = 'prod: ./prod.db\ndev: ./dev.db\n';

test('mistakes of the person get their code, a sentence and no stack', async (context) => {
	const pair = makePair(context);
	writeFileSync(path.join(pair.folder, 'unset.yaml'), 'prod: ${NOT_SET_ANYWHERE}\n');
	const both = ['--prod', pair.prod, '--dev', pair.dev];
	const cases: [string[], number, RegExp][] = [
		[['diff'], 78, /No prod database.*\n.*--prod/],
		[['diff', '--config', 'unset.yaml'], 78, /NOT_SET_ANYWHERE/],
		[['difff'], 64, /Did you mean "diff"\?/],
		[['diff', '--prod', pair.prod, '--dev', pair.prod], 2, /same database/],
		[['diff', '--prod', pair.prod, '--dev', './missing.db'], 2, /missing\.db/],
		[['diff', ...both, '--output', pair.prod], 2, /prod\.db/],
		[['diff', '--prod', 'postgres://u:s3cret@nowhere/x', '--dev', pair.dev], 2, /host nowhere/],
	];
	// Two at a time: a process is mostly start-up.
	const results = new Map<string[], Awaited<ReturnType<typeof run>>>();
	const waiting = [...cases];
	const work = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			results.set(next[0], await run(context, pair.folder, ...next[0]));
		}
	};
	await Promise.all([work(), work()]);
	for (const [words, code, message] of cases) {
		const result = results.get(words);
		const {stdout, stderr = ''} = result ?? {};
		assert.equal(result?.code, code, `${words.join(' ')}: ${stderr}`);
		assert.match(stderr, message);
		assert.match(stderr, /^error: /m);
		assert.doesNotMatch(stderr, /\n +at |s3cret/);
		assert.equal(stdout, '');
	}
});

test('a scan that is interrupted keeps what it has and is taken up where it stood', async (context) => {
	const folder = makeLarge(context);
	writeFileSync(path.join(folder, '.deepdiffrc'), slow);
	const first = startProgram(context, folder, ['diff']);
	await first.waitFor('big: comparing 40,000 rows');
	first.child.kill('SIGINT');
	assert.equal(await first.ended, 130);
	assert.match(first.stderr(), /^Interrupted\. Run \S+ keeps what was compared so far/m);
	assert.match(first.stderr(), /Continue with: deepdiff-db diff$/m);
	assert.equal(first.stdout(), '');
	const [, kept = ''] = /so far \(([\d,]+) rows\)/.exec(first.stderr()) ?? [];
	const keptRows = Number(kept.replaceAll(',', ''));
	assert.ok(keptRows > 0 && keptRows < 40_000, kept);

	writeFileSync(path.join(folder, '.deepdiffrc'), quick);
	const second = await run(context, folder, 'diff', '--json');
	assert.equal(second.code, 1);
	assert.match(second.stderr, /is taken up where it stood/);
	const fresh = await run(context, folder, 'diff', '--json', '--fresh', '--quiet');
	const strip = (text: string) => {
		const {tables} = JSON.parse(text) as {tables: unknown};
		return tables;
	};
	assert.deepEqual(strip(second.stdout), strip(fresh.stdout));
	assert.equal(fresh.stderr, '');
});

test('a run that another process works on is told, and --fresh goes around it', async (context) => {
	const folder = makeLarge(context);
	writeFileSync(path.join(folder, '.deepdiffrc'), slow);
	const first = startProgram(context, folder, ['diff']);
	await first.waitFor('big: comparing');
	const second = await run(context, folder, 'diff');
	assert.equal(second.code, 2);
	assert.match(second.stderr, new RegExp(`in use by another process \\(pid ${first.child.pid}\\)`));
	assert.match(second.stderr, /--fresh/);
	first.child.kill('SIGTERM');
	assert.equal(await first.ended, 130);
});

test('a reader that goes away ends it quietly', async (context) => {
	const folder = makeLarge(context);
	writeFileSync(path.join(folder, '.deepdiffrc'), quick);
	assert.equal((await run(context, folder, 'diff', '--quiet')).code, 1);
	const rows = startProgram(context, folder, ['rows', '--json']);
	rows.child.stdout?.once('data', () => rows.child.stdout?.destroy());
	assert.equal(await rows.ended, 0);
	assert.equal(rows.stderr(), '');
});

test('an output that takes nothing is told', async (context) => {
	const pair = makePair(context);
	const full = openSync('/dev/full', 'w');
	const words = ['diff', '--quiet', '--prod', pair.prod, '--dev', pair.dev];
	const diff = startProgram(context, pair.folder, words, {stdout: full});
	assert.equal(await diff.ended, 2);
	assert.match(diff.stderr(), /^error: The output can't be written: .*ENOSPC/m);
});

test('the demo prints comparison and plan without a terminal, and its folder works', async (context) => {
	const folder = makeFolder(context);
	const demo = await run(context, folder, 'demo', 'shop', '--rows', '5000');
	assert.equal(demo.code, 0, demo.stderr);
	assert.match(demo.stdout, /^Structure {2}\d+ changes/m);
	assert.match(demo.stdout, /^INSERT INTO /m);
	assert.match(demo.stderr, /Every command works inside that folder/);
	const walk = await run(context, path.join(folder, 'shop'), '--quiet');
	assert.equal(walk.code, 1);
	assert.equal(walk.stderr, '');
	const runs = await run(context, path.join(folder, 'shop'), 'runs', '--json');
	assert.equal((JSON.parse(runs.stdout) as {runs: unknown[]}).runs.length, 2);
});
