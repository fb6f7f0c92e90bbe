import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {joinSpans, makeSpansSafe, measureSpans} from '../../../../source/report/spans.ts';
import {joinTexts, writeProse, writeSql} from '../../../../source/ui/screens/plan/long-text.ts';
import {wrapSpans} from '../../../../source/ui/screens/plan/wrap-spans.ts';

const piece = fc.record({
	text: fc.oneof(
		fc.string({unit: 'grapheme', maxLength: 30}),
		fc.stringMatching(/^[a-z ]{0,60}$/),
		fc.constantFrom('漢字かな', 'a\u001B[2Jb', '/a/very/long/path/without/any/blank/at/all'),
	),
	tone: fc.constantFrom('plain' as const, 'warning' as const),
});

test('prose is broken into rows that fit, and loses nothing but blanks', () => {
	fc.assert(
		fc.property(
			fc.array(piece, {maxLength: 6}),
			fc.integer({min: 4, max: 60}),
			fc.integer({min: 0, max: 2}),
			(spans, width, indent) => {
				const rows = wrapSpans(spans, width, indent);
				for (const row of rows) assert.ok(measureSpans(row) <= width);
				const strip = (text: string) => text.replaceAll(/[ \u200B]/g, '');
				assert.equal(strip(rows.map(joinSpans).join('')), strip(joinSpans(makeSpansSafe(spans))));
			},
		),
	);
});

test('a row ends between words, and only a word wider than the row is cut', () => {
	const rows = (text: string, width: number) => wrapSpans([{text}], width).map(joinSpans);
	assert.deepEqual(rows('one two three four', 9), ['one two', 'three', 'four']);
	assert.deepEqual(rows('one two', 7), ['one two']);
	assert.deepEqual(rows('one two', 3), ['one', 'two']);
	assert.deepEqual(rows('abcdefgh ij', 4), ['abcd', 'efgh', 'ij']);
	assert.deepEqual(rows('', 4), ['']);
	assert.deepEqual(wrapSpans([{text: 'one two'}], 5, 2).map(joinSpans), ['one', '  two']);
});

test('texts joined one below the other keep their lines and their colours', () => {
	const text = joinTexts([
		writeProse([[{text: 'Heading', tone: 'strong'}], []], 20),
		writeSql("SELECT 'a\nb'", 20),
		writeSql('DROP x', 20, true),
	]);
	const lines = Array.from({length: text.source.count}, (_, line) => text.source.line(line));
	assert.deepEqual(lines, ['Heading', '', "SELECT 'a", "b'", '-- DROP x']);
	const tones = lines.map((line, index) => text.renderLine(line, index).map(({tone}) => tone));
	assert.deepEqual(tones, [
		['strong'],
		[],
		['keyword', undefined, 'string'],
		['string'],
		['comment'],
	]);
});
