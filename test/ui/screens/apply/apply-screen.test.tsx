import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import type {ApplyPhase} from '../../../../source/engine/apply/apply-pack.ts';
import type {NewStatement} from '../../../../source/store/statements.ts';
import {measureText} from '../../../../source/report/text-width.ts';
import type {ApplyScreenProps, ApplyState} from '../../../../source/ui/screens/screen-props.ts';
import {renderScreen, type RenderedScreen} from '../../render-screen.tsx';
import {
	makePlannedStore,
	makeSmallPlan,
	makeStatement,
	makeUpdate,
	type Calls,
} from '../plan/plan-fixture.tsx';
import {makeReceipt, packPaths, TestApplyScreen} from './apply-fixture.tsx';

function show(
	context: TestContext,
	props: Partial<ApplyScreenProps> = {},
	statements: Iterable<NewStatement> = makeSmallPlan(),
) {
	const {store, summary} = makePlannedStore(context, statements);
	const calls: Calls = [];
	const draw = (state: ApplyState) => (
		<TestApplyScreen store={store} summary={summary} calls={calls} {...props} state={state} />
	);
	const screen = renderScreen(draw(props.state ?? {kind: 'ready'}));
	context.after(() => screen.unmount());
	const enter = (state: ApplyState): void => screen.rerender(draw(state));
	return {screen, calls, store, summary, enter};
}

type Running = Extract<ApplyState, {readonly kind: 'running'}>;

function makeRunning(phase: ApplyPhase | null, over: Partial<Running> = {}): ApplyState {
	const event = phase && {phase, done: 2, total: 4, summary: 'update album', perSecond: 1234.5};
	return {kind: 'running', mode: 'apply', isStopping: false, event, ...over};
}

const failed: ApplyState = {
	kind: 'failed',
	mode: 'apply',
	problem: {
		message:
			'1 row is not what the plan says after writing: album (AlbumId 3): Title. Nothing was changed.',
		hint: 'A trigger rewrote them: accept that with --triggers accept.',
	},
};

function assertFits(screen: RenderedScreen, columns = 80, rows = 24): void {
	const lines = screen.lines();
	assert.equal(lines.length, rows - 1);
	for (const line of lines) assert.ok(measureText(line) <= columns, `too wide: ${line}`);
}

test('it says in plain words what will happen before anything does', async (context) => {
	const {screen} = show(context);
	assert.equal(
		await screen.waitFor('1-17/'),
		`DeepDiff DB Connect › Structure › Scan › Differences › Conflicts › Plan ›[Apply]

 Ready to change shop.db (SQLite 3.53.2)

 · 4 statements: 1 of structure, 3 rows updated.
 · One transaction: either all of it is done, or nothing is changed.
 · Triggers (t): prod's triggers fire as always; one that rewrites a planned
   value stops everything.
 · Every statement must affect exactly the rows that it was planned for; every
   row is read back before the commit. Otherwise nothing is changed.
 · 2 statements are commented out and will not run.

 Hazards
   ! Can not be undone.
   ! Fires the trigger log of album.

 Can't be undone afterwards
   1. add column artist.born

                                                                         1-17/21


r rehearse  a apply  t triggers  / search  esc back`,
	);
	screen.press('G');
	const end = await screen.waitFor('-21/21');
	assert.ok(end.includes(packPaths.sql) && end.includes(packPaths.undoSql));
});

test('where structure commits by itself, every statement of it that can not be rolled back is named', async (context) => {
	const statements = [
		...makeSmallPlan(),
		...[1, 2].map((index) =>
			makeStatement({
				phase: 'indexes and foreign keys',
				kind: 'ddl',
				table: 'album',
				row: null,
				expects: null,
				summary: `create index i${index}`,
			}),
		),
	];
	const {screen, enter} = show(context, {isTransactional: false}, statements);
	const frame = await screen.waitFor('The structure is not');
	assert.match(frame, /on this server 3\n +statements can't be rolled back once run/);
	for (const text of ['1. add column artist.born', '7. create index i1', '8. create index i2']) {
		assert.ok(frame.includes(text), text);
	}
	assert.ok(!frame.includes('drop table genre'), 'what is commented out does not run');
	screen.press('a');
	const asked = await screen.waitFor('to confirm:');
	for (const text of ['1. add column', '7. create index', '8. create index']) {
		assert.ok(asked.includes(text), text);
	}
	assertFits(screen);
	screen.press('escape');
	enter(makeRunning('run'));
	screen.press('x');
	const stop = await screen.waitFor('Stop?');
	assert.match(stop, /structure that was changed stays/);
});

test('a wrong name applies nothing, the right one applies once', async (context) => {
	const {screen, calls} = show(context);
	for (const wrong of ['shop.d', 'SHOP.DB', 'shop.db.db', '', 'y']) {
		screen.press('a');
		await screen.waitFor('Type shop.db to confirm:');
		screen.type(wrong);
		screen.press('return');
		await screen.waitFor(wrong === '' ? 'esc goes back' : 'Nothing was done.');
		assertFits(screen);
		screen.press('escape');
		await screen.waitFor('Ready to change');
	}
	screen.press('a');
	await screen.waitFor('to confirm:');
	screen.type('raty?q1');
	screen.press('tab', 'shift+tab', 'return');
	await screen.waitFor('Nothing was done.');
	assert.deepEqual(calls, []);
	screen.press('ctrl+u');
	screen.type('shop.db');
	await screen.waitFor('enter does it');
	screen.press('return');
	await screen.waitFor('Ready to change');
	assert.deepEqual(calls, ['apply fire']);
});

test('the question says again what will happen, and whether it was rehearsed', async (context) => {
	const {screen, enter} = show(context);
	screen.press('a');
	await screen.waitFor('It was not rehearsed: r does that.');
	assert.equal(
		screen.lines().slice(2, 12).join('\n'),
		`This changes shop.db for real.
· 4 statements: 1 of structure, 3 rows updated.
· One transaction: either all of it is done, or nothing is changed.
· Triggers (t): prod's triggers fire as always; one that rewrites a planned
  value stops everything.
· 1 statement can't be undone afterwards.
· It was not rehearsed: r does that.
Type shop.db to confirm:
› ▏
esc goes back`,
	);
	enter({kind: 'rehearsed', receipt: makeReceipt()});
	await screen.waitFor('It was rehearsed: everything fits.');
	// A run that began elsewhere takes the question away.
	enter(makeRunning('run'));
	await screen.waitFor((frame) => !frame.includes('to confirm'));
});

test('r rehearses, t goes through what can be done about triggers, esc goes back', async (context) => {
	const {screen, calls} = show(context);
	screen.press('r', 't', 'r', 't', 'r', 't', 'r', 'shift+tab', 'escape');
	await screen.waitFor(() => calls.length === 6);
	assert.deepEqual(calls, [
		'rehearse fire',
		'rehearse off',
		'rehearse accept',
		'rehearse fire',
		'back',
		'back',
	]);
	screen.press('t');
	await screen.waitFor('triggers are switched off');
	screen.press('tab');
	await screen.waitFor('This is the last step');
	assert.ok(!calls.includes('next'));
});

test('a run is shown phase by phase', async (context) => {
	const {screen, enter} = show(context, {state: makeRunning(null)});
	await screen.waitFor('Starting…');
	enter(makeRunning('verify'));
	await screen.waitFor('50 %');
	assert.equal(
		screen.lines().slice(2, 12).join('\n'),
		`Applying to shop.db

✓ Check that prod is what was reviewed
✓ Read the rows before
✓ Run the statements
› Read every touched row back           ██████████░░░░░░░░░░  50 %  1,235/s
· Check foreign keys
· Commit

update album                                                              2 of 4`,
	);
	assertFits(screen);
	enter(makeRunning('roll back', {mode: 'rehearse'}));
	await screen.waitFor(/✓ Check foreign keys\n› Roll back/);
	enter(makeRunning('roll back'));
	await screen.waitFor(/· Commit\n› Roll back/);
	assert.ok(!screen.frame().includes('✓'), 'what is rolled back is not done');
});

test('a run stops only after it was asked and answered', async (context) => {
	const {screen, calls, enter} = show(context, {state: makeRunning('run')});
	for (const key of ['x', 'escape']) {
		screen.press(key);
		await screen.waitFor('Stop? Everything is rolled back, nothing is changed.');
		screen.press('n');
		await screen.waitFor((frame) => !frame.includes('Stop?'));
	}
	screen.press('r', 'a', 't', 'return', 'tab', 'shift+tab', 'y', 'x', 'r', 'escape');
	await screen.waitFor((frame) => !frame.includes('Stop?'));
	assert.equal(calls.length, 0);
	screen.press('x', 'y');
	await screen.waitFor(() => calls.length === 1);
	assert.deepEqual(calls, ['stop']);
	enter(makeRunning('run', {isStopping: true}));
	await screen.waitFor('Stopping. Everything is rolled back');
	screen.press('x');
	await screen.waitFor('It is stopping already');
	enter(makeRunning('commit'));
	screen.press('x');
	await screen.waitFor('too late to stop');
	assert.ok(!screen.frame().includes('Stop?'));
	assert.equal(calls.filter((call) => call.startsWith('stop')).length, 1);
	assertFits(screen);
});

test('a question about stopping is gone when the run has ended', async (context) => {
	const {screen, calls, enter} = show(context, {state: makeRunning('run')});
	screen.press('x');
	await screen.waitFor('Stop?');
	enter({kind: 'rehearsed', receipt: makeReceipt()});
	await screen.waitFor('Nothing was changed.');
	screen.press('y', 'r');
	await screen.waitFor(() => calls.length > 0);
	assert.deepEqual(calls, ['rehearse fire']);
});

test('a rehearsal says what it found and that nothing was changed', async (context) => {
	const {screen, enter} = show(context);
	enter({kind: 'rehearsed', receipt: makeReceipt()});
	await screen.waitFor('Nothing was changed.');
	assert.equal(
		screen.lines().slice(2, 12).join('\n'),
		` Rehearsed on shop.db and rolled back: everything fits.
 4 statements (1 of structure) in 2.0 s; 3 rows read back and found as planned.
   table  inserted  updated  deleted
   album         0        3        0

 Nothing was changed.
 Triggers (t): prod's triggers fire as always; one that rewrites a planned value
   stops everything.

 a applies it for real; r rehearses again.`,
	);
	screen.press('t');
	await screen.waitFor('Since then you chose otherwise about triggers.');
	assertFits(screen);
});

test('after the commit it says where receipt, undo and report are, and how to undo', async (context) => {
	const {screen, calls, enter} = show(context);
	const receipt = makeReceipt({result: 'committed'});
	const undo = `/runs/${'long folder/'.repeat(8)}undo_pack.sql`;
	enter({kind: 'applied', receipt, paths: {receipt: '/r/receipt.json', undo, report: '/r/r.html'}});
	const frame = await screen.waitFor('Applied to shop.db.');
	assert.match(frame, /Receipt {2}\/r\/receipt\.json\n Report {3}\/r\/r\.html\n/);
	const words = frame.replaceAll(/\s+/g, '');
	assert.ok(
		words.includes(`Undo${undo}Totakeitallback:deepdiff-dbundo'${undo}'`.replaceAll(' ', '')),
	);
	assertFits(screen);
	screen.press('a', 'r', 't', 'x');
	screen.press('return', 'tab', 'escape');
	await screen.waitFor(() => calls.length === 3);
	assert.deepEqual(calls, ['finish', 'finish', 'back']);
	enter({kind: 'applied', receipt, paths: {receipt: null, undo: null, report: null}});
	const bare = await screen.waitFor('there is no undo pack');
	assert.match(bare, /The receipt could not be written\./);
});

test('a failure names the row and the reason, says nothing was changed, and what can be done', async (context) => {
	const {screen, calls, enter} = show(context, {state: failed});
	await screen.waitFor('Applying it failed.');
	assert.equal(
		screen.lines().slice(2, 15).join('\n'),
		` Applying it failed.

 1 row is not what the plan says after writing: album (AlbumId 3): Title.
   Nothing was changed.
 A trigger rewrote them: accept that with --triggers accept.

 Triggers (t): prod's triggers fire as always; one that rewrites a planned value
   stops everything.
 If prod has changed since it was read: 3 scans it again, 4 shows the
   differences.
 r rehearses again, a applies, esc goes back to the plan.

`,
	);
	screen.press('t', 't', 'r');
	await screen.waitFor(() => calls.length === 1);
	assert.deepEqual(calls, ['rehearse accept']);
	enter({...failed, mode: 'rehearse'});
	await screen.waitFor('The rehearsal failed.');
	assertFits(screen);
});

test('a plan of which nothing runs is neither rehearsed nor applied', async (context) => {
	const closed = makeSmallPlan().map((statement) => ({...statement, allowed: false}));
	const {screen, calls} = show(context, {}, closed);
	screen.press('r', 'a');
	await screen.waitFor(() => calls.length === 2);
	const message = 'message No statement of this plan would run.';
	assert.deepEqual(calls, [message, message]);
});

test('the text is searched, and esc ends the search before it goes back', async (context) => {
	const {screen, calls} = show(context);
	screen.press('/');
	screen.type('born');
	screen.press('return');
	await screen.waitFor(/^› +1\. add column artist\.\[born\]$/m);
	screen.press('escape');
	await screen.waitFor((frame) => !frame.includes('[born]'));
	assert.deepEqual(calls, []);
	screen.press('/');
	screen.type('rat');
	screen.press('tab', 'escape', 'escape');
	await screen.waitFor(() => calls.length > 0);
	assert.deepEqual(calls, ['back']);
});

test('names and reasons that would drive the terminal are shown, never sent', async (context) => {
	const evil = 'a\u001B[2J\u0007\u202Eb\u2028c\u0000\u200Bd';
	const {screen, enter} = show(
		context,
		{
			targetName: evil,
			targetServer: evil,
			packPaths: {...packPaths, sql: evil},
			isTransactional: false,
		},
		[
			makeStatement({
				phase: 'alter',
				kind: 'ddl',
				table: evil,
				summary: evil,
				row: null,
				undo: null,
				hazards: [{kind: 'noUndo', message: evil}],
			}),
		],
	);
	const check = async (text: string): Promise<void> => {
		const frame = await screen.waitFor(text);
		assert.doesNotMatch(frame, /(?!\n)[\p{Cc}\p{Cf}\u2028]/u);
		assert.ok(frame.includes('␛[2J␇'));
		assertFits(screen);
	};
	await check('Ready to change');
	screen.press('a');
	await check('to confirm:');
	screen.press('escape');
	const event = {phase: 'run', done: 1, total: 2, summary: evil, perSecond: 1} as const;
	enter({kind: 'running', mode: 'apply', isStopping: false, event});
	await check('Run the statements');
	const receipt = makeReceipt({
		target: evil,
		tables: [{table: evil, inserted: 1, updated: 0, deleted: 0}],
		rewrittenRows: 1,
		rewritten: [{table: evil, row: evil, columns: [evil]}],
	});
	enter({kind: 'rehearsed', receipt});
	await check('Nothing was changed.');
	enter({kind: 'applied', receipt, paths: {receipt: evil, undo: evil, report: evil}});
	await check('To take it all back');
	enter({kind: 'failed', mode: 'apply', problem: {message: evil, hint: evil}});
	await check('Applying it failed.');
});

test('it follows the terminal in every state', async (context) => {
	const {screen, enter} = show(context);
	const states: ApplyState[] = [
		{kind: 'ready'},
		makeRunning('run'),
		{kind: 'rehearsed', receipt: makeReceipt()},
		failed,
	];
	for (const state of states) {
		enter(state);
		screen.resize(120, 40);
		await screen.waitFor((frame) => frame.split('\n').length === 39);
		assertFits(screen, 120, 40);
		screen.resize(80, 24);
		await screen.waitFor((frame) => frame.split('\n').length === 23);
		assertFits(screen);
	}
});

test('of 100,000 rows between the structure only a few are read to name what can not be rolled back', async (context) => {
	const statements = function* () {
		yield* makeSmallPlan().slice(0, 1);
		for (let id = 0; id < 100_000; id++) yield makeUpdate('album', id);
		yield makeStatement({phase: 'drop', kind: 'ddl', table: 'x', row: null, summary: 'drop x'});
	};
	const {store, summary} = makePlannedStore(context, statements());
	const page = context.mock.method(store.statements, 'page');
	const screen = renderScreen(
		<TestApplyScreen store={store} summary={summary} isTransactional={false} />,
	);
	context.after(() => screen.unmount());
	await screen.waitFor('100002. drop x');
	assert.ok(page.mock.callCount() <= 100, `${page.mock.callCount()} reads`);
});
