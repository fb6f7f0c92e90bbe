import type {KeyOrder, ValueType} from './value-type.ts';

/**
Everything structural that was read from one side. Definitions are the server's own
words, kept verbatim; equality is decided on the parsed parts, never on raw text.
*/
export type Catalog = {
	/** The engine that it was read from, as its trait `title` says; definitions are in its words. */
	readonly engine: string;
	/**
	The schemas that were read, the default one first; empty where the engine has none. A table of
	the default schema goes by its own name, one of another by `schema.name`, with double quotes
	around a part that holds a dot, a quote or nothing.
	*/
	readonly schemas: readonly string[];
	readonly tables: readonly Table[];
	readonly views: readonly View[];
	readonly triggers: readonly Trigger[];
	/** Every object that exists but is not compared, with the reason. */
	readonly notCompared: readonly NotCompared[];
	/** SHA-256 over all definitions: tells whether a schema is still the one that was read. */
	readonly fingerprint: string;
};

export type NotCompared = {
	readonly kind: string;
	readonly name: string;
	readonly reason: string;
};

export type Table = {
	readonly name: string;
	/** The CREATE TABLE text as the server keeps or prints it. */
	readonly definition: string;
	readonly columns: readonly Column[];
	readonly primaryKey: PrimaryKey | null;
	readonly uniques: readonly UniqueConstraint[];
	readonly foreignKeys: readonly ForeignKey[];
	readonly checks: readonly Check[];
	readonly indexes: readonly Index[];
	/** Table options by their SQL name, e.g. `STRICT`, `WITHOUT ROWID`, `AUTOINCREMENT`. */
	readonly options: readonly string[];
};

export type Column = {
	readonly name: string;
	/** Declared type, as written. */
	readonly type: string;
	readonly nullable: boolean;
	/** What happens instead of failing when NOT NULL is broken, e.g. `IGNORE`; absent: it fails. */
	readonly onNull?: string;
	/** Default as an SQL expression. */
	readonly default: string | null;
	readonly generated: {readonly expression: string; readonly stored: boolean} | null;
	/** Null: the engine's default. */
	readonly collation: string | null;
	/** True when the value is given out by the server (identity, auto-increment, rowid alias). */
	readonly identity: boolean;
	readonly valueType: ValueType;
	/** Null: keys of this type can't be sorted or matched by the server (JSON, geometry). */
	readonly keyOrder: KeyOrder | null;
};

export type PrimaryKey = {
	readonly name: string | null;
	readonly columns: readonly IndexedColumn[];
	/** The server lets NULL into it (SQLite's ordinary tables): such rows have no identity. */
	readonly allowsNull: boolean;
	/** What happens instead of failing when a key comes twice, e.g. `REPLACE`; absent: it fails. */
	readonly onConflict?: string;
};

export type UniqueConstraint = {
	readonly name: string | null;
	readonly columns: readonly IndexedColumn[];
	/** As in a primary key. */
	readonly onConflict?: string;
};

export type IndexedColumn = {
	/** A column's name, or null for an expression. */
	readonly column: string | null;
	readonly expression: string | null;
	readonly descending: boolean;
	/** Null: the column's own. */
	readonly collation: string | null;
};

export type Index = {
	readonly name: string;
	readonly unique: boolean;
	readonly columns: readonly IndexedColumn[];
	/** The WHERE of a partial index. */
	readonly where: string | null;
	readonly definition: string;
};

export type ForeignKey = {
	readonly name: string | null;
	readonly columns: readonly string[];
	readonly referencedTable: string;
	/** Empty: the referenced table's primary key. */
	readonly referencedColumns: readonly string[];
	readonly onUpdate: string;
	readonly onDelete: string;
	readonly match: string;
	readonly deferral: 'not deferrable' | 'initially immediate' | 'initially deferred';
};

export type Check = {readonly name: string | null; readonly expression: string};

export type View = {
	readonly name: string;
	readonly definition: string;
};

export type Trigger = {
	readonly name: string;
	/** The table or view that it hangs on. */
	readonly table: string;
	readonly definition: string;
};
