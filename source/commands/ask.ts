import {createInterface, type Interface} from 'node:readline/promises';
import {Writable} from 'node:stream';
import {InterruptedError} from '../model/errors.ts';

/**
Asks a question on stderr and reads one line from stdin.

@throws {InterruptedError} When ctrl+c or ctrl+d ends it.
*/
export function askOnTerminal(question: string): Promise<string> {
	return readLine(question, createInterface({input: process.stdin, output: process.stderr}));
}

/**
Asks for what is not shown while it is typed.

@throws {InterruptedError} When ctrl+c or ctrl+d ends it.
*/
export async function askSecretOnTerminal(question: string): Promise<string> {
	// The terminal stops echoing, and what would be echoed instead goes nowhere.
	const output = new Writable({write: (_chunk, _encoding, done) => done()});
	const terminal = createInterface({input: process.stdin, output, terminal: true});
	process.stderr.write(question);
	try {
		return await readLine('', terminal);
	} finally {
		process.stderr.write('\n');
	}
}

async function readLine(question: string, terminal: Interface): Promise<string> {
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
