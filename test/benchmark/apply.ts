import {copyFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import {readPack} from '../../source/engine/pack/read-pack.ts';
import {makeDev, makeProd} from './make-data.ts';
import {median, race, ratio, runProcess} from './measure.ts';
import {printTable, program, seconds, times} from './program.ts';

const rows = 200_000;
const rounds = 5;

/**
Applying 100,000 row changes, whole process with guards, verification and receipt, beside
the same statements run bare in one transaction.
*/
export async function benchmarkApply(folder: string): Promise<void> {
	const prod = makeProd(folder, rows);
	const dev = makeDev(folder, prod, '50 %');
	const output = path.join(folder, 'runs');
	const run = async (...args: string[]) => {
		const ended = await runProcess(process.execPath, [program, ...args, '--output', output]);
		if (ended.exitCode !== 0 && ended.exitCode !== 1) {
			throw new Error(`${args[0] ?? ''} ended with ${ended.exitCode}`);
		}
		return ended;
	};
	const pair = ['--prod', prod, '--dev', dev];
	await run('diff', '--quiet', ...pair);
	await run('resolve', '--all', 'theirs', ...pair);
	await run('plan', '--quiet', ...pair);
	const packFile = path.join(output, 'migration_pack.sql');
	const pack = await readPack(packFile);
	const statements = [...pack.steps()].filter(({allowed}) => allowed).map(({sql}) => sql);

	const untouched = path.join(folder, 'untouched.db');
	copyFileSync(prod, untouched);
	const restore = () => copyFileSync(untouched, prod);
	const taken = await race(
		{
			apply: async () => {
				restore();
				return (await run('apply', packFile, '--yes', '--quiet', ...pair)).seconds;
			},
			bare: async () => {
				restore();
				return Promise.resolve(runBare(prod, statements));
			},
		},
		rounds,
	);
	printTable(
		['row changes', 'apply (whole process)', 'same statements, bare', 'ratio'],
		[
			[
				statements.length.toLocaleString('en'),
				seconds(median(taken['apply'] ?? [])),
				seconds(median(taken['bare'] ?? [])),
				times(ratio(taken, 'apply', 'bare')),
			],
		],
	);
	for (const file of [prod, dev, untouched, output]) rmSync(file, {recursive: true});
}

function runBare(file: string, statements: readonly string[]): number {
	const database = new Database(file);
	const began = performance.now();
	database.exec('BEGIN');
	for (const sql of statements) database.exec(sql);
	database.exec('COMMIT');
	const taken = (performance.now() - began) / 1000;
	database.close();
	return taken;
}
