import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type {ListAction} from '../../../../source/ui/components/list-state.ts';
import {everyRow} from '../../../../source/ui/screens/rows/rows-filter.ts';
import {
	fitRows,
	initialRowsState,
	isAtRoot,
	reduceRows,
	type RowsAction,
	type RowsState,
} from '../../../../source/ui/screens/rows/rows-state.ts';

const view = {source: {count: 40, line: () => 'a line'}, height: 10, width: 40};

const listAction: fc.Arbitrary<ListAction> = fc.oneof(
	fc.constantFrom<ListAction>(
		{type: 'up'},
		{type: 'down'},
		{type: 'pageUp'},
		{type: 'pageDown'},
		{type: 'halfDown'},
		{type: 'first'},
		{type: 'last'},
		{type: 'toggleMark'},
		{type: 'clearMark'},
	),
	fc.record({type: fc.constant('jump' as const), index: fc.integer({min: -5, max: 200_000})}),
);

const action = (count: number, height: number): fc.Arbitrary<RowsAction> =>
	fc.oneof(
		fc.record({
			type: fc.constantFrom('list' as const, 'cells' as const),
			action: listAction,
			bounds: fc.constant({count, height}),
		}),
		fc.record({
			type: fc.constant('filter' as const),
			filter: fc.constantFrom(everyRow, {...everyRow, onlyOpen: true}),
			index: fc.integer({min: -3, max: 200_000}),
		}),
		fc.constantFrom<RowsAction>(
			{type: 'prompt', kind: 'search'},
			{type: 'typed', action: {type: 'insert', text: 'x'}},
			{type: 'query', query: 'x'},
			{type: 'bulk', bulk: {take: 'ours', choices: []}},
			{type: 'open', id: 7},
			{type: 'toggleUnchanged', index: 3},
			{type: 'view', column: 1, side: 'both'},
			{type: 'viewText', action: {type: 'pageDown'}, view},
			{type: 'viewChange', line: 39, view},
			{type: 'edit', column: 1, kind: 'null', typedKind: 'text', text: ''},
			{type: 'editTyped', action: {type: 'insert', text: '1'}},
			{type: 'editKind', step: -1},
			{type: 'editRefused', problem: 'no'},
			{type: 'decided'},
			{type: 'close'},
		),
	);

const stepsOf = fc
	.record({count: fc.integer({min: 0, max: 100_000}), height: fc.integer({min: 1, max: 60})})
	.chain((bounds) =>
		fc.record({
			bounds: fc.constant(bounds),
			actions: fc.array(action(bounds.count, bounds.height), {maxLength: 40}),
		}),
	);

test('the cursor stays in the list and in sight under any events', () => {
	fc.assert(
		fc.property(stepsOf, ({bounds, actions}) => {
			const state = reduceRows(initialRowsState, ...actions);
			const {cursor, offset} = fitRows(state, bounds);
			assert.ok(cursor >= 0 && cursor < Math.max(1, bounds.count));
			assert.ok(offset >= 0 && offset <= cursor && cursor < offset + bounds.height);
		}),
	);
});

test('closing often enough always leads back to the list', () => {
	fc.assert(
		fc.property(stepsOf, ({actions}) => {
			let state: RowsState = reduceRows(initialRowsState, ...actions);
			for (let times = 0; times < 6 && !isAtRoot(state); times++) {
				state = reduceRows(state, {type: 'close'});
			}
			assert.ok(isAtRoot(state));
		}),
	);
});

test('what is in front is closed first', () => {
	const steps: readonly RowsAction[] = [
		{type: 'list', action: {type: 'toggleMark'}, bounds: {count: 3, height: 3}},
		{type: 'open', id: 7},
		{type: 'view', column: 1, side: 'both'},
		{type: 'prompt', kind: 'search'},
	];
	const states = steps.map((_, index) =>
		reduceRows(initialRowsState, ...steps.slice(0, steps.length - index)),
	);
	for (const [index, state] of states.entries()) {
		const closed = reduceRows(state, {type: 'close'});
		const before = states[index + 1] ?? initialRowsState;
		assert.deepEqual(closed, before);
	}
});

test('a decision unmarks and closes the editor, not the row', () => {
	const state = reduceRows(
		initialRowsState,
		{type: 'list', action: {type: 'toggleMark'}, bounds: {count: 3, height: 3}},
		{type: 'open', id: 7},
		{type: 'edit', column: 1, kind: 'text', typedKind: 'text', text: 'a'},
		{type: 'decided'},
	);
	assert.equal(state.open?.id, 7);
	assert.equal(state.open.editor, null);
	assert.equal(state.list.anchor, undefined);
	assert.equal(state.revision, 1);
});

test('typing over NULL begins a value of the other side’s kind', () => {
	const edit = {type: 'edit', column: 1, kind: 'null', typedKind: 'integer', text: ''} as const;
	const typed = reduceRows(
		initialRowsState,
		{type: 'open', id: 7},
		edit,
		{type: 'editTyped', action: {type: 'left'}},
		{type: 'editTyped', action: {type: 'insert', text: '4'}},
		{type: 'editTyped', action: {type: 'insert', text: '2'}},
	).open?.editor;
	assert.equal(typed?.kind, 'integer');
	assert.equal(typed.field.text, '42');
});
