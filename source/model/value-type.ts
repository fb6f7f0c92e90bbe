/**
What a column can hold, in words that all databases share: the ground on which two engines'
types are compared, and from which a column is made on another engine. Lengths count
characters (`bytes`: bytes), precisions of times count fractional digits; null is unlimited or
unknown.
*/
export type ValueType =
	/** Any value of any kind, as in an SQLite column without a type. */
	| {readonly kind: 'any'}
	| {readonly kind: 'integer'; readonly bits: number; readonly unsigned: boolean}
	| {readonly kind: 'decimal'; readonly precision: number | null; readonly scale: number | null}
	| {readonly kind: 'real'; readonly bits: 32 | 64}
	| {readonly kind: 'boolean'}
	/** `padded`: blanks at its end mean nothing, as in CHAR. */
	| {readonly kind: 'text'; readonly length: number | null; readonly padded: boolean}
	| {readonly kind: 'bytes'; readonly length: number | null; readonly padded: boolean}
	| {readonly kind: 'date'}
	| {readonly kind: 'time'; readonly precision: number | null; readonly zoned: boolean}
	| {readonly kind: 'timestamp'; readonly precision: number | null}
	/** A moment: it has a zone or is kept as UTC. */
	| {readonly kind: 'timestamptz'; readonly precision: number | null}
	| {readonly kind: 'interval'}
	| {readonly kind: 'uuid'}
	| {readonly kind: 'json'}
	/** One of these words. */
	| {readonly kind: 'enum'; readonly labels: readonly string[]}
	/** A type that only its own engine has; compared by the server's text between two of the same name. */
	| {readonly kind: 'other'; readonly name: string};

/** How a server sorts and matches a column's values when it is a key. */
export type KeyOrder = {
	/**
	Names the order: two columns with the same name sort the same values alike, whatever server
	they are on. It holds the collation with its provider and version where text is concerned.
	`number`, `timestamp`, `date`, `boolean`, `bytes` (text and binary by their bytes) and `uuid`
	are the same on every engine.
	*/
	readonly name: string;
	/** Values that the server holds equal are the same cell; not so under a case-insensitive collation. */
	readonly isExact: boolean;
};
