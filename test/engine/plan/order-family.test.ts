import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {orderFamily, type FamilyMember} from '../../../source/engine/plan/order-family.ts';

const member = (id: number, parent: number | null): FamilyMember => ({
	id,
	own: [String(id)],
	parents: [parent === null ? null : String(parent)],
});

test('rows that already come parents first keep their order', () => {
	assert.equal(orderFamily([member(1, null), member(2, 1), member(3, 1)]), null);
});

test('parents move in front of their children, everything else stays', () => {
	assert.deepEqual(orderFamily([member(1, 5), member(2, null), member(5, null)]), [5, 1, 2]);
});

test('a circle of rows keeps every row once', () => {
	const ordered = orderFamily([member(1, 2), member(2, 3), member(3, 1)]);
	assert.deepEqual(ordered, [3, 2, 1]);
});

test('every parent of any forest comes first', () => {
	// Each row's parent is any other row or none; numbers are shuffled so that order means nothing.
	const forest = fc.integer({min: 1, max: 40}).chain((size) =>
		fc
			.tuple(
				fc.array(fc.integer({min: -1, max: size - 1}), {minLength: size, maxLength: size}),
				fc.shuffledSubarray(
					Array.from({length: size}, (_, index) => index),
					{minLength: size, maxLength: size},
				),
			)
			.map(([parents, order]) =>
				order.map((index) => {
					const parent = parents[index] ?? -1;
					return member(index, parent >= 0 && parent < index ? parent : null);
				}),
			),
	);
	fc.assert(
		fc.property(forest, (members) => {
			const ordered = orderFamily(members) ?? members.map(({id}) => id);
			assert.equal(new Set(ordered).size, members.length);
			for (const {id, parents} of members) {
				const [parent] = parents;
				if (parent === null || parent === undefined) continue;
				assert.ok(ordered.indexOf(Number(parent)) < ordered.indexOf(id));
			}
		}),
	);
});
