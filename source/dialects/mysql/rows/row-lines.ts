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

/**
Writes a row's bytes as a line; there must be room for twice as many and one.

@returns Where the next line starts.
*/
export function writeLine(row: Buffer, from: number, to: number, line: Buffer, at: number): number {
	let end = at;
	for (let index = from; index < to; index++) {
		// The index lies within the buffer.
		const byte = row[index] as number;
		if (byte === lineFeed || byte === escape) {
			line[end++] = escape;
			line[end++] = byte === lineFeed ? escapedLineFeed : escapedEscape;
		} else {
			line[end++] = byte;
		}
	}
	line[end++] = lineFeed;
	return end;
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
