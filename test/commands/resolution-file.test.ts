import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {readResolutionFile} from '../../source/commands/resolution-file.ts';
import {UsageError} from '../../source/model/errors.ts';
import {makeFolder} from './fixture.ts';

async function read(context: TestContext, text: string) {
	const folder = makeFolder(context);
	writeFileSync(path.join(folder, 'file.json'), text);
	return readResolutionFile('file.json', folder);
}

const first = {table: 'a', key: {id: 1}, take: 'theirs'};
const second = {table: 'a', key: {id: 2}, take: 'manual', cells: {name: 'x'}};

test('lines, an array and an object with resolutions say the same', async (context) => {
	const lines = await read(context, `${JSON.stringify(first)}\n\n${JSON.stringify(second)}\n`);
	const array = await read(context, JSON.stringify([first, second]));
	const wrapped = await read(context, `\uFEFF${JSON.stringify({resolutions: [first, second]})}`);
	const strip = (entries: typeof lines) =>
		entries.map(({table, key, take, cells}) => ({table, key, take, cells}));
	assert.deepEqual(strip(lines), [
		{...first, cells: {}},
		{...second, cells: {name: 'x'}},
	]);
	assert.deepEqual(strip(array), strip(lines));
	assert.deepEqual(strip(wrapped), strip(lines));
	assert.deepEqual(
		lines.map(({place}) => place),
		['line 1', 'line 3'],
	);
});

test('one entry alone is a file too, and cells alone mean manual', async (context) => {
	const [entry] = await read(context, JSON.stringify({table: 'a', key: {}, cells: {n: 1}}));
	assert.equal(entry?.take, 'manual');
});

test('a line of rows --json without take decides nothing', async (context) => {
	const line = {table: 'a', key: {id: 1}, state: 'conflict', prod: {}, dev: {}, resolution: null};
	assert.deepEqual(await read(context, JSON.stringify(line)), []);
});

for (const [what, text, message] of [
	[
		'a line that is no JSON',
		'{"table":"a","key":{},"take":"ours"}\n{oops\n',
		/^line 2 of file\.json is not JSON/,
	],
	['an unknown take', '[{"table":"a","key":{},"take":"mine"}]', /^entry 1 of file\.json: take: /],
	['a missing key', '[{"table":"a","take":"ours"}]', /^entry 1 of file\.json: key: /],
	['manual without cells', '[{"table":"a","key":{},"take":"manual"}]', /"manual" needs cells/],
	[
		'cells with ours',
		'[{"table":"a","key":{},"take":"ours","cells":{}}]',
		/cells belong to "manual"/,
	],
] as const) {
	test(`${what} is refused with its place`, async (context) => {
		await assert.rejects(read(context, text), (error) => {
			assert.ok(error instanceof UsageError);
			assert.match(error.message, message);
			assert.match(error.message, /Nothing was settled\.$/);
			return true;
		});
	});
}

test('a missing file is told', async (context) => {
	await assert.rejects(readResolutionFile('none.json', makeFolder(context)), {
		name: 'UsageError',
		message: 'There is no file none.json.',
	});
});
