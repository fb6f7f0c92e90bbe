import {decodeField, digest} from '../model/encoding.ts';
import type {FieldWriter} from '../model/field-writer.ts';
import type {Layout} from '../model/layout.ts';
import type {Segment} from '../model/segment.ts';

/** Where to read: one segment of one table. */
export type Slice = {readonly layout: Layout; readonly segment: Segment};

/**
Number of buckets of a table that is cut by a hash of its key (layout.ts, `paging`). A row's
bucket is the first 16 bits of SHA-256 over its encoded key, the same on every engine.
*/
export const bucketCount = 65_536;

export function findBucket(key: string): number {
	return Number.parseInt(digest(key).slice(0, 4), 16);
}

/** The buckets of a segment as whole numbers, `(after, upTo]`. */
export function readBucketRange({after, upTo}: Segment): {
	readonly after: number;
	readonly upTo: number;
} {
	const read = (end: string | null) => (end === null ? null : Number(decodeField(end).text));
	return {after: read(after) ?? -1, upTo: read(upTo) ?? bucketCount - 1};
}

/** Row count and order-free sum of digests of one group of a slice's rows. */
export type GroupSum = {
	readonly group: number;
	readonly rows: number;
	/** Decimal digits; two groups are equal when count and sum are. */
	readonly sum: string;
};

/** A key with the start of its row's digest: enough to tell which rows differ. */
export type KeyDigest = {
	/** Encoded key. */
	readonly key: string;
	/** At least 64 bits of the digest, the same spelling on both sides. */
	readonly digest: string;
};

/** One row, whole. */
export type SideRow = {
	/** Encoded key. */
	readonly key: string;
	/** Encoded fields in the layout's column order; columns that this side lacks are absent. */
	readonly fields: readonly string[];
};

/** A row's encoded fields as bytes. */
export type RowBytes = {
	/** Begins with the row; what it holds before is written over. */
	readonly fields: FieldWriter;
	/** Where each of the layout's fields begins and, last, where the row ends. */
	readonly starts: number[];
};

/**
One side of a comparison: a read-only session of its own, inside one snapshot where the server
has them. Two of these and the engine's pairing stand in for a join where the databases can't
be opened in one engine. One piece of work at a time.

Nothing above compares keys in JavaScript unless the order's name says how: ranges are the
server's, rows are matched by equal encoded keys. Everything may throw ConnectionLostError (the
segment can be asked for again of a new reader), SchemaChangedError or LockedError.
*/
export type SideReader = {
	/**
	Names how lines and digests of this table are spelled: where both sides give the same name,
	equal lines and equal digests mean equal rows, and different ones different rows. It names each
	column's spelling (a different type on the other side may spell alike), never the server.
	*/
	describeFormat(layout: Layout): Promise<string>;
	/** The key of the `rows`-th row after the segment's start; its end when fewer are left. Not for buckets. */
	findKey(slice: Slice, rows: number): Promise<string | null>;
	/** At most `parts - 1` encoded keys, in order, that cut the table into parts of similar size. Not for buckets. */
	splitKeys(layout: Layout, parts: number): Promise<string[]>;
	/** Which of two encoded keys comes first in the server's order. Not for buckets. */
	pickFirst(layout: Layout, a: string, b: string): Promise<string>;
	/**
	Sums digests inside the server. Rows are spread over at most `groups` groups by their key and
	the slice alone, alike on both sides of one engine; groups without rows are left out.

	@returns Null when this engine can't sum digests of this table.
	*/
	sumDigests(slice: Slice, groups: number): Promise<GroupSum[] | null>;
	/** Keys and digests of the named groups of the same spread (all when null), in batches. */
	readDigests(
		slice: Slice,
		groups: {readonly count: number; readonly wanted: readonly number[]} | null,
	): AsyncGenerator<KeyDigest[]>;
	/**
	Whole rows as lines of bytes, each ended by a line feed that stands nowhere else, in key order
	(buckets: in any). Chunks end where a line ends; memory is bounded by a chunk. A segment may be
	as large as the table; whoever has read enough leaves with `return()`, which must not wait for
	the rest of the rows.
	*/
	readLines(slice: Slice): AsyncGenerator<Buffer>;
	/** The encoded key of one line, without its line feed; cheaper than decoding the whole. */
	readLineKey(layout: Layout, line: Buffer): string;
	decodeLine(layout: Layout, line: Buffer): SideRow;
	/**
	The same fields as `decodeLine` gives, as bytes: rows that never become strings are taken in a
	fraction of the time. Absent: this side has no quicker way.
	*/
	readonly writeLine?: (layout: Layout, line: Buffer, row: RowBytes) => void;
	/**
	Rows by encoded key, matched as the server's own `=` does whether or not they fulfil the
	layout's `where`, in the order asked; null where there is none.
	*/
	readRowsByKey(layout: Layout, keys: readonly string[]): Promise<(SideRow | null)[]>;
	/** Lines of rows whose key holds NULL, or of all rows of a table without a key; unordered. */
	readUnkeyedLines(layout: Layout): AsyncGenerator<Buffer>;
	hasUnkeyedRows(layout: Layout): Promise<boolean>;
	/**
	What rows would hold in the layout's `dev-only` columns once these were added to them, for each
	column of the layout: the constant `fill` as the column's type takes it, encoded; null for
	another column, and where it is no constant. Asked of dev alone.
	*/
	readFills(layout: Layout): Promise<(string | null)[]>;
	/** A token that changes when this side is written to; null where the server can't tell. */
	readVersion(): Promise<string | null>;
	close(): Promise<void>;
};

export type SideOptions = {
	/** What `holdSnapshot` gave; null: a snapshot of its own, where the settings want one. */
	readonly snapshot: string | null;
	readonly signal?: AbortSignal;
};

/** A state of the database that several sessions read together, until it is closed. */
export type HeldSnapshot = {
	readonly token: string;
	close(): Promise<void>;
};
