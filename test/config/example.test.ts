import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {test} from 'node:test';
import {finishConfig} from '../../source/config/finish-config.ts';
import {isMapping} from '../../source/config/key-path.ts';
import {parseDocument} from '../../source/config/parse-document.ts';
import {configSchema} from '../../source/config/schema.ts';
import {listKeyPaths} from '../../source/config/schema-tree.ts';
import {validateConfig} from '../../source/config/validate-config.ts';

const example = await readFile(new URL('../../.deepdiffrc.example', import.meta.url), 'utf8');

/** Takes the # away from keys and list items; sentences begin with a capital letter. */
const uncommented = example.replaceAll(/^( *)# (?=[a-z]\w*:(?: |$)|- )/gm, '$1');

const parse = (text: string) => parseDocument('.deepdiffrc', text, '.deepdiffrc.example');

/** Every key path of a document; list items add none. */
function listPaths(value: unknown): readonly string[] {
	if (Array.isArray(value)) return value.flatMap(listPaths);
	if (!isMapping(value)) return [];
	return Object.entries(value).flatMap(([key, below]) => [
		key,
		...listPaths(below).map((path) => `${key}.${path}`),
	]);
}

test('the example is valid as it is and with everything in it uncommented', () => {
	for (const text of [example, uncommented]) {
		const {input, notices} = validateConfig(parse(text), '.deepdiffrc.example', [], {});
		assert.deepEqual(notices, []);
		const config = finishConfig(input, {source: 'x', folder: '/', outputFolder: '/'});
		assert.ok(config.prod !== undefined && config.dev !== undefined);
	}
});

test('the example has every key', () => {
	const shown = listPaths(parse(uncommented));
	// prod, dev and base take the same keys: they are shown once.
	const wanted = listKeyPaths(configSchema)
		.map((path) => path.replace(/^(prod|dev)\./, 'base.'))
		.filter((path) => path !== 'base.file');
	const missing = wanted.filter((path) => {
		const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}$`);
		return !shown.some((one) => pattern.test(one));
	});
	assert.ok(wanted.length > 50);
	assert.deepEqual(missing, []);
	assert.match(example, /for SQLite give a file/);
});

test('what the example shows as a default is the default', () => {
	const {input: uncommentedInput} = validateConfig(parse(uncommented), 'x', [], {});
	const {input: plain} = validateConfig(
		{base: {driver: 'postgres', database: 'shop'}},
		'x',
		[],
		{},
	);
	const places = {source: 'x', folder: '/', outputFolder: '/'};
	const [shown, byDefault] = [uncommentedInput, plain].map((input) => finishConfig(input, places));
	assert.ok(shown !== undefined && byDefault !== undefined);
	assert.deepEqual(shown.allow, byDefault.allow);
	assert.deepEqual(shown.performance, byDefault.performance);
	assert.deepEqual(shown.output, byDefault.output);
	assert.equal(shown.conflicts.default, byDefault.conflicts.default);
	assert.ok(shown.base?.driver === 'postgres' && byDefault.base?.driver === 'postgres');
	for (const key of [
		'host',
		'port',
		'passwordPrompt',
		'connectTimeout',
		'lockTimeout',
		'statementTimeout',
		'snapshot',
	] as const) {
		assert.equal(shown.base[key], byDefault.base[key], key);
	}
	assert.equal(shown.base.tls.mode, byDefault.base.tls.mode);
});
