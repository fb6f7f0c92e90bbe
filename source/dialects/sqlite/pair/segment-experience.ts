import type {Segment} from '../../../model/segment.ts';

/** What the last segments of a table taught; it only makes the next one faster. */
export class SegmentExperience {
	/** Dev had rows of its own in the segment before. */
	hasAdditions = false;
	#counted: {
		readonly segment: Segment;
		readonly version: string;
		readonly rows: ReadonlyMap<string, number>;
	} | null = null;

	/**
	Keeps what looking for a segment's end told about its size.

	@param version Of the data in both files, to this connection: another commit voids it.
	@param rows How many rows a side has in it, by schema, as far as it is known.
	*/
	keepCounts(segment: Segment, version: string, rows: ReadonlyMap<string, number>): void {
		this.#counted = {segment, version, rows};
	}

	findCount({after, upTo}: Segment, version: string, schema: string): number | null {
		const known = this.#counted;
		if (known?.version !== version) return null;
		if (known.segment.after !== after || known.segment.upTo !== upTo) return null;
		return known.rows.get(schema) ?? null;
	}
}
