import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import type {NewStatement} from '../../../../source/store/statements.ts';
import {findClashes} from '../../../../source/ui/keymap.ts';
import {
	failedBindings,
	planKeys,
	waitingBindings,
} from '../../../../source/ui/screens/plan/plan-keys.ts';
import type {PackState, PlanScreenProps} from '../../../../source/ui/screens/screen-props.ts';
import {measureText} from '../../../../source/report/text-width.ts';
import {renderScreen, type RenderedScreen} from '../../render-screen.tsx';
import {
	makePlannedStore,
	makeSmallPlan,
	makeStatement,
	makeUpdate,
	TestPlanScreen,
	type Calls,
} from './plan-fixture.tsx';

const paths = {
	sql: '/runs/test/migration_pack.sql',
	manifest: '/runs/test/migration_pack.json',
	undoSql: '/runs/test/undo_pack.sql',
	undoManifest: '/runs/test/undo_pack.json',
	digest: 'd1',
	undoDigest: 'd2',
};

function show(
	context: TestContext,
	statements: Iterable<NewStatement> = makeSmallPlan(),
	props: Partial<PlanScreenProps> = {},
) {
	const {store, summary} = makePlannedStore(context, statements);
	const calls: Calls = [];
	const draw = (more: Partial<PlanScreenProps> = {}) => (
		<TestPlanScreen
			store={store}
			calls={calls}
			plan={{kind: 'ready', summary}}
			{...props}
			{...more}
		/>
	);
	const screen = renderScreen(draw());
	context.after(() => screen.unmount());
	return {screen, calls, store, summary, draw};
}

/** Exactly the rows that a frame has at this size, none wider than the terminal. */
function assertFits(screen: RenderedScreen, columns = 80, rows = 24): void {
	const lines = screen.lines();
	assert.equal(lines.length, rows - 1);
	for (const line of lines) assert.ok(measureText(line) <= columns, `too wide: ${line}`);
}

test('the plan is shown by table with effects, hazards and what is commented out', async (context) => {
	const {screen} = show(context);
	assert.equal(
		await screen.waitFor('1/6'),
		`DeepDiff DB  Connect › Structure › Scan › Differences › Conflicts ›[Plan]› Apply

Plan for shop.db: 4 statements, 1 of structure                     rows +0 ~3 -0
! 2 hazards (i) · 1 can't be undone (i) · 2 commented out (a)
› artist · alter                                                     1 statement
  -- 1 · add column artist.born                               structure, no undo
  -- ! Can not be undone.
  ALTER TABLE "artist" ADD COLUMN "born" INTEGER

  album · updates                                                   3 statements
  -- 2 · update album (id 1): name                             must affect 1 row
  -- ! Fires the trigger log of album.
  UPDATE "album" SET "name" = 'new 1'
  WHERE "id" = 1 AND "name" IS 'old 1'

  -- 3 · update album (id 2): name                             must affect 1 row
  UPDATE "album" SET "name" = 'new 2'
  WHERE "id" = 2 AND "name" IS 'old 2'

artist · alter  1 of 1                                                       1/6

enter statement  / search  ] next table  a allow  A allow this  i overview
w write  tab next  esc back`,
	);
	screen.press('G');
	await screen.waitFor('6/6');
	assert.equal(
		screen.lines().slice(5, 19).join('\n'),
		`  -- 4 · update album (id 3): name                             must affect 1 row
  UPDATE "album" SET "name" = 'new 3'
  WHERE "id" = 3 AND "name" IS 'old 3'

  artist · deletes                                                   1 statement
  -- 5 · delete artist (ArtistId 9)                         needs deleteRows (A)
  -- ! Deletes rows of artist.
  -- DELETE FROM "artist"
  -- WHERE "ArtistId" = 9 AND "Name" IS 'Nobody'

  genre · drop                                                       1 statement
  -- 6 · drop table genre                                    needs dropTable (A)
  -- ! Drops genre with 25 rows.
› -- DROP TABLE "genre"`,
	);
	assertFits(screen);
});

test('a statement opens whole, with its undo, and the next one is a key away', async (context) => {
	const {screen} = show(context);
	screen.press(']', 'return');
	await screen.waitFor('Undone by');
	assert.equal(
		screen.lines().slice(2, 11).join('\n'),
		` 2  update album (id 1): name
 album · updates · must affect 1 row
 ! Fires the trigger log of album.

 UPDATE "album" SET "name" = 'new 1'
 WHERE "id" = 1 AND "name" IS 'old 1'

 Undone by
 UPDATE "album" SET "name" = 'old 1' WHERE "id" = 1;`,
	);
	assertFits(screen);
	screen.press('}', '}', '}', '}');
	await screen.waitFor('until dropTable is allowed: A allows it');
	assert.match(screen.frame(), /-- DROP TABLE "genre"/);
	assert.match(screen.frame(), /It can't be undone\./);
	screen.press('{', 'escape');
	await screen.waitFor('artist · deletes  1 of 1');
});

test('the overview has numbers by table, hazards, what can not be undone, and the files', async (context) => {
	const {screen, draw} = show(context);
	screen.press('i');
	const frame = await screen.waitFor("Can't be undone");
	assert.match(frame, /Not written to files yet: w does it\./);
	assert.match(frame, /album +· +· +3 +· +·\n/);
	assert.match(frame, /! Fires the trigger log of album\. +\(3 statements\)/);
	assert.match(frame, /1\. add column artist\.born/);
	screen.rerender(draw({pack: {kind: 'written', paths}}));
	const written = await screen.waitFor('/runs/test/undo_pack.json');
	for (const path of [paths.sql, paths.manifest, paths.undoSql]) assert.ok(written.includes(path));
	assertFits(screen);
});

test('a gated kind is opened and closed, and the reader keeps his place in the new plan', async (context) => {
	const {screen, calls, draw, store} = show(context);
	screen.press('G', 'a');
	await screen.waitFor('What destroys something');
	assert.equal(
		screen.lines().slice(5, 8).join('\n'),
		`› [·] dropTable      drops tables with all of their rows         1 commented out
  [·] deleteRows     deletes rows                                1 commented out
`,
	);
	screen.press('return', 'j', 'space');
	await screen.waitFor(() => calls.length === 2);
	assert.deepEqual(calls, ['allow dropTable true', 'allow deleteRows true']);
	// The controller makes the plan again.
	screen.rerender(draw({plan: {kind: 'making', progress: null}}));
	await screen.waitFor('Making the plan');
	const opened = makePlannedStore(
		context,
		makeSmallPlan().map((statement) => ({...statement, allowed: true})),
	);
	assert.notEqual(opened.store, store);
	const ready = draw({
		store: opened.store,
		plan: {kind: 'ready', summary: opened.summary},
		allowed: new Set(['dropTable', 'deleteRows']),
	});
	screen.rerender(ready);
	await screen.waitFor('[✓] deleteRows');
	assert.match(screen.frame(), /\[✓\] dropTable .* 1 will run/);
	screen.press('return');
	await screen.waitFor(() => calls.length === 3);
	assert.equal(calls[2], 'allow deleteRows false');
	screen.press('escape');
	await screen.waitFor('6/6');
	assert.match(screen.frame(), /^› DROP TABLE "genre"$/m);
	assert.match(screen.frame(), /drop table genre +structure, no undo/);
});

test('A opens the kind that the statement under the cursor needs, and no other', async (context) => {
	const {screen, calls} = show(context);
	screen.press('A');
	await screen.waitFor('This statement is not commented out.');
	screen.press('G', 'A');
	await screen.waitFor(() => calls.includes('allow dropTable true'));
	assert.deepEqual(calls, ['message This statement is not commented out.', 'allow dropTable true']);
});

test('every key that is another one’s work asks for it', async (context) => {
	const {screen, calls} = show(context);
	screen.press('w', 'tab', 'shift+tab', 'escape');
	await screen.waitFor(() => calls.length === 4);
	assert.deepEqual(calls, ['write', 'next', 'back', 'back']);
	calls.length = 0;
	for (const [open, text] of [
		['return', 'add column'],
		['i', 'Not written'],
		['a', 'What destroys'],
	] as const) {
		screen.press(open);
		await screen.waitFor(text);
		screen.press('w', 'tab', 'shift+tab', 'escape');
		await screen.waitFor('Plan for shop.db');
	}
	assert.deepEqual(calls, Array.from({length: 3}, () => ['write', 'next', 'back']).flat());
});

test('w says why it can not write', async (context) => {
	const states: [PackState, RegExp][] = [
		[{kind: 'writing'}, /Writing the files…[^]*It is being written\./],
		[{kind: 'written', paths}, /Written: \/runs\/test\/migration_pack\.sql[^]*i shows where/],
	];
	const {screen, calls, draw} = show(context);
	for (const [pack, text] of states) {
		screen.rerender(draw({pack}));
		screen.press('w');
		await screen.waitFor(text);
		assertFits(screen);
	}
	assert.ok(!calls.includes('write'));
	screen.rerender(
		draw({pack: {kind: 'failed', problem: {message: 'The disk is full.', hint: 'Make room.'}}}),
	);
	await screen.waitFor('The disk is full.');
	screen.press('w');
	await screen.waitFor(() => calls.includes('write'));
});

test('a search marks its matches, goes to the next and the previous one, and ends with esc', async (context) => {
	const {screen, calls} = show(context);
	screen.press('n');
	await screen.waitFor('Search for something first');
	screen.press('/');
	screen.type('UPDATE album');
	await screen.waitFor('/UPDATE album');
	screen.press('return');
	await screen.waitFor(/^› -- 2 · \[update album\]/m);
	screen.press('n', 'n');
	await screen.waitFor(/^› -- 4 · \[update album\]/m);
	screen.press('n');
	await screen.waitFor(/^› -- 2 · /m);
	screen.press('N');
	await screen.waitFor(/^› -- 4 · /m);
	screen.press('escape');
	await screen.waitFor((frame) => !frame.includes('[update album]'));
	assert.ok(!calls.includes('back'));
	screen.press('/');
	screen.type('tab');
	screen.press('tab', 'escape', 'escape');
	await screen.waitFor(() => calls.includes('back'));
	assert.ok(!calls.includes('next'), 'tab left the screen while its field was open');
	screen.press('/');
	screen.type('nowhere at all');
	screen.press('return');
	await screen.waitFor('Not found: nowhere at all');
	assertFits(screen);
});

test('SQL wider than the screen moves to the side, and nothing else does', async (context) => {
	const sql = `INSERT INTO "t" VALUES ('${'x'.repeat(80)}end')`;
	const {screen} = show(context, [makeStatement({kind: 'insert', table: 't', sql})]);
	await screen.waitFor('xxx…');
	screen.press('l', 'right', 'l', 'l', 'l');
	await screen.waitFor(/^ {2}x+end'\)$/m);
	assert.match(screen.frame(), /^ {2}-- 1 · update artist/m);
	screen.press('h', 'h', 'h', 'h', 'h', 'h');
	await screen.waitFor('INSERT INTO');
});

test('an empty plan says so and has nothing to open, write or allow', async (context) => {
	const {screen, calls} = show(context, []);
	await screen.waitFor('Nothing to do: no statement would change anything.');
	screen.press('return', 'w', 'a', ']', 'j', 'G', 'A');
	await screen.waitFor(() => calls.length === 5);
	assert.ok(calls.every((call) => call.startsWith('message ')));
	assertFits(screen);
});

test('while the plan is made its progress is shown; esc goes back and nothing is read', async (context) => {
	const {screen, calls, draw, store} = show(context);
	context.mock.method(store.statements, 'page', () => assert.fail('the plan was read'));
	const progress = {step: 'rows', done: 500, total: 1000, table: 'album'} as const;
	screen.rerender(draw({plan: {kind: 'making', progress}}));
	await screen.waitFor(/Writing rows .* 50 % +album/);
	assertFits(screen);
	screen.press('tab', 'escape');
	await screen.waitFor(() => calls.includes('back'));
	assert.deepEqual(calls, ['message There is no plan yet that could be applied.', 'back']);
});

test('a plan that failed says why, and leads to the conflicts or to another try', async (context) => {
	const {screen, calls, draw} = show(context);
	const problem = {message: '12 conflicts have no resolution.', hint: 'Decide them first.'};
	screen.rerender(draw({plan: {kind: 'failed', problem, unresolved: 12}}));
	const frame = await screen.waitFor('12 conflicts still need a decision: esc (or 5) leads back');
	assert.match(frame, /There is no plan\.\n12 conflicts have no resolution\.\nDecide them first\./);
	screen.rerender(draw({plan: {kind: 'failed', problem, unresolved: 0}}));
	await screen.waitFor('r makes the plan again');
	assertFits(screen);
	screen.press('r', 'escape');
	await screen.waitFor(() => calls.length === 2);
	assert.deepEqual(calls, ['make', 'back']);
});

test('names and values that would drive the terminal are shown, never sent', async (context) => {
	const evil = 'a\u001B[2J\u0007\u202Eb\u2028c\u0000\u200Bd';
	const statement = makeStatement({
		table: evil,
		summary: `update ${evil}`,
		sql: `UPDATE "${evil}"\r\nSET x = '${evil}'\rWHERE ${evil}`,
		undo: [evil],
		hazards: [{kind: 'mayViolate', message: evil}],
	});
	const {screen, draw} = show(context, [statement, {...statement, allowed: false}], {
		targetName: evil,
	});
	const check = async (text: string | RegExp): Promise<void> => {
		const frame = await screen.waitFor(text);
		assert.doesNotMatch(frame, /(?!\n)[\p{Cc}\p{Cf}\u2028]/u);
		assertFits(screen);
	};
	await check('␛[2J␇');
	for (const [open, text] of [
		['return', 'Undone by'],
		['i', 'Hazards'],
	] as const) {
		screen.press(open);
		await check(text);
		screen.press('escape');
		await check('Plan for');
	}
	screen.press('/');
	screen.paste(evil.replaceAll('\u2028', ''));
	screen.press('return');
	await check('Not found');
	const problem = {message: evil, hint: evil};
	screen.rerender(draw({pack: {kind: 'failed', problem}}));
	await check('␛[2J␇');
	screen.rerender(draw({plan: {kind: 'failed', problem, unresolved: 0}}));
	await check('There is no plan');
});

test('the screen follows the terminal: 120×40, and back with the cursor in sight', async (context) => {
	const {screen} = show(
		context,
		Array.from({length: 50}, (_, index) => makeUpdate('t', index)),
	);
	screen.resize(120, 40);
	await screen.waitFor((frame) => frame.split('\n').length === 39);
	assertFits(screen, 120, 40);
	screen.press('pagedown');
	await screen.waitFor(/^› /m);
	const place = /^› .*$/m.exec(screen.frame())?.[0] ?? '';
	screen.resize(80, 24);
	await screen.waitFor((frame) => frame.split('\n').length === 23);
	assert.match(screen.frame(), /^› /m);
	assert.ok(place.length > 1);
	assertFits(screen);
});

test('of 100,000 statements a key press reads a few pages and no more', async (context) => {
	const tables = ['album', 'artist', 'track', 'genre'];
	const statements = function* () {
		for (let id = 0; id < 100_000; id++) {
			yield makeUpdate(tables[Math.floor(id / 25_000)] ?? 'genre', id);
		}
	};
	const {screen, store} = show(context, statements());
	await screen.waitFor('1/100,000');
	const page = context.mock.method(store.statements, 'page');
	const counts: Record<string, number> = {};
	const press = async (key: string, text: string | RegExp): Promise<void> => {
		page.mock.resetCalls();
		screen.press(key);
		await screen.waitFor(text);
		counts[key] = page.mock.callCount();
		for (const {arguments: args} of page.mock.calls) assert.ok(args[1] <= 16);
	};
	await press('j', /^› -- 1 · /m);
	await press('pagedown', '4/100,000');
	await press(']', '25,001/100,000');
	await press('G', '100,000/100,000');
	await press('[', '75,001/100,000');
	await press('}', '75,002/100,000');
	await press('return', 'Undone by');
	for (const key of ['j', 'pagedown', '}', 'return']) assert.ok((counts[key] ?? 0) <= 4, key);
	// A section's ends are found by halving: twice 17 steps for each one that comes into sight.
	for (const key of [']', '[', 'G']) {
		assert.ok((counts[key] ?? 0) <= 150, `${key}: ${counts[key]} reads`);
	}
	screen.press('escape');
	await screen.waitFor('75,002/100,000');
	page.mock.resetCalls();
	screen.press('/');
	screen.type("'new 74999'");
	screen.press('return');
	await screen.waitFor(/Not found up to statement 95,00\d; n looks on/);
	assert.ok(page.mock.callCount() <= 60);
	screen.press('n', 'n', 'n', 'n');
	await screen.waitFor(/^› .*\['new 74999'\]/m);
});

test('no two bindings of a view claim the same key, and none takes a key of the program', () => {
	const program = ['?', 'q', 'ctrl+c', 'ctrl+l', '1', '2', '3', '4', '5', '6', '7'];
	const tables = [
		...Object.values(planKeys).map(({own, moving}) => [...own, ...moving]),
		waitingBindings,
		failedBindings,
	];
	for (const bindings of tables) {
		assert.deepEqual(findClashes([...bindings, {keys: program}]), []);
	}
});
