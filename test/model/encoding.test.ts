import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import fc from 'fast-check';
import type {Cell, CellKind} from '../../source/model/cell.ts';
import {
	decodeField,
	decodeRow,
	digest,
	encodeCell,
	encodeRow,
	sameField,
	splitFields,
} from '../../source/model/encoding.ts';

const kinds: readonly CellKind[] = [
	'integer',
	'real',
	'decimal',
	'boolean',
	'text',
	'rawText',
	'bytes',
	'date',
	'time',
	'timestamp',
	'timestamptz',
	'interval',
	'uuid',
	'json',
	'other',
];

/** Any characters, also some that look like parts of an encoding. Lone surrogates are no text. */
const text = fc.oneof(
	fc.string({unit: 'binary', maxLength: 400}),
	fc.string({unit: 'grapheme'}),
	fc.constantFrom('', '~', '-', '=', 't1:', 't1:a', ':', 'NULL', '\u0000', '😀', 'é', '\uFFFD'),
);
const cell: fc.Arbitrary<Cell> = fc.oneof(
	fc.constantFrom<Cell>({kind: 'null', text: ''}, {kind: 'absent', text: ''}),
	fc.record({kind: fc.constantFrom(...kinds), text}, {noNullPrototype: true}),
);
const row = fc.array(cell, {maxLength: 12});

test('any row comes back from its encoding', () => {
	fc.assert(
		fc.property(row, (cells) => {
			assert.deepEqual(decodeRow(encodeRow(cells)), cells);
		}),
	);
});

test('a row splits into the fields that its cells encode to', () => {
	fc.assert(
		fc.property(row, (cells) => {
			const fields = splitFields(encodeRow(cells));
			assert.deepEqual(fields, cells.map(encodeCell));
			assert.deepEqual(fields.map(decodeField), cells);
		}),
	);
});

test('two rows encode alike only when they are the same', () => {
	fc.assert(
		fc.property(row, row, (a, b) => {
			assert.equal(encodeRow(a) === encodeRow(b), JSON.stringify(a) === JSON.stringify(b));
		}),
	);
	const alike: readonly (readonly string[])[] = [
		['a,b', 'c'],
		['a', 'b,c'],
		['NULL', ''],
		['', 'NULL'],
		['a', 'b', 'c'],
		['t1:a', ''],
		['a', 't1:'],
	];
	const encoded = alike.map((texts) =>
		encodeRow(texts.map((value) => ({kind: 'text', text: value}))),
	);
	assert.equal(new Set(encoded).size, alike.length);
});

test('a field that is the same as beside it is one character', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(cell, fc.option(cell)), {maxLength: 12}), (pairs) => {
			const beside = pairs.map(([ours]) => ours);
			const encoded = pairs.map(([, other]) => (other ? encodeCell(other) : sameField)).join('');
			assert.deepEqual(
				decodeRow(encoded, beside),
				pairs.map(([ours, other]) => other ?? ours),
			);
		}),
	);
	assert.throws(() => decodeRow(sameField), RangeError);
	assert.throws(() => decodeRow('~=', [{kind: 'null', text: ''}]), RangeError);
});

test('lengths count bytes, also of what is longer than the prepared ones', () => {
	for (const size of [0, 1, 254, 255, 256, 257, 1000, 70_000]) {
		assert.equal(
			encodeCell({kind: 'text', text: 'x'.repeat(size)}),
			`t${size}:${'x'.repeat(size)}`,
		);
		assert.equal(
			encodeCell({kind: 'text', text: 'é'.repeat(size)}),
			`t${2 * size}:${'é'.repeat(size)}`,
		);
	}
	assert.equal(encodeCell({kind: 'json', text: '😀'}), 'j4:😀');
});

test('what is no encoding is refused', () => {
	for (const broken of [
		't',
		't5:abc',
		't:',
		'tx:a',
		'y1:a',
		't1:ab',
		'1:a',
		't-1:',
		't1.5:ab',
		't 1:a',
		't01:a',
		't1:é',
		't2:é~x',
	]) {
		assert.throws(() => decodeRow(broken), RangeError, broken);
	}
});

test('the digest is SHA-256 over the UTF-8 of the encoding', () => {
	fc.assert(
		fc.property(row, (cells) => {
			const encoded = encodeRow(cells);
			assert.equal(digest(encoded), createHash('sha256').update(encoded, 'utf8').digest('hex'));
		}),
	);
});
