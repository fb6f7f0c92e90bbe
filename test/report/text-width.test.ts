import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {makeSafe} from '../../source/report/safe-text.ts';
import {
	breakText,
	fitText,
	measureText,
	padText,
	sliceText,
	truncateText,
} from '../../source/report/text-width.ts';

const safeText = fc
	.array(fc.constantFrom('a', 'B', ' ', '漢', '한', 'é', 'e\u0301', '👨‍👩‍👧', '🇫🇷', '…'), {
		maxLength: 30,
	})
	.map((parts) => makeSafe(parts.join('')));
const width = fc.nat(40);

test('a text is as wide as the terminal draws it', () => {
	assert.equal(measureText('plain'), 5);
	assert.equal(measureText('漢字'), 4);
	assert.equal(measureText('e\u0301'), 1);
	assert.equal(measureText('👨‍👩‍👧'), 2);
});

test('what is cut off is told, and half of a wide character is no character', () => {
	assert.equal(truncateText('plain', 5), 'plain');
	assert.equal(truncateText('plain', 4), 'pla…');
	assert.equal(truncateText('漢字漢', 4), '漢 …');
	assert.equal(truncateText('plain', 1), '…');
	assert.equal(truncateText('plain', 0), '');
});

test('a fitted text takes exactly its columns', () => {
	assert.equal(padText('ab', 4), 'ab  ');
	assert.equal(padText('ab', 4, 'right'), '  ab');
	fc.assert(
		fc.property(
			safeText,
			width,
			fc.constantFrom('left' as const, 'right' as const),
			(text, columns, align) => {
				assert.equal(measureText(fitText(text, columns, align)), columns);
			},
		),
	);
});

test('a slice takes exactly the columns that are there', () => {
	assert.equal(sliceText('漢字漢', 1, 4), ' 字 ');
	assert.equal(sliceText('abc', 1, 1), 'b');
	fc.assert(
		fc.property(safeText, width, width, (text, from, columns) => {
			const there = Math.max(0, Math.min(columns, measureText(text) - from));
			assert.equal(measureText(sliceText(text, from, columns)), there);
		}),
	);
});

test('a broken text is the same text, and no piece is wider than asked', () => {
	fc.assert(
		fc.property(safeText, fc.integer({min: 2, max: 20}), (text, columns) => {
			const starts = breakText(text, columns);
			const pieces = starts.map((start, index) => text.slice(start, starts[index + 1]));
			assert.equal(pieces.join(''), text);
			for (const piece of pieces) assert.ok(measureText(piece) <= columns, piece);
		}),
	);
});
