import assert from 'node:assert/strict';
import test from 'node:test';
import {decideMany} from '../../../../source/engine/resolve.ts';
import {RunStore} from '../../../../source/store/run-store.ts';
import {ConflictsScreen} from '../../../../source/ui/screens/conflicts/conflicts-screen.tsx';
import {makeLayout, makeRun, readDecisions, renderStep, text} from '../rows/rows-fixture.tsx';
import {conflict, makeShop, open, readCell} from './music-shop.tsx';

test('conflicts of all tables stand in one list with their progress', async (context) => {
	const {screen} = await open(context);
	assert.deepEqual(screen.lines().slice(2, 8), [
		'0 of 4 conflicts decided  ░░░░░░░░░░░░░░░░░░░░',
		'    table         key            prod → dev                   decision',
		'› ! artist        1              name name 1 → name 1!  +1    open',
		'  ! artist        3              name name 3 → name 3!  +1    open',
		'  ! artist        4              name name 4 → name 4!  +1    open',
		'  ! track         7              name name 7 → name 7!  +1    open',
	]);
	assert.equal(screen.lines().length, 23);
});

test('without conflicts the screen says so and leads on', async (context) => {
	const store = makeRun(context, [{name: 'a', layout: makeLayout('a', ['id', 'b'])}]);
	const screen = renderStep(ConflictsScreen, store);
	await screen.waitFor('There are no conflicts. tab goes on to Plan.');
	screen.press('t', 'tab', 'escape');
	await screen.waitFor(() => screen.asked.next === 1 && screen.asked.back === 1);
});

test('ours and theirs are in the store at once, and survive the process', async (context) => {
	const {store, screen} = await open(context);
	screen.press('t', 'down', 'o');
	await screen.waitFor('2 of 4 conflicts decided');
	// A second handle sees what a process after a kill would see.
	const other = RunStore.open(store.file, {readonly: true});
	context.after(() => other.close());
	assert.deepEqual(readDecisions(other), {1: 'theirs row person', 3: 'ours row person'});
	assert.match(screen.frame(), /! artist +1 .*theirs · person/);
});

test('deciding the same again says so and makes no new decision', async (context) => {
	const {store, screen} = await open(context);
	screen.press('t', 't');
	await screen.waitFor('That is decided already: theirs.');
	assert.equal(store.decisions.list().length, 1);
});

test('undo and redo go through the decisions and show their rows', async (context) => {
	const {store, screen} = await open(context);
	screen.press('t', 'end', 'o');
	await screen.waitFor('2 of 4');
	screen.press('home', 'u');
	await screen.waitFor('Undone: ours for one row of track (1 row).');
	await screen.waitFor('› ! track');
	assert.deepEqual(readDecisions(store), {1: 'theirs row person'});
	screen.press('u');
	await screen.waitFor('0 of 4');
	screen.press('u');
	await screen.waitFor('There is nothing to undo.');
	screen.press('ctrl+r', 'ctrl+r');
	await screen.waitFor('2 of 4');
	assert.deepEqual(readDecisions(store), {1: 'theirs row person', 7: 'ours row person'});
	screen.press('ctrl+r');
	await screen.waitFor('There is nothing to redo.');
});

test('the next and the previous open conflict are found around the end', async (context) => {
	const {screen} = await open(context);
	screen.press('down', 't', '.');
	await screen.waitFor('› ! artist        4');
	screen.press('.', '.');
	await screen.waitFor('› ! artist        1');
	screen.press(',');
	await screen.waitFor('› ! track');
	screen.press('T');
	await screen.waitFor('which rows');
	screen.press('end', 'return');
	await screen.waitFor('4 of 4 conflicts decided');
	screen.press('.');
	await screen.waitFor('No conflict needs a decision.');
});

test('a list of only the open ones gets shorter while they are decided', async (context) => {
	const {store, screen} = await open(context);
	screen.press('f');
	await screen.waitFor('only open');
	screen.press('t', 'o', 't');
	await screen.waitFor('3 of 4');
	assert.doesNotMatch(screen.frame(), /! artist/);
	assert.deepEqual(readDecisions(store), {
		1: 'theirs row person',
		3: 'ours row person',
		4: 'theirs row person',
	});
	screen.press('o');
	await screen.waitFor('Every conflict here is decided. f shows them, tab goes on to Plan.');
	screen.press('u');
	await screen.waitFor('› ! track');
});

test('one table can be listed, with how far each is', async (context) => {
	const {screen} = await open(context);
	screen.press('t', 'b');
	const frame = await screen.waitFor('Whose conflicts?');
	assert.match(
		frame,
		/› All tables {2}1 of 4 decided\n {2}artist {2}1 of 3 decided\n {2}track {2}0 of 1 decided/,
	);
	screen.press('down', 'down', 'return');
	await screen.waitFor('0 of 1 conflicts decided');
	await screen.waitFor('2 more open in other tables');
	assert.doesNotMatch(screen.frame(), /artist/);
});

test('a marked range is decided; rows composed cell by cell stay', async (context) => {
	const {store, screen} = await open(context);
	screen.press('return');
	await screen.waitFor('takes');
	screen.press('t');
	await screen.waitFor('name: theirs. The other cell: ours.');
	screen.press('escape', 'v', 'end');
	await screen.waitFor('4 marked');
	screen.press('t');
	await screen.waitFor('Theirs for 3 rows, 1 stays.');
	assert.deepEqual(readDecisions(store), {
		1: 'manual cell person',
		3: 'theirs row person',
		4: 'theirs row person',
		7: 'theirs row person',
	});
	assert.deepEqual(readCell(store, '1', 1), text('name 1!'));
});

test('many at once: the dialogue says how many, and single decisions stay', async (context) => {
	const {store, screen} = await open(context);
	screen.press('o', 'T');
	const frame = await screen.waitFor("Theirs (dev's version) for which rows?");
	assert.match(frame, /› artist: 2 conflicts {2}1 decided one by one or by a rule stay/);
	assert.match(frame, /all tables: 3 conflicts {2}1 decided one by one or by a rule stay/);
	screen.press('down', 'return');
	await screen.waitFor('Theirs for 3 rows, 1 stays.');
	await screen.waitFor('4 of 4 conflicts decided');
	assert.deepEqual(readDecisions(store), {
		1: 'ours row person',
		3: 'theirs table person',
		4: 'theirs table person',
		7: 'theirs table person',
	});
	screen.press('C', 'return');
	await screen.waitFor('Taken back: 2 rows, 1 stays.');
	await screen.waitFor('2 of 4');
	screen.press('u', 'u');
	await screen.waitFor('1 of 4');
});

test('only what is still open can be decided at once', async (context) => {
	const {store, screen} = await open(context);
	decideMany(store, {tables: ['artist']}, 'ours', {level: 'table', by: 'strategy'});
	store.decisions.undo();
	screen.press('t');
	await screen.waitFor('1 of 4');
	screen.press('O', 'return');
	await screen.waitFor('Ours for 2 rows, 1 stays.');
	screen.press('T');
	const frame = await screen.waitFor('which rows');
	assert.match(frame, /all tables: only the 1 still open/);
	screen.press('escape');
	await screen.waitFor('3 of 4');
});

test('who decided is shown: a person, a rule, a strategy', async (context) => {
	const store = makeShop(context);
	const ids = store.rows.page({states: ['conflict']}, 0, 4).map(({id}) => id);
	const decide = (index: number, level: 'row' | 'rule' | 'table', by: string) =>
		store.decisions.decide({
			filter: {ids: [ids[index] ?? 0]},
			take: 'theirs',
			level,
			by,
			summary: by,
		});
	decide(0, 'row', 'person');
	decide(1, 'rule', 'rule 2');
	decide(2, 'table', 'strategy');
	const screen = renderStep(ConflictsScreen, store);
	const frame = await screen.waitFor('3 of 4');
	assert.match(frame, /artist +1 .*theirs · person/);
	assert.match(frame, /artist +3 .*theirs · rule 2/);
	assert.match(frame, /artist +4 .*theirs · strategy/);
	// It begins where a decision is needed.
	assert.match(frame, /› ! track +7 .*open/);
});

test('a resize keeps the row under the cursor in sight', async (context) => {
	const pairs = Array.from({length: 60}, (_, id) => conflict(id + 1));
	const store = makeRun(context, [
		{name: 'artist', layout: makeLayout('artist', ['id', 'name', 'rank']), pairs},
	]);
	const screen = renderStep(ConflictsScreen, store, {columns: 120, rows: 40});
	await screen.waitFor('1/60');
	screen.press(...Array<string>(19).fill('down'));
	await screen.waitFor('20/60');
	screen.resize(80, 24);
	await screen.waitFor((frame) => frame.split('\n').length === 23);
	assert.match(screen.frame(), /› ! artist +20 /);
	for (const line of screen.lines()) assert.ok(line.length <= 80, line);
	screen.resize(160, 50);
	await screen.waitFor((frame) => frame.split('\n').length === 49);
	assert.match(screen.frame(), /› ! artist +20 .*name name 20 → name 20! {2}rank 1 → 2/);
});
