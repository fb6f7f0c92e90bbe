/** How two sides of a table can be compared: digests summed in the servers, or rows side by side. */
export type PairWay = 'sums' | 'stream';

/** The other way is taken when it promises to be this much faster. */
const advantage = 1.25;
/** The same once a stream is open, which costs something to leave. */
const advantageWhileOpen = 1.6;

/** Without a quick link, streaming is tried only when this share of the groups differs. */
const dirtyToTry = 0.25;

/** A measurement of a segment that was this much smaller is made anew. */
const outgrown = 8;

/**
Chooses a table's way of comparing by what its segments took: milliseconds a row for hashing in
the servers, for narrowing a row of a group that differs, and for streaming a row. Where the
link is quick, both ways are tried on small segments first; where it is slow, rows are only
streamed when so much differs that most of them would cross it anyway.
*/
export class WayChooser {
	/** False: a side can't sum digests, or the sides spell them differently. */
	#canSum: boolean;
	#way: PairWay;
	#hash: Cost | null = null;
	#narrow: number | null = null;
	#stream: Cost | null = null;
	/** Share of the last segment's groups that differed. */
	#dirty = 0;

	constructor(canSum: boolean, start: PairWay = 'sums') {
		this.#canSum = canSum;
		this.#way = canSum ? start : 'stream';
	}

	/**
	@param rows Of the segment to come.
	@param isNear A question and its answer take about as long as on one machine.
	@param isOpen A stream stands where the segment starts.
	*/
	choose(
		rows: number,
		{isNear, isOpen}: {readonly isNear: boolean; readonly isOpen: boolean},
	): PairWay {
		if (!this.#canSum) return 'stream';
		const [hash, stream] = [this.#hash, this.#stream];
		if (!hash) return this.#way;
		if (!stream) {
			this.#way = isNear || this.#dirty >= dirtyToTry ? 'stream' : 'sums';
			return this.#way;
		}
		const sums = hash.cost + this.#dirty * (this.#narrow ?? 2 * stream.cost);
		const other = this.#way === 'sums' ? stream : hash;
		const isOutgrown = isNear && !isOpen && other.rows * outgrown <= rows;
		const [own, others] = this.#way === 'sums' ? [sums, stream.cost] : [stream.cost, sums];
		const needed = isOpen ? advantageWhileOpen : advantage;
		if (others * needed < own || (isOutgrown && others < own * 3)) {
			this.#way = this.#way === 'sums' ? 'stream' : 'sums';
		}
		return this.#way;
	}

	/** The next stream is the first: what it will take is not known yet. */
	get isTryingStream(): boolean {
		return this.#canSum && this.#stream === null;
	}

	/** A side can't sum digests of this table after all. */
	forgoSums(): void {
		this.#canSum = false;
	}

	tellStream(segment: {
		readonly rows: number;
		readonly milliseconds: number;
		readonly dirtyShare: number;
	}): void {
		if (segment.rows === 0) return;
		this.#dirty = segment.dirtyShare;
		this.#stream = average(this.#stream, segment.rows, segment.milliseconds);
	}

	tellSums(segment: {
		readonly rows: number;
		readonly milliseconds: number;
		/** Rows of groups that differed, and what narrowing them took; absent: it was not done. */
		readonly dirtyRows: number;
		readonly narrowMilliseconds?: number;
	}): void {
		const {rows, milliseconds, dirtyRows, narrowMilliseconds} = segment;
		if (rows === 0) return;
		this.#dirty = Math.min(1, dirtyRows / rows);
		this.#hash = average(this.#hash, rows, milliseconds);
		if (dirtyRows > 0 && narrowMilliseconds !== undefined)
			this.#narrow = narrowMilliseconds / dirtyRows;
	}
}

/** Milliseconds a row, and how many rows the largest segment had that told it. */
type Cost = {readonly cost: number; readonly rows: number};

/** A larger segment tells more than all before it; one alike counts for half. */
function average(before: Cost | null, rows: number, milliseconds: number): Cost {
	const cost = milliseconds / rows;
	if (!before || rows >= before.rows * 2) return {cost, rows};
	return {cost: (before.cost + cost) / 2, rows: Math.max(before.rows, rows)};
}
