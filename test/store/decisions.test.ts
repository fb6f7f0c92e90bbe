import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {RunStore} from '../../source/store/run-store.ts';
import type {Decision} from '../../source/store/decisions.ts';
import {makePair, makeStore} from './fixture.ts';

const theirs = (filter: Decision['filter'], level: Decision['level'] = 'row'): Decision => ({
	filter,
	take: 'theirs',
	level,
	by: 'person',
	summary: 'theirs',
});

const takesOf = (store: RunStore) =>
	[...store.rows.iterate()].map(({resolution}) => resolution?.take ?? null);

test('a decision about one row leaves the others open', (context) => {
	const store = makeStore(context, {a: [makePair(1, 'x', 'y'), makePair(2, 'x', 'y')]});
	const [first] = store.rows.page({}, 0, 1);
	assert.equal(store.decisions.decide(theirs({ids: [first?.id ?? -1]})), 1);
	assert.deepEqual(takesOf(store), ['theirs', null]);
	assert.equal(store.rows.count({unresolved: true}), 1);
});

test('a decision about a table keeps what was decided row by row', (context) => {
	const store = makeStore(context, {a: [makePair(1, 'x', 'y'), makePair(2, 'x', 'y')]});
	const [first] = store.rows.page({}, 0, 1);
	store.decisions.decide({...theirs({ids: [first?.id ?? -1]}), take: 'ours'});
	assert.equal(store.decisions.decide(theirs({tables: ['a']}, 'table')), 1);
	assert.deepEqual(takesOf(store), ['ours', 'theirs']);
});

test('a composed row keeps its cells through undo, redo and a restart', (context) => {
	const store = makeStore(context, {a: [makePair(1, 'x', 'y')]});
	const [row] = store.rows.page({}, 0, 1);
	const cells = new Map([[1, {kind: 'text', text: "z'\n\u{1F600}"} as const]]);
	store.decisions.decide({...theirs({ids: [row?.id ?? -1]}, 'cell'), take: 'manual', cells});
	store.decisions.undo();
	assert.deepEqual(takesOf(store), [null]);
	const again = RunStore.open(store.file);
	context.after(() => again.close());
	assert.equal(again.decisions.redo(), 'theirs');
	assert.deepEqual([...again.rows.iterate()][0]?.resolution?.cells, cells);
});

test('what was undone before a new decision is not done again', (context) => {
	const store = makeStore(context, {a: [makePair(1, 'x', 'y')]});
	store.decisions.decide(theirs({}));
	store.decisions.undo();
	store.decisions.decide({...theirs({}), take: 'ours'});
	assert.equal(store.decisions.redo(), null);
	assert.deepEqual(takesOf(store), ['ours']);
});

test('any walk of decisions, undos and redos equals its replay', (context) => {
	const step = fc.oneof(
		fc.record({
			kind: fc.constant('decide' as const),
			ids: fc.uniqueArray(fc.integer({min: 0, max: 4}), {minLength: 1}),
			take: fc.constantFrom('ours' as const, 'theirs' as const, null),
		}),
		fc.record({kind: fc.constantFrom('undo' as const, 'redo' as const)}),
	);
	fc.assert(
		fc.property(fc.array(step, {maxLength: 12}), (steps) => {
			const pairs = Array.from({length: 5}, (_, index) => makePair(index, 'x', 'y'));
			const store = makeStore(context, {a: pairs});
			const ids = store.rows.page({}, 0, 5).map(({id}) => id);
			let history = [Array<string | null>(5).fill(null)];
			let position = 0;
			for (const one of steps) {
				if (one.kind === 'decide') {
					const {ids: chosen, take} = one;
					store.decisions.decide({
						...theirs({ids: chosen.map((index) => ids[index] ?? -1)}),
						take,
					});
					const next = (history[position] ?? []).map((before, index) =>
						chosen.includes(index) ? take : before,
					);
					history = [...history.slice(0, position + 1), next];
					position++;
				} else if (one.kind === 'undo') {
					store.decisions.undo();
					position = Math.max(0, position - 1);
				} else {
					store.decisions.redo();
					position = Math.min(history.length - 1, position + 1);
				}
				assert.deepEqual(takesOf(store), history[position]);
			}
		}),
		{numRuns: 25},
	);
});

test('what undo and redo would do is told before it is done', (context) => {
	const store = makeStore(context, {a: [makePair(1, 'x', 'y'), makePair(2, 'x', 'y')]});
	assert.equal(store.decisions.describeNext('undo'), null);
	const [first, second] = store.rows.page({}, 0, 2).map(({id}) => id);
	assert.ok(first !== undefined && second !== undefined);
	store.decisions.decide(theirs({}));
	store.decisions.decide({...theirs({ids: [second]}), take: 'ours', summary: 'ours for one'});
	const one = {summary: 'ours for one', rows: 1, range: {from: second, to: second}};
	assert.deepEqual(store.decisions.describeNext('undo'), one);
	assert.equal(store.decisions.describeNext('redo'), null);
	store.decisions.undo();
	assert.deepEqual(store.decisions.describeNext('redo'), one);
	assert.deepEqual(store.decisions.describeNext('undo'), {
		summary: 'theirs',
		rows: 2,
		range: {from: first, to: second},
	});
});

test('the reach of a decision counts what it would leave alone', (context) => {
	const store = makeStore(context, {
		a: [makePair(1, 'x', 'y'), makePair(2, 'x', 'y'), makePair(3, null, 'y')],
	});
	const [first] = store.rows.page({}, 0, 1);
	store.decisions.decide(theirs({ids: [first?.id ?? -1]}));
	const reach = store.decisions.measureReach({filter: {}, level: 'table'});
	assert.deepEqual([...reach].sort(), [
		['added', {touched: 1, kept: 0}],
		['conflict', {touched: 1, kept: 1}],
	]);
	assert.equal(store.decisions.decide(theirs({}, 'table')), 2);
});

test('a decision about one row may replace what was composed cell by cell', (context) => {
	const store = makeStore(context, {a: [makePair(1, 'x', 'y')]});
	const cells = new Map([[1, {kind: 'text', text: 'z'} as const]]);
	store.decisions.decide({...theirs({}, 'cell'), take: 'manual', cells});
	assert.equal(store.decisions.decide(theirs({})), 0);
	assert.deepEqual(takesOf(store), ['manual']);
	assert.equal(store.decisions.decide({...theirs({}), overrules: true}), 1);
	assert.deepEqual(takesOf(store), ['theirs']);
});
