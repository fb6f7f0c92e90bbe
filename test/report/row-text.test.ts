import assert from 'node:assert/strict';
import test from 'node:test';
import {describeChange} from '../../source/report/row-text.ts';
import {measureText} from '../../source/report/text-width.ts';
import {layout, makeRow, printPlain} from './fixture.ts';

test('a conflict lists the columns that differ, side below side', () => {
	assert.equal(
		printPlain(describeChange(makeRow(), layout, 80)),
		[
			'! item  id 7  conflict, needs a decision',
			'    ~ price  prod  1.0',
			'             dev   9007199254740993',
			"    ~ data   prod  x'00ff'",
			'             dev   NULL',
			'    ~ note   prod  —',
			"             dev   'NULL'",
		].join('\n'),
	);
});

test('an added row shows its cells and what will happen', () => {
	const row = makeRow({state: 'added', prod: null, take: 'theirs', changed: []});
	const [headline, ...cells] = printPlain(describeChange(row, layout, 80)).split('\n');
	assert.equal(headline, '+ item  id 7  added, theirs: insert it');
	assert.equal(cells.length, 4);
	assert.ok(cells.every((line) => line.startsWith('    + ')));
});

test('a removed row that a rule deletes says so', () => {
	const row = makeRow({
		state: 'removed',
		dev: null,
		take: 'theirs',
		resolution: {take: 'theirs', level: 'rule', by: 'rule 2', cells: null},
	});
	assert.match(printPlain(describeChange(row, layout, 80)), /^- .* theirs: delete it \(rule 2\)$/m);
});

test('no value can drive the terminal or pass the width', () => {
	const hostile = `\u001B[2J\u202Eevil\n${'界'.repeat(200)}`;
	const row = makeRow({
		changed: [2],
		prod: [
			{kind: 'integer', text: '7'},
			{kind: 'real', text: '1'},
			{kind: 'text', text: hostile},
			{kind: 'absent', text: ''},
		],
	});
	const lines = printPlain(describeChange(row, layout, 60)).split('\n');
	assert.equal(lines.length, 3);
	for (const line of lines) {
		assert.doesNotMatch(line, /[\p{Cc}\u202E]/u);
		assert.ok(measureText(line) <= 60, line);
	}
});
