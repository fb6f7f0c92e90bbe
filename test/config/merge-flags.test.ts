import assert from 'node:assert/strict';
import {test} from 'node:test';
import {finishConfig} from '../../source/config/finish-config.ts';
import {mergeFlags} from '../../source/config/merge-flags.ts';
import {configSchema} from '../../source/config/schema.ts';
import {ConfigurationError, UsageError} from '../../source/model/errors.ts';

const config = finishConfig(
	configSchema.parse({
		prod: {driver: 'sqlite', file: 'prod.db'},
		base: {driver: 'sqlite', file: 'base.db'},
		allow: {dropView: true},
	}),
	{source: '.deepdiffrc', folder: '/project', outputFolder: '/project'},
);

test('without flags the configuration stays as it is', () => {
	assert.deepEqual(mergeFlags(config, {}, '/work'), config);
});

test('flags go over the configuration, and their paths start from the current folder', () => {
	const merged = mergeFlags(
		config,
		{prod: 'other.db', dev: 'mysql://h/d', tables: 'orders,log_*', output: 'out', color: false},
		'/work',
	);
	assert.ok(merged.prod?.driver === 'sqlite');
	assert.equal(merged.prod.file, '/work/other.db');
	assert.equal(merged.dev?.driver, 'mysql');
	assert.equal(merged.base, config.base);
	assert.deepEqual(merged.onlyTables, ['orders', 'log_*']);
	assert.deepEqual(merged.output, {directory: '/work/out', color: 'never'});
	assert.equal(mergeFlags(config, {color: true}, '/work').output.color, 'always');
});

test('--allow adds kinds to those that are allowed', () => {
	const {allow} = mergeFlags(config, {allow: 'deleteRows, dropColumn'}, '/work');
	assert.deepEqual(
		Object.entries(allow).flatMap(([kind, isAllowed]) => (isAllowed ? [kind] : [])),
		['dropColumn', 'dropView', 'deleteRows'],
	);
	assert.equal(config.allow.deleteRows, false);
});

test('a flag that is not understood is told', () => {
	assert.throws(
		() => mergeFlags(config, {allow: 'deleteRow'}, '/work'),
		(error: unknown) => {
			assert.ok(error instanceof UsageError);
			assert.equal(error.message, '--allow has an unknown kind, "deleteRow".');
			assert.equal(error.hint, 'Did you mean "deleteRows"?');
			return true;
		},
	);
	assert.throws(() => mergeFlags(config, {allow: 'everything'}, '/work'), /unknown kind/);
	assert.throws(
		() => mergeFlags(config, {dev: 'postgrse://h/d'}, '/work'),
		(error: unknown) => error instanceof ConfigurationError && error.message.startsWith('--dev '),
	);
});
