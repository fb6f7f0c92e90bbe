import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	findChosenRange,
	findMarkedRange,
	fitList,
	initialListState,
	reduceList,
	type ListAction,
	type ListBounds,
	type ListState,
} from '../../../source/ui/components/list-state.ts';

const bounds: ListBounds = {count: 100, height: 10};

const moves = ['up', 'down', 'pageUp', 'pageDown', 'halfUp', 'halfDown', 'first', 'last'] as const;

const anyAction: fc.Arbitrary<ListAction> = fc.oneof(
	fc.constantFrom(...moves, 'toggleMark' as const, 'clearMark' as const).map((type) => ({type})),
	fc
		.oneof(fc.integer({min: -5, max: 1_000_005}), fc.constantFrom(NaN, Infinity, -Infinity, 2.5))
		.map((index) => ({type: 'jump' as const, index})),
);

const anyBounds: fc.Arbitrary<ListBounds> = fc.record({
	count: fc.oneof(fc.integer({min: 0, max: 30}), fc.integer({min: 0, max: 1_000_000})),
	height: fc.integer({min: 1, max: 60}),
});

function assertInside({cursor, offset, anchor}: ListState, {count, height}: ListBounds): void {
	const last = Math.max(0, count - 1);
	assert.ok(Number.isInteger(cursor) && cursor >= 0 && cursor <= last, `cursor ${cursor}`);
	assert.ok(Number.isInteger(offset) && offset >= 0, `offset ${offset}`);
	assert.ok(offset <= cursor && cursor < offset + height, `cursor ${cursor} at offset ${offset}`);
	assert.ok(offset <= Math.max(0, count - height), `offset ${offset} past the end`);
	assert.ok(anchor === undefined || (anchor >= 0 && anchor <= last && count > 0));
}

function run(actions: readonly ListAction[], from: ListState = initialListState): ListState {
	return actions.reduce((state, action) => reduceList(state, action, bounds), from);
}

test('the cursor is always on a row and in sight, whatever is done and however the list changes', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(anyAction, anyBounds), {maxLength: 40}), (steps) => {
			let state = initialListState;
			for (const [action, at] of steps) {
				state = reduceList(state, action, at);
				assertInside(state, at);
			}
		}),
	);
});

test('a state that fits is given back as it is', () => {
	fc.assert(
		fc.property(fc.array(anyAction, {maxLength: 20}), (actions) => {
			const state = run(actions);
			assert.equal(fitList(state, bounds), state);
		}),
	);
});

test('the window stands still while the cursor moves inside it', () => {
	const state = run([{type: 'jump', index: 50}]);
	const moved = run([{type: 'down'}, {type: 'down'}, {type: 'up'}], state);
	assert.deepEqual([moved.cursor, moved.offset], [51, state.offset]);
});

test('a page keeps one row of the page before it', () => {
	assert.deepEqual(run([{type: 'pageDown'}]), {cursor: 9, offset: 9, anchor: undefined});
	assert.deepEqual(run([{type: 'pageDown'}, {type: 'pageUp'}]), initialListState);
	assert.equal(run([{type: 'last'}, {type: 'pageDown'}]).cursor, 99);
});

test('a jump out of sight brings the row into the middle, one in sight moves nothing', () => {
	assert.deepEqual(run([{type: 'jump', index: 50}]), {cursor: 50, offset: 45, anchor: undefined});
	assert.deepEqual(run([{type: 'jump', index: 7}]), {cursor: 7, offset: 0, anchor: undefined});
	assert.deepEqual(run([{type: 'jump', index: 99}]), {cursor: 99, offset: 90, anchor: undefined});
});

test('a range reaches from where it began to the cursor, in either direction', () => {
	const begun = run([{type: 'jump', index: 5}, {type: 'toggleMark'}]);
	assert.deepEqual(findMarkedRange(begun), {from: 5, to: 5});
	assert.deepEqual(findMarkedRange(run([{type: 'down'}, {type: 'down'}], begun)), {from: 5, to: 7});
	assert.deepEqual(findMarkedRange(run([{type: 'first'}], begun)), {from: 0, to: 5});
	assert.equal(findMarkedRange(run([{type: 'toggleMark'}], begun)), undefined);
});

test('without a range an action is for the row under the cursor', () => {
	assert.deepEqual(findChosenRange(run([{type: 'jump', index: 3}])), {from: 3, to: 3});
});

test('rows that are filtered away take the cursor with them to the last that is left', () => {
	const state = run([{type: 'last'}, {type: 'toggleMark'}]);
	assert.deepEqual(fitList(state, {count: 4, height: 10}), {cursor: 3, offset: 0, anchor: 3});
	assert.deepEqual(fitList(state, {count: 0, height: 10}), initialListState);
});
