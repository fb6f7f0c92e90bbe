import {spawn} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {fileURLToPath} from 'node:url';
import {run} from 'node:test';
import {spec} from 'node:test/reporters';
import {serveTests} from './servers/runner-link.ts';

/*
The whole test run: lint, types, format and bundle first, then every *.test.ts(x). Ends with
one line of counts. Give names or parts of paths to run only those files:
`npm test -- store terminal`.
*/

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.argv.slice(2);

// Ink draws nothing when CI is set, and colours would make screens differ.
delete process.env['CI'];
delete process.env['FORCE_COLOR'];

const checks = ['lint', 'types', 'format', 'build'];
const counts = {passed: 0, failed: 0, skipped: 0};

for (const check of wanted.length > 0 ? ['build'] : checks) {
	const isGood = await runScript(check);
	console.log(`${isGood ? '✔' : '✖'} npm run ${check}`);
	counts[isGood ? 'passed' : 'failed'] += 1;
}

await serveTests();
const files = listTests().filter(
	(file) => wanted.length === 0 || wanted.some((part) => file.includes(part)),
);
const stream = run({files, concurrency: availableParallelism(), timeout: 10 * 60_000});
stream.on('test:pass', ({details, skip}) => {
	if (details.type === 'suite') return;
	counts[skip === undefined || skip === false ? 'passed' : 'skipped'] += 1;
});
stream.on('test:fail', ({details}) => {
	if (details.type !== 'suite') counts.failed += 1;
});
const lines = new spec();
lines.pipe(process.stdout, {end: false});
stream.pipe(lines);
await new Promise((resolve) => lines.on('end', resolve));

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
process.once('exit', () => {
	console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
});

function listTests(): string[] {
	return readdirSync(`${root}test`, {recursive: true, encoding: 'utf8'})
		.filter((file) => /\.test\.tsx?$/.test(file))
		.sort()
		.map((file) => `${root}test/${file}`);
}

async function runScript(name: string): Promise<boolean> {
	const child = spawn('npm', ['run', '--silent', name], {cwd: root, stdio: 'inherit'});
	return new Promise((resolve) => {
		child.on('close', (code) => resolve(code === 0));
		child.on('error', () => resolve(false));
	});
}
