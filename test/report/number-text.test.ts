import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	formatCount,
	formatDuration,
	formatPercent,
	formatSize,
} from '../../source/report/number-text.ts';

test('counts have separators, also those beyond what a double can hold', () => {
	assert.equal(formatCount(0), '0');
	assert.equal(formatCount(999), '999');
	assert.equal(formatCount(1_234_567), '1,234,567');
	assert.equal(formatCount(9007199254740993n), '9,007,199,254,740,993');
	assert.equal(formatCount(-1000), '-1,000');
});

test('a hundred percent is only said when all is done', () => {
	assert.equal(formatPercent(0), '0 %');
	assert.equal(formatPercent(0.9999), '99 %');
	assert.equal(formatPercent(1), '100 %');
	assert.equal(formatPercent(7), '100 %');
	assert.equal(formatPercent(Number.NaN), '0 %');
});

test('times are told in the units that people use for them', () => {
	assert.deepEqual(
		[0, 440, 9940, 12_300, 59_400, 59_600, 185_000, 3_599_700, 7_620_000].map(formatDuration),
		[
			'0.0 s',
			'0.4 s',
			'9.9 s',
			'12 s',
			'59 s',
			'1 min 00 s',
			'3 min 05 s',
			'1 h 00 min',
			'2 h 07 min',
		],
	);
});

test('sizes have at most three digits', () => {
	assert.deepEqual([0, 1023, 1536, 20 * 1024 ** 2, 1024 ** 4 * 1.25].map(formatSize), [
		'0 B',
		'1023 B',
		'1.5 KB',
		'20 MB',
		'1.3 TB',
	]);
});
