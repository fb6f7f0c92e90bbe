import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {castCell} from '../../source/model/cast-cell.ts';
import type {CellKind} from '../../source/model/cell.ts';

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

/** `kind:text` of what a cell becomes. */
function cast(from: CellKind, text: string, to: CellKind): string {
	const cell = castCell({kind: from, text}, to);
	return `${cell.kind}:${cell.text}`;
}

const table: readonly (readonly [from: CellKind, text: string, to: CellKind, becomes: string])[] = [
	['boolean', 'true', 'integer', 'integer:1'],
	['boolean', 'false', 'integer', 'integer:0'],
	['decimal', '2.00', 'integer', 'integer:2'],
	['decimal', '2.50', 'integer', 'decimal:2.50'],
	['real', '1e+21', 'integer', 'integer:1000000000000000000000'],
	['real', '-0', 'integer', 'integer:0'],
	['text', '0012', 'integer', 'integer:12'],
	['text', '12a', 'integer', 'text:12a'],
	['text', '', 'integer', 'text:'],
	['integer', '9007199254740993', 'decimal', 'decimal:9007199254740993'],
	['real', '0.1', 'decimal', 'decimal:0.1'],
	['real', '5e-324', 'decimal', `decimal:0.${'0'.repeat(323)}5`],
	['real', 'NaN', 'decimal', 'decimal:NaN'],
	['decimal', '-infinity', 'decimal', 'decimal:-Infinity'],
	['decimal', '1.500', 'decimal', 'decimal:1.5'],
	['decimal', '100', 'decimal', 'decimal:100'],
	['text', '-.5e1', 'decimal', 'decimal:-5'],
	['text', '1e999999', 'decimal', 'text:1e999999'],
	['integer', '3', 'real', 'real:3'],
	['integer', '9007199254740993', 'real', 'integer:9007199254740993'],
	['decimal', '0.10', 'real', 'real:0.1'],
	['decimal', '0.1000000000000000055', 'real', 'decimal:0.1000000000000000055'],
	['text', '-0.0', 'real', 'real:-0'],
	['text', 'Infinity', 'real', 'real:Infinity'],
	['integer', '1', 'boolean', 'boolean:true'],
	['integer', '2', 'boolean', 'integer:2'],
	['text', 'F', 'boolean', 'boolean:false'],
	['integer', '7', 'text', 'text:7'],
	['bytes', '41', 'text', 'bytes:41'],
	['rawText', 'ff', 'text', 'rawText:ff'],
	['rawText', '31', 'integer', 'rawText:31'],
	['timestamp', '2024-02-29T00:00:00', 'date', 'date:2024-02-29'],
	['timestamp', '2024-02-29T00:00:01', 'date', 'timestamp:2024-02-29T00:00:01'],
	['text', '2024-02-29', 'date', 'date:2024-02-29'],
	['text', '2024-13-01', 'date', 'text:2024-13-01'],
	['date', '2024-02-29', 'timestamp', 'timestamp:2024-02-29T00:00:00'],
	['text', '2024-02-29 10:20', 'timestamp', 'timestamp:2024-02-29T10:20:00'],
	['timestamp', '2024-02-29T10:20:30.120000', 'timestamp', 'timestamp:2024-02-29T10:20:30.12'],
	['timestamp', 'infinity', 'timestamp', 'timestamp:infinity'],
	['text', '2024-02-29T10:20:30Z', 'timestamp', 'text:2024-02-29T10:20:30Z'],
	['text', '2023-12-31 23:30:00.25-01:30', 'timestamptz', 'timestamptz:2024-01-01T01:00:00.25Z'],
	['text', '2024-01-01 00:00:00', 'timestamptz', 'timestamptz:2024-01-01T00:00:00Z'],
	['timestamp', '2024-01-01T00:00:00', 'timestamptz', 'timestamp:2024-01-01T00:00:00'],
	['text', '9:05', 'time', 'time:09:05:00'],
	['time', '09:05:00.500+02', 'time', 'time:09:05:00.5+02:00'],
	['time', '-838:59:59', 'time', 'time:-838:59:59'],
	['text', 'P1Y2M', 'interval', 'interval:P1Y2M'],
	['text', '1 year', 'interval', 'text:1 year'],
	[
		'text',
		'{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}',
		'uuid',
		'uuid:a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
	],
	[
		'bytes',
		'a0eebc999c0b4ef8bb6d6bb9bd380a11',
		'uuid',
		'uuid:a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
	],
	['bytes', 'a0ee', 'uuid', 'bytes:a0ee'],
	['text', ' {"b": [1.0, 2e2],"a":null} ', 'json', 'json:{"a":null,"b":[1,200]}'],
	['json', '{"a":1,"a":2}', 'json', 'json:{"a":1,"a":2}'],
	['json', '"\\u00e9\\/"', 'json', 'json:"é/"'],
	['json', '12345678901234567890.5', 'json', 'json:12345678901234567890.5'],
	['text', '{a:1}', 'json', 'text:{a:1}'],
	['text', '[1] 2', 'json', 'text:[1] 2'],
	['integer', '1', 'json', 'json:1'],
	['null', '', 'integer', 'null:'],
	['absent', '', 'text', 'absent:'],
	['other', '(1,2)', 'text', 'other:(1,2)'],
];

test('each kind becomes what the table says, or stays', () => {
	for (const [from, text, to, becomes] of table) {
		assert.equal(cast(from, text, to), becomes, `${from}:${text} to ${to}`);
	}
});

const anyText = fc.oneof(
	fc.string(),
	fc.double().map(String),
	fc.bigInt().map(String),
	fc.date({noInvalidDate: true}).map((date) => date.toISOString()),
	fc.uuid(),
	fc.json(),
	fc.stringMatching(/^-?\d{0,4}[.:-]?\d{1,3}([eE:]-?\d{1,3})?$/),
);

test('a cell becomes the kind or stays as it is, and once is enough', () => {
	fc.assert(
		fc.property(fc.constantFrom(...kinds), anyText, fc.constantFrom(...kinds), (from, text, to) => {
			const cell = {kind: from, text};
			const once = castCell(cell, to);
			if (once.kind !== to) assert.deepEqual(once, cell);
			assert.deepEqual(castCell(once, to), once);
		}),
		{numRuns: 2000},
	);
});

test('numbers keep their value through every kind of number', () => {
	fc.assert(
		fc.property(fc.double({noNaN: true, noDefaultInfinity: true}), (value) => {
			const decimal = castCell({kind: 'real', text: String(value)}, 'decimal');
			assert.match(decimal.text, /^-?\d+(?:\.\d*[1-9])?$/);
			const real = castCell(decimal, 'real');
			assert.equal(real.text, String(value));
		}),
	);
	fc.assert(
		fc.property(fc.bigInt(), fc.nat({max: 30}), (digits, scale) => {
			const sign = digits < 0n ? '-' : '';
			const padded = String(digits)
				.replace('-', '')
				.padStart(scale + 1, '0');
			const text = `${sign}${padded.slice(0, padded.length - scale)}.${padded.slice(padded.length - scale)}`;
			const [whole = '', fraction = ''] = castCell({kind: 'text', text}, 'decimal').text.split('.');
			assert.equal(
				BigInt(`${whole.replace('-', '')}${fraction.padEnd(scale, '0')}`),
				digits < 0n ? -digits : digits,
			);
			assert.equal(whole.startsWith('-'), digits < 0n);
		}),
	);
});

test('a moment is the same in whichever zone it is written', () => {
	const dates = fc.date({
		min: new Date('0002-01-01T00:00:00Z'),
		max: new Date('9998-12-31T00:00:00Z'),
		noInvalidDate: true,
	});
	fc.assert(
		fc.property(dates, fc.integer({min: -14 * 60, max: 14 * 60}), (date, minutes) => {
			const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
			const two = (value: number) => String(Math.trunc(Math.abs(value))).padStart(2, '0');
			const zone = `${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
			const cell = castCell({kind: 'text', text: local.replace('T', ' ') + zone}, 'timestamptz');
			assert.equal(cell.kind, 'timestamptz');
			assert.equal(new Date(cell.text).getTime(), date.getTime());
		}),
	);
});

test('a document has one form whatever its white space and order', () => {
	const shuffle = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(shuffle);
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value)
				.reverse()
				.map(([name, item]) => [name, shuffle(item)]),
		);
	};
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			const plain = castCell({kind: 'text', text: JSON.stringify(value)}, 'json');
			const other = castCell({kind: 'json', text: JSON.stringify(shuffle(value), null, 2)}, 'json');
			assert.deepEqual(plain, other);
			assert.deepEqual(JSON.parse(plain.text), JSON.parse(JSON.stringify(value)));
		}),
	);
});
