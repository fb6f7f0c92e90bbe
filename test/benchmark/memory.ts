import {rmSync} from 'node:fs';
import path from 'node:path';
import {makeDev, makeProd} from './make-data.ts';
import {megabytes, printTable, runDiff, seconds} from './program.ts';

/** Peak memory of a whole comparison at two sizes: it must not grow with the table. */
export async function benchmarkMemory(folder: string): Promise<void> {
	const table: string[][] = [];
	for (const rows of [1_000_000, 5_000_000]) {
		const prod = makeProd(folder, rows);
		for (const share of ['1 %', '50 %'] as const) {
			const dev = makeDev(folder, prod, share);
			const output = path.join(folder, 'runs');
			const run = await runDiff(prod, dev, output);
			table.push([
				rows.toLocaleString('en'),
				share,
				seconds(run.seconds),
				megabytes(run.peakBytes),
			]);
			rmSync(output, {recursive: true});
			rmSync(dev);
		}
		rmSync(prod);
	}
	printTable(['rows', 'rows that differ', 'whole process', 'peak memory'], table);
}
