import {rmSync} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import {makeDev, makeProd, shares, type Share} from './make-data.ts';
import {
	highestPeak,
	medianCpu,
	medianRatio,
	medianSeconds,
	race,
	runHere,
	runProcess,
	type Sample,
} from './measure.ts';
import {megabytes, printTable, reach, seconds, times} from './print.ts';
import {runDiff} from './program.ts';

const rows = 1_000_000;

/** At most so many times as long as `sqldiff`. */
const reaches: Record<Share, {readonly comparing: number; readonly whole: number}> = {
	'0 %': {comparing: 1, whole: 1.5},
	'0.01 %': {comparing: 1, whole: 1.5},
	'1 %': {comparing: 1, whole: 1.5},
	'50 %': {comparing: 1.5, whole: 2},
};

/**
Comparing 1,000,000 rows × 10 columns: this program (whole, and the comparing alone, with
checkpoints and stored differences) beside `sqldiff` and beside a plain SQL join.
*/
export async function benchmarkSqliteCompare(folder: string, rounds: number): Promise<void> {
	const prod = makeProd(folder, rows);
	const hasSqldiff = await runProcess('sqldiff', ['--help']).then(
		() => true,
		() => false,
	);
	if (!hasSqldiff) {
		console.log('sqldiff is not installed (Debian: sqlite3-tools): no ratio to it.\n');
	}
	const table: string[][] = [];
	// The keys are those of `shares`.
	for (const share of Object.keys(shares) as Share[]) {
		const dev = makeDev(folder, prod, share);
		const comparing: Sample[] = [];
		const {whole, sqldiff, join} = await race(
			{
				whole: async () => {
					const run = await runDiff(prod, dev, path.join(folder, 'runs'));
					comparing.push({seconds: run.comparingSeconds, cpuSeconds: null, peakBytes: null});
					return run;
				},
				sqldiff: () =>
					hasSqldiff
						? runProcess('sqldiff', [prod, dev], {keepOutput: false})
						: Promise.resolve({seconds: Number.NaN, cpuSeconds: null, peakBytes: null}),
				join: () => runHere(() => countDifferent(prod, dev)),
			},
			rounds,
		);
		// The first round only warms, as in the race.
		comparing.shift();
		table.push([
			share,
			seconds(medianSeconds(comparing)),
			reach(medianRatio(comparing, sqldiff), reaches[share].comparing),
			times(medianRatio(comparing, join)),
			seconds(medianSeconds(whole)),
			reach(medianRatio(whole, sqldiff), reaches[share].whole),
			seconds(medianCpu(whole)),
			reach(highestPeak(whole), 200 * 2 ** 20, megabytes),
			`${seconds(medianSeconds(sqldiff))} (${seconds(medianCpu(sqldiff))})`,
			`${seconds(medianSeconds(join))} (${seconds(medianCpu(join))})`,
		]);
		rmSync(dev);
	}
	rmSync(prod);
	printTable(
		[
			'differ',
			'comparing',
			'÷ sqldiff',
			'÷ join',
			'whole process',
			'÷ sqldiff',
			'its CPU',
			'peak memory',
			'sqldiff (CPU)',
			'plain join (CPU)',
		],
		table,
	);
}

/** Counts the rows that differ with one join; finds no added rows, stores nothing. */
function countDifferent(prod: string, dev: string): void {
	const database = new Database(prod, {readonly: true});
	database.prepare('ATTACH ? AS dev').run(dev);
	// The columns of table_info.
	const columns = database.pragma('table_info(customer)') as {name: string}[];
	const differs = columns.map(({name}) => `p."${name}" IS NOT d."${name}"`).join(' OR ');
	database
		.prepare(`SELECT count(*) FROM main.customer p JOIN dev.customer d USING (id) WHERE ${differs}`)
		.get();
	database.close();
}
