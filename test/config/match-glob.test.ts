import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	isGlob,
	matchesColumnGlob,
	matchesGlob,
	splitGlobs,
} from '../../source/config/match-glob.ts';

test('a glob fits the names it should and no others', () => {
	const cases: [glob: string, fits: string[], fitsNot: string[]][] = [
		['orders', ['orders', 'ORDERS'], ['order', 'orders2', 'my_orders']],
		['log_*', ['log_', 'log_2024', 'log_a.b/c'], ['log', 'alog_1']],
		['*', ['', '.hidden', 'a b', '名前', 'line\nbreak'], []],
		['?', ['a', '名', '😀'], ['', 'ab']],
		['{orders,items}_old', ['orders_old', 'items_old'], ['orders', '{orders,items}_old']],
		['{a*,b}', ['abc', 'b'], ['bc']],
		['a.b', ['a.b'], ['axb']],
		['a+(b)|c^$', ['a+(b)|c^$'], ['ab', 'a']],
		[String.raw`100\*`, ['100*'], ['1000']],
		['[x]', ['[x]'], ['x']],
		['{open', ['{open'], ['open']],
		['größe', ['GRÖSSE'.replace('SS', 'ß'), 'gro\u0308ße'], ['grosse']],
	];
	for (const [glob, fits, fitsNot] of cases) {
		for (const name of fits) assert.ok(matchesGlob(name, glob), `${glob} should fit ${name}`);
		for (const name of fitsNot) assert.ok(!matchesGlob(name, glob), `${glob} fits ${name}`);
	}
});

test('a column glob names a table and a column, or a column of every table', () => {
	assert.ok(matchesColumnGlob('orders', 'updated_at', '*.updated_at'));
	assert.ok(matchesColumnGlob('orders', 'updated_at', 'updated_at'));
	assert.ok(matchesColumnGlob('shop.orders', 'note', 'shop.orders.note'));
	assert.ok(matchesColumnGlob('orders', 'a.b', String.raw`orders.a\.b`));
	assert.ok(matchesColumnGlob('orders', 'a.b', String.raw`a\.b`));
	assert.ok(!matchesColumnGlob('orders', 'note', 'items.note'));
	assert.ok(!matchesColumnGlob('orders', 'note', 'orders'));
	assert.ok(!matchesColumnGlob('orders', 'my_note', '*.note'));
});

test('every name fits itself once its special characters are escaped', () => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme', minLength: 1}), (name) => {
			const escaped = name.replaceAll(/[\\*?{},]/g, String.raw`\$&`);
			assert.ok(matchesGlob(name, escaped));
			assert.ok(!matchesGlob(`${name}x`, escaped));
		}),
	);
});

test('a list of globs is split at the commas outside braces', () => {
	assert.deepEqual(splitGlobs('orders, log_*,{a,b}_old,,'), ['orders', 'log_*', '{a,b}_old']);
	assert.deepEqual(splitGlobs(''), []);
});

test('a plain name is no glob', () => {
	for (const glob of ['a*', 'a?', '{a,b}', String.raw`a\*`]) assert.ok(isGlob(glob), glob);
	for (const name of ['orders', 'a.b', '[x]', '{open']) assert.ok(!isGlob(name), name);
});
