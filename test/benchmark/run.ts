import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {benchmarkApply} from './apply.ts';
import {benchmarkCompare} from './compare.ts';
import {benchmarkFirstScreen} from './first-screen.ts';
import {benchmarkMemory} from './memory.ts';

/*
Measures what the readme claims: each figure a median, each claim a ratio against a named
peer or floor that ran in turn with it on the same machine. `npm run benchmark -- compare`
runs one part only.
*/

const parts = {
	compare: benchmarkCompare,
	memory: benchmarkMemory,
	apply: benchmarkApply,
	screen: benchmarkFirstScreen,
};

const wanted = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-benchmark-'));
try {
	for (const [name, run] of Object.entries(parts)) {
		if (wanted.length > 0 && !wanted.includes(name)) continue;
		console.log(`\n## ${name}\n`);
		await run(folder);
	}
} finally {
	rmSync(folder, {recursive: true, force: true});
}
