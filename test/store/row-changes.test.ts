import assert from 'node:assert/strict';
import test from 'node:test';
import {makePair, makeRow, makeStore} from './fixture.ts';

const many = (count: number) =>
	Array.from({length: count}, (_, index) =>
		makePair(
			index,
			index % 3 === 1 ? null : `ours ${index}`,
			index % 3 === 2 ? null : `theirs ${index}`,
		),
	);

test('rows come back as they were found, in key order, table by table', (context) => {
	const store = makeStore(context, {a: many(4), b: [makePair(7, 'x', 'ÿ')]});
	const rows = [...store.rows.iterate({}, 2)];
	assert.deepEqual(
		rows.map(({table, state}) => `${table} ${state}`),
		['a conflict', 'a added', 'a removed', 'a conflict', 'b conflict'],
	);
	const last = rows.at(-1);
	assert.ok(last);
	assert.deepEqual(last.prod, makeRow(7, 'x'));
	assert.deepEqual(last.dev, makeRow(7, 'ÿ'));
	assert.deepEqual(last.changed, [1]);
});

test('a filter counts, pages and finds the same rows', (context) => {
	const store = makeStore(context, {a: many(30), b: many(3)});
	const filter = {tables: ['a'], states: ['added' as const]};
	assert.equal(store.rows.count(filter), 10);
	const page = store.rows.page(filter, 4, 3);
	assert.deepEqual(
		page.map(({key}) => key.at(0)?.text),
		['13', '16', '19'],
	);
	const second = page[1];
	assert.ok(second);
	assert.equal(store.rows.indexOf(filter, second.id), 5);
	assert.equal(store.rows.findNext(filter, second.id, 1), page.at(2)?.id);
	assert.equal(store.rows.findNext(filter, second.id, -1), page.at(0)?.id);
});

test('the search wraps around and is null where nothing fits', (context) => {
	const store = makeStore(context, {a: many(9)});
	const [first] = store.rows.page({states: ['removed']}, 0, 1);
	const last = store.rows.page({states: ['removed']}, 2, 1)[0];
	assert.equal(store.rows.findNext({states: ['removed']}, last?.id ?? -1, 1), first?.id);
	assert.equal(store.rows.findNext({search: 'nowhere'}, 0, 1), null);
});

test('a search sees cell texts, not tags, lengths or wildcards', (context) => {
	const store = makeStore(context, {a: [makePair(1, 'abc', 'a_c'), makePair(3, '100%', 'x')]});
	const find = (search: string) => store.rows.page({search}, 0, 9).map(({key}) => key.at(0)?.text);
	assert.deepEqual(find('ABC'), ['1']);
	assert.deepEqual(find('_'), ['1']);
	assert.deepEqual(find('%'), ['3']);
	assert.deepEqual(find('t3:abc'), []);
	assert.deepEqual(find(':'), []);
});

test('settled conflicts are counted by table', (context) => {
	const store = makeStore(context, {a: many(9), b: many(3)});
	store.decisions.decide({
		filter: {tables: ['a'], range: {from: 0, to: store.rows.page({}, 3, 1)[0]?.id ?? 0}},
		take: 'ours',
		level: 'row',
		by: 'person',
		summary: '',
	});
	assert.deepEqual(
		[...store.rows.countResolved()],
		[
			[1, {conflicts: 3, resolved: 2}],
			[2, {conflicts: 1, resolved: 0}],
		],
	);
});
