import {connect, createServer, type AddressInfo} from 'node:net';
import {text} from 'node:stream/consumers';
import type {Address} from './address.ts';
import {provide, type ServerKey} from './provide.ts';

/*
The test files of a run are processes of their own. They ask the runner for a server over a
loopback port, so that it starts each one when the first file asks, and only once.
*/

const variable = 'DEEPDIFF_TEST_RUNNER_PORT';

type Answer = {readonly address: Address} | {readonly error: string};

/** For the runner: from here on, test files that it starts take their servers from it. */
export async function serveTests(): Promise<void> {
	const server = createServer((client) => {
		client.on('error', () => undefined);
		// A key is a word, which comes in one piece.
		client.once('data', (key) => {
			void answer(String(key)).then((given) => client.end(JSON.stringify(given)));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	server.unref();
	process.env[variable] = String((server.address() as AddressInfo).port);
}

async function answer(key: string): Promise<Answer> {
	try {
		// Only askRunner writes here.
		return {address: await provide(key as ServerKey)};
	} catch (error) {
		return {error: error instanceof Error ? error.message : String(error)};
	}
}

/** Undefined: this test file was not started by the runner. */
export function askRunner(key: ServerKey): Promise<Address> | undefined {
	const port = process.env[variable];
	return port === undefined ? undefined : ask(Number(port), key);
}

async function ask(port: number, key: ServerKey): Promise<Address> {
	const client = connect(port, '127.0.0.1');
	client.write(key);
	const given = JSON.parse(await text(client)) as Answer;
	if ('error' in given) throw new Error(given.error);
	return given.address;
}
