import {absentField, digest, sameField} from '../../../model/encoding.ts';
import type {RowPair} from '../../../model/segment.ts';
import {
	areSame,
	encodeExactly,
	encodeValue,
	makeSuspicion,
	type SqliteValue,
	type TextEncoding,
} from '../rows/values.ts';
import {constantField, type PairColumn} from './pair-columns.ts';

/** Stops a query whose differences would fill the memory. */
export class TooMuchKept extends Error {}

const batchRows = 2000;
const batchCharacters = 4_000_000;

/**
Makes row pairs of the values that a statement hands over, prod's columns before dev's.

Rows come as the arguments of an SQL function, not as result rows: on Node 20 the driver sets
a row's cells one by one, which takes twice as long as all the rest of reading (measured:
500,000 pairs of 10 columns in 0.65 s instead of 1.5 s).
*/
export class RowPairs {
	readonly #columns: readonly PairColumn[];
	readonly #comparedCount: number;
	/** Position of each column's value, -1 where that side has none. */
	readonly #prodAt: readonly number[];
	readonly #devAt: readonly number[];
	readonly #constants: readonly string[];
	readonly #prodKeyAt: readonly number[];
	readonly #devKeyAt: readonly number[];
	readonly #encoding: TextEncoding;
	readonly #isSuspect: (encoded: string) => boolean;
	#batches: RowPair[][] = [];
	#pairs: RowPair[] = [];
	#characters = 0;
	#charactersKept = 0;
	/** How much text may be kept until it is taken. */
	limit = Number.POSITIVE_INFINITY;
	#isExact = false;
	#toSkip = 0;
	#foundSuspect = false;

	constructor(
		columns: readonly PairColumn[],
		comparedCount: number,
		keyIndexes: readonly number[],
		encoding: TextEncoding,
	) {
		let at = 0;
		const place = (has: boolean) => (has ? at++ : -1);
		this.#columns = columns;
		this.#comparedCount = comparedCount;
		this.#prodAt = columns.map(({prod}) => place(prod.kind === 'column'));
		this.#devAt = columns.map(({dev}) => place(dev.kind === 'column'));
		this.#constants = columns.map(({prod}) => constantField(prod));
		this.#prodKeyAt = keyIndexes.map((index) => this.#prodAt[index] ?? -1);
		this.#devKeyAt = keyIndexes.map((index) => this.#devAt[index] ?? -1);
		this.#encoding = encoding;
		this.#isSuspect = makeSuspicion(encoding);
	}

	/** True once text may have lost bytes: what was collected since is worthless, read exactly. */
	get foundSuspect(): boolean {
		return this.#foundSuspect;
	}

	/** Whether `takeBatches` would give one that needs no more. */
	get hasBatch(): boolean {
		return this.#batches.length > 0;
	}

	/**
	@param isExact Every value is followed by whether it is text given as bytes.
	@param toSkip Pairs to leave out at the start, since they were given away before.
	*/
	start(isExact: boolean, toSkip: number): void {
		this.#isExact = isExact;
		this.#toSkip = toSkip;
		this.#foundSuspect = false;
		this.takeBatches();
	}

	/** What was collected, in batches of a bounded size. */
	takeBatches(): RowPair[][] {
		this.#closeBatch();
		const batches = this.#batches;
		this.#batches = [];
		this.#charactersKept = 0;
		return batches;
	}

	#closeBatch(): void {
		if (this.#pairs.length > 0) this.#batches.push(this.#pairs);
		this.#pairs = [];
		this.#charactersKept += this.#characters;
		this.#characters = 0;
		if (this.#charactersKept > this.limit) throw new TooMuchKept();
	}

	add(values: readonly SqliteValue[]): void {
		if (this.#toSkip > 0) {
			this.#toSkip--;
			return;
		}
		if (this.#foundSuspect) return;
		const pair = this.#isExact ? this.#encodeExactly(values) : this.#encode(values);
		const {prod, dev} = pair;
		if (!this.#isExact && (this.#isSuspect(prod ?? '') || this.#isSuspect(dev ?? ''))) {
			this.#foundSuspect = true;
			return;
		}
		if (pair.prodDigest === pair.devDigest) {
			throw new Error('SQLite calls two rows different that are the same');
		}
		this.#pairs.push(pair);
		this.#characters += (prod?.length ?? 0) + (dev?.length ?? 0);
		const isFull = this.#pairs.length >= batchRows || this.#characters >= batchCharacters;
		if (isFull) this.#closeBatch();
	}

	#encode(values: readonly SqliteValue[]): RowPair {
		const hasProd = isPresent(values, this.#prodKeyAt);
		const hasDev = isPresent(values, this.#devKeyAt);
		if (hasProd && hasDev) return this.#encodeBoth(values);
		return this.#encodeOne(
			hasProd,
			this.#columns.map((_, index) =>
				hasProd
					? this.#fieldOf(values, this.#prodAt, index)
					: this.#fieldOf(values, this.#devAt, index),
			),
		);
	}

	/** The hot path: a field that both sides share is encoded, and a run of them joined, once. */
	#encodeBoth(values: readonly SqliteValue[]): RowPair {
		const prodAt = this.#prodAt;
		const devAt = this.#devAt;
		const lastCompared = this.#comparedCount - 1;
		let [prod, dev, fullDev, shared] = ['', '', '', ''];
		let [prodDigest, devDigest] = ['', ''];
		for (let index = 0; index < prodAt.length; index++) {
			const ours = prodAt[index] ?? -1;
			const theirs = devAt[index] ?? -1;
			let field: string;
			let other: string;
			if (ours >= 0 && theirs >= 0) {
				const value = values[ours] ?? null;
				const otherValue = values[theirs] ?? null;
				field = encodeValue(value);
				other = areSame(value, otherValue) ? field : encodeValue(otherValue);
			} else {
				field = this.#fieldOf(values, prodAt, index);
				other = this.#fieldOf(values, devAt, index);
			}
			if (field === other) {
				shared += field;
				dev += sameField;
			} else {
				prod += shared + field;
				fullDev += shared + other;
				shared = '';
				dev += other;
			}
			if (index === lastCompared) {
				prod += shared;
				prodDigest = digest(prod);
				devDigest = digest(fullDev + shared);
				shared = '';
			}
		}
		prod += shared;
		let key = '';
		for (const at of this.#prodKeyAt) key += encodeValue(values[at] ?? null);
		return {key, prod, dev, prodDigest, devDigest, copies: 1};
	}

	#encodeOne(isProd: boolean, fields: readonly string[]): RowPair {
		const row = fields.join('');
		const rowDigest = digest(fields.slice(0, this.#comparedCount).join(''));
		const positions = isProd ? this.#prodAt : this.#devAt;
		const keyPositions = isProd ? this.#prodKeyAt : this.#devKeyAt;
		const key = keyPositions.map((at) => fields[positions.indexOf(at)] ?? absentField).join('');
		return {
			key,
			prod: isProd ? row : null,
			dev: isProd ? null : row,
			prodDigest: isProd ? rowDigest : null,
			devDigest: isProd ? null : rowDigest,
			copies: 1,
		};
	}

	#fieldOf(values: readonly SqliteValue[], positions: readonly number[], index: number): string {
		const at = positions[index] ?? -1;
		if (at >= 0) return encodeValue(values[at] ?? null);
		return positions === this.#prodAt ? (this.#constants[index] ?? absentField) : absentField;
	}

	#encodeExactly(values: readonly SqliteValue[]): RowPair {
		const fieldOf = (positions: readonly number[], index: number) => {
			const at = positions[index] ?? -1;
			if (at < 0) return this.#fieldOf([], positions, index);
			return encodeExactly(values[2 * at] ?? null, values[2 * at + 1] ?? null, this.#encoding);
		};
		const has = (keyAt: readonly number[]) =>
			isPresent(
				values,
				keyAt.map((at) => 2 * at),
			);
		const prod = this.#columns.map((_, index) => fieldOf(this.#prodAt, index));
		const dev = this.#columns.map((_, index) => fieldOf(this.#devAt, index));
		const hasProd = has(this.#prodKeyAt);
		if (!hasProd || !has(this.#devKeyAt)) return this.#encodeOne(hasProd, hasProd ? prod : dev);
		return {
			...this.#encodeOne(true, prod),
			dev: dev.map((field, index) => (field === prod[index] ? sameField : field)).join(''),
			devDigest: digest(dev.slice(0, this.#comparedCount).join('')),
		};
	}
}

/** A row's key holds no NULL, so NULL there means that the join found no row. */
function isPresent(values: readonly SqliteValue[], keyAt: readonly number[]): boolean {
	const at = keyAt[0] ?? -1;
	return at >= 0 && values[at] !== null;
}
