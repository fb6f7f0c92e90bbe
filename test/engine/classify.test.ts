import assert from 'node:assert/strict';
import test from 'node:test';
import {applyTolerance, classifyPair, classifyWithBase} from '../../source/engine/classify.ts';
import type {Row} from '../../source/model/cell.ts';
import {digest, encodeRow} from '../../source/model/encoding.ts';
import type {Layout} from '../../source/model/layout.ts';
import type {RowPair} from '../../source/model/segment.ts';

const column = (name: string, role: 'common' | 'dev-only' = 'common') =>
	({name, role, fill: null, tolerance: null}) as const;

const layout: Layout = {
	table: 't',
	presentOn: 'both',
	columns: [column('id'), column('a'), column('b'), column('extra', 'dev-only')],
	comparedCount: 4,
	key: {kind: 'primary key', columns: ['id'], reason: ''},
	leftOut: [],
	where: null,
};

const row = (a: number, b: number): Row =>
	[1, a, b, 0].map((value) => ({kind: 'integer', text: String(value)}));

function pairOf(prod: Row | null, dev: Row | null): RowPair {
	const [ours, theirs] = [prod && encodeRow(prod), dev && encodeRow(dev)];
	return {
		key: encodeRow(row(0, 0).slice(0, 1)),
		prod: ours,
		dev: theirs,
		prodDigest: ours && digest(ours),
		devDigest: theirs && digest(theirs),
		copies: 1,
	};
}

const withBase = (base: Row | null, prod: Row | null, dev: Row | null) =>
	classifyWithBase(pairOf(prod, dev), base && encodeRow(base), layout).state;

test('without a base a row is added, removed or in conflict', () => {
	assert.equal(classifyPair(pairOf(null, row(1, 1)), layout).state, 'added');
	assert.equal(classifyPair(pairOf(row(1, 1), null), layout).state, 'removed');
	assert.equal(classifyPair(pairOf(row(1, 1), row(1, 2)), layout).state, 'conflict');
});

test('a row that differs only in a column new to prod is no conflict', () => {
	const pair = {...pairOf(row(1, 1), null), dev: '===i1:9', devDigest: digest('x')};
	assert.equal(classifyPair(pair, layout).state, 'dev-only');
	assert.equal(classifyPair({...pair, dev: '=i1:7=i1:9'}, layout).state, 'conflict');
});

test('a base tells who changed what: the whole table of the design', () => {
	const [old, one, other] = [row(1, 1), row(2, 1), row(1, 2)];
	assert.equal(withBase(old, old, one), 'dev-only');
	assert.equal(withBase(old, one, old), 'prod-only');
	assert.equal(withBase(old, one, other), 'merged');
	assert.equal(withBase(old, one, row(3, 1)), 'conflict');
	assert.equal(withBase(old, row(2, 5), row(2, 6)), 'conflict');
	assert.equal(withBase(old, row(2, 5), row(2, 1)), 'prod-only');
	assert.equal(withBase(old, null, one), 'conflict');
	assert.equal(withBase(old, null, old), 'prod-only');
	assert.equal(withBase(old, old, null), 'dev-only');
	assert.equal(withBase(old, one, null), 'conflict');
	assert.equal(withBase(null, null, one), 'added');
	assert.equal(withBase(null, one, null), 'prod-only');
	assert.equal(withBase(null, one, other), 'conflict');
});

test('a value in a column that prod does not have yet is dev’s change, whatever the base says', () => {
	const withExtra = (value: number): Row => [
		...row(1, 1).slice(0, 3),
		{kind: 'integer', text: String(value)},
	];
	const ancestor: Row = [...row(1, 1).slice(0, 3), {kind: 'absent', text: ''}];
	assert.equal(withBase(ancestor, withExtra(0), withExtra(7)), 'dev-only');
});

test('what lies within the tolerance is equal, and nothing else is', () => {
	const tolerant: Layout = {
		...layout,
		columns: [column('id'), {...column('a'), tolerance: 2}, column('b'), column('extra')],
	};
	assert.equal(applyTolerance(pairOf(row(1, 1), row(3, 1)), tolerant), null);
	assert.notEqual(applyTolerance(pairOf(row(1, 1), row(4, 1)), tolerant), null);
	const both = applyTolerance(pairOf(row(1, 1), row(3, 2)), tolerant);
	assert.equal(both?.dev, encodeRow(row(1, 2)));
});
