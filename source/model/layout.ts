import type {CellKind} from './cell.ts';

/**
How a table that exists on both sides is compared: which columns, in which order, by
which key. Rows of either side are encoded in this column order: the `comparedCount`
compared columns first (the digest covers these), then those that are only carried along.
*/
export type Layout = {
	readonly table: string;
	/** Dev's spelling of the table's name; absent: prod's. */
	readonly devTable?: string;
	/** `dev`: prod has no such table yet; all of dev's rows are added. */
	readonly presentOn: 'both' | 'dev';
	readonly columns: readonly LayoutColumn[];
	readonly comparedCount: number;
	readonly key: KeyChoice;
	/** Columns that take no part at all (generated, ignored by name), with the reason. */
	readonly leftOut: readonly {readonly column: string; readonly reason: string}[];
	/**
	SQL over the table's columns: rows that fulfil it on neither side are not compared. One that
	left it on one side has changed; it does not count as added or removed.
	*/
	readonly where: string | null;
};

export type LayoutColumn = {
	readonly name: string;
	/** Dev's spelling; absent: prod's. */
	readonly devName?: string;
	/**
	`common`: on both sides, compared. `dev-only`: prod's cell is what ADD COLUMN would put
	there, or absent; compared. `prod-only` and `ignored`: carried along so that a deleted
	row can be restored whole and an inserted row is complete; never compared.
	*/
	readonly role: 'common' | 'dev-only' | 'prod-only' | 'ignored';
	/** For `dev-only`: the constant that prod would get, as SQL; null when it is not constant. */
	readonly fill: string | null;
	/** Numbers at most this far apart count as equal; null: exact. */
	readonly tolerance: number | null;
	/**
	The kind that both sides' cells are brought to, where their types or engines differ; absent:
	they are compared as they are. A value that does not fit the kind stays what it is.
	*/
	readonly as?: CellKind;
};

export type KeyChoice = {
	/** `rows`: no key; rows are compared as a multiset and a key is the whole row. */
	readonly kind: 'primary key' | 'unique index' | 'named' | 'rows';
	/** Column names in key order; empty for `rows`. */
	readonly columns: readonly string[];
	/** Why this key; shown on screen when it is not the primary key. */
	readonly reason: string;
	/**
	How the table is cut into segments: by ranges of the key where both sides sort it alike
	(absent), else by a hash of it.
	*/
	readonly paging?: 'buckets';
	/** The names of the orders (value-type.ts, KeyOrder) of the key's columns, where both sides' are alike. */
	readonly orders?: readonly string[];
	/** The server holds keys equal that are written differently, e.g. in another letter case. */
	readonly isLoose?: true;
};

/** The same layout in dev's spelling of the names. */
export function spellForDev(layout: Layout): Layout {
	const {table, devTable, columns, key} = layout;
	if (devTable === undefined && columns.every(({devName}) => devName === undefined)) return layout;
	const names = new Map(columns.map(({name, devName}) => [name, devName ?? name]));
	return {
		...layout,
		table: devTable ?? table,
		columns: columns.map((column) => ({...column, name: column.devName ?? column.name})),
		key: {...key, columns: key.columns.map((name) => names.get(name) ?? name)},
	};
}
