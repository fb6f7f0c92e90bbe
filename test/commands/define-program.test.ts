import assert from 'node:assert/strict';
import test from 'node:test';
import {runProgram, type Launcher} from '../../source/commands/define-program.ts';
import type {GlobalFlags} from '../../source/commands/context.ts';
import {UsageError} from '../../source/model/errors.ts';

/** Keeps what was asked for and does nothing of it. */
function recordLaunches() {
	const launches: {kind: string; flags: GlobalFlags; demo?: unknown}[] = [];
	const launcher: Launcher = {
		command(flags) {
			launches.push({kind: 'command', flags});
			return Promise.resolve(1);
		},
		walk(flags, demo) {
			launches.push({kind: 'walk', flags, demo});
			return Promise.resolve(0);
		},
	};
	return {launches, run: (...argv: string[]) => runProgram(argv, '1.2.3', launcher)};
}

async function findMistake(...argv: string[]): Promise<UsageError> {
	const {run} = recordLaunches();
	const error = await run(...argv).then(
		() => null,
		(thrown: unknown) => thrown,
	);
	assert.ok(error instanceof UsageError);
	assert.equal(error.exitCode, 64);
	return error;
}

test('without a command the walk opens', async () => {
	const {launches, run} = recordLaunches();
	assert.equal((await run('--prod', 'a.db', '--no-color')).exitCode, 0);
	assert.equal(launches[0]?.kind, 'walk');
	assert.equal(launches[0].flags.prod, 'a.db');
	assert.equal(launches[0].flags.color, false);
	assert.equal(launches[0].demo, null);
});

test('global flags may stand before and after the command', async () => {
	const {launches, run} = recordLaunches();
	await run('--prod', 'a', 'diff', '--dev', 'b', '--json', '--tables', 'x,y*', '--run', 'r');
	await run('runs', '--output', 'o', '--quiet');
	assert.deepEqual(
		launches.map(({flags}) => flags),
		[
			{
				config: undefined,
				prod: 'a',
				dev: 'b',
				base: undefined,
				tables: 'x,y*',
				run: 'r',
				output: undefined,
				json: true,
				quiet: false,
				color: true,
			},
			{
				config: undefined,
				prod: undefined,
				dev: undefined,
				base: undefined,
				tables: undefined,
				run: undefined,
				output: 'o',
				json: false,
				quiet: true,
				color: true,
			},
		],
	);
});

test('the demo takes a folder, rows and a seed', async () => {
	const {launches, run} = recordLaunches();
	await run('demo', 'place', '--rows', '9000', '--seed', '2');
	assert.deepEqual(launches[0]?.demo, {folder: 'place', rows: '9000', seed: '2'});
});

test('every command of the design is there', async () => {
	const {run} = recordLaunches();
	for (const words of [
		['init'],
		['check'],
		['schema-diff'],
		['diff', '--fresh'],
		['rows', 'artist', '--state', 'added'],
		['resolve', '--all', 'ours', '--state', 'added'],
		['resolve', '--file', 'x'],
		['plan', '--allow', 'deleteRows'],
		['apply', 'p.sql', '--yes', '--dry-run', '--allow', 'dropTable', '--triggers', 'off'],
		['undo', 'p.sql', '--yes'],
		['runs'],
		['runs', 'show', 'id'],
		['runs', 'prune', '--older-than', '30d'],
		['runs', 'prune', 'a', 'b'],
	]) {
		assert.equal((await run(...words)).exitCode, 1, words.join(' '));
	}
});

test('help and version are texts and no work', async () => {
	const {launches, run} = recordLaunches();
	assert.deepEqual(await run('--version'), {exitCode: null, text: '1.2.3\n'});
	assert.match((await run('--help')).text, /schema-diff/);
	assert.match((await run('help', 'apply')).text, /--dry-run/);
	assert.match((await run('diff', '--help')).text, /--fresh[\s\S]*--prod/);
	assert.equal(launches.length, 0);
});

test('an unknown command names the nearest one', async () => {
	const mistake = await findMistake('shcema-diff');
	assert.equal(mistake.message, 'There is no command "shcema-diff".');
	assert.equal(mistake.hint, 'Did you mean "schema-diff"?');
	assert.match((await findMistake('frobnicate')).hint, /^Known: .*diff, rows/);
});

test('a name that the Go program used leads to today’s', async () => {
	assert.equal((await findMistake('gen-pack')).hint, 'Did you mean "plan"?');
	assert.equal((await findMistake('resolve-conflicts')).hint, 'Did you mean "resolve"?');
});

test('an unknown option names the nearest one', async () => {
	const mistake = await findMistake('diff', '--jsno');
	assert.equal(mistake.message, "Unknown option '--jsno'.");
	assert.equal(mistake.hint, 'Did you mean --json?');
});

test('missing and superfluous words are told', async () => {
	assert.match((await findMistake('apply')).message, /Missing required argument 'pack'/);
	assert.match((await findMistake('diff', 'extra')).message, /Too many arguments/);
	assert.match((await findMistake('diff', '--prod')).message, /argument missing/);
	assert.match((await findMistake('--json')).message, /--json needs a command/);
});
