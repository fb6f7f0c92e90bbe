import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type {CellKind} from '../../../../source/model/cell.ts';
import {listKinds, parseValue} from '../../../../source/ui/screens/rows/edit-value.ts';

const read = (kind: CellKind, typed: string): string => {
	const parsed = parseValue(kind, typed);
	return parsed.kind === 'value' ? `${parsed.cell.kind} ${parsed.cell.text}` : 'refused';
};

test('values are read into their normal form', () => {
	assert.equal(read('integer', ' 007 '), 'integer 7');
	assert.equal(read('integer', '-0'), 'integer 0');
	assert.equal(read('integer', '9223372036854775807'), 'integer 9223372036854775807');
	assert.equal(read('real', '1'), 'real 1');
	assert.equal(read('real', '-0.0'), 'real -0');
	assert.equal(read('real', '1e400'), 'refused');
	assert.equal(read('real', '-Infinity'), 'real -Infinity');
	assert.equal(read('decimal', '-001.500'), 'decimal -1.5');
	assert.equal(read('decimal', '-0.00'), 'decimal 0');
	assert.equal(read('text', ' a '), 'text  a ');
	assert.equal(read('text', ''), 'text ');
	assert.equal(read('bytes', "x'C0 FF ee'"), 'bytes c0ffee');
	assert.equal(read('bytes', ''), 'bytes ');
	assert.equal(read('null', ''), 'null ');
	assert.equal(read('boolean', 'TRUE'), 'boolean true');
	assert.equal(read('uuid', '123E4567-E89B-12D3-A456-426614174000').slice(0, 13), 'uuid 123e4567');
	assert.equal(read('json', '{"a": [1]}'), 'json {"a": [1]}');
});

test('what is no value of its kind is refused with a sentence', () => {
	const wrong: readonly (readonly [CellKind, string])[] = [
		['integer', ''],
		['integer', '1.5'],
		['integer', '9223372036854775808'],
		['integer', '١٢'],
		['real', 'abc'],
		['real', '1,5'],
		['real', 'NaN'],
		['decimal', '1e5'],
		['bytes', 'abc'],
		['bytes', 'zz'],
		['boolean', 'yes'],
		['date', '31.1.2026'],
		['json', '{a: 1}'],
		['uuid', '123'],
	];
	for (const [kind, typed] of wrong) {
		const parsed = parseValue(kind, typed);
		const reason = parsed.kind === 'refused' ? parsed.reason : 'taken';
		assert.match(reason, /^[A-Z].*[.}]$/s, `${kind} ${typed}`);
	}
});

test('every integer and every real comes back as it is', () => {
	fc.assert(
		fc.property(fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n}), (number) => {
			assert.equal(read('integer', number.toString()), `integer ${number}`);
		}),
	);
	fc.assert(
		fc.property(fc.double({noNaN: true}), (number) => {
			const form = Object.is(number, -0) ? '-0' : String(number);
			assert.equal(read('real', form), `real ${form}`);
		}),
	);
});

test('the value’s own kind is offered first, and once', () => {
	assert.deepEqual(listKinds('real'), ['real', 'null', 'integer', 'text', 'bytes']);
	assert.deepEqual(listKinds('date'), ['date', 'null', 'integer', 'real', 'text', 'bytes']);
	assert.deepEqual(listKinds('absent')[0], 'null');
});
