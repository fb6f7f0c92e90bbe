import {copyFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import {z} from 'zod';
import {readPack} from '../../source/engine/pack/read-pack.ts';
import {makeDev, makeProd} from './make-data.ts';
import {
	highestPeak,
	medianCpu,
	medianRatio,
	medianSeconds,
	race,
	runHere,
	runProcess,
} from './measure.ts';
import {megabytes, printTable, reach, seconds} from './print.ts';
import {program} from './program.ts';

const planDocument = z.object({pack: z.object({sql: z.string()})});

const rows = 200_000;
/** At most so many times as long as the bare statements. */
const mostTimes = 5;

/**
Applying 100,000 row changes, whole process with guards, verification and receipt, beside
the same statements run bare in one transaction.
*/
export async function benchmarkApply(folder: string, rounds: number): Promise<void> {
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
	const planned = await run('plan', '--json', ...pair);
	const packFile = planDocument.parse(JSON.parse(planned.stdout)).pack.sql;
	const pack = await readPack(packFile);
	const statements = [...pack.steps()].filter(({allowed}) => allowed).map(({sql}) => sql);

	const untouched = path.join(folder, 'untouched.db');
	copyFileSync(prod, untouched);
	const restore = () => copyFileSync(untouched, prod);
	const {apply, bare} = await race(
		{
			apply: () => {
				restore();
				return run('apply', packFile, '--yes', '--quiet', ...pair);
			},
			bare: () => {
				restore();
				return runHere(() => runBare(prod, statements));
			},
		},
		rounds,
	);
	printTable(
		['row changes', 'apply (whole process)', 'its CPU', 'peak memory', 'statements bare', '÷ bare'],
		[
			[
				statements.length.toLocaleString('en'),
				seconds(medianSeconds(apply)),
				seconds(medianCpu(apply)),
				megabytes(highestPeak(apply)),
				`${seconds(medianSeconds(bare))} (CPU ${seconds(medianCpu(bare))})`,
				reach(medianRatio(apply, bare), mostTimes),
			],
		],
	);
	for (const file of [prod, dev, untouched, output]) rmSync(file, {recursive: true});
}

function runBare(file: string, statements: readonly string[]): void {
	const database = new Database(file);
	database.exec('BEGIN');
	for (const sql of statements) database.exec(sql);
	database.exec('COMMIT');
	database.close();
}
