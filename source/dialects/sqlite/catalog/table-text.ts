import type {Check, ForeignKey} from '../../../model/catalog.ts';
import type {Token} from './sql-tokens.ts';

/** What a CREATE TABLE text says beyond what the pragmas tell. */
export type TableText = {
	readonly columns: readonly ColumnText[];
	readonly primaryKey: KeyText | null;
	/** In the order written; SQLite makes one index of those that mean the same. */
	readonly uniques: readonly KeyText[];
	/** In the order written. */
	readonly foreignKeys: readonly ForeignKey[];
	readonly checks: readonly Check[];
	/** `AUTOINCREMENT`, `STRICT`, `WITHOUT ROWID`. */
	readonly options: readonly string[];
	/** The tokens of each check, generated column and default that stands in parentheses. */
	readonly expressions: readonly (readonly Token[])[];
};

export type ColumnText = {
	readonly name: string;
	/** Null: SQLite's own, BINARY. */
	readonly collation: string | null;
	readonly onNull: string | null;
	readonly generated: {readonly expression: string; readonly stored: boolean} | null;
};

export type KeyText = {
	readonly name: string | null;
	readonly columns: readonly KeyColumnText[];
	readonly onConflict: string | null;
};

export type KeyColumnText = {
	readonly name: string;
	/** Null: the column's own. */
	readonly collation: string | null;
};

/** A table's text while it is being read, constraint by constraint. */
export type TableDraft = {
	columns: ColumnText[];
	primaryKey: KeyText | null;
	uniques: KeyText[];
	foreignKeys: ForeignKey[];
	checks: Check[];
	autoincrement: boolean;
};
