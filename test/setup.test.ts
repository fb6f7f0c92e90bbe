import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import {makeFolder} from './store/fixture.ts';

/* .ci/setup on machines made of stand-ins: the commands there only write down their call. */

const script = fileURLToPath(new URL('../.ci/setup', import.meta.url));

type Machine = {readonly user: number; readonly has: readonly string[]};

/** Runs the script where nothing else is; `calls` are what it ran, in order. */
function setUp(context: TestContext, {user, has}: Machine) {
	const folder = makeFolder(context);
	const bin = path.join(folder, 'bin');
	const log = path.join(folder, 'calls');
	const bodies: Record<string, string> = {
		id: `echo ${user}`,
		node: `echo ${folder}`,
		sudo: `echo sudo >> ${log}; "$@"`,
	};
	mkdirSync(bin);
	writeFileSync(log, '');
	for (const name of ['dirname', 'env']) symlinkSync(`/usr/bin/${name}`, path.join(bin, name));
	for (const name of ['id', 'node', 'npm', ...has]) {
		const file = path.join(bin, name);
		writeFileSync(file, `#!/bin/sh\n${bodies[name] ?? `echo ${name} "$@" >> ${log}`}\n`);
		chmodSync(file, 0o755);
	}
	const {status, stderr} = spawnSync('/bin/sh', [script], {env: {PATH: bin}, encoding: 'utf8'});
	return {status, stderr, calls: readFileSync(log, 'utf8').trimEnd().split('\n')};
}

const tools = ['python3', 'make', 'g++'];

test('a machine that has everything only gets the packages', (context) => {
	const {status, calls} = setUp(context, {user: 1000, has: tools});
	assert.equal(status, 0);
	assert.deepEqual(calls, ['npm ci']);
});

test('what is missing is installed first, and nothing else', (context) => {
	const {status, calls} = setUp(context, {user: 0, has: ['python3', 'apt-get']});
	assert.equal(status, 0);
	assert.deepEqual(calls, [
		'apt-get update -qq',
		'apt-get install -y -qq --no-install-recommends make g++',
		'npm ci',
	]);
});

test('who is not root asks sudo', (context) => {
	const {status, calls} = setUp(context, {user: 1000, has: ['make', 'g++', 'apt-get', 'sudo']});
	assert.equal(status, 0);
	assert.deepEqual(calls, [
		'sudo',
		'apt-get update -qq',
		'sudo',
		'apt-get install -y -qq --no-install-recommends python3',
		'npm ci',
	]);
});

test('where it can not install, it says what to install', (context) => {
	for (const machine of [
		{user: 0, has: ['make']},
		{user: 1000, has: ['make', 'apt-get']},
	]) {
		const {status, stderr, calls} = setUp(context, machine);
		assert.equal(status, 1);
		assert.match(stderr, /need python3 g\+\+ to be compiled/);
		assert.deepEqual(calls, ['']);
	}
});
