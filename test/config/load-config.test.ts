import assert from 'node:assert/strict';
import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, test} from 'node:test';
import {loadConfig, requireSides, type LoadOptions} from '../../source/config/load-config.ts';
import {ConfigurationError} from '../../source/model/errors.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp('/tmp/deepdiff-config-');
});
afterEach(() => rm(folder, {recursive: true}));

async function write(name: string, text: string): Promise<void> {
	await mkdir(dirname(join(folder, name)), {recursive: true});
	await writeFile(join(folder, name), text);
}

const load = (options: Partial<LoadOptions> = {}) =>
	loadConfig({directory: folder, environment: {}, home: folder, ...options});

/** Loads `text` as .deepdiffrc. */
async function loadText(text: string, environment: LoadOptions['environment'] = {}) {
	await write('.deepdiffrc', text);
	return (await load({environment})).config;
}

async function catchMistake(text: string, environment = {}): Promise<ConfigurationError> {
	return loadText(text, environment).then(
		() => assert.fail(`${text} was read`),
		(error: unknown) => {
			assert.ok(error instanceof ConfigurationError, String(error));
			assert.equal(error.exitCode, 78);
			return error;
		},
	);
}

test('without a file everything has its default', async () => {
	const {config, file, notices} = await load();
	assert.equal(file, undefined);
	assert.deepEqual(notices, []);
	assert.deepEqual(config, {
		onlyTables: [],
		ignore: {tables: [], columns: [], objects: []},
		tables: {},
		conflicts: {default: 'manual', tables: {}, rules: []},
		allow: {
			dropTable: false,
			dropColumn: false,
			dropIndex: false,
			dropConstraint: false,
			dropForeignKey: false,
			dropView: false,
			dropTrigger: false,
			dropRoutine: false,
			dropSequence: false,
			dropType: false,
			dropPolicy: false,
			dropEvent: false,
			dropSchema: false,
			dropExtension: false,
			narrowType: false,
			deleteRows: false,
		},
		performance: {
			parallel: 2,
			segmentMilliseconds: 500,
			maxRowsPerSecond: 0,
			reconnectSeconds: 300,
		},
		output: {directory: join(folder, '.deepdiff'), color: 'auto'},
	});
	assert.throws(() => requireSides(config), /No database is named for prod and dev/);
});

test('a configuration is found under every name that the example lists', async () => {
	const yaml = 'prod: sqlite:./a.db';
	const json = '{"prod": "sqlite:./a.db"}';
	const places: [name: string, text: string][] = [
		['package.json', `{"name": "x", "deepdiff": ${json}}`],
		['.deepdiffrc', yaml],
		['.deepdiffrc', json],
		['.deepdiffrc.json', json],
		['.deepdiffrc.yaml', yaml],
		['.deepdiffrc.yml', yaml],
		['.config/deepdiffrc', yaml],
		['deepdiff.config.yaml', yaml],
		['deepdiff.config.json', `\uFEFF${json}`],
		['deepdiffdb.config.yaml', yaml],
	];
	for (const [name, text] of places) {
		await write(name, text);
		const {config, file} = await load();
		assert.equal(file, join(folder, name));
		const {prod} = config;
		assert.ok(prod?.driver === 'sqlite');
		assert.equal(prod.file, join(folder, 'a.db'), name);
		await rm(join(folder, name));
	}
});

test('a package.json that says nothing of us does not end the search', async () => {
	await write('package.json', '{"name": "x"}');
	await write('.deepdiffrc', 'output: {color: never}');
	assert.equal((await load()).file, join(folder, '.deepdiffrc'));
});

test('the folders above are searched inside the home folder only', async () => {
	await write('.deepdiffrc', 'prod: ./a.db');
	await mkdir(join(folder, 'x/y'), {recursive: true});
	const inside = await load({directory: join(folder, 'x/y')});
	assert.equal(inside.file, join(folder, '.deepdiffrc'));
	assert.ok(inside.config.prod?.driver === 'sqlite');
	assert.equal(inside.config.prod.file, join(folder, 'a.db'));
	assert.equal(inside.config.output.directory, join(folder, '.deepdiff'));

	const outside = await load({directory: join(folder, 'x/y'), home: join(folder, 'home')});
	assert.equal(outside.file, undefined);
	assert.equal(outside.config.output.directory, join(folder, 'x/y/.deepdiff'));
});

test('a file that is named is read whatever its name, and its paths start from its folder', async () => {
	await write('sub/shop.conf', 'prod: a.db\noutput: {directory: out}');
	await write('sub/plain.yaml', 'prod: a.db');
	const {config, file} = await load({file: 'sub/shop.conf'});
	assert.equal(file, join(folder, 'sub/shop.conf'));
	assert.ok(config.prod?.driver === 'sqlite');
	assert.equal(config.prod.file, join(folder, 'sub/a.db'));
	assert.equal(config.output.directory, join(folder, 'sub/out'));
	const plain = await load({file: 'sub/plain.yaml'});
	assert.equal(plain.config.output.directory, join(folder, '.deepdiff'));
});

test('a file that is named and missing, a folder, a program or without our key is told', async () => {
	await write('package.json', '{}');
	await write('x.js', 'throw new Error("ran")');
	const cases: [file: string, message: RegExp][] = [
		['nowhere.yaml', /^There is no configuration file nowhere\.yaml\.$/],
		['package.json/x', /^There is no configuration file/],
		['.', /can't be read: it is a folder/],
		['package.json', /has no "deepdiff" key/],
		['x.js', /^x\.js is a program, not a configuration\.$/],
	];
	for (const [file, message] of cases) {
		await assert.rejects(load({file}), (error: unknown) => {
			assert.ok(error instanceof ConfigurationError);
			assert.match(error.message, message);
			assert.notEqual(error.hint, '');
			return true;
		});
	}
});

test('a configuration that is there and cannot be opened is told, not passed over', async () => {
	await symlink('.deepdiffrc', join(folder, '.deepdiffrc'));
	await assert.rejects(load(), /\.deepdiffrc can't be read: ELOOP/);
});

test('an empty file, or one with everything commented out, gives the defaults', async () => {
	for (const text of [
		'',
		'# prod: x\n',
		'ignore:\n  # tables: [a]\nbase:\nallow: {dropTable: }\n',
	]) {
		const config = await loadText(text);
		assert.equal(config.base, undefined);
		assert.deepEqual(config.ignore.tables, []);
		assert.equal(config.allow.dropTable, false);
	}
});

test('every kind of key is read', async () => {
	const config = await loadText(
		`
prod: {driver: mysql, host: db1, port: "\${PORT}", user: shop, password: "0123", database: shop,
  schema: a, tls: {mode: verify-ca, ca: ./ca.pem}, connectTimeout: 1.5s, snapshot: "false"}
dev: postgres://dev@db2/shop
base: base.db
ignore: {tables: [log_*], columns: ["*.updated_at"]}
tables: {"order lines": {key: [a, b], where: a > 1, strategy: ours, tolerance: {price: 0.01}}}
conflicts:
  default: theirs
  tables: {audit_*: ours}
  rules:
    - {column: email, when: {state: conflict, equalIgnoring: case}, take: ours}
    - {table: x, when: {state: [added, removed], devNewerBy: t}, take: theirs}
    - {take: manual}
allow: {deleteRows: true}
performance: {parallel: 8, segmentMilliseconds: 100, maxRowsPerSecond: 5000}
output: {directory: ../out, color: never}
`,
		{PORT: '3307'},
	);
	assert.deepEqual(config.prod, {
		driver: 'mysql',
		host: 'db1',
		port: 3307,
		user: 'shop',
		password: '0123',
		passwordPrompt: false,
		database: 'shop',
		schemas: ['a'],
		tls: {mode: 'verify-ca', ca: join(folder, 'ca.pem')},
		connectTimeout: 1500,
		statementTimeout: 0,
		lockTimeout: 10_000,
		snapshot: false,
	});
	assert.equal(config.dev?.driver, 'postgres');
	assert.equal(config.base?.driver, 'sqlite');
	assert.deepEqual(config.tables, {
		'order lines': {key: ['a', 'b'], where: 'a > 1', strategy: 'ours', tolerance: {price: 0.01}},
	});
	assert.deepEqual(config.conflicts, {
		default: 'theirs',
		tables: {'audit_*': 'ours'},
		rules: [
			{
				table: '*',
				column: 'email',
				when: {state: ['conflict'], equalIgnoring: ['case']},
				take: 'ours',
			},
			{table: 'x', when: {state: ['added', 'removed'], devNewerBy: 't'}, take: 'theirs'},
			{table: '*', when: {}, take: 'manual'},
		],
	});
	assert.equal(config.allow.deleteRows, true);
	assert.deepEqual(config.performance, {
		parallel: 8,
		segmentMilliseconds: 100,
		maxRowsPerSecond: 5000,
		reconnectSeconds: 300,
	});
	assert.deepEqual(config.output, {directory: join(dirname(folder), 'out'), color: 'never'});
	assert.equal(requireSides(config).prod, config.prod);
});

test('an unknown key is told with its path and the nearest known one', async () => {
	const cases: [text: string, message: string, hint: string][] = [
		['ignroe: {}', 'Unknown key "ignroe" (in .deepdiffrc).', 'Did you mean "ignore"?'],
		[
			'ignore: {tabels: []}',
			'Unknown key "ignore.tabels" (in .deepdiffrc).',
			'Did you mean "ignore.tables"?',
		],
		[
			'tables: {"order lines": {stratgey: ours}}',
			'Unknown key "tables."order lines".stratgey" (in .deepdiffrc).',
			'Did you mean "tables."order lines".strategy"?',
		],
		[
			'conflicts: {rules: [{take: ours, whn: {}}]}',
			'Unknown key "conflicts.rules[0].whn" (in .deepdiffrc).',
			'Did you mean "conflicts.rules[0].when"?',
		],
		[
			'allow: {dropTables: true}',
			'Unknown key "allow.dropTables" (in .deepdiffrc).',
			'Did you mean "allow.dropTable"?',
		],
		[
			'output: {zebra: }',
			'Unknown key "output.zebra" (in .deepdiffrc).',
			'Known keys there: directory, color.',
		],
		[
			'$import: x.js',
			'Unknown key "$import" (in .deepdiffrc).',
			'Known keys there: prod, dev, base, ignore, tables, conflicts, allow, performance, output.',
		],
		[
			'prod: {driver: sqlite, fiel: a.db}',
			'Unknown key "prod.fiel" (in .deepdiffrc).',
			'Did you mean "prod.file"?',
		],
	];
	for (const [text, message, hint] of cases) {
		const error = await catchMistake(text);
		assert.deepEqual([error.message, error.hint], [message, hint]);
	}
	assert.match((await catchMistake('constructor: 1')).message, /Unknown key "constructor"/);
});

test('a wrong value is told with what was found and what is wanted', async () => {
	const cases: [text: string, message: string][] = [
		[
			'performance: {parallel: many}',
			'"performance.parallel" must be a number, but is the text "many"',
		],
		[
			'performance: {parallel: 0}',
			'"performance.parallel" must be at least 1, but is the number 0',
		],
		[
			'performance: {parallel: 1.5}',
			'"performance.parallel" must be a whole number, but is the number 1.5',
		],
		['performance: 4', '"performance" must be a group of keys and values, but is the number 4'],
		['ignore: {tables: log}', '"ignore.tables" must be a list, but is the text "log"'],
		['ignore: {tables: [1]}', '"ignore.tables[0]" must be text, but is the number 1'],
		['tables: {a: {key: []}}', '"tables.a.key" must not be empty, but is an empty list'],
		['tables: {a: {where: 2024-01-01}}', '"tables.a.where" must be text, but is a date'],
		[
			'tables: {a: {tolerance: {b: -1}}}',
			'"tables.a.tolerance.b" must be at least 0, but is the number -1',
		],
		[
			'allow: {deleteRows: maybe}',
			'"allow.deleteRows" must be true or false, but is the text "maybe"',
		],
		[
			'conflicts: {default: their}',
			'"conflicts.default" must be one of ours, theirs, manual, but is the text "their"',
		],
		['conflicts: {rules: [{}]}', '"conflicts.rules[0].take" is missing'],
		[
			'conflicts: {rules: [{take: ours, when: {state: gone}}]}',
			'"conflicts.rules[0].when.state" must be one or a list of added, removed, conflict, dev-only, prod-only, merged, but is the text "gone"',
		],
		[
			'prod: {driver: sqlite, file: a, lockTimeout: soon}',
			'"prod.lockTimeout" must be a whole number of milliseconds, or a text such as "500ms", "10s" or "2m", but is another text',
		],
		[
			'prod: {driver: mysql, schema: {a: 1}, database: a}',
			'"prod.schema" must be a name or a list of names, but is a group of keys and values',
		],
		['prod: [a]', '"prod" must be a URL, a path, or a group of keys and values, but is a list'],
		['prod: 5', '"prod" must be a URL, a path, or a group of keys and values, but is a number'],
	];
	for (const [text, message] of cases) {
		assert.equal((await catchMistake(text)).message, `${message} (in .deepdiffrc).`);
	}
	assert.equal((await catchMistake('conflicts: {default: their}')).hint, 'Did you mean "theirs"?');
	assert.match((await catchMistake('- a')).message, /must hold keys and values, but is a list/);
});

test('all mistakes are told at once', async () => {
	const {message} = await catchMistake('ignroe: {}\nallow: {dropTabel: true}\noutput: {color: 1}');
	assert.equal(
		message,
		[
			'.deepdiffrc has 3 mistakes:',
			'  - Unknown key "allow.dropTabel". Did you mean "allow.dropTable"?',
			'  - Unknown key "ignroe". Did you mean "ignore"?',
			'  - "output.color" must be one of auto, always, never, but is the number 1.',
		].join('\n'),
	);
});

test('keys that do not go together are told', async () => {
	const cases: [text: string, message: RegExp][] = [
		['prod: {driver: sqlite}', /"prod" in \.deepdiffrc has no "file"/],
		['prod: {driver: sqlite, file: a, host: b}', /is an SQLite file and can't have "host"/],
		['prod: {driver: mysql, file: a, database: b}', /is a database server and can't have "file"/],
		['prod: {driver: mysql, host: a}', /has no "database"/],
		['prod: {host: a, database: b}', /has no "driver"/],
	];
	for (const [text, message] of cases) assert.match((await catchMistake(text)).message, message);
	const {prod} = await loadText('prod: {file: a.db}');
	assert.equal(prod?.driver, 'sqlite');
});

test('no mistake of a connection shows its password', async () => {
	const texts = [
		'prod: {driver: mysql, password: hunter2, prot: 1}',
		'prod: {driver: mysql, password: {hunter2: hunter2}, database: a}',
		'prod: {driver: mysql, password hunter2}',
		'prod: {driver: mysql, password: hunter2 }: x',
		'prod: {driver: mysql, user: hunter2, password: hunter2}',
		'prod: {driver: mysql, connectTimeout: hunter2, database: a}',
		'prod: "mysql://u:hunter2/@h/d"',
		'prod: "mysql://u:hunter2${NOWHERE}@h/d"',
		'prod: ["mysql://u:hunter2@h/d"]',
	];
	for (const text of texts) {
		const error = await catchMistake(text);
		assert.doesNotMatch(JSON.stringify([error.message, error.hint, error.cause]), /hunter2/, text);
		assert.doesNotMatch(error.stack ?? '', /hunter2/);
	}
});

test('a missing variable matters only where it is needed', async () => {
	const text = 'prod: "postgres://u:${PROD_PASSWORD}@h/d"\ndev: dev.db';
	assert.match(
		(await catchMistake(text)).message,
		/PROD_PASSWORD is not set; prod in \.deepdiffrc/,
	);
	const {config} = await load({flags: {prod: 'other.db'}});
	assert.equal(config.prod?.driver, 'sqlite');
	assert.equal(config.dev?.driver, 'sqlite');
	assert.equal((await load({connections: false})).config.prod, undefined);
});

test('an empty side is no side', async () => {
	const config = await loadText('prod: a.db\nbase: "${BASE:-}"');
	assert.equal(config.base, undefined);
	assert.throws(() => requireSides(config), /No database is named for dev/);
});

test('a broken file is told with line and column', async () => {
	const {message} = await catchMistake('prod: [a\ndev: b');
	assert.match(message, /^\.deepdiffrc can't be read as YAML: line 2, column 1: /);
});
