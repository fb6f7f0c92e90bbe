import assert from 'node:assert/strict';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {runInit} from '../../source/commands/init.ts';
import {makeFolder, makeWorld} from './fixture.ts';

test('init writes a configuration from flags that the program reads again', async (context) => {
	const folder = makeFolder(context);
	const {context: command, stdout} = makeWorld(folder, {prod: './a b.db', dev: 'sqlite:./d.db'});
	assert.equal(await runInit(command, {}), 0);
	assert.match(stdout.text, /^Wrote .*\.deepdiffrc\.$/m);
	const config = await makeWorld(folder).context.loadConfig();
	assert.deepEqual(
		[config.prod, config.dev].map((side) => side && 'file' in side && side.file),
		[path.join(folder, 'a b.db'), path.join(folder, 'd.db')],
	);
});

test('init asks, and asks again what it does not understand', async (context) => {
	const folder = makeFolder(context);
	const answers = ['postgress://x/y', './p.db', './d.db', '', 'log, tmp_*', '*.updated_at'];
	const {context: command, stderr} = makeWorld(folder, {}, {answers});
	assert.equal(await runInit(command, {}), 0);
	assert.match(stderr.text, /Did you mean "postgres"\?/);
	const {ignore, base} = await makeWorld(folder).context.loadConfig();
	assert.deepEqual(ignore, {tables: ['log', 'tmp_*'], columns: ['*.updated_at'], objects: []});
	assert.equal(base, undefined);
});

test('a password is not written; the variable to set is named', async (context) => {
	const folder = makeFolder(context);
	const flags = {prod: 'postgres://u:s3cret@h/db', dev: './d.db', json: true};
	const world = makeWorld(folder, flags);
	assert.equal(await runInit(world.context, {}), 0);
	assert.deepEqual((world.json() as {variables: string[]}).variables, ['PROD_PASSWORD']);
	const written = readFileSync(path.join(folder, '.deepdiffrc'), 'utf8');
	assert.doesNotMatch(written + world.stdout.text + world.stderr.text, /s3cret/);
});

test('a configuration that is there stays, unless --force is given', async (context) => {
	const folder = makeFolder(context);
	const file = path.join(folder, '.deepdiffrc');
	writeFileSync(file, 'mine');
	const {context: command} = makeWorld(folder, {prod: './p.db', dev: './d.db'});
	await assert.rejects(runInit(command, {}), {name: 'UsageError'});
	assert.equal(readFileSync(file, 'utf8'), 'mine');
	assert.equal(await runInit(command, {force: true}), 0);
	assert.match(readFileSync(file, 'utf8'), /prod: /);
});

test('without a terminal and without flags nothing is written', async (context) => {
	const folder = makeFolder(context);
	await assert.rejects(runInit(makeWorld(folder).context, {}), {name: 'UsageError'});
	assert.equal(existsSync(path.join(folder, '.deepdiffrc')), false);
});

test('a folder that can not be written to is told', async (context) => {
	const folder = makeFolder(context);
	const flags = {prod: './p.db', dev: './d.db', config: 'no/such/folder/rc'};
	await assert.rejects(runInit(makeWorld(folder, flags).context, {}), {name: 'DeepDiffError'});
});
