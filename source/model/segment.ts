/**
Half-open range `(after, upTo]` of one table in key order; the unit of comparing, of
progress and of checkpoints. Keys are encoded (encoding.ts); null is open-ended. Where a table
is cut by a hash of its key (layout.ts, `paging`), both ends are bucket numbers, encoded as an
integer.
*/
export type Segment = {
	readonly after: string | null;
	readonly upTo: string | null;
};

/**
Two rows with the same key that differ, or a row that only one side has; all encoded.

Where both exist, a field of `dev` that is the same as prod's is `=` (`sameField`): decode it
with prod's row beside it. The digests cover the compared fields, written out in full.
*/
export type RowPair = {
	/** The key's cells; where the sides write it differently (collation), prod's. Without a key: the whole row. */
	readonly key: string;
	readonly prod: string | null;
	readonly dev: string | null;
	readonly prodDigest: string | null;
	readonly devDigest: string | null;
	/** Equal copies, above 1 only in a table without a key. */
	readonly copies: number;
};

/** How many rows of each side a segment held, and how they were compared. */
export type SegmentCounts = {
	readonly prodRows: number;
	readonly devRows: number;
	readonly way?: CompareWay;
};

/** A segment that was compared: `upTo` is where the next one starts; null: there is none. */
export type ComparedSegment = SegmentCounts & {readonly upTo: string | null};

/**
`join`: one engine holds both sides. `sums`: digests summed inside the servers, then narrowed.
`stream`: both sides' rows read side by side.
*/
export type CompareWay = 'join' | 'sums' | 'stream';
