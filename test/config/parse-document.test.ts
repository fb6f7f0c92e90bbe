import assert from 'node:assert/strict';
import {inspect} from 'node:util';
import {test} from 'node:test';
import fc from 'fast-check';
import {findJsonMistake} from '../../source/config/find-json-mistake.ts';
import {parseDocument} from '../../source/config/parse-document.ts';
import {ConfigurationError} from '../../source/model/errors.ts';

function catchMistake(file: string, text: string): ConfigurationError {
	try {
		parseDocument(file, text, file);
	} catch (error) {
		assert.ok(error instanceof ConfigurationError, inspect(error));
		return error;
	}
	return assert.fail(`${text} was read`);
}

test('a file without an extension may be YAML or JSON', () => {
	const wanted = {prod: './a.db', ignore: {tables: ['x']}};
	assert.deepEqual(
		parseDocument('.deepdiffrc', 'prod: ./a.db\nignore:\n  tables: [x]\n', 'x'),
		wanted,
	);
	assert.deepEqual(parseDocument('.deepdiffrc', JSON.stringify(wanted, null, '\t'), 'x'), wanted);
	assert.deepEqual(parseDocument('x.json', JSON.stringify(wanted), 'x'), wanted);
});

test('a mistake is told with its line and column', () => {
	const cases: [file: string, text: string, place: string][] = [
		['.deepdiffrc', 'prod: a\n  dev: b\n', 'line 2, column 6'],
		['a.yaml', 'prod: [a\ndev: b', 'line 2, column 1'],
		['a.yml', 'prod: a\nprod: b', 'line 2, column 1: duplicated mapping key'],
		['a.json', '{"prod": "a",\n "dev": }', 'line 2, column 9'],
		['a.json', '{\n"prod": "a"\n"dev": "b"}', 'line 3, column 1'],
		['a.json', '{"prod": "a"', 'line 1, column 13: the file ends too early'],
		['a.json', '{"prod": "a",}', 'line 1, column 14'],
		['a.json', '{} x', 'line 1, column 4'],
	];
	for (const [file, text, place] of cases) {
		const {message} = catchMistake(file, text);
		assert.ok(message.includes(place), message);
		assert.ok(message.startsWith(file), message);
	}
});

test('no part of the file is in the error, for it may be a password', () => {
	const texts = [
		'prod: {password: *hunter2}',
		'prod: {password: !hunter2 x}',
		'prod: {password: !hunter2!x y}',
		'prod: {password: "hunter2}',
		'prod: {password: &hunter2 &hunter2 x}',
		'prod:\n  password: @hunter2\n',
		'%TAG !hunter2 hunter2\n---\n',
		'a: hunter2\n b: hunter2: hunter2',
	];
	for (const text of texts) {
		assert.doesNotMatch(inspect(catchMistake('.deepdiffrc', text), {depth: 10}), /hunter2/);
	}
	for (const text of ['{"password": "hunter2" x}', '{"a": hunter2}', '"hunter2', 'hunter2']) {
		assert.doesNotMatch(inspect(catchMistake('a.json', text), {depth: 10}), /hunter2/);
	}
});

test('JSON is found to be whole exactly when it can be parsed', () => {
	const token = fc.constantFrom(
		...['{', '}', '[', ']', ',', ':', '"a"', '"\\u00e9"', '"\\x"', '"\n"', '1', '-0.5e+3', '01'],
		...['true', 'null', 'nul', ' ', '\n', '\u00A0', '"'],
	);
	const isJson = (text: string) => {
		try {
			JSON.parse(text);
			return true;
		} catch {
			return false;
		}
	};
	fc.assert(
		fc.property(
			fc.oneof(
				fc.json(),
				fc.array(token).map((parts) => parts.join('')),
			),
			(text) => {
				const position = findJsonMistake(text);
				if (isJson(text)) assert.equal(position, text.length);
				else if (position < text.length) {
					// Up to the mistake all is well: with it cut off, the text only ends too early.
					const head = text.slice(0, position);
					assert.equal(findJsonMistake(head), head.length);
				}
			},
		),
		{numRuns: 2000},
	);
});
