import {PackedPairs} from '../../../model/packed-pairs.ts';

/** More than an ordinary segment takes; what wide rows took beyond it is given up. */
const mostBytesSpare = 8 * 2 ** 20;

/**
The batches of one reader, used again segment after segment: buffers that outlive a few rounds
of garbage collection would pile up until a full one.
*/
export class BatchPool {
	#taken: PackedPairs[] = [];
	#spare: PackedPairs[] = [];

	take(): PackedPairs {
		const batch = this.#spare.pop() ?? new PackedPairs();
		this.#taken.push(batch);
		return batch;
	}

	/** Empties every batch that was taken, whoever holds it. */
	recycle(): void {
		let bytes = 0;
		this.#spare = [...this.#spare, ...this.#taken].filter((batch) => {
			batch.clear();
			bytes += batch.fields.bytes.length;
			return bytes <= mostBytesSpare;
		});
		this.#taken = [];
	}
}
