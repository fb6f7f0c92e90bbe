import {rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {z} from 'zod';
import {runProcess, type ProcessRun} from './measure.ts';

/** The bundled program, as it is installed. */
export const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

const diffDocument = z.object({comparingSeconds: z.number()});

/**
`diff` on two databases, in a new run that is removed afterwards.

@returns The whole process, and the comparing alone, in seconds.
*/
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
	rmSync(output, {recursive: true});
	if (run.exitCode !== 0 && run.exitCode !== 1) throw new Error(`diff ended with ${run.exitCode}`);
	return {...run, ...diffDocument.parse(JSON.parse(run.stdout))};
}
