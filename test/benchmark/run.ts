import {mkdtempSync, rmSync} from 'node:fs';
import {cpus, loadavg, tmpdir} from 'node:os';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {benchmarkApply} from './apply.ts';
import {benchmarkFirstScreen} from './first-screen.ts';
import {benchmarkMemory} from './memory.ts';
import {benchmarkSqliteCompare} from './sqlite-compare.ts';

/*
Measures what the readme claims: each figure a median, each claim a ratio against a named
peer or floor that ran in turn with it on the same machine, in the same minute.

npm run benchmark                          everything
npm run benchmark -- apply first-screen    these parts
npm run benchmark -- --rounds 9 apply      medians of more rounds (default: 5)
*/

const parts: Readonly<Record<string, (folder: string, rounds: number) => Promise<void>>> = {
	'sqlite-compare': benchmarkSqliteCompare,
	memory: benchmarkMemory,
	apply: benchmarkApply,
	'first-screen': benchmarkFirstScreen,
};

const {positionals, values} = parseArgs({
	allowPositionals: true,
	options: {rounds: {type: 'string', default: '5'}},
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) refuse('--rounds takes a whole number from 1 on.');
const unknown = positionals.find((name) => !(name in parts));
if (unknown !== undefined) {
	refuse(`There is no part ${unknown}; there are ${Object.keys(parts).join(', ')}.`);
}

const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-benchmark-'));
const removeFolder = () => rmSync(folder, {recursive: true, force: true});
process.on('SIGINT', () => process.exit(130));
process.on('exit', removeFolder);
console.log(`Node ${process.version}, ${cpus().length} processors; medians of ${rounds} rounds.`);
for (const [name, run] of Object.entries(parts)) {
	if (positionals.length > 0 && !positionals.includes(name)) continue;
	console.log(`\n## ${name}, others' load ${loadavg()[0]?.toFixed(1) ?? '?'}\n`);
	await run(folder, rounds);
}

function refuse(message: string): never {
	console.error(message);
	process.exit(64);
}
