import type {Catalog, Column, ForeignKey, Table} from '../model/catalog.ts';
import type {Cell} from '../model/cell.ts';
import type {ConnectionSettings} from '../model/connection-settings.ts';
import type {Layout} from '../model/layout.ts';
import type {Statement} from '../model/plan.ts';
import type {SchemaChange} from '../model/schema-change.ts';
import type {PairBatch} from '../model/packed-pairs.ts';
import type {ComparedSegment, Segment, SegmentCounts} from '../model/segment.ts';
import type {ValueType} from '../model/value-type.ts';
import type {HeldSnapshot, SideOptions, SideReader} from './side-reader.ts';

/**
The seam: everything that differs between databases. Shared algorithm lives above it,
quirks below it. Traits are data so that the engine never asks for a name.
*/
export type Dialect = {
	readonly traits: Traits;

	/**
	Opens one side.

	@throws {ConnectionError} With a hint: missing file, not a database, encrypted, refused.
	@throws {LockedError} When somebody else holds it.
	*/
	connect(settings: ConnectionSettings, options: ConnectOptions): Promise<Connection>;

	/**
	Opens both sides inside one engine, read-only, so that a join can compare them; null: it has
	none. Gives null for two databases that can't be opened together.
	*/
	readonly openJoined:
		((prod: ConnectionSettings, dev: ConnectionSettings) => Promise<PairReader | null>) | null;

	/**
	Opens one side for comparing it with another that is read beside it.

	@throws {ConnectionError} With a hint.
	*/
	openSide(settings: ConnectionSettings, options: SideOptions): Promise<SideReader>;

	/**
	Holds a snapshot for several readers of one side; null where the server can't share one: then
	a side that wants a snapshot has one reader.
	*/
	holdSnapshot(settings: ConnectionSettings): Promise<HeldSnapshot | null>;

	/** How two definitions are compared: equal meaning has one normal form. */
	readonly normalise: {
		/** A name as the server compares it: two names are one object when these are equal. */
		name(name: string): string;
		/** A declared type, e.g. `INT` and `int` alike. */
		type(type: string): string;
		/**
		An expression or a whole definition: white space, comments, keyword case, redundant
		quotes. `isName` tells whether a quoted word is a name where the server would
		otherwise take it for a string.
		*/
		sql(text: string, isName?: (name: string) => boolean): string;
		/** A default of a column of this type: `'0'` and `0` are one where both store the same. */
		default(expression: string, type: string): string;
		/** Whether values may be lost or changed when a column of type `from` becomes `to`. */
		isNarrowing(from: string, to: string): boolean;
	};

	/**
	The statements that make the changes, ordered by phase and dependency, each with its
	inverse where one exists. `changes` are those that were chosen and allowed; what they
	leave out stays as it is on prod.
	*/
	migrate(changes: readonly SchemaChange[], prod: Catalog, dev: Catalog): Statement[];

	/** Prod's table as it will be once `changes` ran. */
	tableAfter(changes: readonly SchemaChange[], prod: Table, dev: Table): Table;

	/**
	A table that was put together from parts, with its definition and those of its indexes in
	this engine's words.

	@param prod Of the server that it is made on.
	*/
	defineTable(table: Table, prod: Catalog): Table;

	/** One row's INSERT, UPDATE or DELETE, values inlined as exact literals, for people and machines. */
	renderRowWrite(write: RowWrite): string;

	/**
	The statement after which the server gives out only values of this column that no row has, where
	rows were inserted with their own; null: it sees to that by itself. It never goes back.
	*/
	advanceIdentity(table: Table, column: Column): string | null;

	/**
	What makes the server check a foreign key only after the rows were written, and what makes it
	check it then and as before from there on. Asked for only where `checksForeignKeysAtEnd` is false.
	*/
	suspendForeignKey(key: SuspendedKey): {
		readonly suspend: readonly string[];
		readonly resume: readonly string[];
	};

	/** What stands around a pack's statements, for a person who runs it in the database's own shell. */
	packFrame(prod: Catalog): PackFrame;

	/**
	This engine's spelling of a type of another engine; null when it has none that holds every
	value.
	*/
	spellType(type: ValueType): string | null;
};

export type SuspendedKey = {readonly table: string; readonly key: ForeignKey};

export type Traits = {
	/** For people: `SQLite`. */
	readonly title: string;
	/**
	Every value carries its own type, whatever its column is declared as: two sides of this engine
	are compared as they are.
	*/
	readonly typesValues: boolean;
	/** DDL rolls back with its transaction. */
	readonly transactionalDdl: boolean;
	/** Foreign keys are checked only at the end of an apply, never while it runs. */
	readonly checksForeignKeysAtEnd: boolean;
	/** Whether a column's values are given out follows from its type and the primary key alone. */
	readonly identityFollowsKey: boolean;
	/** Two tables may have triggers of the same name. */
	readonly namesTriggersPerTable: boolean;
};

/** Lines of SQL or of the shell's own commands, each without its semicolon. */
export type PackFrame = {
	readonly prologue: readonly string[];
	readonly epilogue: readonly string[];
	/** A line of the shell's own that sends what stands before it; absent: the semicolon does. */
	readonly separator?: string;
	/** What stands around a statement that has semicolons of its own, where the shell would cut it there. */
	readonly compound?: {readonly before: string; readonly after: string} | undefined;
};

export type ConnectOptions = {
	readonly access: 'read' | 'write';
	readonly signal?: AbortSignal;
};

/** An open database. Everything may throw ConnectionError, LockedError or SchemaChangedError. */
export type Connection = {
	readonly settings: ConnectionSettings;
	describe(): Promise<ServerFacts>;
	readCatalog(): Promise<Catalog>;
	/** Exact or, where counting would cost a scan of a large table, the server's estimate. */
	countRows(table: string): Promise<number>;
	/** What the account may not do and would have to, for comparing or (`write`) for applying. */
	listMissingRights(access: 'read' | 'write'): Promise<MissingRight[]>;
	/**
	Reads rows by encoded key, in the order asked, encoded in the layout's column order;
	null where there is none. Columns that this side lacks are absent.
	*/
	readRows(layout: Layout, keys: readonly string[]): Promise<(string | null)[]>;
	/** How many rows equal this encoded row in every compared column; for tables without a key. */
	countCopies(layout: Layout, rows: readonly string[]): Promise<number[]>;

	/** Starts the one transaction of an apply; `triggers: false` switches them off inside it. */
	begin(options: {readonly triggers: boolean}): Promise<void>;
	/**
	Runs statements in order.

	@returns Rows affected by each.
	@throws {StatementError} Naming the index of the one that failed; those before it have run.
	*/
	run(statements: readonly string[]): Promise<number[]>;
	/** Foreign keys that do not hold now and did before `begin` (call inside the transaction). */
	findNewViolations(): Promise<ForeignKeyViolation[]>;
	commit(): Promise<void>;
	/** Rolls back if a transaction is open; never throws for one that is gone. */
	rollback(): Promise<void>;
	close(): Promise<void>;
};

export type MissingRight = {
	/** e.g. `SELECT on orders`. */
	readonly right: string;
	/** The statement that gives it, e.g. `GRANT SELECT ON orders TO reader`. */
	readonly grant: string;
};

/** A statement that the server refused. */
export class StatementError extends Error {
	readonly index: number;

	constructor(index: number, message: string, options: {cause: unknown}) {
		super(message, options);
		this.name = 'StatementError';
		this.index = index;
	}
}

export type ServerFacts = {
	/** e.g. `SQLite 3.53.2`. */
	readonly server: string;
	readonly version: string;
	readonly tables: number;
	readonly bytes: number;
	readonly readOnly: boolean;
	/** What a person should know before going on, e.g. `written to in WAL mode by another process`. */
	readonly notes: readonly string[];
	/** Identifies the database itself, so that the same one on both sides is noticed. */
	readonly identity: string;
};

export type ForeignKeyViolation = {
	readonly table: string;
	readonly row: string;
	readonly referencedTable: string;
};

/** Both sides in one engine. Not shared between threads. */
export type PairReader = {
	/** At most `parts - 1` encoded keys that cut the table into parts of similar size. */
	splitKeys(layout: Layout, parts: number): Promise<string[]>;
	/**
	Compares about `work.rows` rows of either side from the segment's start on. Yields what
	differs in batches; returns where it ended and the row counts. Memory is bounded by a batch,
	which is good until the next call.
	*/
	compareNext(
		layout: Layout,
		segment: Segment,
		work: SegmentWork,
	): AsyncGenerator<PairBatch, ComparedSegment>;
	/**
	Rows that no key identifies (no key at all, or NULL inside it), compared as a multiset,
	in a stable order.
	*/
	compareUnkeyed(
		layout: Layout,
		work: Pick<SegmentWork, 'onRows'>,
	): AsyncGenerator<PairBatch, SegmentCounts>;
	/** True when the key columns may hold NULL, so that compareUnkeyed has work beside the segments. */
	hasUnkeyedRows(layout: Layout): Promise<boolean>;
	/** Changes whenever either side was written to by anybody. */
	readVersion(): Promise<string>;
	close(): Promise<void>;
};

/** How much to compare at once, and how fast. */
export type SegmentWork = {
	readonly rows: number;
	/** How many rows the table has left, as far as is known: small ones are read in one go. */
	readonly rowsLeft?: number;
	/**
	Called with rows of the larger side as they come in, where a segment is not one step of the
	engine. Waits while the scan is paused or too fast; false: the segment should end where it can.
	*/
	readonly onRows?: (rows: number) => Promise<boolean>;
};

/** One row to write, columns by name. `guard` is what the row must still be. */
export type RowWrite =
	| {
			readonly kind: 'insert';
			readonly table: Table;
			readonly values: readonly ColumnCell[];
			readonly copies: number;
	  }
	| {
			readonly kind: 'update';
			readonly table: Table;
			readonly key: readonly ColumnCell[];
			readonly guard: readonly ColumnCell[];
			readonly set: readonly ColumnCell[];
	  }
	| {
			readonly kind: 'delete';
			readonly table: Table;
			/** Empty in a table without a key: then the guard alone finds the row. */
			readonly key: readonly ColumnCell[];
			readonly guard: readonly ColumnCell[];
			readonly copies: number;
	  };

export type ColumnCell = {readonly column: string; readonly cell: Cell};
