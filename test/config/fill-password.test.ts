import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {parseConnection} from '../../source/config/connection-settings.ts';
import {fillPassword} from '../../source/config/fill-password.ts';
import {ConfigurationError} from '../../source/model/errors.ts';

let folder: string;
before(async () => {
	folder = await mkdtemp('/tmp/deepdiff-password-');
});
after(() => rm(folder, {recursive: true}));

const parse = (text: string) => parseConnection(text, 'prod', folder);
const refuseToAsk = () => assert.fail('asked');

async function fill(text: string, answer?: string): Promise<string | undefined> {
	const ask = answer === undefined ? refuseToAsk : () => Promise.resolve(answer);
	const filled = await fillPassword(parse(text), ask);
	return 'file' in filled ? 'file' : filled.password;
}

test('the first of password, file and asking that is given is used', async () => {
	await writeFile(join(folder, 'secret'), 'from file\r\nsecond line\n');
	assert.equal(
		await fill('mysql://u:written@h/d?passwordFile=secret&passwordPrompt=true'),
		'written',
	);
	assert.equal(await fill('mysql://u@h/d?passwordFile=secret&passwordPrompt=true'), 'from file');
	assert.equal(await fill('mysql://u@h/d?passwordPrompt=true', 'typed'), 'typed');
	assert.equal(await fill('mysql://u@h/d'), undefined);
	assert.equal(await fill('a.db'), 'file');
});

test('a password file that is missing or empty is told', async () => {
	await writeFile(join(folder, 'empty'), '\nsecond');
	await assert.rejects(fill('mysql://h/d?passwordFile=nowhere'), {
		name: 'ConfigurationError',
		message: `The password file ${join(folder, 'nowhere')} can't be read.`,
	});
	await assert.rejects(fill('mysql://h/d?passwordFile=empty'), /is empty/);
});

test('without anybody to ask, the other ways are told', async () => {
	await assert.rejects(
		fillPassword(parse('mysql://h/d?passwordPrompt=true'), undefined),
		(error: unknown) => error instanceof ConfigurationError && /passwordFile/.test(error.hint),
	);
});
