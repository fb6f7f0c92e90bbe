import {createHash} from 'node:crypto';
import {closeSync, openSync, readSync} from 'node:fs';
import {InterruptedError} from '../../model/errors.ts';
import {createTurns} from '../take-turns.ts';

const chunkBytes = 1024 * 1024;

/** SHA-256 of a file's first bytes, hex. @throws {InterruptedError} On abort. */
export async function hashFile(
	file: string,
	bytes: number,
	signal: AbortSignal | undefined,
): Promise<string> {
	const hash = createHash('sha256');
	const turns = createTurns();
	const buffer = Buffer.allocUnsafe(chunkBytes);
	const descriptor = openSync(file, 'r');
	try {
		for (let at = 0; at < bytes;) {
			const read = readSync(descriptor, buffer, 0, Math.min(buffer.length, bytes - at), at);
			if (read === 0) break;
			hash.update(buffer.subarray(0, read));
			at += read;
			if (turns.isDue()) await turns.take();
			if (signal?.aborted) throw new InterruptedError('Reading the pack was stopped.');
		}
		return hash.digest('hex');
	} finally {
		closeSync(descriptor);
	}
}
