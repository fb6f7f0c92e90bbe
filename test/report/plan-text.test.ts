import assert from 'node:assert/strict';
import test from 'node:test';
import type {PlanSummary} from '../../source/model/plan.ts';
import {describePlan} from '../../source/report/plan-text.ts';
import {describeReceipt} from '../../source/report/receipt-text.ts';
import {printPlain, receipt} from './fixture.ts';

const summary: PlanSummary = {
	statements: 12,
	notAllowed: 2,
	counts: {ddl: 1, session: 0, insert: 4, update: 3, delete: 2},
	tables: [{table: 'artist', schema: 1, inserts: 4, updates: 3, deletes: 2, notAllowed: 2}],
	opened: [{kind: 'deleteRows', statements: 2}],
	gates: [{kind: 'dropColumn', statements: 2}],
	hazards: [{hazard: {kind: 'deletesRows', message: 'deletes rows of artist'}, statements: 2}],
	withoutUndo: Array.from({length: 12}, (_, index) => ({number: index + 1, summary: 'x'})),
};

test('a plan tells what runs, what it may cost and what waits for permission', () => {
	const text = printPlain(describePlan(summary));
	assert.match(text, /^Plan {2}10 statements, 2 more commented out$/m);
	assert.match(text, /^ {2}artist {10}1 {8}4 {8}3 {8}2 {14}2$/m);
	assert.match(text, /^ {2}! deleteRows: 2 statements$/m);
	assert.match(text, /^ {2}! deletes rows of artist {2}\(2 statements\)$/m);
	assert.match(text, /^ {2}2 statements {2}--allow dropColumn$/m);
	assert.match(text, /^ {2}… and 2 more$/m);
});

test('an empty plan says that there is nothing to do', () => {
	const empty = {...summary, statements: 0, notAllowed: 0, tables: []};
	const nothing = {opened: [], gates: [], hazards: [], withoutUndo: []};
	assert.equal(printPlain(describePlan({...empty, ...nothing})), 'Plan  nothing to do');
});

test('a receipt tells the rows by table, and what triggers were let change', () => {
	const text = printPlain(
		describeReceipt({
			...receipt,
			rewrittenRows: 1,
			rewritten: [{table: 'artist', row: 'id 3', columns: ['name']}],
		}),
	);
	assert.match(text, /^Applied to prod\.db\.$/m);
	assert.match(text, /^12 statements \(2 of structure\) in 2\.5 s; 10 rows read back/m);
	assert.match(text, /^ {2}artist {9}1 {8}8 {8}1$/m);
	assert.match(
		text,
		/Accepted: 1 row that triggers wrote differently\.\n {2}artist \(id 3\): name/,
	);
});

test('a rehearsal is not told as if it were applied', () => {
	const text = printPlain(describeReceipt({...receipt, result: 'rehearsed'}));
	assert.match(text, /^Rehearsed on prod\.db and rolled back/);
});
