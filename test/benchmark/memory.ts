import {rmSync} from 'node:fs';
import path from 'node:path';
import {makeDev, makeProd} from './make-data.ts';
import {megabytes, printTable, reach, seconds} from './print.ts';
import {runDiff} from './program.ts';

/** Peak memory of a whole comparison at two sizes: it must not grow with the table. */
export async function benchmarkMemory(folder: string): Promise<void> {
	const table: string[][] = [];
	for (const rows of [1_000_000, 5_000_000]) {
		const prod = makeProd(folder, rows);
		for (const share of ['0 %', '1 %', '50 %'] as const) {
			const dev = makeDev(folder, prod, share);
			const run = await runDiff(prod, dev, path.join(folder, 'runs'));
			table.push([
				rows.toLocaleString('en'),
				share,
				seconds(run.seconds),
				reach(run.peakBytes, 200 * 2 ** 20, megabytes),
			]);
			rmSync(dev);
		}
		rmSync(prod);
	}
	printTable(['rows', 'differ', 'whole process', 'peak memory'], table);
}
