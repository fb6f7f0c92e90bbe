import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {sides, type Side} from '../../source/config/config.ts';
import {steps} from '../../source/ui/components/steps.ts';
import {findObstacle, hasCompared} from '../../source/ui/walk/find-obstacle.ts';
import type {WalkEvent} from '../../source/ui/walk/walk-event.ts';
import type {WalkState} from '../../source/ui/walk/walk-state.ts';
import {reduceWalk, startWalk} from '../../source/ui/workflow.ts';
import {
	bothOpen,
	makeFacts,
	makeOffer,
	makeTable,
	openedRun,
	packPaths,
	planSummary,
	problem,
	receipt,
	walkThrough,
} from './walk/walk-fixture.ts';

const goTo = (step: WalkState['step']): WalkEvent => ({type: 'stepEntered', step});
const scanned = makeTable({name: 'artist', status: 'done', prodRows: 100, devRows: 110});
const scanEnded: WalkEvent = {
	type: 'scanEnded',
	isComplete: true,
	changedMeanwhile: false,
	notes: [],
	settled: 0,
	tables: [scanned],
};
const scannedRun = [...openedRun(), goTo('scan'), {type: 'scanStarted'}, scanEnded] as const;
const plannedRun = [
	...scannedRun,
	goTo('plan'),
	{type: 'planStarted'},
	{type: 'planMade', summary: planSummary},
] as const;
const writtenRun = [
	...plannedRun,
	{type: 'packWriting'},
	{type: 'packWritten', paths: packPaths},
] as const;

test('a step that can not be entered says why, from the first thing that is missing', () => {
	const reason = (...events: readonly WalkEvent[]) =>
		findObstacle(walkThrough(...events), 'structure');
	assert.equal(reason(), 'Name prod first: press enter on it.');
	assert.equal(reason(...bothOpen.slice(0, 2)), 'Still connecting to prod.');
	assert.equal(
		reason(...bothOpen.slice(0, 2), {type: 'sideFailed', side: 'prod', problem}),
		'prod is not open: correct it, or try again.',
	);
	assert.equal(reason(...bothOpen), 'Continue a run or start a new one first.');
	assert.equal(reason(...openedRun()), undefined);
});

test('the walk goes from connecting to a verified apply', () => {
	const state = walkThrough(
		...writtenRun,
		goTo('apply'),
		{type: 'applyStarted', mode: 'rehearse'},
		{type: 'rehearsed', receipt: {...receipt, result: 'rehearsed'}},
		{type: 'applyStarted', mode: 'apply'},
		{type: 'applied', receipt, paths: {receipt: '/out/receipt.json', undo: null, report: null}},
	);
	assert.equal(state.step, 'apply');
	assert.equal(state.apply.kind, 'applied');
	assert.match(findObstacle(state, 'plan') ?? '', /This run was applied/);
	assert.equal(findObstacle(state, 'connect'), undefined);
});

test('a plan waits for the whole scan, and the apply for the written pack', () => {
	assert.match(findObstacle(walkThrough(...openedRun()), 'plan') ?? '', /Compare the rows first/);
	const stopped = walkThrough(
		...openedRun(),
		goTo('scan'),
		{type: 'scanStarted'},
		{
			...scanEnded,
			isComplete: false,
		},
	);
	assert.equal(stopped.scan.kind, 'stopped');
	assert.match(findObstacle(stopped, 'plan') ?? '', /The scan is not finished/);
	// What was found so far may be looked at.
	assert.equal(findObstacle(stopped, 'differences'), undefined);
	assert.match(findObstacle(walkThrough(...plannedRun), 'apply') ?? '', /not written yet/);
	assert.equal(findObstacle(walkThrough(...writtenRun), 'apply'), undefined);
});

test('nothing is left while the scan or an apply is under way', () => {
	const scanning = walkThrough(
		...openedRun(),
		goTo('scan'),
		{type: 'scanStarted'},
		goTo('structure'),
	);
	assert.equal(scanning.step, 'scan');
	const applying = walkThrough(
		...writtenRun,
		goTo('apply'),
		{type: 'applyStarted', mode: 'apply'},
		goTo('plan'),
		{type: 'runClosed'},
	);
	assert.equal(applying.step, 'apply');
	assert.equal(applying.run.kind, 'open');
});

test('another choice of tables after the scan asks for the scan again and drops the plan', () => {
	const state = walkThrough(...writtenRun, goTo('scan'), {
		type: 'tablesChosen',
		tables: [makeTable({name: 'artist', status: 'skipped'})],
	});
	assert.equal(state.scan.kind, 'choosing');
	assert.equal(state.plan.kind, 'none');
	assert.equal(state.pack.kind, 'not written');
});

test('an answer that comes too late changes nothing', () => {
	const state = walkThrough(...openedRun());
	for (const event of [
		{type: 'planMade', summary: planSummary},
		{type: 'packWritten', paths: packPaths},
		scanEnded,
		{type: 'sideNamed', side: 'prod', name: 'other.db', address: '/srv/other.db'},
	] as const) {
		assert.equal(reduceWalk(state, event), state, event.type);
	}
});

test('a database that fails after it was open takes the offers with it', () => {
	const state = walkThrough(
		...bothOpen,
		{type: 'runsFound', offers: [makeOffer()], at: 0},
		{type: 'sideFailed', side: 'dev', problem},
	);
	assert.deepEqual(state.offers, []);
	assert.equal(state.sides.dev.kind, 'failed');
});

const anySide = fc.constantFrom<Side>(...sides);
const anyTables = fc.constantFrom([], [makeTable({name: 'artist'})], [scanned]);
const meter = {
	rowsDone: 1,
	rowsTotal: 2,
	rowsPerSecond: null,
	secondsLeft: null,
	differences: 0,
	checkpointAge: null,
};

const anyEvent: fc.Arbitrary<WalkEvent> = fc.oneof(
	fc.record({
		type: fc.constant('sideNamed' as const),
		side: anySide,
		name: fc.constant('a.db'),
		address: fc.constant('/a.db'),
	}),
	fc.record({
		type: fc.constant('sideOpened' as const),
		side: anySide,
		facts: fc.constant(makeFacts()),
	}),
	fc.record({
		type: fc.constant('sideFailed' as const),
		side: anySide,
		problem: fc.constant(problem),
	}),
	fc.record({
		type: fc.constant('runOpened' as const),
		id: fc.constant('run'),
		origin: fc.constantFrom('new' as const, 'continued' as const),
		changes: fc.constant([]),
		tables: anyTables,
		isCompared: fc.boolean(),
		step: fc.constantFrom(...steps.map(({id}) => id)),
	}),
	fc.record({type: fc.constant('tablesChosen' as const), tables: anyTables}),
	fc.record({
		type: fc.constant('scanProgressed' as const),
		progress: anyTables.map((tables) => ({
			kind: 'progress' as const,
			tables,
			isPaused: false,
			trouble: null,
			...meter,
		})),
	}),
	fc.record({
		type: fc.constant('scanEnded' as const),
		isComplete: fc.boolean(),
		changedMeanwhile: fc.boolean(),
		notes: fc.constant([]),
		settled: fc.nat(5),
		tables: anyTables,
	}),
	fc.record({
		type: fc.constant('stepEntered' as const),
		step: fc.constantFrom(...steps.map(({id}) => id)),
	}),
	fc.constantFrom<WalkEvent>(
		{type: 'rowsCounted', side: 'prod', rows: 5, isComplete: false},
		{type: 'runsFound', offers: [makeOffer()], at: 0},
		{type: 'sideLocked', side: 'prod'},
		{type: 'sideDropped', side: 'base'},
		{type: 'sideDropped', side: 'dev'},
		{type: 'runOpening'},
		{type: 'runRefused', problem},
		{type: 'runClosed'},
		{type: 'changesChosen', changes: []},
		{type: 'scanStarted'},
		{type: 'scanPaused', isPaused: true},
		{type: 'scanStopping'},
		{type: 'scanFailed', problem, remedy: 'retry'},
		{type: 'scanRetrying'},
		{type: 'kindAllowed', kind: 'deleteRows', isAllowed: true},
		{type: 'planStarted'},
		{type: 'planProgressed', progress: {step: 'rows', done: 1, total: 2, table: 'artist'}},
		{type: 'planMade', summary: planSummary},
		{type: 'planFailed', problem, unresolved: 3},
		{type: 'planDropped'},
		{type: 'packWriting'},
		{type: 'packWritten', paths: packPaths},
		{type: 'packFailed', problem},
		{type: 'applyStarted', mode: 'rehearse'},
		{type: 'applyStarted', mode: 'apply'},
		{type: 'applyStopping'},
		{type: 'rehearsed', receipt},
		{type: 'applied', receipt, paths: {receipt: null, undo: null, report: null}},
		{type: 'applyFailed', problem},
		{type: 'said', message: {kind: 'info', text: 'Said.'}},
		{type: 'messageRead'},
	),
);

/** What must hold in every state, whatever happened. */
function assertValid(state: WalkState): void {
	const {step, sides: named, run, scan, plan, pack, apply, tables} = state;
	if (run.kind !== 'open') {
		assert.equal(step, 'connect');
		assert.equal(scan.kind, 'choosing');
		assert.equal(plan.kind, 'none');
	} else {
		assert.equal(named.prod.kind, 'open');
		assert.equal(named.dev.kind, 'open');
	}
	if (step === 'differences' || step === 'conflicts') {
		assert.ok(apply.kind === 'applied' || hasCompared(state));
	}
	if (step === 'plan') assert.equal(scan.kind, 'done');
	if (step === 'apply') {
		assert.equal(plan.kind, 'ready');
		assert.equal(pack.kind, 'written');
	}
	if (scan.kind === 'running') assert.equal(step, 'scan');
	if (apply.kind === 'running') assert.equal(step, 'apply');
	if (plan.kind !== 'none') assert.equal(scan.kind, 'done');
	if (pack.kind !== 'not written') assert.equal(plan.kind, 'ready');
	if (apply.kind !== 'ready') assert.equal(pack.kind, 'written');
	assert.ok(Array.isArray(tables));
}

test('any sequence of events keeps a valid state', () => {
	const beginnings = [[], bothOpen, openedRun(), scannedRun, plannedRun, writtenRun];
	fc.assert(
		fc.property(
			fc.constantFrom(...beginnings),
			fc.array(anyEvent, {maxLength: 60}),
			(beginning, events) => {
				let state = startWalk(new Set());
				for (const event of [...beginning, ...events]) {
					state = reduceWalk(state, event);
					assertValid(state);
				}
			},
		),
		{numRuns: 2000},
	);
});
