import {isAscii} from 'node:buffer';
import {createHash} from 'node:crypto';
import {closeSync, openSync, readSync, renameSync, rmSync, writeSync} from 'node:fs';
import {StoreError} from '../../model/errors.ts';

const chunkBytes = 256 * 1024;

/** A file that is written from front to back under another name until it is complete. */
export class PackFile {
	readonly #path: string;
	readonly #temporary: string;
	readonly #descriptor: number;
	readonly #hash = createHash('sha256');
	#waiting = '';
	#bytes = 0;

	/** @throws {StoreError} When the folder can't be written to. */
	constructor(path: string) {
		this.#path = path;
		this.#temporary = `${path}.${process.pid}.part`;
		this.#descriptor = guardFile(path, () => openSync(this.#temporary, 'w'));
	}

	/** How many bytes were written so far. */
	get bytes(): number {
		return this.#bytes;
	}

	write(text: string): void {
		this.#waiting += text;
		this.#bytes += Buffer.byteLength(text);
		if (this.#waiting.length >= chunkBytes) this.#flush();
	}

	/** The digest of everything so far. */
	digest(): string {
		this.#flush();
		return this.#hash.copy().digest('hex');
	}

	/** Ends writing; the file is complete but not yet in its place. */
	close(): void {
		this.#flush();
		closeSync(this.#descriptor);
	}

	/** Puts the complete file in its place. */
	publish(): void {
		guardFile(this.#path, () => renameSync(this.#temporary, this.#path));
	}

	/** Removes what was written. */
	discard(): void {
		try {
			closeSync(this.#descriptor);
		} catch {
			// It was closed before something else failed.
		}
		rmSync(this.#temporary, {force: true});
	}

	#flush(): void {
		if (this.#waiting === '') return;
		const bytes = Buffer.from(this.#waiting);
		this.#waiting = '';
		this.#hash.update(bytes);
		guardFile(this.#path, () => {
			for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at);
		});
	}
}

function guardFile<T>(path: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		const isFull = code === 'ENOSPC' || code === 'EDQUOT';
		throw new StoreError(
			`${path} can't be written: ${isFull ? 'the disk is full' : code || 'unknown reason'}.`,
			{hint: 'Make room, or name another folder with --output.', cause: error},
		);
	}
}

/** Reads a file in ascending pieces. */
export class PieceReader {
	readonly #descriptor: number;
	#buffer: Buffer = Buffer.alloc(0);
	/** The buffer's text where every character is one byte: cutting it costs nothing. */
	#ascii: string | null = null;
	/** Where the buffer starts in the file. */
	#start = 0;

	constructor(path: string) {
		this.#descriptor = openSync(path, 'r');
	}

	/** The bytes at a place; fewer where the file ends. */
	readBytes(offset: number, length: number): Buffer {
		const from = this.#load(offset, length);
		return this.#buffer.subarray(from, from + length);
	}

	/** The text at a place; shorter where the file ends. */
	readText(offset: number, length: number): string {
		const from = this.#load(offset, length);
		return this.#ascii === null
			? this.#buffer.toString('utf8', from, from + length)
			: this.#ascii.slice(from, from + length);
	}

	/** Lines with their ends cut off, from a place on; many at a time, since that is quick. */
	*readLines(offset: number): Generator<readonly string[]> {
		let at = offset;
		let size = chunkBytes;
		for (;;) {
			const piece = this.readBytes(at, size);
			const end = piece.lastIndexOf(10);
			if (end >= 0) {
				yield this.readText(at, end).split('\n');
				at += end + 1;
			} else if (piece.length < size) {
				if (piece.length > 0) yield [this.readText(at, piece.length)];
				return;
			} else {
				size *= 2;
			}
		}
	}

	close(): void {
		closeSync(this.#descriptor);
	}

	/** Makes sure that a piece is in the buffer. @returns Where it starts there. */
	#load(offset: number, length: number): number {
		const from = offset - this.#start;
		if (from >= 0 && from + length <= this.#buffer.length) return from;
		const buffer = Buffer.allocUnsafe(Math.max(length, chunkBytes));
		const read = readSync(this.#descriptor, buffer, 0, buffer.length, offset);
		this.#start = offset;
		this.#buffer = buffer.subarray(0, read);
		this.#ascii = isAscii(this.#buffer) ? this.#buffer.toString('latin1') : null;
		return 0;
	}
}
