import type {RowBytes} from '../../dialects/side-reader.ts';
import {sameField} from '../../model/encoding.ts';
import {digestBytes, FieldWriter} from '../../model/field-writer.ts';
import {PackedPairs} from '../../model/packed-pairs.ts';

const sameByte = sameField.charCodeAt(0);
const none = -1;

const batchPairs = 2000;
const batchBytes = 2 ** 20;

/** Writes a line's fields as bytes. */
type WriteLine = (line: Buffer, row: RowBytes) => void;

export type PackerOptions = {
	readonly writeProd: WriteLine;
	readonly writeDev: WriteLine;
	readonly columnCount: number;
	readonly comparedCount: number;
	/** Of the key's columns, the positions among the layout's. */
	readonly keyAt: readonly number[];
};

/** Makes packed pairs of two lines without a string or an object for either. */
export class PairPacker {
	readonly #options: PackerOptions;
	readonly #prod: RowBytes = {fields: new FieldWriter(4096), starts: []};
	readonly #dev: RowBytes = {fields: new FieldWriter(4096), starts: []};
	readonly #isSame: boolean[] = [];
	#open = new PackedPairs();
	#size = 0;

	constructor(options: PackerOptions) {
		this.#options = options;
	}

	/** Bytes that were packed since the last `takeBatch`. */
	get size(): number {
		return this.#open.byteLength;
	}

	get hasBatch(): boolean {
		return this.#open.length >= batchPairs || this.#open.byteLength >= batchBytes;
	}

	/** @returns Null when there is none. */
	takeBatch(): PackedPairs | null {
		const batch = this.#open;
		if (batch.length === 0) return null;
		// A buffer like the last one: growing it again and again would cost more.
		this.#size = Math.max(this.#size, batch.byteLength);
		this.#open = new PackedPairs(this.#size + 4096);
		return batch;
	}

	/** Takes two lines. */
	load(prodLine: Buffer, devLine: Buffer): void {
		this.#options.writeProd(prodLine, this.#prod);
		this.#options.writeDev(devLine, this.#dev);
	}

	/** Takes a line of one side. */
	loadOne(side: 'prod' | 'dev', line: Buffer): void {
		if (side === 'prod') this.#options.writeProd(line, this.#prod);
		else this.#options.writeDev(line, this.#dev);
	}

	haveSameKey(): boolean {
		return this.#options.keyAt.every((at) => this.#areSame(at));
	}

	readKey(side: 'prod' | 'dev'): string {
		const row = side === 'prod' ? this.#prod : this.#dev;
		const parts = this.#options.keyAt.map((at) => {
			const [from, to] = placeOf(row, at);
			return row.fields.bytes.toString('utf8', from, to);
		});
		return parts.join('');
	}

	/**
	Packs both rows as one that has changed.

	@returns False when they are the same in every compared column.
	*/
	addBoth(): boolean {
		const {columnCount, comparedCount} = this.#options;
		const isSame = this.#isSame;
		let differs = false;
		for (let index = 0; index < columnCount; index++) {
			const same = this.#areSame(index);
			isSame[index] = same;
			if (!same && index < comparedCount) differs = true;
		}
		if (!differs) return false;
		const [prod, dev] = [this.#prod, this.#dev];
		const {fields} = this.#open;
		const at = this.#open.begin();
		const keySize = this.#writeKey(prod);
		const prodAt = fields.size;
		fields.repeat(prod.fields, 0, prod.fields.size);
		const devAt = fields.size;
		for (let index = 0; index < columnCount; index++) {
			if (isSame[index]) {
				fields.writeByte(sameByte);
			} else {
				fields.repeat(dev.fields, dev.starts[index] ?? 0, dev.starts[index + 1] ?? 0);
			}
		}
		fields.putDigest(at, this.#digest(prod));
		fields.putDigest(at + digestBytes, this.#digest(dev));
		this.#open.end(at, keySize, devAt - prodAt, fields.size - devAt, none, 1);
		return true;
	}

	/** Packs one of the rows as one that the other side has not. */
	addAlone(side: 'prod' | 'dev'): void {
		const row = side === 'prod' ? this.#prod : this.#dev;
		const {fields} = this.#open;
		const at = this.#open.begin();
		const keySize = this.#writeKey(row);
		fields.repeat(row.fields, 0, row.fields.size);
		const {size} = row.fields;
		if (side === 'prod') {
			fields.putDigest(at, this.#digest(row));
			this.#open.end(at, keySize, size, none, none, 1);
		} else {
			fields.putDigest(at + digestBytes, this.#digest(row));
			this.#open.end(at, keySize, none, size, none, 1);
		}
	}

	#writeKey(row: RowBytes): number {
		const {fields} = this.#open;
		const from = fields.size;
		for (const at of this.#options.keyAt) {
			const [start, end] = placeOf(row, at);
			fields.repeat(row.fields, start, end);
		}
		return fields.size - from;
	}

	#digest({fields, starts}: RowBytes): string {
		return fields.digest(0, starts[this.#options.comparedCount] ?? 0);
	}

	#areSame(index: number): boolean {
		const [ours, theirs] = [this.#prod, this.#dev];
		const from = ours.starts[index] ?? 0;
		const to = ours.starts[index + 1] ?? 0;
		const other = theirs.starts[index] ?? 0;
		if ((theirs.starts[index + 1] ?? 0) - other !== to - from) return false;
		const [a, b] = [ours.fields.bytes, theirs.fields.bytes];
		if (to - from > 100) return a.compare(b, other, other + to - from, from, to) === 0;
		for (let at = from; at < to; at++) if (a[at] !== b[other + at - from]) return false;
		return true;
	}
}

function placeOf({starts}: RowBytes, index: number): [from: number, to: number] {
	return [starts[index] ?? 0, starts[index + 1] ?? 0];
}
