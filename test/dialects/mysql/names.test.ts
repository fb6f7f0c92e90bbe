import assert from 'node:assert/strict';
import {test} from 'node:test';
import {quoteName, quoteTable, quoteText} from '../../../source/dialects/mysql/names.ts';

test('quoting doubles the quote', () => {
	assert.equal(quoteName('a`b'), '`a``b`');
	assert.equal(quoteText("it's\n\\n\0"), "'it''s\\n\\\\n\\0'");
});

test('a table of another database is named with it', () => {
	assert.equal(quoteTable('orders'), '`orders`');
	assert.equal(quoteTable('archive."a.b"'), '`archive`.`a.b`');
});
