import {fileURLToPath} from 'node:url';
import {z} from 'zod';
import {runProcess, type ProcessRun} from './measure.ts';

/** The bundled program, as it is installed. */
export const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

const diffDocument = z.object({comparingSeconds: z.number()});

/** `diff` on two files. @returns The whole process and the comparing alone, in seconds. */
export async function runDiff(
	prod: string,
	dev: string,
	output: string,
): Promise<ProcessRun & {readonly comparingSeconds: number}> {
	const run = await runProcess(process.execPath, [
		program,
		'diff',
		'--fresh',
		'--json',
		...['--prod', prod, '--dev', dev, '--output', output],
	]);
	if (run.exitCode !== 0 && run.exitCode !== 1) throw new Error(`diff ended with ${run.exitCode}`);
	return {...run, ...diffDocument.parse(JSON.parse(run.stdout))};
}

export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	console.log(line(header));
	console.log(line(header.map(() => '---')));
	for (const row of rows) console.log(line(row));
}

export const seconds = (value: number) => `${value.toFixed(2)} s`;
export const times = (value: number) => (Number.isNaN(value) ? '–' : `${value.toFixed(2)} ×`);
export const megabytes = (bytes: number | null) =>
	bytes === null ? '–' : `${(bytes / 2 ** 20).toFixed(0)} MB`;
