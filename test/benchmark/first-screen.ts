import path from 'node:path';
import {Terminal} from '../terminal/terminal.ts';
import {makeDev, makeProd} from './make-data.ts';
import {median} from './measure.ts';
import {printTable, reach, seconds} from './print.ts';
import {program} from './program.ts';

/** Seconds. */
const latest = 0.5;

/** From starting the program in a pseudo-terminal to its first screen with something on it. */
export async function benchmarkFirstScreen(folder: string, rounds: number): Promise<void> {
	const prod = makeProd(folder, 1000);
	const dev = makeDev(folder, prod, '1 %');
	const taken: number[] = [];
	for (let round = 0; round <= rounds; round++) {
		const began = performance.now();
		const terminal = new Terminal(
			[
				process.execPath,
				program,
				'--prod',
				prod,
				'--dev',
				dev,
				'--output',
				path.join(folder, 'runs'),
			],
			{cwd: folder},
		);
		await terminal.waitFor('Connect');
		if (round > 0) taken.push((performance.now() - began) / 1000);
		await terminal.dispose();
	}
	printTable(
		['first screen', 'slowest'],
		[[reach(median(taken), latest, seconds), seconds(Math.max(...taken))]],
	);
}
