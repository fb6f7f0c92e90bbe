import {bucketCount, readBucketRange} from '../../dialects/side-reader.ts';
import {encodeField} from '../../model/encoding.ts';
import type {Layout} from '../../model/layout.ts';
import type {Segment} from '../../model/segment.ts';

/** Reading a range of buckets means a look at the whole table, so it is never smaller than this. */
const leastRows = 50_000;

/** A range's rows wait in memory for their partners. */
const mostRows = 200_000;

/** Before anything is known about how many rows a bucket holds. */
const firstBuckets = bucketCount / 16;

/** Cuts a table by a hash of its keys, by what its buckets held so far. */
export class BucketRanges {
	readonly #isOnePiece: boolean;
	#rows = 0;
	#buckets = 0;

	constructor({where, key}: Layout) {
		// Only then are both halves of a pair at hand that no condition and no spelling joins.
		this.#isOnePiece = where !== null && key.isLoose === true;
	}

	/** At most `parts - 1` ends of ranges of similar size. */
	split(parts: number): string[] {
		if (this.#isOnePiece) return [];
		return Array.from({length: parts - 1}, (_, index) =>
			encodeBucket(Math.floor((bucketCount * (index + 1)) / parts) - 1),
		);
	}

	/** The end of a range of about so many rows. */
	findEnd(segment: Segment, rows: number, rowsLeft: number | undefined): string | null {
		if (this.#isOnePiece) return segment.upTo;
		const {after, upTo} = readBucketRange(segment);
		const wanted = Math.min(mostRows, Math.max(leastRows, rows));
		const buckets =
			this.#rows > 0
				? (wanted * this.#buckets) / this.#rows
				: rowsLeft === undefined
					? firstBuckets
					: (wanted * (upTo - after)) / Math.max(1, rowsLeft);
		const end = after + Math.max(1, Math.floor(buckets));
		return end >= upTo ? segment.upTo : encodeBucket(end);
	}

	tell(segment: Segment, rows: number): void {
		const {after, upTo} = readBucketRange(segment);
		this.#rows += rows;
		this.#buckets += upTo - after;
	}
}

function encodeBucket(bucket: number): string {
	return encodeField('integer', String(bucket));
}
