import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type {Cell} from '../../source/model/cell.ts';
import {cellToJson, evidentKind, listKinds, rowToJson} from '../../source/report/cell-json.ts';

const write = (kind: Cell['kind'], text: string) => JSON.stringify(cellToJson({kind, text}));

test('numbers that JSON holds exactly are numbers, the others strings', () => {
	assert.equal(write('integer', '9007199254740991'), '9007199254740991');
	assert.equal(write('integer', '9007199254740993'), '"9007199254740993"');
	assert.equal(write('integer', '-9223372036854775808'), '"-9223372036854775808"');
	assert.equal(write('real', '0.1'), '0.1');
	assert.equal(write('real', '-0'), '"-0"');
	assert.equal(write('real', 'Infinity'), '"Infinity"');
	assert.equal(write('decimal', '1.10'), '"1.10"');
});

test('NULL, the text NULL, an empty text and no bytes all differ', () => {
	const written = [write('null', ''), write('text', 'NULL'), write('text', ''), write('bytes', '')];
	assert.deepEqual(written, ['null', '"NULL"', '""', '{"hex":""}']);
});

test('a row names its columns and leaves out those it does not have', () => {
	const row: Cell[] = [
		{kind: 'integer', text: '1'},
		{kind: 'absent', text: ''},
		{kind: 'null', text: ''},
	];
	assert.deepEqual(rowToJson(['a', 'b', 'c'], row), {a: 1, c: null});
});

test('kinds are told only where the JSON leaves them open', () => {
	const row: Cell[] = [
		{kind: 'real', text: '1'},
		{kind: 'real', text: '1.5'},
		{kind: 'integer', text: '9007199254740993'},
		{kind: 'rawText', text: 'ff'},
		{kind: 'text', text: 'x'},
	];
	assert.deepEqual(listKinds(['a', 'b', 'c', 'd', 'e'], row), {
		a: 'real',
		c: 'integer',
		d: 'rawText',
	});
});

test('any double survives JSON, given its kind', () => {
	fc.assert(
		fc.property(fc.double(), (number) => {
			const text = Object.is(number, -0) ? '-0' : String(number);
			const json: unknown = JSON.parse(JSON.stringify(cellToJson({kind: 'real', text})));
			assert.ok(Object.is(Number(json), number));
			assert.ok(typeof json === 'number' || evidentKind(String(json)) === 'text');
		}),
	);
});
