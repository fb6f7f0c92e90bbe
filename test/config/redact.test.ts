import assert from 'node:assert/strict';
import {inspect} from 'node:util';
import {test} from 'node:test';
import fc from 'fast-check';
import {createRedactor} from '../../source/config/redact.ts';
import type {ServerSettings} from '../../source/model/connection-settings.ts';
import {ConnectionError} from '../../source/model/errors.ts';

function withPassword(password: string): ServerSettings {
	return {
		driver: 'postgres',
		host: 'db1',
		port: 5432,
		user: 'shop',
		password,
		passwordPrompt: false,
		database: 'shop',
		schemas: [],
		tls: {mode: 'prefer'},
		connectTimeout: 0,
		statementTimeout: 0,
		lockTimeout: 0,
		snapshot: true,
	};
}

/** How a password may be quoted by somebody else's code. */
const encodings: Readonly<Record<string, (text: string) => string>> = {
	'as it is': (text) => text,
	'percent-encoded': encodeURIComponent,
	'percent-encoded in small letters': (text) =>
		encodeURIComponent(text).replaceAll(/%[\dA-F]{2}/g, (code) => code.toLowerCase()),
	'percent-encoded throughout': (text) =>
		[...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
	'inside a URL': (text) => {
		const url = new URL('postgres://host');
		url.password = text;
		return url.password;
	},
	'in a form': (text) => new URLSearchParams({p: text}).toString().slice(2),
	'in JSON': (text) => JSON.stringify(text).slice(1, -1),
	'in JSON of ASCII': (text) =>
		JSON.stringify(text)
			.slice(1, -1)
			.replaceAll(
				/[\u007F-\uFFFF]/g,
				(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
			),
	'in an SQL literal': (text) => text.replaceAll("'", "''"),
	'in a quoted SQL name': (text) => text.replaceAll('"', '""'),
	'in a literal of MySQL': (text) => text.replaceAll(/['"\\]/g, String.raw`\$&`),
	'in HTML': (text) =>
		text
			.replaceAll('&', '&amp;')
			.replaceAll('<', '&lt;')
			.replaceAll('>', '&gt;')
			.replaceAll('"', '&quot;')
			.replaceAll("'", '&#39;'),
};

// No half surrogates: no encoder can write them, so neither can one leak them.
const password = fc.oneof(
	fc.string({unit: 'binary', minLength: 1, maxLength: 24}),
	fc.string({unit: 'grapheme', minLength: 1, maxLength: 24}),
	fc.string({
		unit: fc.constantFrom(...Array.from(`*•-_░'"\\/%@:&<>+ #{}$.a`)),
		minLength: 1,
		maxLength: 24,
	}),
);

for (const [form, encode] of Object.entries(encodings)) {
	test(`no password is left in a text that holds it ${form}`, () => {
		fc.assert(
			fc.property(password, fc.string(), fc.string(), (secret, before, after) => {
				const {redact} = createRedactor([withPassword(secret)]);
				const quoted = encode(secret);
				const redacted = redact(before + quoted + after);
				assert.ok(!redacted.includes(secret), inspect({secret, redacted}));
				assert.ok(!redacted.includes(quoted), inspect({secret, quoted, redacted}));
			}),
			{numRuns: 300},
		);
	});
}

test('no password is left when several are known, one part of another', () => {
	fc.assert(
		fc.property(password, password, fc.string(), (one, two, text) => {
			const secrets = [one, two, one + two];
			const {redact} = createRedactor(secrets.map(withPassword));
			const redacted = redact(`${one}${text}${two}${one}${two} ${two}${one}`);
			for (const secret of secrets) assert.ok(!redacted.includes(secret));
		}),
		{numRuns: 300},
	);
});

test('text without a password stays as it is', () => {
	const {redact} = createRedactor([withPassword('hunter2')]);
	for (const text of [
		'',
		'connect ECONNREFUSED 127.0.0.1:5432',
		'https://example.com:8080/a',
		'a@b',
	]) {
		assert.equal(redact(text), text);
	}
	assert.equal(redact('for hunter2!'), 'for ***!');
});

test('the password of any URL is taken out, even when nobody made it known', () => {
	const {redact} = createRedactor();
	assert.equal(redact('in mysql://root:p%40ss@db/shop.'), 'in mysql://root:***@db/shop.');
	assert.equal(redact('postgres://u:a/b?c@d@db/x'), 'postgres://u:***@db/x');
	assert.equal(redact('postgres://shop@db/x'), 'postgres://shop@db/x');
});

test('a password that is typed in later is taken out from then on', () => {
	const redactor = createRedactor([withPassword('first')]);
	assert.equal(redactor.redact('first second'), '*** second');
	redactor.add(withPassword('second'));
	assert.equal(redactor.redact('first second'), '*** ***');
});

test('an empty password and a file take nothing out', () => {
	const {redact} = createRedactor([
		withPassword(''),
		{driver: 'sqlite', file: '/data/shop.db', lockTimeout: 0, snapshot: true},
	]);
	assert.equal(redact('/data/shop.db'), '/data/shop.db');
});

test('an error keeps its class while passwords leave its message, stack, hint and causes', () => {
	const {redactError} = createRedactor([withPassword('hunter2')]);
	const cause = Object.assign(new Error('bad login: hunter2'), {detail: 'used hunter2'});
	const both = new AggregateError([cause, 'hunter2'], 'tried hunter2');
	const error = new ConnectionError('no way in with hunter2', {hint: 'not hunter2', cause: both});
	cause.cause = error;

	assert.equal(redactError(error), error);
	assert.ok(error instanceof ConnectionError);
	assert.equal(error.message, 'no way in with ***');
	assert.equal(error.hint, 'not ***');
	assert.doesNotMatch(inspect(error, {depth: 10}), /hunter2/);
	assert.doesNotMatch(error.stack ?? '', /hunter2/);
	assert.equal(cause.detail, 'used ***');
});

test('what only hangs on an error is not changed: it may be a live connection', () => {
	const {redactError} = createRedactor([withPassword('hunter2')]);
	const client = {password: 'hunter2'};
	redactError(Object.assign(new Error('lost'), {client}));
	assert.equal(client.password, 'hunter2');
	assert.equal(redactError('nothing'), 'nothing');
	assert.equal(redactError(7), 7);
});

test('a long run of quotes or backslashes does not take exponential time', () => {
	const {redact} = createRedactor([withPassword('\\'.repeat(60)), withPassword("'".repeat(60))]);
	const text = '\\'.repeat(59) + "'".repeat(59) + '\\'.repeat(59);
	assert.equal(redact(text), text);
});
