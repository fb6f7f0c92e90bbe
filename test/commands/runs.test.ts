import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {z} from 'zod';
import {pruneRuns} from '../../source/commands/prune-runs.ts';
import {listRuns, showRun} from '../../source/commands/runs.ts';
import {runDiff} from '../../source/commands/diff.ts';
import {runRows} from '../../source/commands/rows.ts';
import {runResolve} from '../../source/commands/resolve.ts';
import {RunDirectory} from '../../source/store/run-directory.ts';
import {makeFolder, makePair, makeWorld, namePair} from './fixture.ts';

const identity = {prod: 'p.db', dev: 'd.db', base: null, pair: 'x'};

/** A folder with stored runs of the given ids. */
function makeRuns(context: Parameters<typeof makeFolder>[0], count: number) {
	const folder = makeFolder(context);
	const directory = new RunDirectory(path.join(folder, '.deepdiff'));
	const ids = Array.from({length: count}, () => {
		const run = directory.create(identity);
		run.store.close();
		run.release();
		return run.store.identity.id;
	});
	return {folder, directory, ids};
}

test('runs are listed with a damaged one among them', async (context) => {
	const {folder, directory, ids} = makeRuns(context, 1);
	writeFileSync(path.join(directory.folder, '20200101-000000-0000.run'), 'no store');
	const world = makeWorld(folder, {json: true});
	assert.equal(await listRuns(world.context), 0);
	const {runs} = z
		.strictObject({
			version: z.literal(1),
			folder: z.literal(directory.folder),
			runs: z.array(
				z.strictObject({
					id: z.string(),
					createdAt: z.string(),
					prod: z.string(),
					dev: z.string(),
					base: z.string().nullable(),
					stage: z.string(),
					problem: z.string().nullable(),
					file: z.string(),
				}),
			),
		})
		.parse(world.json());
	assert.deepEqual(
		runs.map(({id, problem}) => [id, problem === null]),
		[
			[ids[0], true],
			['20200101-000000-0000', false],
		],
	);
	const people = makeWorld(folder);
	await listRuns(people.context);
	assert.match(people.stdout.text, /it is not a run store/);
});

test('no runs at all is no error', async (context) => {
	const {context: command, stdout} = makeWorld(makeFolder(context));
	assert.equal(await listRuns(command), 0);
	assert.match(stdout.text, /^There are no runs in /);
});

test('a run shows what it found and what was decided', async (context) => {
	const pair = makePair(context);
	await runDiff(makeWorld(pair.folder, namePair(pair)).context, {});
	await runResolve(makeWorld(pair.folder, namePair(pair)).context, {all: 'ours'});
	const [run] = new RunDirectory(path.join(pair.folder, '.deepdiff')).list();
	const {context: command, stdout} = makeWorld(pair.folder);
	assert.equal(await showRun(command, run?.id ?? ''), 0);
	assert.match(stdout.text, /Decisions\n.* {2}ours for the chosen rows/);
	assert.match(stdout.text, /^stage: compared$/m);
	const world = makeWorld(pair.folder, {json: true});
	await showRun(world.context, run?.id ?? '');
	const document = z
		.looseObject({stage: z.literal('compared'), decisions: z.array(z.unknown()).length(1)})
		.parse(world.json());
	assert.equal(document['unresolved'], 0);
	await assert.rejects(showRun(makeWorld(pair.folder).context, 'nothing'), {name: 'UsageError'});
});

test('runs are pruned by id, by age and all together, with their packs', async (context) => {
	const {folder, directory, ids} = makeRuns(context, 3);
	const [first = '', second = ''] = ids;
	mkdirSync(directory.artefactFolder(first));
	writeFileSync(path.join(directory.artefactFolder(first), 'migration_pack.sql'), '');
	assert.equal(await pruneRuns(makeWorld(folder).context, {ids: [first]}), 0);
	assert.equal(existsSync(directory.artefactFolder(first)), false);
	assert.equal(await pruneRuns(makeWorld(folder).context, {ids: [], olderThan: '1h'}), 0);
	assert.equal(directory.list().length, 2);
	writeFileSync(path.join(directory.folder, '20200101-000000-0000.run'), 'no store');
	assert.equal(await pruneRuns(makeWorld(folder).context, {ids: [], olderThan: '30d'}), 0);
	assert.deepEqual(new Set(directory.list().map(({id}) => id)), new Set(ids.slice(1)));
	const world = makeWorld(folder, {json: true});
	assert.equal(await pruneRuns(world.context, {ids: [], all: true}), 0);
	assert.deepEqual(new Set((world.json() as {removed: string[]}).removed), new Set(ids.slice(1)));
	assert.deepEqual(readdirSync(directory.folder), []);
	await assert.rejects(pruneRuns(makeWorld(folder).context, {ids: [second]}), {
		name: 'UsageError',
		message: /Nothing was deleted/,
	});
});

test('prune wants to be told what to delete, and never leaves its folder', async (context) => {
	const {folder, directory, ids} = makeRuns(context, 1);
	writeFileSync(path.join(folder, 'precious'), '');
	for (const options of [
		{ids: []},
		{ids, all: true},
		{ids: [], olderThan: 'soon'},
		{ids: ['../precious']},
		{ids: ['..']},
	]) {
		await assert.rejects(pruneRuns(makeWorld(folder).context, options), {name: 'UsageError'});
	}
	assert.equal(directory.list().length, 1);
	assert.ok(existsSync(path.join(folder, 'precious')));
});

test('a run that somebody works on is left, told, and makes it 2', async (context) => {
	const {folder, directory, ids} = makeRuns(context, 2);
	const [id = ''] = ids;
	const held = directory.open(id);
	context.after(() => {
		held.store.close();
		held.release();
	});
	const world = makeWorld(folder);
	assert.equal(await pruneRuns(world.context, {ids: [], all: true}), 2);
	assert.match(world.stderr.text, /is in use by another process/);
	assert.deepEqual(
		directory.list().map((run) => run.id),
		[id],
	);
});

test('a command about a run that is not there says so', async (context) => {
	const pair = makePair(context);
	const usage = {name: 'UsageError', exitCode: 64};
	await assert.rejects(runRows(makeWorld(pair.folder, namePair(pair)).context, {}), usage);
	await assert.rejects(runRows(makeWorld(pair.folder, {run: 'x'}).context, {}), usage);
	const named = makeWorld(pair.folder, {...namePair(pair), run: 'x'});
	await assert.rejects(runDiff(named.context, {}), usage);
	await assert.rejects(runDiff(named.context, {fresh: true}), usage);
	await assert.rejects(runResolve(named.context, {all: 'ours'}), usage);
});
