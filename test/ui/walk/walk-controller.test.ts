import assert from 'node:assert/strict';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import Database from 'better-sqlite3';
import {applyEvents} from '../../../source/engine/apply/apply-journal.ts';
import {decideMany} from '../../../source/engine/resolve.ts';
import {exitCodes} from '../../../source/model/errors.ts';
import {RunDirectory} from '../../../source/store/run-directory.ts';
import {countFound} from '../../../source/ui/screens/scan/scan-rows.ts';
import type {WalkState} from '../../../source/ui/walk/walk-state.ts';
import {follow, makePair, readConfig, startCompared, startRun} from './real-walk.ts';

const person = {level: 'row', by: 'person'} as const;

const runOf = ({run}: WalkState): string => (run.kind === 'open' ? run.id : '');

test('it walks from connecting to an applied pack, and prod has what was chosen', async (context) => {
	const pair = makePair(context);
	const {controller, waitFor} = await startCompared(context, pair);
	assert.equal(countFound(controller.getState().tables), 2);

	controller.goTo('plan');
	const refused = await waitFor(({plan}) => plan.kind === 'failed');
	assert.ok(refused.plan.kind === 'failed' && refused.plan.unresolved === 1);

	controller.back();
	assert.equal(controller.getState().step, 'conflicts');
	decideMany(controller.store, {}, 'theirs', person);
	controller.next();
	await waitFor(({plan}) => plan.kind === 'ready');
	controller.next();
	const {pack} = await waitFor(({step}) => step === 'apply');
	assert.ok(pack.kind === 'written' && existsSync(pack.paths.sql));

	controller.applyPack('rehearse', 'fire');
	await waitFor(({apply}) => apply.kind === 'rehearsed');
	assert.deepEqual(pair.query('prod', 'SELECT name FROM artist ORDER BY id'), [
		'Abba',
		'Blur',
		'Can',
	]);

	controller.applyPack('apply', 'fire');
	const {apply} = await waitFor(({apply: {kind}}) => kind === 'applied' || kind === 'failed');
	assert.ok(apply.kind === 'applied' && apply.paths.receipt !== null, JSON.stringify(apply));
	assert.match(readFileSync(apply.paths.receipt, 'utf8'), /"result": ?"committed"/);
	assert.deepEqual(
		pair.query('prod', 'SELECT name || coalesce(country, 0) FROM artist ORDER BY id'),
		pair.query('dev', 'SELECT name || coalesce(country, 0) FROM artist ORDER BY id'),
	);
});

test('a path that is wrong is told and can be corrected', async (context) => {
	const pair = makePair(context);
	const config = await readConfig(pair, {prod: 'nowhere.db'});
	const {controller, waitFor} = follow(context, pair, {config});
	const failed = await waitFor(
		({sides}) => sides.prod.kind === 'failed' && sides.dev.kind === 'open',
	);
	assert.ok(failed.sides.prod.kind === 'failed');
	assert.match(failed.sides.prod.problem.message, /nowhere\.db/);
	assert.notEqual(controller.nameSide('prod', 'pg://x'), null);
	assert.equal(controller.nameSide('prod', ' ./prod.db '), null);
	const {sides} = await waitFor(({sides: {prod}}) => prod.kind === 'open' && prod.isCounted);
	assert.ok(sides.prod.kind === 'open');
	assert.deepEqual([sides.prod.rows, sides.prod.facts.tables], [5, 2]);
});

test('a database that is locked is waited for while keys go on', async (context) => {
	const pair = makePair(context);
	const holder = new Database(pair.prod);
	context.after(() => holder.close());
	holder.exec('BEGIN EXCLUSIVE');
	const {waitFor} = follow(context, pair, {config: await readConfig(pair)});
	await waitFor(
		({sides: {prod, dev}}) =>
			prod.kind === 'connecting' && prod.isLocked && dev.kind === 'open' && dev.isCounted,
	);
	holder.exec('ROLLBACK');
	await waitFor(({sides: {prod}}) => prod.kind === 'open');
});

test('one database on both sides is refused until another one is named', async (context) => {
	const pair = makePair(context);
	const config = await readConfig(pair, {dev: './prod.db'});
	const {controller, waitFor} = follow(context, pair, {config});
	const {sides} = await waitFor(({sides: {prod, dev}}) => [prod.kind, dev.kind].includes('failed'));
	assert.match(JSON.stringify(sides), /are the same database/);
	// Whichever came last was refused; naming the other one anew helps as well.
	controller.nameSide('dev', 'dev.db');
	await waitFor(({sides: {prod, dev}}) => prod.kind === 'open' && dev.kind === 'open');
});

test('a base that can not be opened holds the walk up until it is dropped', async (context) => {
	const pair = makePair(context);
	const config = await readConfig(pair, {base: 'base.db'});
	const {controller, waitFor} = follow(context, pair, {config});
	await waitFor(
		({sides: {prod, dev, base}}) => [prod.kind, dev.kind, base.kind].join() === 'open,open,failed',
	);
	controller.goTo('structure');
	assert.match(controller.getState().message?.text ?? '', /base is not open/);
	assert.equal(controller.nameSide('base', ''), null);
	controller.startRun();
	await waitFor(({run}) => run.kind === 'open');
	assert.equal(controller.session.base, null);
});

test('an unfinished run is offered with what it holds, and goes on where it was', async (context) => {
	const pair = makePair(context);
	const first = await startCompared(context, pair);
	decideMany(first.controller.store, {unresolved: true}, 'ours', person);
	const id = runOf(first.controller.getState());
	first.controller.end(exitCodes.done);
	await first.controller.ended;
	await first.controller.close();

	const {controller, waitFor} = follow(context, pair, {config: await readConfig(pair)});
	const {offers} = await waitFor((state) => state.offers.length === 1);
	assert.deepEqual(
		offers.map((offer) => ({...offer, createdAt: ''})),
		[
			{
				id,
				createdAt: '',
				stage: 'compared',
				rowsDone: 6,
				rowsTotal: 6,
				differences: 2,
				conflicts: 1,
				resolved: 1,
			},
		],
	);
	controller.continueRun(id);
	const state = await waitFor(({run}) => run.kind === 'open');
	assert.equal(state.step, 'conflicts');
	controller.goTo('plan');
	await waitFor(({plan}) => plan.kind === 'ready');
});

test('a run whose databases have changed is refused with the reason, and kept', async (context) => {
	const pair = makePair(context);
	const first = await startRun(context, pair);
	const id = runOf(first.controller.getState());
	first.controller.putRunAway();
	pair.execute('dev', 'CREATE TABLE later (id INTEGER PRIMARY KEY)');
	first.controller.retrySide('dev');
	await first.waitFor(({offers, sides}) => offers.length === 1 && sides.dev.kind === 'open');
	first.controller.continueRun(id);
	const {runProblem, step} = await first.waitFor((state) => state.runProblem !== null);
	assert.match(runProblem?.message ?? '', /the structure of a database has changed since/);
	assert.equal(step, 'connect');
	first.controller.startRun();
	const {changes} = await first.waitFor(({run}) => run.kind === 'open');
	assert.ok(changes.some(({change}) => change.table === 'later'));
});

test('the run that was asked for is taken up without asking; one that is held is told', async (context) => {
	const pair = makePair(context);
	const first = await startCompared(context, pair);
	const id = runOf(first.controller.getState());
	const config = await readConfig(pair);
	const second = follow(context, pair, {config, runId: id});
	const {runProblem} = await second.waitFor((state) => state.runProblem !== null);
	assert.match(runProblem?.message ?? '', /is in use by another process/);

	first.controller.putRunAway();
	const third = follow(context, pair, {config, runId: id});
	assert.equal((await third.waitFor(({run}) => run.kind === 'open')).step, 'differences');

	const fourth = follow(context, pair, {config, runId: 'none'});
	const refused = await fourth.waitFor((state) => state.runProblem !== null);
	assert.match(refused.runProblem?.message ?? '', /There is no run none/);
});

/** Enough rows for several segments at the speed that the tests configure. */
const manyRows = `
	CREATE TABLE big (id INTEGER PRIMARY KEY, v TEXT);
	WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
	INSERT INTO big SELECT i, 'row ' || i FROM n;
	CREATE TABLE last (id INTEGER PRIMARY KEY);`;
const manyChanges = `UPDATE big SET v = 'dev' WHERE id % 100 = 0; INSERT INTO last VALUES (1);`;

const slowly = async (pair: Parameters<typeof readConfig>[0]) => {
	const config = await readConfig(pair);
	return {...config, performance: {...config.performance, maxRowsPerSecond: 4000}};
};

test('a scan pauses, stops and goes on, and finds what it would have found at once', async (context) => {
	const pair = makePair(context, {base: manyRows, dev: manyChanges});
	const {controller, waitFor} = await startRun(context, pair, {config: await slowly(pair)});
	controller.goTo('scan');
	controller.startScan();
	await waitFor(({meter}) => (meter?.rowsDone ?? 0) > 0);
	controller.goTo('differences');
	assert.match(controller.getState().message?.text ?? '', /The scan is running/);
	controller.pauseScan(true);
	await waitFor(({scan, meter}) => scan.kind === 'running' && scan.isPaused && meter !== null);
	controller.stopScan();
	const stopped = await waitFor(({scan}) => scan.kind === 'stopped');
	const [big] = stopped.tables;
	assert.ok(big && big.prodRows > 0 && big.prodRows < 6000, `${big?.prodRows} rows`);

	controller.startScan();
	const {tables} = await waitFor(({scan}) => scan.kind === 'done');
	assert.equal(countFound(tables), 61);
	assert.equal(controller.store.rows.count(), 61);
});

test('a table that was left out can be taken in again after the scan', async (context) => {
	const pair = makePair(context, {base: manyRows, dev: manyChanges});
	const {controller, waitFor} = await startRun(context, pair);
	controller.goTo('scan');
	controller.chooseTables(['big'], false);
	controller.startScan();
	const first = await waitFor(({scan}) => scan.kind === 'done');
	assert.equal(countFound(first.tables), 1);
	controller.chooseTables(['big'], true);
	assert.equal(controller.getState().scan.kind, 'choosing');
	controller.goTo('plan');
	assert.equal(controller.getState().step, 'scan');
	controller.startScan();
	const second = await waitFor(({scan}) => scan.kind === 'done');
	assert.equal(countFound(second.tables), 61);
});

test('a table whose definition changes during the scan is told; a new run goes on', async (context) => {
	const pair = makePair(context, {base: manyRows, dev: manyChanges});
	const {controller, waitFor} = await startRun(context, pair, {config: await slowly(pair)});
	const before = runOf(controller.getState());
	controller.goTo('scan');
	controller.startScan();
	await waitFor(({meter}) => (meter?.rowsDone ?? 0) > 0);
	pair.execute('dev', 'ALTER TABLE big ADD COLUMN w TEXT');
	const {scan} = await waitFor((state) => state.scan.kind === 'failed');
	assert.ok(scan.kind === 'failed');
	assert.equal(scan.remedy, 'anew');
	assert.match(scan.problem.message, /big/);

	// Trying again says that it can't be the same run.
	controller.retryScan();
	const again = await waitFor((state) => state.scan.kind === 'failed' && !state.scan.isRetrying);
	assert.equal(runOf(again), before);

	controller.scanAnew();
	const anew = await waitFor((state) => state.run.kind === 'open' && runOf(state) !== before);
	assert.equal(anew.step, 'scan');
	assert.ok(anew.changes.some(({change}) => change.name === 'w'));
	assert.equal(new RunDirectory(path.join(pair.folder, '.deepdiff')).list().length, 2);
});

test('a database that vanished is told, and tried again once it is back', async (context) => {
	const pair = makePair(context);
	const {controller, waitFor} = await startRun(context, pair);
	controller.goTo('scan');
	const bytes = readFileSync(pair.dev);
	writeFileSync(pair.dev, 'not a database any more');
	controller.startScan();
	const failed = await waitFor((state) => state.scan.kind === 'failed');
	assert.ok(failed.scan.kind === 'failed' && failed.scan.problem.message.includes('dev.db'));
	controller.retryScan();
	await waitFor((state) => state.scan.kind === 'failed' && !state.scan.isRetrying);
	writeFileSync(pair.dev, bytes);
	controller.retryScan();
	const {tables} = await waitFor(({scan}) => scan.kind === 'done');
	assert.equal(countFound(tables), 2);
});

test('a plan that no longer says what was chosen is made again', async (context) => {
	const pair = makePair(context);
	const {controller, waitFor} = await startCompared(context, pair);
	decideMany(controller.store, {unresolved: true}, 'ours', person);
	controller.goTo('plan');
	const first = await waitFor(({plan}) => plan.kind === 'ready');
	controller.goTo('structure');
	controller.goTo('plan');
	assert.equal(controller.getState().plan, first.plan, 'nothing changed: the plan is kept');

	controller.goTo('structure');
	controller.chooseChanges(['create column artist.country'], false);
	const [choice] = controller.getState().changes;
	assert.equal(choice?.chosen, choice?.change.id !== 'create column artist.country');
	controller.goTo('apply');
	assert.match(controller.getState().message?.text ?? '', /There is no plan yet/);
	controller.goTo('plan');
	const second = await waitFor(({plan}) => plan.kind === 'ready' && plan !== first.plan);
	assert.notDeepEqual(second.plan, first.plan);
});

test('ending in the middle of a scan keeps the run and lets others have it', async (context) => {
	const pair = makePair(context, {base: manyRows, dev: manyChanges});
	const config = await slowly(pair);
	const {controller, waitFor} = await startRun(context, pair, {config});
	controller.goTo('scan');
	controller.startScan();
	const {run} = await waitFor(({meter}) => (meter?.rowsDone ?? 0) > 0);
	controller.end(exitCodes.interrupted);
	controller.end(exitCodes.done);
	const end = await controller.ended;
	assert.equal(end.exitCode, exitCodes.interrupted);
	await controller.close();

	assert.ok(run.kind === 'open');
	const next = follow(context, pair, {config: await readConfig(pair), runId: run.id});
	const state = await next.waitFor((other) => other.run.kind === 'open');
	assert.equal(state.step, 'scan');
	const rows = state.tables[0]?.prodRows ?? 0;
	assert.ok(rows > 0 && rows < 6000, `${rows} rows`);
	next.controller.startScan();
	const {tables} = await next.waitFor(({scan}) => scan.kind === 'done');
	assert.equal(countFound(tables), 61);
});

test('what was typed replaces the open run, which is kept', async (context) => {
	const pair = makePair(context);
	const {controller, waitFor} = await startRun(context, pair);
	controller.goTo('connect');
	assert.equal(controller.nameSide('dev', 'dev.db'), null);
	const state = await waitFor(({offers}) => offers.length === 1);
	assert.equal(state.run.kind, 'none');
	assert.match(state.message?.text ?? '', /is kept/);
});

test('an apply that was killed is settled before its run is taken up', async (context) => {
	const pair = makePair(context);
	const config = await readConfig(pair);
	const first = await startCompared(context, pair);
	decideMany(first.controller.store, {}, 'theirs', person);
	first.controller.goTo('plan');
	await first.waitFor(({plan}) => plan.kind === 'ready');
	first.controller.goTo('apply');
	const written = await first.waitFor(({step}) => step === 'apply');
	const {store} = first.controller;
	assert.ok(written.pack.kind === 'written');
	const {manifest, digest} = written.pack.paths;
	store.journal.append(applyEvents.started, {
		mode: 'apply',
		pack: manifest,
		digest,
		target: 'prod.db',
	});
	first.controller.putRunAway();
	const id = runOf(written);
	first.controller.continueRun(id);
	const {message} = await first.waitFor(
		({run, message}) => run.kind === 'open' && message !== undefined,
	);
	assert.match(message?.text ?? '', /rolled back: nothing was changed/);

	first.controller.goTo('plan');
	await first.waitFor(({plan}) => plan.kind === 'ready');
	first.controller.goTo('apply');
	await first.waitFor(({step}) => step === 'apply');
	first.controller.applyPack('apply', 'fire');
	await first.waitFor(({apply}) => apply.kind === 'applied');
	// As if the process had been killed between the commit and its answer.
	const file = first.controller.store.file;
	first.controller.end(exitCodes.done);
	await first.controller.ended;
	await first.controller.close();
	const database = new Database(file);
	database.exec(`
		DELETE FROM journal WHERE number = (SELECT max(number) FROM journal WHERE event = 'committed');
		UPDATE meta SET value = 'planned' WHERE key = 'stage'`);
	database.close();

	const second = follow(context, pair, {config, runId: id});
	const {runProblem} = await second.waitFor((state) => state.runProblem !== null);
	assert.match(runProblem?.message ?? '', /interrupted after its commit: it is applied/);
});

test('what was allowed on the plan is allowed when the run is taken up', async (context) => {
	const pair = makePair(context);
	const first = await startCompared(context, pair);
	assert.equal(first.controller.getState().allowed.size, 0);
	first.controller.allowKind('deleteRows', true);
	first.controller.allowKind('dropIndex', true);
	first.controller.allowKind('dropIndex', false);
	const {id} = first.controller.store.identity;
	first.controller.end(exitCodes.done);
	await first.controller.ended;
	await first.controller.close();

	const second = follow(context, pair, {config: await readConfig(pair), runId: id});
	const {allowed} = await second.waitFor(({run}) => run.kind === 'open');
	assert.deepEqual([...allowed], ['deleteRows']);
});

test('a second interruption does not wait for what is under way', async (context) => {
	const pair = makePair(context, {base: manyRows, dev: manyChanges});
	const {controller, waitFor} = await startRun(context, pair, {config: await slowly(pair)});
	controller.goTo('scan');
	controller.startScan();
	await waitFor(({meter}) => (meter?.rowsDone ?? 0) > 0);
	controller.end(exitCodes.interrupted);
	controller.end(exitCodes.interrupted);
	const {exitCode, state} = await controller.ended;
	assert.deepEqual([exitCode, state.scan.kind], [exitCodes.interrupted, 'running']);
	await waitFor(({scan}) => scan.kind === 'stopped');
});
