import {sameField} from '../../../model/encoding.ts';
import {digestBytes, FieldWriter} from '../../../model/field-writer.ts';
import {PackedPairs} from '../../../model/packed-pairs.ts';
import {
	areSame,
	encodeExactly,
	makeSuspicion,
	writeValue,
	type SqliteValue,
	type TextEncoding,
} from '../rows/values.ts';
import type {BatchPool} from './batch-pool.ts';
import {constantField, type PairColumn} from './pair-columns.ts';

/** Stops a query whose differences would fill the memory. */
export class TooMuchKept extends Error {}

const batchRows = 2000;
const batchBytes = 4_000_000;

const none = -1;
const sameByte = sameField.charCodeAt(0);

/** One side's row as the statement hands it over. */
type Side = {
	/** Position of each column's value, −1 where this side has none. */
	readonly at: readonly number[];
	/** The same of the key's columns. */
	readonly keyAt: readonly number[];
	/** What is written for a column without a value. */
	readonly constants: readonly string[];
};

/**
Makes row pairs of the values that a statement hands over, prod's columns before dev's.

Rows come as the arguments of an SQL function, not as result rows: on Node 20 the driver sets
a row's cells one by one, which takes twice as long as all the rest of reading (measured:
500,000 pairs of 10 columns in 0.65 s instead of 1.5 s).
*/
export class RowPairs {
	readonly #prod: Side;
	readonly #dev: Side;
	readonly #comparedCount: number;
	readonly #encoding: TextEncoding;
	readonly #isSuspect: (text: string) => boolean;
	/** Where each field of the row written last begins, and where the last one ends. */
	readonly #starts: number[];
	/** Dev's row in full, for its digest. */
	readonly #full = new FieldWriter(4096);
	#batches: PackedPairs[] = [];
	readonly #pool: BatchPool;
	#open: PackedPairs;
	#bytesKept = 0;
	/** How many bytes may be kept until they are taken. */
	limit = Number.POSITIVE_INFINITY;
	#isExact = false;
	#toSkip = 0;
	#foundSuspect = false;

	constructor(
		columns: readonly PairColumn[],
		comparedCount: number,
		keyIndexes: readonly number[],
		encoding: TextEncoding,
		pool: BatchPool,
	) {
		this.#pool = pool;
		this.#open = new PackedPairs(0);
		let count = 0;
		const place = (side: 'prod' | 'dev'): Side => {
			const at = columns.map((column) => (column[side].kind === 'column' ? count++ : -1));
			return {
				at,
				keyAt: keyIndexes.map((index) => at[index] ?? -1),
				constants: columns.map((column) => constantField(column[side])),
			};
		};
		this.#prod = place('prod');
		this.#dev = place('dev');
		this.#comparedCount = comparedCount;
		this.#encoding = encoding;
		this.#isSuspect = makeSuspicion(encoding);
		this.#starts = [...columns.map(() => 0), 0];
	}

	/** True once text may have lost bytes: what was collected since is worthless, read exactly. */
	get foundSuspect(): boolean {
		return this.#foundSuspect;
	}

	/** Whether `takeBatches` would give one that needs no more. */
	get hasBatch(): boolean {
		return this.#batches.length > 0;
	}

	/** Before each segment; the batches of the one before are taken back. */
	beginSegment(): void {
		this.#pool.recycle();
		this.#open = this.#pool.take();
		this.#batches = [];
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

	/** What was collected, in batches of a bounded size; good until the next segment begins. */
	takeBatches(): PackedPairs[] {
		this.#closeBatch();
		const batches = this.#batches;
		this.#batches = [];
		this.#bytesKept = 0;
		return batches;
	}

	#closeBatch(): void {
		if (this.#open.length === 0) return;
		this.#batches.push(this.#open);
		this.#bytesKept += this.#open.byteLength;
		this.#open = this.#pool.take();
		if (this.#bytesKept > this.limit) throw new TooMuchKept();
	}

	add(values: readonly SqliteValue[]): void {
		if (this.#toSkip > 0) {
			this.#toSkip--;
			return;
		}
		if (this.#foundSuspect) return;
		this.#write(values);
		const {length, byteLength} = this.#open;
		if (length >= batchRows || byteLength >= batchBytes) this.#closeBatch();
	}

	#write(values: readonly SqliteValue[]): void {
		const hasProd = this.#isPresent(values, this.#prod);
		const hasDev = this.#isPresent(values, this.#dev);
		const side = hasProd ? this.#prod : this.#dev;
		const {fields} = this.#open;
		const at = this.#open.begin();
		const keyAt = fields.size;
		for (const position of side.keyAt) this.#writeField(values, position, '');
		const rowAt = fields.size;
		const digest = this.#writeRow(values, side);
		const besideAt = fields.size;
		fields.putDigest(hasProd ? at : at + digestBytes, digest);
		let devSize = hasProd ? none : besideAt - rowAt;
		if (hasProd && hasDev) {
			const devDigest = this.#writeBeside(values);
			if (devDigest === digest && !this.#foundSuspect) {
				throw new Error('SQLite calls two rows different that are the same');
			}
			devSize = fields.size - besideAt;
			fields.putDigest(at + digestBytes, devDigest);
		}
		const prodSize = hasProd ? besideAt - rowAt : none;
		this.#open.end(at, rowAt - keyAt, prodSize, devSize, none, 1);
	}

	/** @returns The digest of its compared fields. */
	#writeRow(values: readonly SqliteValue[], {at, constants}: Side): string {
		const {fields} = this.#open;
		const starts = this.#starts;
		for (let index = 0; index < at.length; index++) {
			starts[index] = fields.size;
			this.#writeField(values, at[index] ?? -1, constants[index] ?? '');
		}
		starts[at.length] = fields.size;
		return fields.digest(starts[0] ?? 0, starts[this.#comparedCount] ?? 0);
	}

	/**
	Writes dev's row beside prod's: a field that is the same is not encoded again.

	@returns The digest of its compared fields, written out in full.
	*/
	#writeBeside(values: readonly SqliteValue[]): string {
		const {fields} = this.#open;
		const full = this.#full;
		const starts = this.#starts;
		const prodAt = this.#prod.at;
		const devAt = this.#dev.at;
		const comparedEnd = starts[this.#comparedCount] ?? 0;
		full.size = 0;
		// Of prod's row, what is not yet written out for dev.
		let sharedFrom = starts[0] ?? 0;
		for (let index = 0; index < devAt.length; index++) {
			const from = starts[index] ?? 0;
			const to = starts[index + 1] ?? 0;
			const ours = prodAt[index] ?? -1;
			const theirs = devAt[index] ?? -1;
			const isKnown = !this.#isExact && ours >= 0 && theirs >= 0;
			if (isKnown && areSame(values[ours] ?? null, values[theirs] ?? null)) {
				fields.writeByte(sameByte);
				continue;
			}
			const start = fields.size;
			this.#writeField(values, theirs, this.#dev.constants[index] ?? '');
			if (fields.holdsTwice(from, to, start)) {
				fields.size = start;
				fields.writeByte(sameByte);
			} else if (index < this.#comparedCount) {
				full.repeat(fields, sharedFrom, from);
				full.repeat(fields, start, fields.size);
				sharedFrom = to;
			}
		}
		full.repeat(fields, sharedFrom, comparedEnd);
		return full.digest(0, full.size);
	}

	#writeField(values: readonly SqliteValue[], at: number, constant: string): void {
		const {fields} = this.#open;
		if (at < 0) {
			fields.writeEncoded(constant);
		} else if (this.#isExact) {
			const [value, isText] = [values[2 * at] ?? null, values[2 * at + 1] ?? null];
			fields.writeEncoded(encodeExactly(value, isText, this.#encoding));
		} else {
			const value = values[at] ?? null;
			const isAscii = writeValue(fields, value);
			if (!isAscii && this.#isSuspect(String(value))) this.#foundSuspect = true;
		}
	}

	/** A row's key holds no NULL, so NULL there means that the join found no row. */
	#isPresent(values: readonly SqliteValue[], {keyAt}: Side): boolean {
		const at = keyAt[0] ?? -1;
		return at >= 0 && values[this.#isExact ? 2 * at : at] !== null;
	}
}
