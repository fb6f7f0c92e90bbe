import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import fc from 'fast-check';
import {parseConnection} from '../../source/config/connection-settings.ts';
import {loadConfig} from '../../source/config/load-config.ts';
import {renderConfig} from '../../source/config/render-config.ts';

let folder: string;
before(async () => {
	folder = await mkdtemp('/tmp/deepdiff-render-');
});
after(() => rm(folder, {recursive: true}));

async function loadBack(text: string, environment: Record<string, string> = {}) {
	await writeFile(join(folder, '.deepdiffrc'), text);
	return (await loadConfig({directory: folder, environment})).config;
}

test('a configuration is written as a person would write it', () => {
	const {text, variables} = renderConfig({
		prod: 'mysql://shop:p%40ss@db1/shop?ssl-mode=REQUIRED&schema=a,b',
		dev: './dev.db',
		ignoreTables: ['log_*', 'sessions'],
		ignoreColumns: ['*.updated_at'],
		strategy: 'ours',
	});
	assert.equal(
		text,
		[
			'# DeepDiff DB. Every key is described in .deepdiffrc.example.',
			'# Values may hold ${VARIABLES}; a relative path starts from the folder of this file.',
			'',
			'# The database that will be changed.',
			'prod:',
			'  driver: mysql',
			'  user: shop',
			'  database: shop',
			'  schema: [a, b]',
			'  tls:',
			'    mode: require',
			'  host: db1',
			'  password: ${PROD_PASSWORD}',
			'',
			'# The database that the changes come from.',
			'dev: ./dev.db',
			'',
			'# Left out of the comparison.',
			'ignore:',
			'  tables:',
			'    - "log_*"',
			'    - sessions',
			'  columns:',
			'    - "*.updated_at"',
			'',
			'# What becomes of a conflict that nothing else decides.',
			'conflicts:',
			'  default: ours',
			'',
		].join('\n'),
	);
	assert.deepEqual(variables, ['PROD_PASSWORD']);
});

test('no password is written, and with its variable set the connection is the same', async () => {
	const password = fc.string({unit: 'grapheme', minLength: 1});
	await fc.assert(
		fc.asyncProperty(password, async (secret) => {
			const url = `postgres://shop:${encodeURIComponent(`<${secret}>`)}@db1:5433/shop`;
			const {text, variables} = renderConfig({prod: url, dev: url, base: url});
			assert.ok(!text.includes(`<${secret}>`));
			assert.deepEqual(variables, ['PROD_PASSWORD', 'DEV_PASSWORD', 'BASE_PASSWORD']);
			const environment = Object.fromEntries(variables.map((name) => [name, `<${secret}>`]));
			const config = await loadBack(text, environment);
			const wanted = parseConnection(url, 'prod', folder);
			assert.deepEqual([config.prod, config.dev, config.base], [wanted, wanted, wanted]);
		}),
		{numRuns: 50},
	);
});

test('any path and any name is read back as it was given', async () => {
	const name = fc
		.oneof(
			fc.string({unit: 'binary', minLength: 1}),
			fc.constantFrom('true', 'null', '12', '0x1', '2024-01-01', '~', '-', '- a', 'a: b', 'a #b'),
			fc.constantFrom(
				'${A}',
				'$${A}',
				'"',
				"'",
				'\u2028',
				'\u0085',
				'\u007F',
				'*a',
				'&a',
				'!a',
				'NO',
			),
		)
		// `$` in front of `${` can not be told from its escape.
		.filter((text) => !text.includes('$${'));
	await fc.assert(
		fc.asyncProperty(fc.array(name), name, async (names, path) => {
			const file = `./${path.replaceAll('\0', '')}`;
			const {text} = renderConfig({prod: file, dev: 'a.db', ignoreTables: names});
			const config = await loadBack(text);
			assert.deepEqual(config.ignore.tables, names);
			assert.deepEqual(config.prod, parseConnection(file, 'prod', folder));
		}),
		{numRuns: 200},
	);
});
