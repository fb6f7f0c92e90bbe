import assert from 'node:assert/strict';
import {copyFileSync, renameSync} from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {loadConfig} from '../../source/config/load-config.ts';
import {closeRun, compareRun, takeRun, type TakeOptions} from '../../source/engine/compare-run.ts';
import {ScanControl} from '../../source/engine/scan/scan-control.ts';
import {openSession} from '../../source/engine/session.ts';
import {RunDirectory} from '../../source/store/run-directory.ts';
import {makeDatabase, makePair} from '../commands/fixture.ts';

/** Takes the run of a pair again and again, each time with a session of its own. */
function makeTaker(context: TestContext) {
	const pair = makePair(context);
	const take = async (options: TakeOptions = {}, flags: {tables?: string} = {}) => {
		const {config} = await loadConfig({
			directory: pair.folder,
			environment: {},
			flags: {prod: pair.prod, dev: pair.dev, ...flags},
		});
		const session = await openSession(config);
		try {
			const {run, origin, passedOver} = takeRun(session, options);
			const {id} = run.store.identity;
			const changes = run.store.schema.list().length;
			closeRun(run);
			return {id, origin, reason: passedOver?.reason ?? null, changes};
		} finally {
			await session.close();
		}
	};
	return {...pair, take};
}

test('an unfinished run is taken up while everything is the same', async (context) => {
	const {take} = makeTaker(context);
	const first = await take();
	assert.deepEqual([first.origin, first.reason, first.changes], ['new', null, 2]);
	assert.deepEqual(await take(), {...first, origin: 'continued'});
	assert.deepEqual(await take({runId: first.id}), {...first, origin: 'continued'});
	const fresh = await take({fresh: true});
	assert.equal(fresh.origin, 'new');
	assert.notEqual(fresh.id, first.id);
});

test('another choice of tables, another structure and another file begin a new run and say why', async (context) => {
	const {take, prod, dev, folder} = makeTaker(context);
	const first = await take();
	const narrowed = await take({}, {tables: 'artist'});
	assert.match(narrowed.reason ?? '', /--tables/);
	assert.equal(narrowed.changes, 1);
	await take({fresh: true});
	makeDatabase(prod, 'CREATE TABLE more (x)');
	assert.match((await take()).reason ?? '', /structure/);
	// A copy has the same content and the same name, and is another database.
	copyFileSync(dev, path.join(folder, 'copy.db'));
	renameSync(path.join(folder, 'copy.db'), dev);
	assert.match((await take()).reason ?? '', /replaced/);
	await assert.rejects(take({runId: first.id}), {
		name: 'SchemaChangedError',
		message: new RegExp(`^Run ${first.id} can't be taken up: `),
	});
});

test('a choice that was made about a change stays when the run is taken up', async (context) => {
	const {take, folder} = makeTaker(context);
	const {id} = await take();
	const run = new RunDirectory(path.join(folder, '.deepdiff')).open(id);
	const [first] = run.store.schema.list();
	run.store.schema.choose(first?.change.id ?? '', false);
	closeRun(run);
	await take();
	const again = new RunDirectory(path.join(folder, '.deepdiff')).open(id);
	assert.equal(again.store.schema.list()[0]?.chosen, false);
	closeRun(again);
});

test('a run of another pair is not taken up by its name', async (context) => {
	const one = makeTaker(context);
	const {id} = await one.take();
	const {config} = await loadConfig({
		directory: one.folder,
		environment: {},
		flags: {prod: one.dev, dev: one.prod},
	});
	const session = await openSession(config);
	assert.throws(() => takeRun(session, {runId: id}), {
		name: 'UsageError',
		message: `Run ${id} compares prod.db with dev.db, not dev.db with prod.db.`,
	});
	await session.close();
});

test('a run that was compared is not compared again', async (context) => {
	const {folder, prod, dev} = makePair(context);
	const {config} = await loadConfig({
		directory: folder,
		environment: {},
		flags: {prod, dev},
	});
	const session = await openSession(config);
	const {run} = takeRun(session);
	const compare = async () => {
		let pictures = 0;
		const steps = compareRun(session, run.store, new ScanControl());
		let step = await steps.next();
		for (; !step.done; step = await steps.next()) pictures++;
		return {pictures, tables: step.value.tables};
	};
	const first = await compare();
	assert.ok(first.pictures > 0);
	run.store.stage = 'planned';
	assert.deepEqual(await compare(), {pictures: 0, tables: run.store.scan.listProgress()});
	assert.equal(run.store.stage, 'planned');
	closeRun(run);
	await session.close();
});

test('a table whose last segment was written is done, though the scan was killed before it said so', async (context) => {
	const {folder, prod, dev} = makePair(context);
	const {config} = await loadConfig({directory: folder, environment: {}, flags: {prod, dev}});
	const session = await openSession(config);
	const {run} = takeRun(session);
	const compare = async () => {
		const steps = compareRun(session, run.store, new ScanControl());
		let step = await steps.next();
		while (!step.done) step = await steps.next();
		return step.value.tables;
	};
	const tables = await compare();
	for (const {number, status} of tables) {
		if (status === 'done') run.store.scan.setTable(number, {status: 'scanning'});
	}
	run.store.stage = 'scanning';
	assert.deepEqual(await compare(), tables);
	assert.deepEqual(run.store.scan.listProgress(), tables);
	closeRun(run);
	await session.close();
});
