import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {parseTableName, spellTableName} from '../../../source/dialects/server/table-name.ts';

test('a table of the default schema goes by its bare name', () => {
	assert.equal(spellTableName({schema: null, name: 'orders'}), 'orders');
	assert.equal(spellTableName({schema: 'sales', name: 'orders'}), 'sales.orders');
	assert.equal(spellTableName({schema: null, name: 'a.b'}), '"a.b"');
	assert.equal(spellTableName({schema: 'a"b', name: ''}), '"a""b".""');
});

test('every name comes back from its spelling', () => {
	const name = fc.oneof(
		fc.string({unit: 'grapheme'}),
		fc.string({unit: fc.constantFrom('"', '.', 'a')}),
	);
	fc.assert(
		fc.property(fc.option(name), name, (schema, own) => {
			assert.deepEqual(parseTableName(spellTableName({schema, name: own})), {schema, name: own});
		}),
	);
});

test('what is no spelling of a name is refused', () => {
	for (const text of ['', 'a.b.c', '"a', 'a"b', 'a.']) {
		assert.throws(() => parseTableName(text), RangeError);
	}
});
