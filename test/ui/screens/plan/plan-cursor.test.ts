import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	fitCursor,
	initialCursor,
	listShown,
	reduceCursor,
	type CursorAction,
	type PlanPlace,
	type PlanShape,
} from '../../../../source/ui/screens/plan/plan-cursor.ts';

/** A plan as the property sees it: lines of each statement, and which ones begin a section. */
type Model = {readonly lines: readonly number[]; readonly height: number};

const model: fc.Arbitrary<Model> = fc.record({
	lines: fc.array(fc.integer({min: 1, max: 40}), {minLength: 1, maxLength: 12}),
	height: fc.integer({min: 1, max: 30}),
});

/** Sections of three statements. */
function makeShape({lines, height}: Model): PlanShape {
	return {
		count: lines.length,
		height,
		lines: (statement) => lines[statement - 1] ?? assert.fail(`asked for ${statement}`),
		section(statement) {
			const first = statement - ((statement - 1) % 3);
			return {first, last: Math.min(lines.length, first + 2)};
		},
	};
}

function listPlaces({lines}: Model): PlanPlace[] {
	return lines.flatMap((count, index) =>
		Array.from({length: count}, (_, line) => ({statement: index + 1, line})),
	);
}

function indexOf(places: readonly PlanPlace[], {statement, line}: PlanPlace): number {
	return places.findIndex((place) => place.statement === statement && place.line === line);
}

type StepName = 'down' | 'up' | 'pageDown' | 'pageUp' | 'halfDown' | 'halfUp' | 'first' | 'last';

const steps: Readonly<Record<StepName, (height: number) => number>> = {
	down: () => 1,
	up: () => -1,
	pageDown: (height: number) => Math.max(1, height - 1),
	pageUp: (height: number) => -Math.max(1, height - 1),
	halfDown: (height: number) => Math.max(1, Math.floor(height / 2)),
	halfUp: (height: number) => -Math.max(1, Math.floor(height / 2)),
	first: () => -Infinity,
	last: () => Infinity,
};

const action: fc.Arbitrary<CursorAction> = fc.oneof(
	fc
		.constantFrom(
			...(Object.keys(steps) as StepName[]), // the table's own keys
			'nextStatement' as const,
			'previousStatement' as const,
			'nextSection' as const,
			'previousSection' as const,
			'left' as const,
			'right' as const,
		)
		.map((type) => ({type})),
	fc
		.record({statement: fc.integer({min: -3, max: 20}), line: fc.integer({min: -3, max: 50})})
		.map((to) => ({type: 'jump' as const, to})),
);

test('after any actions the window is full, unbroken, and holds the cursor', () => {
	fc.assert(
		fc.property(model, fc.array(action, {maxLength: 30}), (plan, actions) => {
			const shape = makeShape(plan);
			const places = listPlaces(plan);
			let cursor = initialCursor;
			for (const next of actions) {
				cursor = reduceCursor(cursor, next, shape);
				const shown = listShown(cursor, shape);
				assert.equal(shown.length, Math.min(plan.height, places.length));
				const top = indexOf(places, shown[0] ?? assert.fail('nothing is shown'));
				assert.deepEqual(shown, places.slice(top, top + plan.height));
				assert.equal(indexOf(places, cursor), top + cursor.row);
			}
		}),
	);
});

test('each move goes as many lines as in a list of all lines', () => {
	fc.assert(
		fc.property(model, fc.nat(), fc.constantFrom(...Object.keys(steps)), (plan, start, name) => {
			const type = name as StepName; // one of the table's own keys
			const shape = makeShape(plan);
			const places = listPlaces(plan);
			const from = start % places.length;
			const place = places[from] ?? assert.fail('no such place');
			const cursor = fitCursor({...initialCursor, ...place}, shape);
			const moved = reduceCursor(cursor, {type}, shape);
			const expected = from + steps[type](plan.height);
			assert.equal(indexOf(places, moved), Math.max(0, Math.min(places.length - 1, expected)));
		}),
	);
});

test('next and previous statement and section go to their first lines and stop at the ends', () => {
	const shape = makeShape({lines: [2, 2, 2, 2, 2, 2, 2], height: 5});
	const place = (
		type: CursorAction['type'] & `${string}${'Statement' | 'Section'}`,
		from: PlanPlace,
	) => {
		const {statement, line} = reduceCursor({...initialCursor, ...from}, {type}, shape);
		return [statement, line];
	};
	assert.deepEqual(place('nextStatement', {statement: 2, line: 1}), [3, 0]);
	assert.deepEqual(place('nextStatement', {statement: 7, line: 1}), [7, 1]);
	assert.deepEqual(place('previousStatement', {statement: 2, line: 1}), [2, 0]);
	assert.deepEqual(place('previousStatement', {statement: 2, line: 0}), [1, 0]);
	assert.deepEqual(place('previousStatement', {statement: 1, line: 0}), [1, 0]);
	assert.deepEqual(place('nextSection', {statement: 2, line: 1}), [4, 0]);
	assert.deepEqual(place('nextSection', {statement: 7, line: 1}), [7, 1]);
	assert.deepEqual(place('previousSection', {statement: 5, line: 0}), [4, 0]);
	assert.deepEqual(place('previousSection', {statement: 4, line: 0}), [1, 0]);
	assert.deepEqual(place('previousSection', {statement: 1, line: 1}), [1, 0]);
});

test('an empty plan has a cursor that nothing moves', () => {
	const shape: PlanShape = {
		count: 0,
		height: 10,
		lines: () => assert.fail('asked for a line'),
		section: () => assert.fail('asked for a section'),
	};
	fc.assert(
		fc.property(action, (next) => {
			assert.deepEqual(reduceCursor(initialCursor, next, shape), initialCursor);
		}),
	);
	assert.deepEqual(listShown(initialCursor, shape), []);
});

test('only statements near the cursor are asked for', () => {
	const asked = new Set<number>();
	const shape: PlanShape = {
		count: 1_000_000,
		height: 15,
		lines(statement) {
			asked.add(statement);
			return 3;
		},
		section: () => ({first: 1, last: 1_000_000}),
	};
	const cursor = reduceCursor(initialCursor, {type: 'last'}, shape);
	assert.equal(cursor.statement, 1_000_000);
	assert.ok(asked.size < 40, `${asked.size} statements were asked for`);
});
