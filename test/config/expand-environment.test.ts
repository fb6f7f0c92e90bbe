import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {expandEnvironment} from '../../source/config/expand-environment.ts';
import {ConfigurationError} from '../../source/model/errors.ts';

const expand = (value: unknown, environment: Record<string, string> = {}) =>
	expandEnvironment(value, environment, '.deepdiffrc');

test('variables are expanded in every text, wherever it stands', () => {
	assert.deepEqual(
		expand(
			{prod: {user: '${USER_NAME}', port: 5432}, list: ['a ${A} b ${A}', true, null]},
			{
				USER_NAME: 'shop',
				A: '1',
			},
		),
		{prod: {user: 'shop', port: 5432}, list: ['a 1 b 1', true, null]},
	);
});

test('a default stands in for a variable that is missing or empty', () => {
	assert.equal(expand('${A:-x:-y z}'), 'x:-y z');
	assert.equal(expand('${A:-x}', {A: ''}), 'x');
	assert.equal(expand('${A:-x}', {A: 'given'}), 'given');
	assert.equal(expand('${A:-}'), '');
	assert.equal(expand('${A}', {A: ''}), '');
});

test('a doubled dollar sign keeps a plain "${"', () => {
	assert.equal(expand('a$${A}b'), 'a${A}b');
	assert.equal(expand('$ $$ $A {A}'), '$ $$ $A {A}');
});

test('a missing variable is told with its name, its key and its file, but not the text around', () => {
	assert.throws(
		() => expand({prod: {tls: [{'a b': 'hunter2${PROD_PASSWORD}hunter2'}]}}),
		(error: unknown) => {
			assert.ok(error instanceof ConfigurationError);
			assert.equal(
				error.message,
				'The environment variable PROD_PASSWORD is not set; prod.tls[0]."a b" in .deepdiffrc needs it.',
			);
			assert.match(error.hint, /PROD_PASSWORD/);
			assert.doesNotMatch(error.message + error.hint, /hunter2/);
			assert.equal(error.exitCode, 78);
			return true;
		},
	);
});

test('names that every JavaScript object has are no variables', () => {
	assert.throws(() => expand('${constructor}'), ConfigurationError);
	assert.throws(() => expand('${__proto__}'), ConfigurationError);
});

test('what is not a variable is refused, not passed on in silence', () => {
	for (const text of ['${}', '${1A}', '${A', '${A:x}', '${A-b}', '${A:-${B}}', '${ A }']) {
		assert.throws(() => expand({key: text}, {A: 'a', B: 'b'}), /not followed by a variable/);
	}
});

test('any value of a variable arrives unchanged, whatever it looks like', () => {
	fc.assert(
		fc.property(
			fc.string({unit: 'binary'}),
			fc.constantFrom('${B}', '$${B}', '${B:-x}', '$&', '$1', '`', '\\'),
			(text, special) => {
				const value = text + special + text;
				assert.equal(expand('${VALUE}', {VALUE: value, B: 'wrong'}), value);
				assert.equal(expand('<${VALUE}|${VALUE}>', {VALUE: value}), `<${value}|${value}>`);
			},
		),
	);
});

test('any text without a variable stays as it is, and escaped, so does any text at all', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom('$', '{', '}', ':-', 'A', ' ', 'é', '\n')), (parts) => {
			const text = parts.join('');
			if (!text.includes('${')) assert.equal(expand(text, {A: 'wrong'}), text);
			// `$` in front of an escape would escape that in turn.
			if (!text.includes('$${')) {
				assert.equal(
					expand(
						text.replaceAll('${', () => '$${'),
						{A: 'wrong'},
					),
					text,
				);
			}
		}),
	);
});
