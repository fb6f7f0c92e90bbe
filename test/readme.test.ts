import assert from 'node:assert/strict';
import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {makeFolder} from './store/fixture.ts';
import {program, runProgram} from './program.ts';

/* Every command of the readme, as it stands there. */

const readme = readFileSync(new URL('../readme.md', import.meta.url), 'utf8');

/** The lines of a chapter's shell blocks, without their remarks. */
function readCommands(chapter: string): string[] {
	const [, text = ''] = readme.split(`\n## ${chapter}\n`);
	const [own = ''] = text.split('\n## ');
	return [...own.matchAll(/```sh\n(.*?)```/gs)]
		.flatMap(([, block = '']) => block.split('\n'))
		.map((line) => line.replace(/ +# .*$/, ''))
		.filter((line) => line !== '');
}

async function makeDemo(context: TestContext): Promise<string> {
	const folder = makeFolder(context);
	const demo = await runProgram(context, folder, ['demo', 'shop', '--rows', '5000', '--quiet']);
	assert.equal(demo.code, 0, demo.stderr);
	return path.join(folder, 'shop');
}

/** Runs a line in a shell that finds the program by its names. */
async function runLine(context: TestContext, folder: string, line: string) {
	const bin = path.join(folder, 'bin');
	mkdirSync(bin, {recursive: true});
	for (const [name, start] of [
		['deepdiff-db', ''],
		['npx', '[ "$1" = deepdiff-db ] && shift; '],
	] as const) {
		const file = path.join(bin, name);
		writeFileSync(file, `#!/bin/sh\n${start}exec ${process.execPath} ${program} "$@"\n`);
		chmodSync(file, 0o755);
	}
	// The program of the line takes the place of the one that would start.
	const before = `PATH=${bin}:$PATH; ${line}; exit $?`;
	return runProgram(context, folder, [], {before});
}

test('the commands of the readme do what it says, one after the other', async (context) => {
	const folder = await makeDemo(context);
	const codes: [string, number | null][] = [];
	for (const line of readCommands('Commands')) {
		const {code, stderr} = await runLine(context, folder, line);
		assert.doesNotMatch(stderr, /^error/m, line);
		codes.push([line.split(' ')[1] ?? '', code]);
	}
	assert.deepEqual(codes, [
		['check', 0],
		['schema-diff', 1],
		['diff', 1],
		['rows', 0],
		['resolve', 0],
		['resolve', 0],
		['plan', 0],
		['apply', 0],
		['apply', 0],
		['undo', 0],
		['snapshot', 0],
		['runs', 0],
	]);
});

test('the walk of the readme prints what it would show where there is no terminal', async (context) => {
	const folder = await makeDemo(context);
	const [line = ''] = readCommands('The walk');
	const {code, stdout, stderr} = await runLine(
		context,
		folder,
		line.replace('shop.db', 'prod.db').replace('shop-dev.db', 'dev.db'),
	);
	assert.equal(code, 1, stderr);
	assert.match(stdout, /^Structure {2}\d+ changes/m);
});

test('the samples for CI tell drift by their exit code, and write what they say', async (context) => {
	const folder = await makeDemo(context);
	const [, chapter = ''] = readme.split('\n## In CI\n');
	const [own = ''] = chapter.split('\n## ');
	const lines = [...own.matchAll(/^ *(?:- |run: |- run: )(npx deepdiff-db .*)$/gm)].flatMap(
		([, line]) => line ?? [],
	);
	assert.equal(lines.length, 3);
	const variables = 'export PROD_URL=sqlite:prod.db DEV_URL=dev.db GITHUB_STEP_SUMMARY=summary.md';
	for (const line of lines) {
		const {code, stderr} = await runLine(context, folder, `${variables}; ${line}`);
		assert.equal(code, 1, `${line}\n${stderr}`);
	}
	assert.match(readFileSync(path.join(folder, 'drift.xml'), 'utf8'), /<failure type="drift"/);
	assert.match(readFileSync(path.join(folder, 'summary.md'), 'utf8'), /^# Structure of/);
});

test('CI runs exactly the test command of the readme', () => {
	const [demo, tests = ''] = readCommands('Two commands');
	assert.equal(demo, 'npm run setup && npm run demo');
	const lines = readFileSync(new URL('../.ci/run', import.meta.url), 'utf8')
		.trimEnd()
		.split('\n');
	assert.equal(lines.at(-1), tests);
});
