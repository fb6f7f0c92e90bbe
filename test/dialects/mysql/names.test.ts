import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	decodeTableName,
	encodeTableName,
	quoteName,
	quoteTableName,
	quoteText,
} from '../../../source/dialects/mysql/names.ts';

test('a table of the own database goes by its bare name, one of another by both', () => {
	assert.equal(encodeTableName({schema: null, table: 'orders'}), 'orders');
	assert.equal(encodeTableName({schema: 'archive', table: 'orders'}), 'archive.orders');
	assert.equal(encodeTableName({schema: null, table: 'a.b'}), '"a.b"');
	assert.equal(encodeTableName({schema: 'x"y', table: ''}), '"x""y".""');
});

test('every name comes back as it went', () => {
	const part = fc.oneof(fc.string(), fc.stringMatching(/^[."`' a-c]*$/u));
	fc.assert(
		fc.property(fc.option(part), part, (schema, table) => {
			assert.deepEqual(decodeTableName(encodeTableName({schema, table})), {schema, table});
		}),
	);
});

test('what no name looks like is refused', () => {
	for (const text of ['', '.', 'a.', '.a', 'a.b.c', '"a', 'a"b']) {
		assert.throws(() => decodeTableName(text), RangeError);
	}
});

test('quoting doubles the quote', () => {
	assert.equal(quoteName('a`b'), '`a``b`');
	assert.equal(quoteTableName('archive."a.b"'), '`archive`.`a.b`');
	assert.equal(quoteText("it's\n\\n\0"), "'it''s\\n\\\\n\\0'");
});
