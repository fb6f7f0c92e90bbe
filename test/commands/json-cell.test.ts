import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {readJsonCell, readKey, writeKey} from '../../source/commands/json-cell.ts';
import type {Cell} from '../../source/model/cell.ts';
import {cellToJson} from '../../source/report/cell-json.ts';

const real = (text: string): Cell => ({kind: 'real', text});
const integer = (text: string): Cell => ({kind: 'integer', text});

test('a value that is written like a cell of the row is that cell', () => {
	assert.deepEqual(readJsonCell(1, [real('1'), real('2')]), real('1'));
	assert.deepEqual(
		readJsonCell('9007199254740993', [integer('9007199254740993')]),
		integer('9007199254740993'),
	);
	assert.deepEqual(readJsonCell({hex: 'ff'}, [{kind: 'rawText', text: 'ff'}]), {
		kind: 'rawText',
		text: 'ff',
	});
});

test('two cells that are written alike must be told apart', () => {
	assert.equal(
		readJsonCell(1, [real('1'), integer('1')]),
		'1 may be {"real":"1"} or {"integer":"1"}: write it so',
	);
	assert.deepEqual(readJsonCell({integer: '1'}, [real('1'), integer('1')]), integer('1'));
});

test('a new value takes on the kind that the column has', () => {
	assert.deepEqual(readJsonCell(3, [real('1.5'), real('2')]), real('3'));
	assert.deepEqual(readJsonCell(3, [integer('1')]), integer('3'));
	assert.deepEqual(readJsonCell(3.5, [integer('1')]), real('3.5'));
	assert.deepEqual(readJsonCell('9007199254740995', [integer('1')]), integer('9007199254740995'));
	assert.deepEqual(readJsonCell('12', [{kind: 'text', text: 'a'}]), {kind: 'text', text: '12'});
	assert.deepEqual(readJsonCell('2026-01-01', [{kind: 'date', text: '2025-01-01'}]), {
		kind: 'date',
		text: '2026-01-01',
	});
	assert.deepEqual(readJsonCell(null, [integer('1')]), {kind: 'null', text: ''});
	assert.deepEqual(readJsonCell(7, []), integer('7'));
});

test('a kind that is written out is exact', () => {
	assert.deepEqual(readJsonCell({real: '1.0'}, [integer('1')]), real('1'));
	assert.deepEqual(readJsonCell({text: '1'}, [integer('1')]), {kind: 'text', text: '1'});
	assert.deepEqual(readJsonCell({hex: 'FF00'}, []), {kind: 'bytes', text: 'ff00'});
});

test('what is no value is refused', () => {
	for (const value of [
		{hex: 'f'},
		{integer: '1.5'},
		{nothing: 'x'},
		[1],
		{a: 1},
		{a: '1', b: '2'},
	]) {
		assert.equal(readJsonCell(value, []), `${JSON.stringify(value)} is no value`);
	}
});

test('any cell is read back as itself beside itself', () => {
	const cell = fc.oneof(
		fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n}).map((number) => integer(String(number))),
		fc.double().map((number) => real(Object.is(number, -0) ? '-0' : String(number))),
		fc.string({unit: 'binary'}).map((text): Cell => ({kind: 'text', text})),
		fc
			.uint8Array()
			.map((bytes): Cell => ({kind: 'bytes', text: Buffer.from(bytes).toString('hex')})),
	);
	fc.assert(
		fc.property(cell, (one) => {
			const json: unknown = JSON.parse(JSON.stringify(cellToJson(one)));
			assert.deepEqual(readJsonCell(json, [one]), one);
		}),
	);
});

test('a key is found whatever the order of its columns', () => {
	const cells = [
		{column: 'b', cell: integer('2')},
		{column: 'a', cell: {kind: 'text', text: 'x'} as const},
	];
	assert.equal(writeKey(cells), readKey({a: 'x', b: 2}));
	assert.equal(writeKey(cells), readKey({b: {integer: '2'}, a: {text: 'x'}}));
	assert.notEqual(writeKey(cells), readKey({a: 'x', b: '2'}));
});
