import assert from 'node:assert/strict';
import {test} from 'node:test';
import {finishConfig} from '../../source/config/finish-config.ts';
import {isChangeChosen, matchesObject} from '../../source/config/is-change-chosen.ts';
import {configSchema} from '../../source/config/schema.ts';

function makeConfig(written: unknown) {
	return finishConfig(configSchema.parse(written), {source: 'x', folder: '/', outputFolder: '/'});
}

test('a pattern names a kind, a group of kinds or none', () => {
	const audit = {object: 'function', table: 'audit_row(text)', name: 'audit_row(text)'} as const;
	for (const pattern of [
		'audit_*',
		'function audit_row',
		'routine *',
		'function audit_row(text)',
	]) {
		assert.ok(matchesObject(audit, pattern), pattern);
	}
	for (const pattern of ['type *', 'table audit_*', 'function audit']) {
		assert.ok(!matchesObject(audit, pattern), pattern);
	}
	const index = {object: 'index', table: 'orders', name: 'tmp_1'} as const;
	assert.ok(matchesObject(index, 'index orders.tmp_*'));
	assert.ok(!matchesObject(index, 'index customers.*'));
});

test('patterns for tables are about tables and what is in them', () => {
	const config = makeConfig({ignore: {tables: ['log_*'], objects: ['foreign key *']}});
	const isChosen = (object: 'table' | 'column' | 'foreign key' | 'sequence', table: string) =>
		isChangeChosen(config, {object, table, name: object === 'column' ? 'id' : table});
	assert.ok(!isChosen('table', 'log_a'));
	assert.ok(!isChosen('column', 'log_a'));
	assert.ok(!isChosen('foreign key', 'orders'));
	assert.ok(isChosen('column', 'orders'));
	assert.ok(isChosen('sequence', 'log_a'));
});
