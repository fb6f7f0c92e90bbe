import type {KeyOrder, ValueType} from './value-type.ts';

/**
Everything structural that was read from one side. Definitions are the server's own
words, kept verbatim; equality is decided on the parsed parts, never on raw text.
*/
export type Catalog = {
	/** The engine that it was read from, as its trait `title` says; definitions are in its words. */
	readonly engine: string;
	/** As the server tells it, where what a statement may say depends on it, e.g. `10.11.19-MariaDB`. */
	readonly serverVersion?: string;
	/**
	The schemas that were read, the default one first; empty where the engine has none. A table of
	the default schema goes by its own name, one of another by `schema.name`, with double quotes
	around a part that holds a dot, a quote or nothing.
	*/
	readonly schemas: readonly string[];
	readonly tables: readonly Table[];
	readonly views: readonly View[];
	readonly triggers: readonly Trigger[];
	/** Whatever else is compared, in the order of kind and name. */
	readonly objects: readonly SchemaObject[];
	/** What must exist before what, as the server itself records it; references of foreign keys are not repeated. */
	readonly dependencies: readonly Dependency[];
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

/** The sorts of objects that stand in `Catalog.objects`; those of a table name it. */
export const objectSorts = [
	'schema',
	'extension',
	'enum',
	'domain',
	'composite type',
	'range type',
	'sequence',
	'function',
	'procedure',
	'aggregate',
	'materialized view',
	'partition',
	'index',
	'exclusion constraint',
	'statistics',
	'policy',
	'rule',
	'event',
	'synonym',
	'package',
] as const;
export type ObjectSort = (typeof objectSorts)[number];

/** One thing that is told of an object beside its text, e.g. `increment` `10`. */
export type Fact = {readonly name: string; readonly value: string};

/** An object that is compared as a whole. */
export type SchemaObject = {
	readonly kind: ObjectSort;
	/** Unique within its kind (and table); a routine's holds the types of its arguments. */
	readonly name: string;
	/** The table or view that it belongs to and goes away with; null: it stands for itself. */
	readonly table: string | null;
	/** Statements that make it, without its comment; joined by `;` and a line feed. */
	readonly definition: string;
	/** Decide together with the comment whether two are equal; null: the normal form of the definition does. */
	readonly facts: readonly Fact[] | null;
	readonly comment?: string;
};

/** An object by its kind and name; a trigger or policy as `table.name` where names are unique in a table only. */
export type ObjectReference = {readonly kind: ObjectSort | 'table' | 'view'; readonly name: string};

/** `object` can't be without `on`, or can't be changed while it uses it. */
export type Dependency = {
	readonly object: ObjectReference;
	/** The column of `object` that needs it, where the server tells; null: the whole. */
	readonly column: string | null;
	readonly on: ObjectReference;
	/** The column that is used, where the server tells; null: the whole. */
	readonly onColumn: string | null;
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
	readonly comment?: string;
	/** How its rows are spread, e.g. `RANGE (created)`, with the partitions where they are no objects of their own. */
	readonly partitioning?: string;
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
	/** The constraint that holds the default, where the engine has such; its name is no difference. */
	readonly defaultName?: string;
	readonly generated: {readonly expression: string; readonly stored: boolean} | null;
	/** Null: the engine's default. */
	readonly collation: string | null;
	/** True when the value is given out by the server (identity, auto-increment, rowid alias). */
	readonly identity: boolean;
	/** How it is given out, where an engine has several ways. */
	readonly identitySource?: IdentitySource;
	readonly comment?: string;
	/** Absent: the table's. */
	readonly characterSet?: string;
	/** What an UPDATE sets it to by itself, e.g. `CURRENT_TIMESTAMP`. */
	readonly onUpdate?: string;
	/** What else its engine tells of it, e.g. `invisible`, `storage`, `srid`. */
	readonly facts?: readonly Fact[];
	readonly valueType: ValueType;
	/** Null: keys of this type can't be sorted or matched by the server (JSON, geometry). */
	readonly keyOrder: KeyOrder | null;
};

export type IdentitySource = {
	/** e.g. `GENERATED ALWAYS`, `GENERATED BY DEFAULT`, `serial`. */
	readonly how: string;
	/** Where it starts, its step and bounds; only what is not the default. */
	readonly facts: readonly Fact[];
	/** The sequence behind it, whose name is no difference. */
	readonly sequence: string | null;
};

/** What a constraint has beside its columns or expression. */
export type ConstraintFacts = {
	/** The server made the name up: another made-up one is no difference. */
	readonly isAutoNamed?: boolean;
	/** False: rows from before it need not satisfy it (NOT VALID). Absent: true. */
	readonly isValidated?: boolean;
	/** False: nothing checks it (NOT ENFORCED). Absent: true. */
	readonly isEnforced?: boolean;
	readonly comment?: string;
	/** What else its engine tells of it, e.g. `include`, `deferral`, `no inherit`. */
	readonly facts?: readonly Fact[];
};

export type PrimaryKey = ConstraintFacts & {
	readonly name: string | null;
	readonly columns: readonly IndexedColumn[];
	/** The server lets NULL into it (SQLite's ordinary tables): such rows have no identity. */
	readonly allowsNull: boolean;
	/** What happens instead of failing when a key comes twice, e.g. `REPLACE`; absent: it fails. */
	readonly onConflict?: string;
};

export type UniqueConstraint = ConstraintFacts & {
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
	/** Characters or bytes of the value that are indexed; absent: all. */
	readonly prefix?: number;
	/** Where it is not the type's own, e.g. `text_pattern_ops`. */
	readonly operatorClass?: string;
	/** Where they are not where the direction puts them. */
	readonly nulls?: 'first' | 'last';
};

export type Index = {
	readonly name: string;
	readonly unique: boolean;
	readonly columns: readonly IndexedColumn[];
	/** The WHERE of a partial index. */
	readonly where: string | null;
	readonly definition: string;
	/** e.g. `gin`; absent: the engine's usual one. */
	readonly method?: string;
	/** Columns that it only carries. */
	readonly include?: readonly string[];
	readonly comment?: string;
	/** What else its engine tells of it, e.g. `invisible`, `nulls not distinct`, `fillfactor`. */
	readonly facts?: readonly Fact[];
};

export type ForeignKey = ConstraintFacts & {
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

export type Check = ConstraintFacts & {
	readonly name: string | null;
	readonly expression: string;
};

export type View = {
	readonly name: string;
	readonly definition: string;
	readonly comment?: string;
	/** What its definition does not say, e.g. `check option`, `security`. */
	readonly facts?: readonly Fact[];
};

export type Trigger = {
	readonly name: string;
	/** The table or view that it hangs on. */
	readonly table: string;
	readonly definition: string;
	readonly comment?: string;
	/** What its definition does not say, e.g. `enabled`. */
	readonly facts?: readonly Fact[];
};
