import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type {Cell} from '../../source/model/cell.ts';
import {digest, encodeField, encodeRow, tagBytes} from '../../source/model/encoding.ts';
import {FieldWriter} from '../../source/model/field-writer.ts';
import {PackedPairs} from '../../source/model/packed-pairs.ts';

const text = fc.oneof(
	fc.string({unit: 'binary', maxLength: 300}),
	fc.string({unit: 'binary-ascii', maxLength: 300}),
);

test('a field that is written is the field that is encoded', () => {
	fc.assert(
		fc.property(fc.array(text, {maxLength: 20}), (texts) => {
			const fields = new FieldWriter(1);
			const areAscii = texts.map((payload) => fields.writeText(payload));
			const numbers = texts.map(({length}) => String(length ** 9));
			for (const digits of numbers) fields.writeAscii(tagBytes.integer, digits);
			fields.writeByte(tagBytes.null);
			const expected = [
				...texts.map((payload) => encodeField('text', payload)),
				...numbers.map((digits) => encodeField('integer', digits)),
				'~',
			].join('');
			assert.equal(fields.bytes.toString('utf8', 0, fields.size), expected);
			assert.deepEqual(
				areAscii,
				texts.map((payload) => Buffer.byteLength(payload) === payload.length),
			);
			const again = fields.size;
			fields.repeat(fields, 0, again);
			assert.ok(fields.holdsTwice(0, again, again));
			assert.equal(
				Buffer.from(fields.digest(0, fields.size), 'latin1').toString('hex'),
				digest(expected + expected),
			);
		}),
	);
});

test('a pair comes back from its packing as it was', () => {
	const row = fc
		.array(text, {maxLength: 4})
		.map((texts) => encodeRow(texts.map((one): Cell => ({kind: 'text', text: one}))));
	const pair = fc
		.record({
			key: row,
			prod: fc.option(row),
			dev: fc.option(row),
			copies: fc.integer({min: 1, max: 3}),
		})
		.map(({prod, dev, ...rest}) => ({
			...rest,
			prod,
			dev,
			prodDigest: prod === null ? null : digest(prod),
			devDigest: dev === null ? null : digest(dev),
		}));
	fc.assert(
		fc.property(fc.array(fc.tuple(pair, fc.option(row)), {maxLength: 20}), (given) => {
			const packed = new PackedPairs(1);
			for (const [one, base] of given) packed.add(one, base);
			assert.deepEqual(
				[...packed],
				given.map(([one]) => one),
			);
			assert.equal(packed.length, given.length);
			assert.equal(packed.countLacking('prod'), given.filter(([{prod}]) => prod === null).length);
			assert.equal(packed.countLacking('dev'), given.filter(([{dev}]) => dev === null).length);
			assert.equal(
				packed.isPlain,
				given.every(([{copies}, base]) => copies === 1 && base === null),
			);
		}),
	);
});
