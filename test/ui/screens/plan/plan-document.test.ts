import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {PlannedStatement} from '../../../../source/store/statements.ts';
import {findInPlan} from '../../../../source/ui/screens/plan/find-in-plan.ts';
import type {PlanPlace} from '../../../../source/ui/screens/plan/plan-cursor.ts';
import {PlanDocument} from '../../../../source/ui/screens/plan/plan-document.ts';
import {isSameSection, listSearched} from '../../../../source/ui/screens/plan/plan-lines.ts';
import {makePlannedStore, makeSmallPlan, makeStatement} from './plan-fixture.tsx';

const word = fc.constantFrom('alpha', 'beta', 'gamma', 'Straße', "it's", '%', '\\d');

/** Runs of statements as the engine writes them: each table's rows of one kind once. */
const plan: fc.Arbitrary<PlannedStatement[]> = fc
	.record({
		before: fc.array(fc.constantFrom('a', 'b'), {maxLength: 6}),
		runs: fc.array(fc.integer({min: 1, max: 70}), {maxLength: 9}),
		words: fc.array(word, {minLength: 1, maxLength: 20}),
		closed: fc.boolean(),
	})
	.map(({before, runs, words, closed}) => {
		const kinds = ['delete', 'update', 'insert'] as const;
		const structure = before.map((table) =>
			makeStatement({phase: 'alter', kind: 'ddl', table, row: null, expects: null}),
		);
		const rows = runs.flatMap((length, run) =>
			Array.from({length}, () =>
				makeStatement({
					kind: kinds[Math.floor(run / 3)] ?? 'insert',
					table: ['a', 'b', 'c'][run % 3] ?? 'a',
				}),
			),
		);
		return [...structure, ...rows].map((statement, index) => ({
			...statement,
			number: index + 1,
			allowed: !(closed && index % 3 === 0),
			summary: `${words[index % words.length]} ${index % 7}`,
			sql: `UPDATE ${words[(index * 3) % words.length]}\nSET ${index % 5}`,
			hazards:
				index % 4 === 0 ? [{kind: 'mayViolate', message: `Hazard ${words[0]}.`} as const] : [],
		}));
	});

function makeDocument(statements: readonly PlannedStatement[]): PlanDocument {
	const page = (offset: number, limit: number) => statements.slice(offset, offset + limit);
	return new PlanDocument({page}, statements.length);
}

test('a section reaches as far as statements of its table and kind do', () => {
	fc.assert(
		fc.property(plan, (statements) => {
			const document = makeDocument(statements);
			for (const [index, statement] of statements.entries()) {
				let [first, last] = [index, index];
				const belongs = (other: number) => {
					const neighbour = statements[other];
					return neighbour !== undefined && isSameSection(neighbour, statement);
				};
				while (belongs(first - 1)) first--;
				while (belongs(last + 1)) last++;
				assert.deepEqual(document.section(index + 1), {first: first + 1, last: last + 1});
			}
		}),
		{numRuns: 60},
	);
});

test('only the first statement of a section stands under a heading', () => {
	fc.assert(
		fc.property(plan, (statements) => {
			const document = makeDocument(statements);
			for (const {number} of statements) {
				const block = document.block(number) ?? assert.fail('no such block');
				const isFirst = document.section(number).first === number;
				const [top] = block.show(0, 80).left;
				assert.equal(top?.tone, isFirst ? 'accent' : 'comment');
			}
		}),
		{numRuns: 30},
	);
});

test('the end of a section of half a million rows is found in few reads', () => {
	let reads = 0;
	const document = new PlanDocument(
		{
			page(offset, limit) {
				reads++;
				return Array.from({length: limit}, (_, index) => {
					const number = offset + index + 1;
					return {...makeStatement({table: number <= 400_000 ? 'a' : 'b'}), number, allowed: true};
				});
			},
		},
		500_000,
	);
	assert.deepEqual(document.section(123_456), {first: 1, last: 400_000});
	assert.deepEqual(document.section(450_000), {first: 400_001, last: 500_000});
	assert.ok(reads < 200, `${reads} reads`);
});

/** Every line that a search should stop at, in order. */
function listMatches(
	document: PlanDocument,
	statements: readonly PlannedStatement[],
	query: string,
) {
	return statements.flatMap((statement): PlanPlace[] => {
		const block = document.block(statement.number) ?? assert.fail('no such block');
		return Array.from({length: block.count}, (_, line) => line)
			.filter((line) => block.text(line).toLowerCase().includes(query.toLowerCase()))
			.map((line) => ({statement: statement.number, line}));
	});
}

test('a search visits every line that holds the text, in both directions, whatever its slices', () => {
	const query = fc.oneof(word, fc.constantFrom('-- UPDATE', 'set 3', '5', 'nowhere', 'hazard'));
	fc.assert(
		fc.property(
			plan.filter(({length}) => length > 0),
			query,
			fc.constantFrom(1 as const, -1 as const),
			fc.integer({min: 1, max: 300}),
			fc.nat(),
			(statements, text, step, limit, start) => {
				const document = makeDocument(statements);
				const matches = listMatches(document, statements, text);
				const statement = (start % statements.length) + 1;
				const count = document.block(statement)?.count ?? 1;
				const from = {statement, line: start % count};
				const isBehind = (place: PlanPlace) =>
					(place.statement - from.statement || place.line - from.line) * step > 0;
				const ordered = step === 1 ? matches : matches.toReversed();
				const expected = ordered.find(isBehind) ?? ordered[0];
				let result = findInPlan(document, text, {from, step}, limit);
				for (let tries = 0; result.kind === 'stopped'; tries++) {
					assert.ok(tries <= statements.length, 'The search never ends');
					result = findInPlan(document, text, {from, step, resumed: result.next}, limit);
				}
				assert.deepEqual(
					result,
					expected === undefined ? {kind: 'missing'} : {kind: 'found', at: expected},
				);
			},
		),
		{numRuns: 300},
	);
});

test('what is searched is what is drawn', (context) => {
	const {store, summary} = makePlannedStore(context, makeSmallPlan());
	const document = new PlanDocument(store.statements, summary.statements);
	for (const statement of store.statements.iterate()) {
		const block = document.block(statement.number) ?? assert.fail('no such block');
		const lines = Array.from({length: block.count}, (_, line) => block.text(line));
		assert.deepEqual(
			lines.filter((line) => line !== ''),
			listSearched(statement),
		);
	}
});
