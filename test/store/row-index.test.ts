import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type {RowState} from '../../source/model/row-change.ts';
import {encodeRow} from '../../source/model/encoding.ts';
import type {RunStore} from '../../source/store/run-store.ts';
import type {IndexedFilter, RowIndex} from '../../source/store/row-index.ts';
import {makePair, makeRow, makeStore} from './fixture.ts';

const mixed = (count: number) =>
	Array.from({length: count}, (_, index) =>
		makePair(
			index,
			index % 5 === 1 ? null : `ours ${index}`,
			index % 5 === 2 ? null : `theirs ${index}`,
		),
	);

const filters: readonly IndexedFilter[] = [
	{},
	{states: ['conflict']},
	{states: ['added', 'removed']},
	{unresolved: true},
	{tables: ['b']},
	{tables: ['b'], unresolved: true},
	{tables: ['a', 'b'], states: ['removed']},
	{states: ['added'], unresolved: true},
];

/** The same answers, asked of all rows. */
function readIds(store: RunStore, filter: IndexedFilter): number[] {
	return [...store.rows.iterate(filter)].map(({id}) => id);
}

function assertAgrees(index: RowIndex, ids: number[]) {
	assert.equal(index.count, ids.length);
	for (const position of [0, 1, 7, 1023, 1024, 1500, ids.length - 3, ids.length]) {
		const page = index.page(position, 9).map(({id}) => id);
		assert.deepEqual(page, ids.slice(Math.max(0, position), Math.max(0, position) + 9));
	}
	for (const position of [0, 5, 1100, ids.length - 1]) {
		const id = ids[position];
		if (id === undefined) continue;
		assert.equal(index.positionOf(id), position);
		assert.ok(index.has(id));
		assert.equal(index.findNext(id, 1), ids[position + 1] ?? ids[0]);
		assert.equal(index.findNext(id, -1), ids[position - 1] ?? ids.at(-1));
	}
}

test('every filter pages, finds and counts as a walk over all rows does', (context) => {
	const store = makeStore(context, {a: mixed(2600), b: mixed(1300), c: [makePair(1, 'x', 'y')]});
	for (const filter of filters) {
		assertAgrees(store.rows.index(filter), readIds(store, filter));
	}
});

test('the same holds when the last rows are asked for first', (context) => {
	const store = makeStore(context, {a: mixed(2600), b: mixed(1300)});
	for (const filter of filters) {
		const ids = readIds(store, filter);
		const index = store.rows.index(filter);
		const last = ids.at(-1);
		assert.deepEqual(
			index.page(ids.length - 2, 9).map(({id}) => id),
			ids.slice(-2),
		);
		if (last !== undefined) assert.equal(index.positionOf(last), ids.length - 1);
		assertAgrees(index, ids);
	}
});

test('an index that is told of decisions stays right through undo and redo', (context) => {
	const store = makeStore(context, {a: mixed(2200), b: mixed(400)});
	const ids = readIds(store, {});
	const index = store.rows.index({unresolved: true});
	const step = fc.oneof(
		fc.record({
			kind: fc.constant('decide' as const),
			from: fc.integer({min: 0, max: ids.length - 1}),
			length: fc.constantFrom(1, 1, 1, 40, 3000),
			take: fc.constantFrom('ours' as const, null),
		}),
		fc.record({kind: fc.constantFrom('undo' as const, 'redo' as const)}),
	);
	fc.assert(
		fc.property(fc.array(step, {maxLength: 8}), (steps) => {
			for (const one of steps) {
				const next = one.kind === 'decide' ? null : store.decisions.describeNext(one.kind);
				const range =
					one.kind === 'decide'
						? {from: ids[one.from] ?? 0, to: ids.at(one.from + one.length - 1) ?? ids.at(-1) ?? 0}
						: next?.range;
				if (!range || range.to < range.from) continue;
				index.expectChange(range);
				if (one.kind === 'decide') {
					store.decisions.decide({
						filter: {range},
						take: one.take,
						level: 'row',
						by: 'person',
						summary: 'ours',
					});
				} else {
					store.decisions[one.kind]();
				}
				index.refresh(range);
			}
			const open = readIds(store, {unresolved: true});
			assert.equal(index.count, open.length);
			const middle = Math.floor(open.length / 2);
			assert.deepEqual(
				index.page(middle, 20).map(({id}) => id),
				open.slice(middle, middle + 20),
			);
		}),
		{numRuns: 30},
	);
});

test('a table is counted alone', (context) => {
	const store = makeStore(context, {a: mixed(50), b: mixed(10)});
	const index = store.rows.index({unresolved: true});
	assert.equal(index.countInTable(1), 30);
	assert.equal(index.countInTable(2), 6);
	assert.equal(index.countInTable(3), 0);
	assert.equal(
		index.findNext(0, -1, {from: 0, to: 2 * 2 ** 40 - 1}),
		readIds(store, {tables: ['a'], unresolved: true}).at(-1),
	);
});

test('a row of megabytes is listed without being read, its key shortened', (context) => {
	const big = 'é'.repeat(5_000_000);
	const key = encodeRow([
		{kind: 'text', text: 'k'.repeat(100_000)},
		{kind: 'integer', text: '7'},
	]);
	const store = makeStore(context, {
		a: [makePair(1, 'x', 'y'), {...makePair(2, big, 'y'), key}, makePair(3, 'x', 'z')],
	});
	const [first, second, third] = store.rows.index().page(0, 10);
	assert.deepEqual(first?.row?.prod, makeRow(1, 'x'));
	assert.equal(second?.row, null);
	assert.ok(second.size > 10_000_000);
	assert.equal(second.state, 'conflict' satisfies RowState);
	assert.equal(second.key.length, 1);
	assert.match(second.key[0]?.text ?? '', /^k{2000,2048}$/);
	assert.deepEqual(third?.row?.dev, makeRow(3, 'z'));
});

test('no page reads more than its own rows, wherever it is', (context) => {
	const store = makeStore(context, {
		a: Array.from({length: 20_000}, (_, id) => makePair(id, 'x', 'y')),
	});
	const index = store.rows.index({states: ['conflict']});
	const decode = context.mock.method(store.rows, 'decode');
	for (const position of [0, 10_000, 19_990]) index.page(position, 10);
	assert.equal(decode.mock.callCount(), 30);
});
