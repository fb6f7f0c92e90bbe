import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {orderUpdates} from '../../../source/engine/plan/order-updates.ts';

/** `row` takes what `holder` has. */
const conflict = (row: number, holder: number) => ({row, holder, index: 0});
const print = (steps: ReturnType<typeof orderUpdates>) =>
	steps.map(({row, step}) => (step === 'whole' ? String(row) : `${row} ${step}`));

test('a chain runs from its free end', () => {
	const chain = [conflict(1, 2), conflict(2, 3), conflict(3, 4)];
	assert.deepEqual(print(orderUpdates(chain, () => true)), ['4', '3', '2', '1']);
});

test('a swap parks one of the two rows', () => {
	const swap = [conflict(1, 2), conflict(2, 1)];
	assert.deepEqual(print(orderUpdates(swap, () => true)), ['1 park', '2', '1 finish']);
});

test('a circle is opened where a row can be parked', () => {
	const circle = [conflict(1, 2), conflict(2, 3), conflict(3, 1)];
	const steps = orderUpdates(circle, (row) => row === 3);
	assert.deepEqual(print(steps), ['3 park', '2', '1', '3 finish']);
});

test('a circle that no row can leave is told', () => {
	const swap = [conflict(1, 2), conflict(2, 1)];
	assert.deepEqual(print(orderUpdates(swap, () => false)), ['1 clash', '2']);
});

test('a value is always given up before it is taken, whatever the moves', () => {
	const moves = fc
		.uniqueArray(fc.integer({min: 0, max: 30}), {minLength: 1, maxLength: 30})
		.chain((before) =>
			fc
				.shuffledSubarray([...before, ...before.map((value) => value + 100)], {
					minLength: before.length,
					maxLength: before.length,
				})
				.map((after) => ({before, after})),
		);
	fc.assert(
		fc.property(moves, ({before, after}) => {
			const conflicts = after.flatMap((value, row) => {
				const holder = before.indexOf(value);
				return holder >= 0 && holder !== row ? [conflict(row, holder)] : [];
			});
			const values = new Map(before.map((value, row): [number, number | string] => [row, value]));
			const write = (row: number, value: number | string) => {
				const isTaken = [...values].some(([other, held]) => other !== row && held === value);
				assert.equal(isTaken, false, `row ${row} takes ${value} while it is held`);
				values.set(row, value);
			};
			for (const {row, step} of orderUpdates(conflicts, () => true)) {
				assert.notEqual(step, 'clash');
				write(row, step === 'park' ? `aside ${row}` : (after[row] ?? 0));
			}
			const ordered = new Set(conflicts.flatMap(({row, holder}) => [row, holder]));
			for (const row of ordered) assert.equal(values.get(row), after[row]);
		}),
		{numRuns: 500},
	);
});

test('a hundred thousand rows that all move up by one are ordered in well under a second', () => {
	const count = 100_000;
	function* shift() {
		for (let row = 0; row < count - 1; row++) yield conflict(row, row + 1);
	}
	const steps = orderUpdates(shift(), () => true);
	assert.equal(steps.length, count);
	assert.equal(steps[0]?.row, count - 1);
	assert.equal(steps.at(-1)?.row, 0);
});
