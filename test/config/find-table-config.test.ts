import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	findTableConfig,
	isColumnIgnored,
	isTableChosen,
} from '../../source/config/find-table-config.ts';
import {finishConfig} from '../../source/config/finish-config.ts';
import {configSchema} from '../../source/config/schema.ts';

function makeConfig(written: unknown) {
	return finishConfig(configSchema.parse(written), {source: 'x', folder: '/', outputFolder: '/'});
}

test('a name wins over a glob and a later glob over an earlier one, key by key', () => {
	const config = makeConfig({
		tables: {
			orders: {where: 'exact'},
			'*': {key: ['id'], where: 'all', strategy: 'ours', tolerance: {a: 1, b: 1}},
			'ord*': {where: 'glob', strategy: 'theirs', tolerance: {b: 2}},
		},
	});
	assert.deepEqual(findTableConfig(config, 'orders'), {
		key: ['id'],
		where: 'exact',
		strategy: 'theirs',
		tolerance: {a: 1, b: 2},
	});
	assert.equal(findTableConfig(config, 'items').where, 'all');
});

test('a strategy under tables wins over one under conflicts', () => {
	const config = makeConfig({
		tables: {'audit_*': {strategy: 'theirs'}, plain: {}},
		conflicts: {tables: {'*': 'manual', audit_log: 'ours', Plain: 'ours'}},
	});
	assert.equal(findTableConfig(config, 'audit_log').strategy, 'theirs');
	assert.equal(findTableConfig(config, 'plain').strategy, 'ours');
	assert.equal(findTableConfig(config, 'other').strategy, 'manual');
	assert.equal(findTableConfig(makeConfig({}), 'other').strategy, undefined);
});

test('of names that differ in case only, the exact one decides', () => {
	const config = makeConfig({tables: {ORDERS: {where: 'upper'}, Orders: {where: 'mixed'}}});
	assert.equal(findTableConfig(config, 'ORDERS').where, 'upper');
	assert.equal(findTableConfig(config, 'Orders').where, 'mixed');
});

test('a table takes part when it is asked for and not ignored', () => {
	const config = makeConfig({ignore: {tables: ['log_*'], columns: ['*.updated_at', 'a.b']}});
	assert.ok(isTableChosen(config, 'orders'));
	assert.ok(!isTableChosen(config, 'log_2024'));
	const narrowed = {...config, onlyTables: ['or*', 'log_2024']};
	assert.ok(isTableChosen(narrowed, 'orders'));
	assert.ok(!isTableChosen(narrowed, 'items'));
	assert.ok(!isTableChosen(narrowed, 'log_2024'));
	assert.ok(isColumnIgnored(config, 'orders', 'updated_at'));
	assert.ok(isColumnIgnored(config, 'a', 'b'));
	assert.ok(!isColumnIgnored(config, 'orders', 'b'));
});
