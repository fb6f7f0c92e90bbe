import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {LockedError, StoreError, UsageError} from '../../source/model/errors.ts';
import {RunDirectory} from '../../source/store/run-directory.ts';
import {makeFolder} from './fixture.ts';

const identity = {prod: 'p', dev: 'd', base: null, pair: 'pd'};

test('a run is made, listed newest first, opened again and removed', (context) => {
	const directory = new RunDirectory(path.join(makeFolder(context), 'deep', 'er'));
	const first = directory.create(identity);
	first.store.stage = 'compared';
	first.store.close();
	first.release();
	const second = directory.create(identity);
	second.store.close();
	second.release();
	const runs = directory.list();
	assert.equal(runs.length, 2);
	assert.ok((runs[0]?.createdAt ?? '') >= (runs[1]?.createdAt ?? ''));
	const again = directory.open(first.store.identity.id);
	assert.equal(again.store.stage, 'compared');
	again.store.close();
	again.release();
	for (const {id} of runs) directory.remove(id);
	assert.deepEqual(readdirSync(directory.folder), []);
});

test('an unknown run is named', (context) => {
	const directory = new RunDirectory(makeFolder(context));
	assert.throws(() => directory.open('nobody'), UsageError);
});

test('a damaged or truncated run is listed with its problem and refused', (context) => {
	const directory = new RunDirectory(makeFolder(context));
	const {store, release} = directory.create(identity);
	store.close();
	release();
	truncateSync(store.file, 100);
	writeFileSync(path.join(directory.folder, 'other.run'), 'not a database at all, but long enough');
	for (const run of directory.list()) {
		assert.match(run.problem ?? '', /can't be used/);
		assert.throws(() => directory.open(run.id), StoreError);
	}
});

test('a run that was begun and never made is listed with its problem and refused', (context) => {
	const directory = new RunDirectory(makeFolder(context));
	// What is left of a process that was killed before its first transaction.
	writeFileSync(path.join(directory.folder, 'begun.run'), '');
	assert.match(directory.list()[0]?.problem ?? '', /holds no run/);
	assert.throws(() => directory.open('begun'), StoreError);
});

test('a second process is told who holds the run, and gets it once the first was killed', async (context) => {
	const folder = makeFolder(context);
	const code = `
		const {RunDirectory} = await import(${JSON.stringify(path.resolve('source/store/run-directory.ts'))});
		const {store} = new RunDirectory(${JSON.stringify(folder)}).create(${JSON.stringify(identity)});
		console.log(store.identity.id);
		setInterval(() => {}, 1000);`;
	const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code]);
	context.after(() => child.kill('SIGKILL'));
	const [output] = (await once(child.stdout, 'data')) as [Buffer];
	const id = output.toString().trim();
	const directory = new RunDirectory(folder);
	assert.throws(
		() => directory.open(id),
		(error: unknown) => error instanceof LockedError && error.message.includes(String(child.pid)),
	);
	child.kill('SIGKILL');
	await once(child, 'exit');
	const {store, release} = directory.open(id);
	store.close();
	release();
});
