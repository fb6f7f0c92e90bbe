import assert from 'node:assert/strict';
import test from 'node:test';
import {ConflictsScreen} from '../../../../source/ui/screens/conflicts/conflicts-screen.tsx';
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
import {open, readCell} from './music-shop.tsx';

test('cells are decided one by one and the row is composed of them', async (context) => {
	const {store, screen} = await open(context);
	screen.press('return');
	await screen.waitFor('takes');
	screen.press('down', 't');
	await screen.waitFor('rank: theirs.');
	assert.deepEqual(readDecisions(store), {1: 'manual cell person'});
	assert.deepEqual(readCell(store, '1', 2), integer(2));
	assert.match(screen.frame(), /name +│ name 1 .*│ ours\n.*rank +│ +1 │ +2 │ theirs/);
	screen.press('up', 't');
	await screen.waitFor("Theirs: prod takes dev's values.");
	assert.deepEqual(readDecisions(store), {1: 'theirs row person'});
	screen.press('O');
	await screen.waitFor('Ours: prod keeps its row as it is.');
	screen.press('c');
	await screen.waitFor('Open again: it needs a decision.');
	assert.deepEqual(readDecisions(store), {});
	screen.press('u');
	await screen.waitFor('Undone: one row of artist left open (1 row).');
	assert.deepEqual(readDecisions(store), {1: 'ours row person'});
});

test('a cell gets a value of the person’s own, of another kind if asked', async (context) => {
	const {store, screen} = await open(context);
	screen.press('return');
	await screen.waitFor('takes');
	screen.press('down', 'e');
	await screen.waitFor('Edit rank');
	screen.press('ctrl+u');
	screen.type('4x');
	screen.press('return');
	await screen.waitFor('An integer has only digits');
	screen.press('backspace');
	screen.type('2');
	screen.press('return');
	await screen.waitFor('rank: edited.');
	assert.deepEqual(readCell(store, '1', 2), integer(42));
	assert.match(screen.frame(), /rank +│ +1 │ +2 │ edited/);
	screen.press('e');
	await screen.waitFor('Edit rank');
	screen.press('down');
	await screen.waitFor('› NULL');
	screen.press('return');
	await screen.waitFor('result  NULL');
	assert.deepEqual(readCell(store, '1', 2), nothing);
	screen.press('e');
	await screen.waitFor('Edit rank');
	screen.press('up');
	await screen.waitFor('› bytes as hex');
	screen.type('C0FFEE');
	screen.press('return');
	await screen.waitFor("result  x'c0ffee'");
	assert.deepEqual(readCell(store, '1', 2), bytes('c0ffee'));
	screen.press('e', 'escape');
	await screen.waitFor('takes');
	screen.press('u', 'u', 'u');
	await screen.waitFor('result  open');
	assert.deepEqual(readDecisions(store), {});
});

test('the key is never edited', async (context) => {
	const {screen} = await open(context);
	screen.press('return', 's', 'end');
	await screen.waitFor('part of the key');
	screen.press('e');
	await screen.waitFor('This column is the key: it says which row it is, so it stays.');
});

test('open conflicts are walked through row by row', async (context) => {
	const {store, screen} = await open(context);
	screen.press('return');
	await screen.waitFor('artist id 1');
	screen.press('T', '.');
	await screen.waitFor('artist id 3');
	screen.press('T', '.', 'O', '.');
	await screen.waitFor('track id 7');
	screen.press(',');
	await screen.waitFor('No other conflict needs a decision.');
	screen.press('T');
	await screen.waitFor('theirs · person');
	assert.equal(Object.keys(readDecisions(store)).length, 4);
	// Undoing shows the row that it was about.
	screen.press('u', 'u');
	await screen.waitFor('artist id 4');
	screen.press('escape');
	await screen.waitFor('› ! artist        4');
});

test('with a base it is told what each side did', async (context) => {
	const base = [integer(1), text('a'), integer(0)];
	const state = 'conflict' as const;
	const store = makeRun(
		context,
		[
			{
				name: 'artist',
				layout: makeLayout('artist', ['id', 'name', 'rank']),
				pairs: [
					pair([integer(1), text('b'), integer(5)], [integer(1), text('c'), integer(0)], {base}),
					pair([integer(2), text('b'), integer(5)], [integer(2), text('c'), integer(0)]),
					pair(null, [integer(3), text('c'), integer(0)], {base, state}),
					pair([integer(4), text('b'), integer(0)], null, {base, state, copies: 3}),
				],
			},
		],
		{hasBase: true},
	);
	const screen = renderStep(ConflictsScreen, store);
	await screen.waitFor('Prod changed name, rank; dev changed name.');
	screen.press('down');
	await screen.waitFor(
		'Both sides added a row with this key: a generated key may have been used twice.',
	);
	screen.press('down');
	await screen.waitFor('Prod deleted this row, dev changed');
	screen.press('t');
	await screen.waitFor('insert · person');
	screen.press('down');
	await screen.waitFor('It stands for 3 equal rows.');
	screen.press('t');
	await screen.waitFor('delete · person');
	screen.press('home', 'return');
	const frame = await screen.waitFor('takes');
	assert.match(frame, /name +│ b +│ c +│ both open/);
	assert.match(frame, /rank +│ +5 │ +0 │ prod open/);
	assert.match(frame, /base {4}a/);
});

test('values that could drive the terminal or hide are shown, not obeyed', async (context) => {
	const name = 'evil\u001B[2J\u202Ename';
	const store = makeRun(context, [
		{
			name,
			layout: makeLayout(name, ['id', 'na\u0007me']),
			pairs: [
				pair(
					[text('\u001B]0;x\u0007'), text('a\u001B[31m')],
					[text('\u001B]0;x\u0007'), text('\u2066b')],
				),
				pair([text('漢'), text('漢字'.repeat(100))], [text('漢'), text('👨‍👩‍👧'.repeat(50))]),
				pair([text('z'), text(`a${'\u0301'.repeat(400)}`)], [text('z'), text('\u200Bhidden')]),
			],
		},
	]);
	const screen = renderStep(ConflictsScreen, store);
	await screen.waitFor('0 of 3');
	for (const keys of [
		[],
		['return'],
		['return'],
		['escape', 'e'],
		['escape', 'T'],
		['escape', 'escape', 'b'],
		['escape', 'T'],
		['escape', 'down', 'return', 'return'],
		['escape', '>', 'return'],
	]) {
		screen.press(...keys);
		await screen.waitFor((frame) => frame.length > 0);
		const unsafe = Array.from(
			screen.frame().matchAll(/(?!\n)[\p{Cc}\u200B\u202A-\u202E\u2066-\u2069]/gu),
		);
		assert.deepEqual(unsafe, []);
		assert.equal(screen.lines().length, 23);
	}
});

test('a cell of 10 MB opens at once, whole and searchable', async (context) => {
	const ours = 'Lorem ipsum dolor sit amet, '.repeat(370_000);
	const theirs = `${ours}the end`;
	const store = makeRun(context, [
		{
			name: 'page',
			layout: makeLayout('page', ['id', 'body']),
			pairs: [
				pair([integer(1), text(ours)], [integer(1), text(theirs)]),
				pair([integer(2), text('a')], [integer(2), text('b')]),
			],
		},
	]);
	const screen = renderStep(ConflictsScreen, store);
	await screen.waitFor('20 MB: enter shows it');
	screen.press('return');
	await screen.waitFor('takes');
	screen.press('return');
	await screen.waitFor('text, 10,360,007 characters');
	screen.press('d');
	await screen.waitFor('~ ');
	assert.match(await screen.waitFor('the end'), /difference at line/);
	screen.press('s', '/');
	await screen.waitFor('find in the value');
	screen.type('nowhere');
	screen.press('return');
	await screen.waitFor('Not found: nowhere');
});
