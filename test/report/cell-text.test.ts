import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {nullCell, absentCell, type Cell, type CellKind} from '../../source/model/cell.ts';
import {
	fitCell,
	listCellLines,
	listTextLines,
	showCell,
	type LineSource,
} from '../../source/report/cell-text.ts';
import {joinSpans, makeSpansSafe, measureSpans} from '../../source/report/spans.ts';
import {measureText} from '../../source/report/text-width.ts';

const cell = (kind: CellKind, text: string): Cell => ({kind, text});
const show = (value: Cell, width?: number): string => joinSpans(showCell(value, width));

const anyCell: fc.Arbitrary<Cell> = fc.oneof(
	fc.constantFrom(nullCell, absentCell),
	fc.record({
		kind: fc.constantFrom<CellKind[]>('text', 'json', 'other', 'date', 'boolean'),
		text: fc.oneof(
			fc.string({unit: 'binary', maxLength: 60}),
			fc.string({unit: 'grapheme', maxLength: 60}),
			fc.constantFrom(
				'',
				' ',
				'   ',
				'NULL',
				"it's",
				'1',
				'\u001B[2J',
				'\u0301\u0302a',
				'\u001B\u0301',
			),
		),
	}),
	fc.record({
		kind: fc.constantFrom<CellKind[]>('bytes', 'rawText'),
		text: fc.uint8Array({maxLength: 60}).map((bytes) => Buffer.from(bytes).toString('hex')),
	}),
	fc.record({
		kind: fc.constantFrom<CellKind[]>('integer', 'real', 'decimal'),
		text: fc.bigInt().map(String),
	}),
);

test('1, 1.0, the text 1 and the byte 0x31 all look different', () => {
	assert.equal(show(cell('integer', '1')), '1');
	assert.equal(show(cell('real', '1')), '1.0');
	assert.equal(show(cell('text', '1')), "'1'");
	assert.equal(show(cell('bytes', '31')), "x'31'");
});

test('NULL, the text NULL, an empty text and a missing column all look different', () => {
	assert.deepEqual(showCell(nullCell), [{text: 'NULL', tone: 'muted'}]);
	assert.equal(show(cell('text', 'NULL')), "'NULL'");
	assert.equal(show(cell('text', 'null')), "'null'");
	assert.equal(show(cell('text', '')), "''");
	assert.equal(show(absentCell), '—');
});

test('a text that reads as another kind of value is quoted, another one is not', () => {
	for (const text of [
		'12',
		'-1.5e9',
		'.5',
		'true',
		"x'31'",
		"raw x'ff'",
		"'a'",
		'NaN',
		'-0',
		'—',
	]) {
		assert.equal(show(cell('text', text)), `'${text.replaceAll("'", "''")}'`);
	}
	for (const text of ['12a', 'nullable', "it's", 'true story', '1.2.3', 'x']) {
		assert.equal(show(cell('text', text)), text);
	}
});

test('special numbers keep their sign and their name', () => {
	assert.equal(show(cell('real', '-0')), '-0.0');
	assert.equal(show(cell('real', '1e+21')), '1e+21');
	assert.equal(show(cell('real', '-Infinity')), '-Infinity');
	assert.equal(show(cell('integer', '9007199254740993')), '9007199254740993');
});

test('blanks at the ends, tabs and newlines are seen', () => {
	assert.equal(show(cell('text', '  a b  ')), '··a b··');
	assert.equal(show(cell('text', 'a\tb\r\nc')), 'a→b␍⏎c');
	assert.equal(show(cell('text', '   ')), '···');
});

test('bytes that do not fit say how many there are', () => {
	const hex = '89504e47'.repeat(3000);
	assert.equal(show(cell('bytes', hex), 30), "x'89504e478950…' 12,000 bytes");
	assert.equal(show(cell('bytes', hex), 8), "x'89504…");
	assert.equal(show(cell('bytes', '')), "x''");
	assert.equal(show(cell('rawText', 'ff')), "raw x'ff'");
});

test('a shown value is never wider than asked, and a fitted one exactly so', () => {
	fc.assert(
		fc.property(anyCell, fc.nat(50), (value, width) => {
			assert.ok(measureSpans(showCell(value, width)) <= width);
			assert.equal(measureSpans(fitCell(value, width)), width);
		}),
		{numRuns: 1000},
	);
});

test('a shown value needs nothing replaced any more', () => {
	fc.assert(
		fc.property(anyCell, fc.nat(50), (value, width) => {
			const spans = showCell(value, width).filter(({text}) => text !== '');
			assert.deepEqual(makeSpansSafe(spans), spans);
		}),
		{numRuns: 1000},
	);
});

test('values that differ look different when there is room', () => {
	fc.assert(
		fc.property(anyCell, anyCell, (a, b) => {
			fc.pre(a.kind !== b.kind || a.text !== b.text);
			// These kinds stand in columns of their own; the others share one in SQLite.
			const shared = ['null', 'absent', 'integer', 'real', 'text', 'bytes', 'rawText'];
			fc.pre(shared.includes(a.kind) && shared.includes(b.kind));
			assert.notDeepEqual(showCell(a), showCell(b));
		}),
		{numRuns: 1000},
	);
});

test('a value of fifty megabytes is shown as fast as a short one', () => {
	const huge = cell('text', '漢'.repeat(50_000_000));
	const start = performance.now();
	assert.equal(show(huge, 11), '漢漢漢漢漢…');
	assert.ok(performance.now() - start < 2000);
});

test('numbers stand at the right, the rest at the left', () => {
	assert.equal(joinSpans(fitCell(cell('integer', '12'), 5)), '   12');
	assert.equal(joinSpans(fitCell(cell('text', 'ab'), 5)), 'ab   ');
});

test('the lines of a text are the text, each ended by its newline or the edge', () => {
	const lines = listTextLines('one\ntwo is too long\n\nlast', 9);
	assert.deepEqual(readAll(lines), ['one\n', 'two is t', 'oo long\n', '\n', 'last']);
	assert.deepEqual(readAll(listTextLines('', 9)), ['']);
	fc.assert(
		fc.property(
			fc.string({unit: fc.constantFrom('a', ' ', '\n', '漢', '👍🏽', 'e\u0301'), maxLength: 60}),
			fc.integer({min: 3, max: 20}),
			(text, width) => {
				const all = readAll(listTextLines(text, width));
				assert.equal(all.join(''), text);
				for (const line of all) assert.ok(measureText(line.replace('\n', '⏎')) <= width, line);
			},
		),
	);
});

test('bytes are shown whole as a hex dump', () => {
	const hex = Buffer.from('The quick brown fox\u0000').toString('hex');
	assert.deepEqual(readAll(listCellLines(cell('bytes', hex), 80)), [
		'00000000  54 68 65 20 71 75 69 63  6b 20 62 72 6f 77 6e 20  The quick brown ',
		'00000010  66 6f 78 00                                       fox.',
	]);
});

function readAll({count, line}: LineSource): readonly string[] {
	return Array.from({length: count}, (_, index) => line(index));
}
