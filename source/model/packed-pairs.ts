import {digestBytes, FieldWriter} from './field-writer.ts';
import type {RowPair} from './segment.ts';

/** What a reader gives at once; packed where there may be many. */
export type PairBatch = readonly RowPair[] | PackedPairs;

/** Two digests stand before each pair's key and rows, unwritten for a row that is not there. */
export const headBytes = 2 * digestBytes;

/** Numbers that are kept of each pair beside its bytes. */
const stride = 6;

/** Where a pair's parts are, in bytes; a size is null for a row that is not there. */
export type PackedPlaces = {
	/** Prod's digest, then dev's, the key, prod's row, dev's, the ancestor's. */
	readonly at: number;
	readonly key: number;
	readonly prod: number | null;
	readonly dev: number | null;
	readonly base: number | null;
	readonly copies: number;
};

/**
Row pairs in one buffer, which the store takes as it is: as objects of strings, half a million
of them would cost as much to collect as garbage as to compare.

Of a pair that is read back, `dev` is as it was written: its fields may be `sameField`.
*/
export class PackedPairs implements Iterable<RowPair> {
	/** Between `begin` and `end`: takes the fields of the key, then of the rows. */
	readonly fields: FieldWriter;
	readonly #numbers: number[] = [];
	#length = 0;
	#isPlain = true;

	/** @param capacity In bytes; it grows. */
	constructor(capacity = 64 * 1024) {
		this.fields = new FieldWriter(capacity);
	}

	get length(): number {
		return this.#length;
	}

	get byteLength(): number {
		return this.fields.size;
	}

	/** Whether no pair has an ancestor or copies. */
	get isPlain(): boolean {
		return this.#isPlain;
	}

	/** @returns Where the digests of the new pair belong; the key comes next. */
	begin(): number {
		const at = this.fields.size;
		this.fields.reserve(headBytes);
		this.fields.size = at + headBytes;
		return at;
	}

	/** Sizes in bytes of what was written since `begin`, in this order; −1 for a row that is not there. */
	end(at: number, key: number, prod: number, dev: number, base: number, copies: number): void {
		this.#isPlain &&= base < 0 && copies === 1;
		const numbers = this.#numbers;
		const first = this.#length++ * stride;
		numbers[first] = at;
		numbers[first + 1] = key;
		numbers[first + 2] = prod;
		numbers[first + 3] = dev;
		numbers[first + 4] = base;
		numbers[first + 5] = copies;
	}

	/** Forgets all pairs and keeps the memory that they took. */
	clear(): void {
		this.#length = 0;
		this.#isPlain = true;
		this.fields.size = 0;
	}

	/** @param base The ancestor's row of the same key, if there is one. */
	add(pair: RowPair, base: string | null): void {
		const at = this.begin();
		const write = (encoded: string | null): number => {
			if (encoded === null) return -1;
			const start = this.fields.size;
			this.fields.writeEncoded(encoded);
			return this.fields.size - start;
		};
		for (const [index, digest] of [pair.prodDigest, pair.devDigest].entries()) {
			if (digest !== null) this.fields.bytes.write(digest, at + index * digestBytes, 'hex');
		}
		const [key, prod, dev, ancestor] = [pair.key, pair.prod, pair.dev, base].map(write);
		this.end(at, key ?? 0, prod ?? -1, dev ?? -1, ancestor ?? -1, pair.copies);
	}

	/** Whether one side has no such row. */
	lacks(index: number, side: 'prod' | 'dev'): boolean {
		return this.#number(index, side === 'prod' ? 2 : 3) < 0;
	}

	/** How many pairs lack one side. */
	countLacking(side: 'prod' | 'dev'): number {
		let count = 0;
		for (let index = 0; index < this.length; index++) count += this.lacks(index, side) ? 1 : 0;
		return count;
	}

	places(index: number): PackedPlaces {
		const size = (position: number) => {
			const value = this.#number(index, position);
			return value < 0 ? null : value;
		};
		return {
			at: this.#number(index, 0),
			key: this.#number(index, 1),
			prod: size(2),
			dev: size(3),
			base: size(4),
			copies: this.#number(index, 5),
		};
	}

	/** A pair as strings. */
	pair(index: number): RowPair {
		const {bytes} = this.fields;
		const {at, key, prod, dev, copies} = this.places(index);
		const text = (start: number, size: number) => bytes.toString('utf8', start, start + size);
		const digest = (start: number) => bytes.toString('hex', start, start + digestBytes);
		const keyAt = at + headBytes;
		const prodAt = keyAt + key;
		return {
			key: text(keyAt, key),
			prod: prod === null ? null : text(prodAt, prod),
			dev: dev === null ? null : text(prodAt + (prod ?? 0), dev),
			prodDigest: prod === null ? null : digest(at),
			devDigest: dev === null ? null : digest(at + digestBytes),
			copies,
		};
	}

	*[Symbol.iterator](): Generator<RowPair> {
		for (let index = 0; index < this.length; index++) yield this.pair(index);
	}

	#number(index: number, position: number): number {
		return this.#numbers[index * stride + position] ?? 0;
	}
}
