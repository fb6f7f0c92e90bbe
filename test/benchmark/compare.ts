import {rmSync} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import {makeDev, makeProd, shares, type Share} from './make-data.ts';
import {median, race, ratio, runProcess} from './measure.ts';
import {printTable, runDiff, seconds, times} from './program.ts';

const rows = 1_000_000;
const rounds = 5;

/**
Comparing 1,000,000 rows × 10 columns: this program (whole, and the comparing alone with
checkpoints and stored differences) beside `sqldiff` and beside a bare SQL join.
*/
export async function benchmarkCompare(folder: string): Promise<void> {
	const prod = makeProd(folder, rows);
	const hasSqldiff = await runProcess('sqldiff', ['--help']).then(
		() => true,
		() => false,
	);
	if (!hasSqldiff)
		console.log('sqldiff is not installed (Debian: sqlite3-tools): no ratio to it.\n');
	const table: string[][] = [];
	for (const share of Object.keys(shares) as Share[]) {
		const dev = makeDev(folder, prod, share);
		const comparing: number[] = [];
		const taken = await race(
			{
				whole: async () => {
					const output = path.join(folder, 'runs');
					const run = await runDiff(prod, dev, output);
					rmSync(output, {recursive: true});
					comparing.push(run.comparingSeconds);
					return run.seconds;
				},
				...(hasSqldiff && {
					sqldiff: async () =>
						(await runProcess('sqldiff', [prod, dev], {keepOutput: false})).seconds,
				}),
				floor: () => Promise.resolve(measureJoin(prod, dev)),
			},
			rounds,
		);
		// The first round only warms, as in the race.
		taken['comparing'] = comparing.slice(1);
		table.push([
			share,
			seconds(median(taken['comparing'])),
			seconds(median(taken['whole'] ?? [])),
			seconds(median(taken['sqldiff'] ?? [])),
			seconds(median(taken['floor'] ?? [])),
			times(ratio(taken, 'comparing', 'sqldiff')),
			times(ratio(taken, 'whole', 'sqldiff')),
			times(ratio(taken, 'comparing', 'floor')),
		]);
		rmSync(dev);
	}
	rmSync(prod);
	printTable(
		[
			'rows that differ',
			'comparing',
			'whole process',
			'sqldiff',
			'floor (bare join)',
			'comparing ÷ sqldiff',
			'whole ÷ sqldiff',
			'comparing ÷ floor',
		],
		table,
	);
}

/** Counts the rows that differ with one join; finds no added rows, stores nothing. */
function measureJoin(prod: string, dev: string): number {
	const began = performance.now();
	const database = new Database(prod, {readonly: true});
	database.prepare('ATTACH ? AS dev').run(dev);
	const columns = database.pragma('table_info(customer)') as {name: string}[];
	const differs = columns.map(({name}) => `p."${name}" IS NOT d."${name}"`).join(' OR ');
	database
		.prepare(`SELECT count(*) FROM main.customer p JOIN dev.customer d USING (id) WHERE ${differs}`)
		.get();
	database.close();
	return (performance.now() - began) / 1000;
}
