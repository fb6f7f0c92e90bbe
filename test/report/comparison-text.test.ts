import assert from 'node:assert/strict';
import test from 'node:test';
import {comparisonToJson} from '../../source/report/comparison-json.ts';
import {describeComparison, describeVerdict} from '../../source/report/comparison-text.ts';
import {makeComparison, makeTable, noCounts, printPlain} from './fixture.ts';

const text = (change: Parameters<typeof makeComparison>[0]) =>
	printPlain([
		...describeComparison(makeComparison(change)),
		describeVerdict(makeComparison(change)),
	]);

test('identical databases are told with how much was compared', () => {
	const shown = text({tables: [makeTable({table: 'a'}), makeTable({table: 'b', same: 1})]});
	assert.match(shown, /the same in 2 tables \(11 rows\): a, b/);
	assert.match(shown, /Nothing differs in 2 tables and 11 rows\.$/);
});

test('nothing is left out in silence', () => {
	const shown = text({
		tables: [
			makeTable({table: 'a', columnsLeftOut: [{column: 'total', reason: 'generated'}]}),
			makeTable({table: 'fts', status: 'not compared', reason: 'a virtual table', same: null}),
			makeTable({table: 'log', reason: 'it has no key', where: 'id > 5'}),
			makeTable({table: 'big', status: 'skipped', reason: 'left out'}),
		],
	});
	assert.match(shown, /Not compared\n {2}fts {2}a virtual table\n {2}big {2}left out/);
	assert.match(shown, /Columns not compared\n {2}a\.total {2}generated/);
	assert.match(shown, /Rows not compared\n {2}log {2}only rows where id > 5/);
	assert.match(shown, /Compared in another way than by primary key\n {2}log {2}it has no key/);
	assert.match(shown, /Not compared: 2 tables, 1 column, rows of 1 table\.$/);
});

test('counts stand in columns of their own, also under wide names', () => {
	const shown = text({
		identical: false,
		conflicts: 4,
		unresolved: 1,
		tables: [
			makeTable({table: '顧客', counts: {...noCounts, conflict: 4, added: 1200}}),
			makeTable({table: 'artist', counts: {...noCounts, removed: 2}}),
		],
	});
	const table = [
		'  table   prod  dev  same  + added  - removed  ! conflicts',
		'  顧客      10   10    10    1,200          ·            4',
		'  artist    10   10    10        ·          2            ·',
	];
	assert.ok(shown.includes(table.join('\n')), shown);
	assert.match(shown, /1,206 rows that differ\. 4 conflicts, 1 of them without a decision\.$/);
});

test('states that only a base can tell get a column when they come up', () => {
	const tables = [makeTable({table: 'a', counts: {...noCounts, merged: 3}})];
	const shown = text({identical: false, base: 'base.db', tables});
	assert.match(shown, /\* merged/);
	assert.doesNotMatch(shown, /= prod only/);
});

test('the JSON document has the fields that scripts rely on', () => {
	const tables = [makeTable({table: 'a', counts: {...noCounts, conflict: 2}, resolved: 1})];
	const json = comparisonToJson(
		makeComparison({identical: false, conflicts: 2, unresolved: 1, tables}),
	);
	assert.deepEqual(json['tables'], [
		{
			table: 'a',
			status: 'done',
			reason: '',
			prodRows: 10,
			devRows: 10,
			same: 10,
			added: 0,
			removed: 0,
			conflicts: 2,
			devOnly: 0,
			prodOnly: 0,
			merged: 0,
			resolved: 1,
			columnsLeftOut: [],
			where: null,
		},
	]);
	assert.deepEqual(json['schema'], {changes: []});
	assert.equal(json['version'], 1);
	assert.equal(json['base'], null);
	assert.equal(json['identical'], false);
});
