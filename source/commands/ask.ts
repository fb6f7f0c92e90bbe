import {createInterface} from 'node:readline/promises';
import {InterruptedError} from '../model/errors.ts';

/**
Asks a question on stderr and reads one line from stdin.

@throws {InterruptedError} When ctrl+c or ctrl+d ends it.
*/
export async function askOnTerminal(question: string): Promise<string> {
	const terminal = createInterface({input: process.stdin, output: process.stderr});
	try {
		return await new Promise<string>((resolve, reject) => {
			const stop = () => reject(new InterruptedError('Interrupted: nothing was changed.'));
			terminal.on('SIGINT', stop);
			terminal.on('close', stop);
			terminal.question(question).then(resolve, reject);
		});
	} finally {
		terminal.close();
	}
}
