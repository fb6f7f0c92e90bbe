import {once} from 'node:events';
import {to as copyTo} from 'pg-copy-streams';
import type {PostgresSession} from '../session.ts';

const lineFeed = 10;
const bufferedBytes = 512 * 1024;

/**
Reads the lines of `COPY (query) TO STDOUT` in chunks that end where a line ends; memory is
bounded by a chunk and the longest line. Whoever leaves early stops the server, not only itself:
the transaction has failed then.

@throws {ConnectionLostError | SchemaChangedError | …} As the session explains it.
*/
export async function* copyLines(session: PostgresSession, query: string): AsyncGenerator<Buffer> {
	const stream = session.client.query(
		copyTo(`COPY (${query}) TO STDOUT`, {highWaterMark: bufferedBytes}),
	);
	const state = {hasFailed: false};
	// An error that comes while nobody reads is seen by the next read.
	stream.on('error', () => (state.hasFailed = true));
	let rest: Buffer[] = [];
	try {
		for await (const chunk of stream.iterator({destroyOnReturn: false})) {
			// A stream of bytes gives nothing else.
			const bytes = chunk as Buffer;
			const end = bytes.lastIndexOf(lineFeed) + 1;
			if (end === 0) {
				rest.push(bytes);
				continue;
			}
			const lines = bytes.subarray(0, end);
			yield rest.length === 0 ? lines : Buffer.concat([...rest, lines]);
			rest = end === bytes.length ? [] : [bytes.subarray(end)];
		}
	} catch (error) {
		throw await session.explain(error);
	} finally {
		if (!stream.readableEnded && !state.hasFailed) {
			// It may end before the cancelling is done.
			const hasEnded = once(stream, 'end').catch(() => undefined);
			stream.resume();
			await session.cancel();
			await hasEnded;
		}
	}
}
