import assert from 'node:assert/strict';
import test, {type TestContext} from 'node:test';
import {DifferencesScreen} from '../../../../source/ui/screens/differences/differences-screen.tsx';
import {
	bytes,
	integer,
	makeLayout,
	makeRun,
	nothing,
	pair,
	readDecisions,
	renderStep,
	text,
} from '../rows/rows-fixture.tsx';

function makeShop(context: TestContext) {
	return makeRun(context, [
		{
			name: 'artist',
			layout: makeLayout('artist', ['id', 'name', 'photo'], {
				leftOut: [{column: 'shout', reason: 'generated: the server computes it'}],
			}),
			same: 1200,
			pairs: [
				pair([integer(1), text('AC/DC'), nothing], [integer(1), text('ac/dc'), nothing]),
				pair(null, [integer(2), text('Björk'), bytes('00ff')]),
				pair([integer(3), text(' Cher '), nothing], null),
				pair([integer(4), text('Dido'), nothing], [integer(4), text('DIDO'), bytes('01')]),
				pair(null, [integer(5), text('Enya'), nothing]),
			],
		},
		{name: 'genre', layout: makeLayout('genre', ['id', 'name']), same: 25},
		{name: 'log', layout: null, status: 'not compared', reason: 'exists only on prod'},
		{
			name: 'track',
			layout: makeLayout('track', ['id', 'name']),
			status: 'skipped',
			reason: 'by you',
		},
	]);
}

test('the tables stand with their counts, and why some were not compared', async (context) => {
	const screen = renderStep(DifferencesScreen, makeShop(context));
	const frame = await screen.waitFor('artist');
	assert.deepEqual(frame.split('\n').slice(2, 9), [
		'4 tables: 1 differ, 1 identical, 2 not compared',
		'  table                    added  removed  conflicts   same  prod rows  dev rows',
		'› artist                       2        1          2  1,200      1,203     1,204',
		'  genre                        ·        ·          ·     25         25        25',
		'  log                      not compared: exists only on prod',
		'  track                    skipped: by you',
		'',
	]);
	assert.match(frame, /prod 1,203 rows, dev 1,204 rows, 1,200 the same; 2 conflicts, 2 still open/);
	assert.match(frame, /columns not compared: shout \(generated: the server computes it\)/);
	assert.equal(screen.lines().length, 23);
});

test('identical tables are hidden by a key, those not compared stay', async (context) => {
	const screen = renderStep(DifferencesScreen, makeShop(context));
	await screen.waitFor('genre');
	screen.press('f');
	const frame = await screen.waitFor('identical ones hidden');
	assert.doesNotMatch(frame, /genre/);
	assert.match(frame, /log +not compared/);
});

test('a table is found by its name', async (context) => {
	const screen = renderStep(DifferencesScreen, makeShop(context));
	await screen.waitFor('artist');
	screen.press('/');
	await screen.waitFor('find a table');
	screen.type('rac');
	screen.press('return');
	await screen.waitFor('› track');
	screen.press('/');
	await screen.waitFor('find a table');
	screen.type('nowhere');
	screen.press('return');
	await screen.waitFor('Not found: nowhere');
});

test('a table without differences can not be opened, and the reason is said', async (context) => {
	const screen = renderStep(DifferencesScreen, makeShop(context));
	await screen.waitFor('artist');
	screen.press('down', 'return');
	await screen.waitFor('No row of this table differs.');
});

test('the rows of a table stand with key, difference and what will happen', async (context) => {
	const screen = renderStep(DifferencesScreen, makeShop(context));
	await screen.waitFor('artist');
	screen.press('return');
	const frame = await screen.waitFor('artist  5 rows differ');
	assert.deepEqual(frame.split('\n').slice(2, 9), [
		'artist  5 rows differ',
		'    key            prod → dev                                 decision',
		'› ! 1              name AC/DC → ac/dc                         open',
		"  + 2              name Björk  photo x'00ff'                  insert · default",
		'  - 3              name ·Cher·  photo NULL                    keep · default',
		"  ! 4              name Dido → DIDO  photo NULL → x'01'       open",
		'  + 5              name Enya  photo NULL                      insert · default',
	]);
	assert.equal(screen.lines().length, 23);
});

test('the filter goes through the states that there are', async (context) => {
	const screen = renderStep(DifferencesScreen, makeShop(context));
	await screen.waitFor('artist');
	screen.press('return');
	await screen.waitFor('5 rows differ');
	for (const shown of ['added: 2', 'removed: 1', 'conflicts: 2', 'open conflicts: 2']) {
		screen.press('f');
		await screen.waitFor(`only ${shown}`);
	}
	screen.press('f');
	await screen.waitFor((frame) => !/ only (?:added|open)/.test(frame));
});

test('an added row is left out and a removed one asked to be deleted', async (context) => {
	const store = makeShop(context);
	const screen = renderStep(DifferencesScreen, store);
	await screen.waitFor('artist');
	screen.press('return', 'down', 'o');
	await screen.waitFor('Left out: prod does not get it.');
	assert.deepEqual(readDecisions(store), {2: 'ours row person'});
	screen.press('down', 't');
	await screen.waitFor('Deletions wait until Plan allows deleteRows.');
	await screen.waitFor('delete · person');
	assert.deepEqual(readDecisions(store), {2: 'ours row person', 3: 'theirs row person'});
	screen.press('u', 'u');
	await screen.waitFor('Undone: ours for one row of artist (1 row).');
	assert.deepEqual(readDecisions(store), {});
	screen.press('ctrl+r');
	await screen.waitFor('Done again');
	assert.deepEqual(readDecisions(store), {2: 'ours row person'});
	screen.press('c');
	await screen.waitFor('without a decision: insert');
	assert.deepEqual(readDecisions(store), {});
});

test('a marked range is decided at once', async (context) => {
	const store = makeShop(context);
	const screen = renderStep(DifferencesScreen, store);
	await screen.waitFor('artist');
	screen.press('return', 'v', 'down', 'down');
	await screen.waitFor('3 marked');
	screen.press('t');
	await screen.waitFor('Theirs for 3 rows.');
	assert.deepEqual(Object.keys(readDecisions(store)), ['1', '2', '3']);
	await screen.waitFor((frame) => !frame.includes('marked'));
});

test('all rows of a state are decided after saying what that does', async (context) => {
	const store = makeShop(context);
	const screen = renderStep(DifferencesScreen, store);
	await screen.waitFor('artist');
	screen.press('return', 'down', 'o');
	await screen.waitFor('Left out');
	screen.press('T');
	const frame = await screen.waitFor("Theirs (dev's version) for which rows?");
	assert.match(frame, /1 added row: insert into prod {2}1 decided one by one or by a rule stay/);
	assert.match(frame, /1 removed row: delete from prod/);
	assert.match(frame, /2 conflicts: take what dev has/);
	assert.match(frame, /Deletions wait until Plan allows deleteRows/);
	screen.press('down', 'return');
	await screen.waitFor('Theirs for 1 row.');
	assert.deepEqual(readDecisions(store), {2: 'ours row person', 3: 'theirs table person'});
	screen.press('T', 'escape');
	await screen.waitFor('5 rows differ');
});

test('many rows can be decided from the list of tables, too', async (context) => {
	const store = makeShop(context);
	const screen = renderStep(DifferencesScreen, store);
	await screen.waitFor('artist');
	screen.press('O');
	await screen.waitFor("Ours (prod's version) for which rows?");
	screen.press('return');
	await screen.waitFor('Ours for 2 rows.');
	assert.deepEqual(readDecisions(store), {2: 'ours table person', 5: 'ours table person'});
	screen.press('escape');
	await screen.waitFor('4 tables');
	screen.press('u');
	await screen.waitFor('Undone: ours for the chosen rows of artist (2 rows).');
	assert.deepEqual(readDecisions(store), {});
});

test('rows are searched, and a number leads to its row', async (context) => {
	const screen = renderStep(DifferencesScreen, makeShop(context));
	await screen.waitFor('artist');
	screen.press('return');
	await screen.waitFor('5 rows differ');
	screen.press('/');
	await screen.waitFor('find in keys and values');
	screen.type('d');
	screen.press('return');
	await screen.waitFor('› ! 4');
	screen.press('n');
	await screen.waitFor('› ! 1');
	screen.press('N');
	await screen.waitFor('› ! 4');
	screen.press(':');
	await screen.waitFor('number of a row');
	screen.type('2');
	screen.press('return');
	await screen.waitFor('› + 2');
	screen.press(':');
	await screen.waitFor('number of a row');
	screen.type('99');
	screen.press('return');
	await screen.waitFor('There are 5 rows: this is the last one.');
	await screen.waitFor('› + 5');
});

test('a row’s cells stand side by side, the same ones behind a key', async (context) => {
	const screen = renderStep(DifferencesScreen, makeShop(context));
	await screen.waitFor('artist');
	screen.press('return');
	await screen.waitFor('5 rows differ');
	screen.press('return');
	const frame = await screen.waitFor('takes');
	assert.deepEqual(frame.split('\n').slice(2, 7), [
		'! artist id 1  conflict                                                     open',
		'1 cell differs. Which side changed it, only a base could tell.',
		'',
		'    column   prod                          dev                           takes',
		'› ~ name   │ AC/DC                       │ ac/dc                       │ open',
	]);
	assert.match(frame, /2 unchanged columns hidden · not compared: shout/);
	screen.press('s');
	const all = await screen.waitFor('photo');
	assert.match(all, / {4}photo {2}│ NULL +│ NULL +│/);
	screen.press('>');
	await screen.waitFor('+ artist id 2');
	await screen.waitFor('Only dev has this row.');
	screen.press('<', '<');
	await screen.waitFor('This is the first row.');
	screen.press('escape', 'escape');
	await screen.waitFor('4 tables');
	screen.press('escape');
	assert.equal(
		await screen.waitFor(() => screen.asked.back === 1).then(() => screen.asked.back),
		1,
	);
});

test('the screen is as it was left when it is drawn again', async (context) => {
	const store = makeShop(context);
	const screen = renderStep(DifferencesScreen, store);
	await screen.waitFor('artist');
	screen.press('return', 'f', 'down');
	await screen.waitFor('only added: 2');
	await screen.waitFor('› + 5');
	screen.unmount();
	const again = renderStep(DifferencesScreen, store);
	await again.waitFor('only added: 2');
	await again.waitFor('› + 5');
});

test('every view fills the screen exactly at 80×24 and at 120×40', async (context) => {
	for (const size of [
		{columns: 80, rows: 24},
		{columns: 120, rows: 40},
	]) {
		const screen = renderStep(DifferencesScreen, makeShop(context), size);
		await screen.waitFor('artist');
		for (const keys of [[], ['return'], ['T'], ['escape', 'return'], ['return']]) {
			screen.press(...keys);
			await screen.waitFor(/artist|name|which rows/);
			const lines = screen.lines();
			assert.equal(lines.length, size.rows - 1);
			for (const line of lines) assert.ok(line.length <= size.columns, line);
		}
		screen.unmount();
	}
});
