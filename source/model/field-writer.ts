import {hash} from 'node:crypto';
import {tagBytes} from './encoding.ts';

/** Up to this length a loop over the characters is faster than a call out of JavaScript. */
const shortText = 100;

const colon = 0x3a;
const zero = 0x30;

/** SHA-256 as bytes. */
export const digestBytes = 32;

/**
Writes encoded fields (see encoding.ts) one after another into a growing buffer: rows that
never become strings leave no garbage behind. Half the time of joining strings (measured:
500,000 pairs of 10 columns with their digests in 1.6 s instead of 3.0 s).
*/
export class FieldWriter {
	bytes: Buffer;
	/** Where the next field goes. */
	size = 0;

	constructor(capacity: number) {
		this.bytes = Buffer.allocUnsafeSlow(capacity);
	}

	/** @returns Whether the payload is ASCII throughout. */
	writeText(payload: string): boolean {
		const {length} = payload;
		this.reserve(3 * length + 24);
		const start = this.size;
		if (length <= shortText) {
			this.#writeHead(tagBytes.text, length);
			const {bytes, size} = this;
			let index = 0;
			for (; index < length; index++) {
				const code = payload.charCodeAt(index);
				if (code > 0x7f) break;
				bytes[size + index] = code;
			}
			this.size = size + length;
			if (index === length) return true;
			this.size = start;
		}
		const byteLength = Buffer.byteLength(payload);
		this.#writeHead(tagBytes.text, byteLength);
		this.size += this.bytes.write(payload, this.size);
		return byteLength === length;
	}

	/** A field whose payload is ASCII, by the byte of its kind's tag. */
	writeAscii(tag: number, payload: string): void {
		this.reserve(payload.length + 24);
		this.#writeHead(tag, payload.length);
		this.#writeCodes(payload);
	}

	/** A field whose payload's bytes stand in another buffer as they are. */
	writeBytes(tag: number, source: Buffer, from: number, to: number): void {
		this.reserve(to - from + 24);
		this.#writeHead(tag, to - from);
		this.#copy(source, from, to);
	}

	/** What is encoded already. */
	writeEncoded(encoded: string): void {
		this.reserve(3 * encoded.length);
		this.size += this.bytes.write(encoded, this.size);
	}

	writeByte(byte: number): void {
		this.reserve(1);
		this.bytes[this.size++] = byte;
	}

	/** Writes what another writer, or this one, holds between two places. */
	repeat(other: FieldWriter, from: number, to: number): void {
		this.reserve(to - from);
		this.#copy(other.bytes, from, to);
	}

	/** Whether what stands between two places stands, to the end, at a third as well. */
	holdsTwice(from: number, to: number, again: number): boolean {
		const {bytes, size} = this;
		if (to - from !== size - again) return false;
		for (let at = from; at < to; at++) if (bytes[at] !== bytes[again + at - from]) return false;
		return true;
	}

	/** SHA-256 of what is between two places, a character a byte. */
	digest(from: number, to: number): string {
		const {buffer, byteOffset} = this.bytes;
		// Made in half the time that Buffer's own subarray takes.
		return hash('sha256', new Uint8Array(buffer, byteOffset + from, to - from), 'binary');
	}

	/** Puts a digest at a place where room was made for it. */
	putDigest(at: number, digest: string): void {
		const {bytes} = this;
		for (let index = 0; index < digestBytes; index++) {
			bytes[at + index] = digest.charCodeAt(index);
		}
	}

	/** Makes room for so many bytes more. */
	reserve(more: number): void {
		if (this.size + more <= this.bytes.length) return;
		const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.size + more));
		this.bytes.copy(larger, 0, 0, this.size);
		this.bytes = larger;
	}

	#copy(source: Buffer, from: number, to: number): void {
		const {bytes, size} = this;
		if (to - from > shortText) {
			source.copy(bytes, size, from, to);
		} else {
			for (let at = from; at < to; at++) bytes[size + at - from] = source[at] ?? 0;
		}
		this.size = size + to - from;
	}

	#writeHead(tag: number, length: number): void {
		const {bytes} = this;
		bytes[this.size++] = tag;
		if (length < 10) {
			bytes[this.size++] = zero + length;
		} else if (length < 100) {
			const tens = Math.floor(length / 10);
			bytes[this.size++] = zero + tens;
			bytes[this.size++] = zero + length - 10 * tens;
		} else {
			this.#writeCodes(String(length));
		}
		bytes[this.size++] = colon;
	}

	#writeCodes(ascii: string): void {
		const {bytes, size} = this;
		const {length} = ascii;
		if (length > shortText) {
			bytes.write(ascii, size, 'latin1');
		} else {
			for (let index = 0; index < length; index++) bytes[size + index] = ascii.charCodeAt(index);
		}
		this.size = size + length;
	}
}
