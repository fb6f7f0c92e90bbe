import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {joinSpans, makeSpansSafe, measureSpans} from '../../../../source/report/spans.ts';
import {sharePair, showPair} from '../../../../source/ui/screens/rows/show-pair.ts';
import {bytes, integer, nothing, text} from './rows-fixture.tsx';

const show = (pair: ReturnType<typeof showPair>) => pair.map(joinSpans);

test('long values with the same beginning are shown where they begin to differ', () => {
	const same = 'The best tent that I have carried in forty years, ';
	assert.deepEqual(show(showPair(text(`${same}twice`), text(`${same}once`), 20)), [
		'…years, twice',
		'…years, once',
	]);
	assert.deepEqual(
		show(showPair(bytes(`${'00'.repeat(40)}ff`), bytes(`${'00'.repeat(40)}fe`), 24)),
		['…00000000ff 41 bytes', '…00000000fe 41 bytes'],
	);
});

test('in little room the difference itself is shown rather than what comes before', () => {
	assert.deepEqual(show(showPair(text('Klanova 9/506, Praha'), text('Klanova 9/506, Praha '), 9)), [
		'…ha',
		'…ha·',
	]);
});

test('short values and values of two kinds are shown as they are', () => {
	assert.deepEqual(show(showPair(text('abc'), text('abd'), 20)), ['abc', 'abd']);
	assert.deepEqual(show(showPair(integer(12), nothing, 20)), ['12', 'NULL']);
});

test('a short value leaves its room to the other', () => {
	assert.deepEqual(show(sharePair(nothing, text('a'.repeat(15)), 20)), ['NULL', 'a'.repeat(15)]);
	assert.deepEqual(show(sharePair(text('a'.repeat(15)), nothing, 20)), ['a'.repeat(15), 'NULL']);
});

test('neither side takes more room than it was given, whatever it holds', () => {
	const value = fc.oneof(fc.string({unit: 'binary', maxLength: 80}), fc.string({unit: 'grapheme'}));
	fc.assert(
		fc.property(value, value, value, fc.integer({min: 2, max: 60}), (start, a, b, width) => {
			const [ours, theirs] = [text(start + a), text(start + b)];
			for (const side of showPair(ours, theirs, width)) {
				assert.ok(measureSpans(makeSpansSafe(side)) <= width);
			}
			const shared = sharePair(ours, theirs, width);
			assert.ok(measureSpans(makeSpansSafe(shared.flat())) <= width);
		}),
	);
});
