import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {indentText} from '../../../source/ui/components/indent-text.ts';
import {wrapText} from '../../../source/ui/components/wrap-text.ts';
import {makeSafe} from '../../../source/report/safe-text.ts';
import {measureText} from '../../../source/report/text-width.ts';

test('a sentence breaks between words, a long word anywhere', () => {
	assert.deepEqual(wrapText('one two three', 8), ['one two', 'three']);
	assert.deepEqual(wrapText('a /very/long/path b', 6), ['a', '/very/', 'long/p', 'ath b']);
	assert.deepEqual(wrapText('', 5), ['']);
});

test('no row is wider than asked for, and no word is lost', () => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme'}), fc.integer({min: 8, max: 20}), (text, width) => {
			const rows = wrapText(text, width);
			for (const row of rows) assert.ok(measureText(row) <= width, row);
			const letters = (value: string) => value.replaceAll(' ', '');
			assert.equal(letters(rows.join('')), letters(makeSafe(text)));
		}),
	);
});

test('only the tabs that lines begin with become blanks', () => {
	assert.equal(indentText('a (\n\t\tb\tc\n)'), 'a (\n    b\tc\n)');
});
