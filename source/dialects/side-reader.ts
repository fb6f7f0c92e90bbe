import type {Layout} from '../model/layout.ts';
import type {Segment} from '../model/segment.ts';

/**
How keys are ordered while a table is paged. `native`: as the server's own index sorts, fast,
good only when both sides sort alike. `bytes`: the key's bytes, the same on every side.
*/
export type KeyOrder = 'native' | 'bytes';

/** Where to read: one segment of one table under one order. */
export type Page = {
	readonly layout: Layout;
	readonly order: KeyOrder;
	readonly segment: Segment;
};

/** Row count and order-free sum of digests of one bucket of a segment's rows. */
export type BucketSum = {
	readonly bucket: number;
	readonly rows: number;
	/** Decimal digits; two buckets are equal when count and sum are. */
	readonly sum: string;
};

/** A key with the start of its row's digest: enough to tell which rows differ. */
export type KeyDigest = {
	/** Encoded key. */
	readonly key: string;
	/** At least 64 bits of the row's SHA-256, hex, the same length on both sides. */
	readonly digest: string;
};

/**
One side of a comparison over a connection of its own, read-only, inside one snapshot
where the server has them. Two of these and the engine's pairing stand in for a join where
the databases can't be opened in one engine. Nothing here compares keys in JavaScript: ranges
are the server's, rows are matched by equal keys.
*/
export type SideReader = {
	/**
	Names the native order of the table's key (types, collation and its version). Where both
	sides give the same name, native paging is safe; null: it can't be named.
	*/
	nameKeyOrder(layout: Layout): Promise<string | null>;
	/** The key of the `rows`-th row after the segment's start; null when fewer are left. */
	findKey(page: Page, rows: number): Promise<string | null>;
	/** Which of two encoded keys comes first under the order. */
	pickFirst(layout: Layout, order: KeyOrder, a: string, b: string): Promise<string>;
	/** Sums digests inside the server, rows spread over `buckets` by their key alone. */
	sumDigests(page: Page, buckets: number): Promise<BucketSum[]>;
	/** Keys and digests of the named buckets (all when null), in batches. */
	readDigests(
		page: Page,
		buckets: {readonly count: number; readonly wanted: readonly number[]} | null,
	): AsyncGenerator<KeyDigest[]>;
	/** Whole rows, encoded in the layout's column order, with their keys; streamed. */
	readRows(page: Page): AsyncGenerator<{readonly key: string; readonly row: string}[]>;
	/** Rows by encoded key, in the order asked; null where there is none. */
	readRowsByKey(layout: Layout, keys: readonly string[]): Promise<(string | null)[]>;
	/** Rows whose key holds NULL, or all rows of a table without a key; streamed, unordered. */
	readUnkeyedRows(layout: Layout): AsyncGenerator<string[]>;
	hasUnkeyedRows(layout: Layout): Promise<boolean>;
	/** A token that changes when this side is written to, or null where the server can't tell. */
	readVersion(): Promise<string | null>;
	close(): Promise<void>;
};
