import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, test} from 'node:test';
import {loadConfig} from '../../source/config/load-config.ts';
import {ConfigurationError} from '../../source/model/errors.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp('/tmp/deepdiff-old-');
});
afterEach(() => rm(folder, {recursive: true}));

async function load(text: string) {
	await writeFile(join(folder, 'deepdiffdb.config.yaml'), text);
	return loadConfig({directory: folder, environment: {}});
}

async function catchMistake(text: string): Promise<ConfigurationError> {
	return load(text).then(
		() => assert.fail(`${text} was read`),
		(error: unknown) => {
			assert.ok(error instanceof ConfigurationError, String(error));
			return error;
		},
	);
}

test('a complete file of the Go program is understood', async () => {
	const {config, notices} = await load(`
prod: {driver: "sqlite", host: "", port: 0, user: "", password: "", database: "/var/data/prod.db"}
dev: {driver: "postgresql", host: "127.0.0.1", port: 5432, user: "postgres", password: "secret", database: "dev_db"}
ignore:
  tables: ["audit_logs"]
  columns: ["*.updated_at", "users.last_login"]
  views: []
  routines: [audit_*]
output: {dir: "./diff-output"}
migration:
  allow_drop_column: true
  allow_drop_table: false
  allow_drop_index: true
  allow_drop_foreign_key: false
  allow_modify_primary_key: false
  allow_drop_routine: false
  confirm_destructive: true
conflict_resolution:
  default_strategy: "theirs"
  strategies:
    - {table: "feature_flags", strategy: "theirs"}
    - {table: "config", strategy: "ours"}
performance: {hash_batch_size: 10000, max_parallel_tables: 4}
`);
	assert.ok(config.prod?.driver === 'sqlite');
	assert.equal(config.prod.file, '/var/data/prod.db');
	assert.equal(config.dev?.driver, 'postgres');
	assert.equal(config.output.directory, join(folder, 'diff-output'));
	assert.deepEqual(config.ignore.columns, ['*.updated_at', 'users.last_login']);
	assert.deepEqual(config.ignore.objects, ['routine audit_*']);
	const allowed = Object.entries(config.allow).filter(([, isAllowed]) => isAllowed);
	assert.deepEqual(
		allowed.map(([kind]) => kind),
		['dropColumn', 'dropIndex'],
	);
	assert.equal(config.conflicts.default, 'theirs');
	assert.deepEqual(config.conflicts.tables, {feature_flags: 'theirs', config: 'ours'});
	assert.equal(config.performance.parallel, 4);
	assert.deepEqual(
		notices.map((notice) => notice.split(' ')[0]),
		['migration.confirm_destructive', 'performance.hash_batch_size'],
	);
});

test('its zero values are its defaults', async () => {
	const {config} = await load(`
output: {dir: ""}
conflict_resolution: {default_strategy: ""}
performance: {max_parallel_tables: 0}
migration:
`);
	assert.equal(config.output.directory, join(folder, '.deepdiff'));
	assert.equal(config.conflicts.default, 'manual');
	assert.equal(config.performance.parallel, 2);
});

test('strategies may also be written as a group by table', async () => {
	const {config} = await load('conflict_resolution: {tables: {audit_log: {strategy: ours}}}');
	assert.deepEqual(config.conflicts.tables, {audit_log: 'ours'});
});

test('what would have meant something and means nothing here is refused', async () => {
	const cases: [text: string, message: RegExp][] = [
		[
			'migration: {allow_modify_primary_key: true}',
			/^migration\.allow_modify_primary_key in deepdiffdb\.config\.yaml has no equivalent/,
		],
		['migration: {allow_drop_everything: true}', /migration\.allow_drop_everything/],
	];
	for (const [text, message] of cases) {
		const error = await catchMistake(text);
		assert.match(error.message, message);
		assert.match(error.hint, /^Leave it out/);
	}
});

test('a mistake is told under the name that stands in the file', async () => {
	const cases: [text: string, key: string][] = [
		['migration: {allow_drop_table: perhaps}', 'migration.allow_drop_table'],
		['migration: perhaps', 'migration'],
		['output: {dir: 5}', 'output.dir'],
		['performance: {max_parallel_tables: -1}', 'performance.max_parallel_tables'],
		['conflict_resolution: {default_strategy: mine}', 'conflict_resolution.default_strategy'],
		[
			'conflict_resolution: {strategies: [{table: a, strategy: mine}]}',
			'conflict_resolution.strategies[0].strategy',
		],
		['conflict_resolution: {strategies: [a]}', 'conflict_resolution.strategies'],
		['conflict_resolution: {strategy: ours}', 'conflict_resolution.strategy'],
		['conflict_resolution: ours', 'conflict_resolution'],
	];
	for (const [text, key] of cases) {
		const {message} = await catchMistake(text);
		assert.ok(message.includes(`"${key}"`), message);
	}
});

test('snake_case and kebab-case are understood for every key, names are left alone', async () => {
	const {config} = await load(`
prod: {driver: mysql, database: a, password_file: secret, statement-timeout: 5s}
tables: {order_lines: {key: [line_no]}}
allow: {drop_table: true}
performance: {max_rows_per_second: 7}
conflicts: {rules: [{take: ours, when: {dev_newer_by: updated_at}}]}
`);
	assert.ok(config.prod?.driver === 'mysql');
	assert.equal(config.prod.passwordFile, join(folder, 'secret'));
	assert.equal(config.prod.statementTimeout, 5000);
	assert.deepEqual(config.tables, {order_lines: {key: ['line_no']}});
	assert.equal(config.allow.dropTable, true);
	assert.equal(config.performance.maxRowsPerSecond, 7);
	assert.equal(config.conflicts.rules[0]?.when.devNewerBy, 'updated_at');
	const {message} = await catchMistake('performance: {max_rows_per_second: x}');
	assert.match(message, /^"performance\.max_rows_per_second" must be a number/);
	assert.match(
		(await catchMistake('allow: {drop_table: true, dropTable: false}')).message,
		/Unknown key "allow\.drop_table"/,
	);
});
