import assert from 'node:assert/strict';
import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import {runDiff} from '../../source/commands/diff.ts';
import {runPlan} from '../../source/commands/plan.ts';
import {runResolve} from '../../source/commands/resolve.ts';
import {servers} from '../servers/servers.ts';
import {Terminal} from '../terminal/terminal.ts';
import {makeFolder, makePair, makeWorld, namePair} from './fixture.ts';

/* What only a terminal gets: questions, live progress, colour. */

const loader = fileURLToPath(import.meta.resolve('tsx'));
const program = fileURLToPath(new URL('../../source/cli.tsx', import.meta.url));

function open(
	context: TestContext,
	cwd: string,
	words: readonly string[],
	env: Record<string, string> = {},
): Terminal {
	const terminal = new Terminal([process.execPath, '--import', loader, program, ...words], {
		cwd,
		env: {HOME: cwd, NO_COLOR: undefined, ...env},
		columns: 100,
	});
	context.after(() => terminal.dispose());
	return terminal;
}

const patience = {timeout: 60_000};

test('apply asks for the name of the target; ctrl+c leaves everything as it is', async (context) => {
	const pair = makePair(context);
	const make = (flags = {}) => makeWorld(pair.folder, {...namePair(pair), ...flags}).context;
	await runDiff(make(), {});
	await runResolve(make(), {all: 'theirs'});
	await runPlan(make({output: 'packs'}), {});
	const words = ['apply', 'packs', '--prod', pair.prod];

	const left = open(context, pair.folder, words);
	await left.waitFor('Type prod.db to go on:', patience);
	left.press('ctrl+c');
	assert.equal((await left.exit).exitCode, 130);
	assert.match(left.screen(), /Interrupted: nothing was changed\./);
	assert.equal(existsSync(path.join(pair.folder, 'packs', 'receipt.json')), false);

	const applied = open(context, pair.folder, words);
	await applied.waitFor('Type prod.db to go on:', patience);
	applied.type('prod.db\r');
	assert.equal((await applied.exit).exitCode, 0);
	assert.match(applied.screen(), /Applied to prod\.db\./);
	assert.equal(existsSync(path.join(pair.folder, 'packs', 'receipt.json')), true);
});

test('progress is drawn over and leaves only lasting lines; colour is used', async (context) => {
	const pair = makePair(context);
	const words = ['diff', '--prod', pair.prod, '--dev', pair.dev];
	const terminal = open(context, pair.folder, words);
	assert.equal((await terminal.exit).exitCode, 1);
	assert.match(terminal.transcript, /100 % {2}8 of 8 rows, .*4 differences/);
	assert.doesNotMatch(terminal.screen(), /100 %|█/);
	assert.ok(terminal.transcript.includes('\u001B[36m'));
});

test('NO_COLOR and --no-color keep colour away', async (context) => {
	const pair = makePair(context);
	const words = ['schema-diff', '--prod', pair.prod, '--dev', pair.dev];
	for (const terminal of [
		open(context, pair.folder, words, {NO_COLOR: '1'}),
		open(context, pair.folder, [...words, '--no-color']),
	]) {
		assert.equal((await terminal.exit).exitCode, 1);
		assert.ok(!terminal.transcript.includes('\u001B['));
		assert.match(terminal.transcript, /\+ column album\.year/);
	}
});

test('init asks its questions one after the other', async (context) => {
	const folder = makeFolder(context);
	const terminal = open(context, folder, ['init']);
	for (const [question, answer] of [
		['prod, the database that will be changed', './p.db'],
		['dev, the database that the changes come from', './d.db'],
		['base, their common ancestor', ''],
		['tables to leave out', 'log'],
		['columns to leave out', ''],
	] as const) {
		await terminal.waitFor(question, patience);
		terminal.type(`${answer}\r`);
	}
	assert.equal((await terminal.exit).exitCode, 0);
	const config = await makeWorld(folder).context.loadConfig();
	assert.deepEqual(config.ignore.tables, ['log']);
});

test('a password is asked for before anything is drawn, and never shown', async (context) => {
	const server = await servers.postgres();
	const [prod, dev] = [await server.createDatabase(context), await server.createDatabase(context)];
	for (const side of [prod, dev]) await side.query('CREATE TABLE t (id int PRIMARY KEY)');
	const folder = makeFolder(context);
	const {host, port, user, password} = server.address;
	const asked = {driver: 'postgres', host, port, user, database: prod.name, passwordPrompt: true};
	writeFileSync(path.join(folder, 'dev-password'), `${password}\n`);
	const fromFile = {
		...asked,
		database: dev.name,
		passwordPrompt: false,
		passwordFile: './dev-password',
	};
	writeFileSync(path.join(folder, '.deepdiffrc'), JSON.stringify({prod: asked, dev: fromFile}));

	const terminal = open(context, folder, ['diff']);
	await terminal.waitFor(`Password of ${user}@${host}:${port}/${prod.name}:`, patience);
	terminal.type(`${password}\r`);
	assert.equal((await terminal.exit).exitCode, 0);
	assert.match(terminal.screen(), /no differences/);
	assert.ok(!terminal.transcript.includes(password));

	const left = open(context, folder, ['diff']);
	await left.waitFor('Password of', patience);
	left.press('ctrl+c');
	assert.equal((await left.exit).exitCode, 130);
});
