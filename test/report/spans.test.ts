import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	fitSpans,
	joinSpans,
	makeSpansSafe,
	markColumns,
	measureSpans,
	sliceSpans,
	spreadSpans,
	type Spans,
} from '../../source/report/spans.ts';
import {sliceText} from '../../source/report/text-width.ts';

const anySpans: fc.Arbitrary<Spans> = fc.array(
	fc.record({
		text: fc
			.array(fc.constantFrom('a', 'b', ' ', '漢', 'e\u0301', '👍🏽'), {maxLength: 8})
			.map((parts) => parts.join('')),
		tone: fc.constantFrom('plain' as const, 'added' as const, 'muted' as const),
	}),
	{maxLength: 6},
);
const width = fc.nat(40);

test('a slice of spans reads as the slice of their text', () => {
	fc.assert(
		fc.property(anySpans, width, width, (spans, from, columns) => {
			const text = joinSpans(sliceSpans(spans, from, columns));
			assert.equal(text, sliceText(joinSpans(spans), from, columns));
		}),
	);
});

test('fitted spans take exactly their columns', () => {
	fc.assert(
		fc.property(
			anySpans,
			width,
			fc.constantFrom('left' as const, 'right' as const),
			(spans, columns, align) => {
				assert.equal(measureSpans(fitSpans(spans, columns, align)), columns);
			},
		),
	);
	assert.equal(joinSpans(fitSpans([{text: '12'}], 5, 'right')), '   12');
});

test('what is cut off is told by a dimmed ellipsis, and tones stay', () => {
	const spans: Spans = [{text: 'abc', tone: 'added'}, {text: 'defg'}];
	assert.deepEqual(fitSpans(spans, 5), [
		{text: 'abc', tone: 'added'},
		{text: 'd'},
		{text: '…', tone: 'muted'},
	]);
});

test('two groups stand at the two ends, and the left one gives way', () => {
	assert.equal(joinSpans(spreadSpans([{text: 'left'}], [{text: 'right'}], 12)), 'left   right');
	assert.equal(joinSpans(spreadSpans([{text: 'too long'}], [{text: 'right'}], 9)), 'too…right');
});

test('marked columns keep the text around them', () => {
	const spans: Spans = [{text: 'abc', tone: 'added'}, {text: 'def'}];
	assert.deepEqual(markColumns(spans, 2, 4, 'match'), [
		{text: 'ab', tone: 'added'},
		{text: 'cd', tone: 'match'},
		{text: 'ef'},
	]);
	const marked = markColumns(spans, 2, 4, 'match', {open: '[', close: ']'});
	assert.equal(joinSpans(marked), 'ab[cd]ef');
});

test('safe spans hold no empty piece and no control character', () => {
	assert.deepEqual(makeSpansSafe([{text: ''}, {text: '\u001Bx', tone: 'added'}]), [
		{text: '␛x', tone: 'added'},
	]);
});
