import assert from 'node:assert/strict';
import {rmSync, writeFileSync} from 'node:fs';
import {test, type TestContext} from 'node:test';
import {program, runProgram} from '../program.ts';
import {makePair, type Pair} from '../ui/walk/real-walk.ts';
import {Terminal, type TerminalOptions} from './terminal.ts';

/* Leaving the walk in every way and at every step, and taking it up again. */

const names = ['--prod', 'prod.db', '--dev', 'dev.db'];
const patience = {timeout: 60_000};

function start(
	context: TestContext,
	{folder}: Pair,
	words: readonly string[] = [],
	options: TerminalOptions = {},
): Terminal {
	const command = [process.execPath, program, '--no-color', ...names, ...words] as const;
	const terminal = new Terminal(command, {cwd: folder, env: {HOME: folder}, ...options});
	context.after(() => terminal.dispose());
	return terminal;
}

/** A pair that was compared, and the run that knows. */
async function makeCompared(
	context: TestContext,
	{pair = makePair(context), words = []}: {pair?: Pair; words?: readonly string[]} = {},
): Promise<{pair: Pair; run: string}> {
	const diff = ['diff', '--json', '--quiet', ...names, ...words];
	const {stdout} = await runProgram(context, pair.folder, diff);
	const {run} = JSON.parse(stdout) as {run: string};
	return {pair, run};
}

const steps = ['Connect', 'Structure', 'Scan', 'Differences', 'Conflicts', 'Plan', 'Apply'];
const ends = {
	'Ctrl-C': (terminal: Terminal) => terminal.press('ctrl+c'),
	SIGTERM: (terminal: Terminal) => terminal.kill('SIGTERM'),
	SIGHUP: (terminal: Terminal) => terminal.kill('SIGHUP'),
};

for (const [index, step] of steps.entries()) {
	test(`at the step ${step} every signal gives the terminal back and keeps the run`, async (context) => {
		const leave = async (end: (terminal: Terminal) => void) => {
			const {pair, run} = await makeCompared(context);
			if (step === 'Plan' || step === 'Apply') {
				const words = ['resolve', '--all', 'theirs', ...names];
				await runProgram(context, pair.folder, words);
			}
			const terminal = start(context, pair, ['--run', run]);
			await terminal.waitFor(`run ${run}`, patience);
			if (step === 'Apply') {
				terminal.press('6');
				await terminal.waitFor('Plan for prod.db');
			}
			terminal.press(String(index + 1));
			await terminal.waitFor(`[${step}]`);
			end(terminal);
			assert.deepEqual(await terminal.exit, {exitCode: 130, signal: 0});
			assert.equal(terminal.isAlternate, false);
			assert.match(terminal.screen(), new RegExp(`Run ${run} kept`));
			assert.doesNotMatch(terminal.screen(), /\n +at |rror/);
		};
		await Promise.all(Object.values(ends).map(leave));
	});
}

const threeConflicts = `UPDATE artist SET name = name || ' (dev)'`;

test('decisions survive a kill, and so does their undo', async (context) => {
	const pair = makePair(context, {dev: threeConflicts});
	const {run} = await makeCompared(context, {pair});
	const killed = start(context, pair, ['--run', run]);
	await killed.waitFor(`run ${run}`, patience);
	killed.press('5');
	await killed.waitFor('0 of 3 conflicts decided');
	killed.press('t', 'j', 'o');
	await killed.waitFor('2 of 3 conflicts decided');
	killed.kill('SIGKILL');
	assert.equal((await killed.exit).signal, 9);

	const next = start(context, pair, ['--run', run]);
	await next.waitFor(`run ${run}`, patience);
	next.press('5');
	const conflicts = await next.waitFor('2 of 3 conflicts decided');
	assert.match(conflicts, /! artist +1 .*theirs · person\n.*! artist +2 .*ours · person/);
	next.press('u');
	await next.waitFor('1 of 3 conflicts decided');
	next.press('q');
	await next.exit;
});

test('a second walk on the same run is told who holds it', async (context) => {
	const {pair, run} = await makeCompared(context);
	const first = start(context, pair, ['--run', run]);
	await first.waitFor(`run ${run}`, patience);
	const second = start(context, pair, ['--run', run]);
	const screen = await second.waitFor('in use by another process', patience);
	assert.match(screen.replaceAll(/\s+/g, ' '), new RegExp(`\\(pid ${first.pid}\\)`));
	second.press('q');
	await second.exit;
	first.press('q');
	assert.equal((await first.exit).exitCode, 0);
});

test('a scan that was killed is offered first, and comes to the same end', async (context) => {
	const rows = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
		INSERT INTO big SELECT i, 'row ' || i FROM n;`;
	const pair = makePair(context, {
		base: `CREATE TABLE big (id INTEGER PRIMARY KEY, v TEXT); ${rows}`,
		dev: `UPDATE big SET v = 'other' WHERE id % 3 = 0; DELETE FROM big WHERE id % 7 = 0;`,
	});
	const limit = `${pair.folder}/.deepdiffrc`;
	writeFileSync(limit, 'performance: {maxRowsPerSecond: 2000}\n');
	const killed = start(context, pair);
	await killed.waitFor('› Start a run', patience);
	killed.press('return');
	await killed.waitFor('[Structure]');
	killed.press('3');
	await killed.waitFor('[Scan]');
	killed.press('return');
	await killed.waitFor(/[1-9],?\d* differences so far/, patience);
	killed.kill('SIGKILL');
	await killed.exit;
	rmSync(limit);

	const next = start(context, pair);
	const connect = await next.waitFor('› Continue', patience);
	assert.ok(connect.indexOf('› Continue') < connect.indexOf('Start anew'), connect);
	next.press('return');
	await next.waitFor('[Scan]');
	next.press('return');
	await next.waitFor('All ticked tables are compared.');
	next.press('q');
	await next.exit;

	const read = async (words: readonly string[]) =>
		(await runProgram(context, pair.folder, ['rows', '--json', ...names, ...words])).stdout;
	const resumed = await read([]);
	await makeCompared(context, {pair, words: ['--fresh', '--output', 'other']});
	assert.equal(resumed, await read(['--output', 'other']));
	assert.equal(resumed.trimEnd().split('\n').length, 5143);
});

test('a terminal that is too small says so, and the walk goes on in a larger one', async (context) => {
	const terminal = start(context, makePair(context), [], {columns: 60, rows: 15});
	await terminal.waitFor('This terminal is 60×15', patience);
	terminal.resize(80, 24);
	await terminal.waitFor('› Start a run', patience);
	terminal.resize(132, 50);
	await terminal.waitFor((screen) => /^DeepDiff DB {30,}\[Connect\]/.test(screen));
	terminal.press('return');
	await terminal.waitFor('[Structure]');
	terminal.resize(79, 24);
	await terminal.waitFor('needs 80×24');
	terminal.press('q');
	assert.equal((await terminal.exit).exitCode, 0);
	assert.match(terminal.screen(), /Run \S+ kept/);
});
