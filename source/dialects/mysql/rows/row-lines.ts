/*
A row as a line: its values in the order of the query, each as the protocol sends it, a length
and so many bytes, or one byte for NULL; ended by a line feed. Inside, a line feed is written as
0xFF 0x01 and 0xFF itself as 0xFF 0x02.
*/

export const lineFeed = 0x0a;
const escape = 0xff;
const escapedLineFeed = 0x01;
const escapedEscape = 0x02;

/** In the protocol, the length of a NULL. */
const nullMark = 0xfb;

/** Writes the rows of one chunk as lines, most of them by one copy each. */
export class LineWriter {
	readonly #bytes: Buffer;
	#lines: Buffer;
	#length = 0;
	/** Where the next bytes stand that must be escaped. */
	#nextFeed = -1;
	#nextEscape = -1;

	constructor(bytes: Buffer) {
		this.#bytes = bytes;
		this.#lines = Buffer.allocUnsafe(bytes.length);
	}

	/** Takes the bytes of a row; the rows of a chunk come in their order. */
	write(from: number, to: number): void {
		const most = 2 * (to - from) + 1;
		if (this.#length + most > this.#lines.length) this.#grow(most);
		if (this.#isPlain(from, to)) {
			this.#length += this.#bytes.copy(this.#lines, this.#length, from, to);
		} else {
			this.#writeEscaped(from, to);
		}
		this.#lines[this.#length++] = lineFeed;
	}

	/** What was written since the last time. */
	take(): Buffer {
		const taken = this.#lines.subarray(0, this.#length);
		this.#lines = this.#lines.subarray(this.#length);
		this.#length = 0;
		return taken;
	}

	#isPlain(from: number, to: number): boolean {
		if (this.#nextFeed < from) this.#nextFeed = this.#find(lineFeed, from);
		if (this.#nextEscape < from) this.#nextEscape = this.#find(escape, from);
		return this.#nextFeed >= to && this.#nextEscape >= to;
	}

	#find(byte: number, from: number): number {
		const at = this.#bytes.indexOf(byte, from);
		return at < 0 ? Infinity : at;
	}

	#writeEscaped(from: number, to: number): void {
		const bytes = this.#bytes;
		const lines = this.#lines;
		let length = this.#length;
		for (let index = from; index < to; index++) {
			// The index lies within the buffer.
			const byte = bytes[index] as number;
			if (byte === lineFeed || byte === escape) {
				lines[length++] = escape;
				lines[length++] = byte === lineFeed ? escapedLineFeed : escapedEscape;
			} else {
				lines[length++] = byte;
			}
		}
		this.#length = length;
	}

	#grow(most: number): void {
		const larger = Buffer.allocUnsafe(Math.max(this.#length * 2, this.#length + most));
		this.#lines.copy(larger, 0, 0, this.#length);
		this.#lines = larger;
	}
}

/** The row's own bytes again. */
export function readLine(line: Buffer): Buffer {
	let at = line.indexOf(escape);
	if (at < 0) return line;
	const row = Buffer.allocUnsafe(line.length);
	let length = 0;
	let from = 0;
	while (at >= 0) {
		length += line.copy(row, length, from, at);
		row[length++] = line[at + 1] === escapedLineFeed ? lineFeed : escape;
		from = at + 2;
		at = line.indexOf(escape, from);
	}
	length += line.copy(row, length, from);
	return row.subarray(0, length);
}

/** Walks over the values of a row. */
export class ValueCursor {
	/** Of the value that was read last; `from` is negative for NULL. */
	from = 0;
	to = 0;
	readonly #row: Buffer;

	constructor(row: Buffer) {
		this.#row = row;
	}

	next(): void {
		const row = this.#row;
		const first = row.readUInt8(this.to);
		let at = this.to + 1;
		if (first === nullMark) {
			this.from = -1;
			this.to = at;
			return;
		}
		let length = first;
		if (first > nullMark) {
			const size = first === 0xfc ? 2 : first === 0xfd ? 3 : 8;
			// No value has more than 2³² bytes.
			length = row.readUIntLE(at, Math.min(size, 6));
			at += size;
		}
		this.from = at;
		this.to = at + length;
	}
}
