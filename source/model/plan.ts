import type {Hazard} from './hazard.ts';
import type {AllowKind} from './schema-change.ts';

/** The order in which statements run; equal inputs give equal bytes. */
export const phases = [
	'session',
	'drop foreign keys',
	'create',
	'alter',
	'rows',
	'indexes and foreign keys',
	'drop',
] as const;
export type Phase = (typeof phases)[number];

/** One SQL statement of a plan, with what it must do and what undoes it. */
export type Statement = {
	readonly phase: Phase;
	readonly kind: 'ddl' | 'insert' | 'update' | 'delete' | 'session';
	/** The table or view that it belongs to; empty for the session's own. */
	readonly table: string;
	/** One line for people, e.g. `update artist (ArtistId 3): Name`. */
	readonly summary: string;
	/** A single statement without a trailing semicolon. */
	readonly sql: string;
	/** The inverse, in the order in which it must run; null when there is none. */
	readonly undo: readonly string[] | null;
	/** Rows that it must affect; null when nobody can know (DDL, copying a table). */
	readonly expects: number | null;
	/** The kind that must be allowed for it to run. */
	readonly needs: AllowKind | null;
	readonly hazards: readonly Hazard[];
	/** For a row: what it is before and what it must be after. */
	readonly row: StatementRow | null;
};

/**
What a row is before the plan and what it must be after it. Both are about the plan as a
whole: where a row takes two statements, both carry the same images.
*/
export type StatementRow = {
	/** False: no key identifies it; its key is the whole row and copies are counted. */
	readonly keyed: boolean;
	/** Null: the row must not exist before. */
	readonly before: RowImage | null;
	/** Null: the row must be gone after. */
	readonly after: RowImage | null;
	/** Equal copies, above 1 only without a key. */
	readonly copies: number;
	/** A step in between: the row is counted with its other statement. */
	readonly isStep: boolean;
};

export type RowImage = {
	/** Encoded key, see encoding.ts. */
	readonly key: string;
	/** SHA-256 over the compared columns in layout order, hex; columns that do not exist are absent. */
	readonly digest: string;
	/** Four hex digits a compared column, to name the columns in which a row is not what it should be. */
	readonly marks: string;
	/**
	Indexes of compared columns whose value nobody can foretell, since a change of type
	converts it: the digest takes them as absent.
	*/
	readonly unsure: readonly number[];
};

/** A whole plan in numbers; everything about rows counts equal copies. */
export type PlanSummary = {
	/** All statements, allowed or not. */
	readonly statements: number;
	/** Written out commented. */
	readonly notAllowed: number;
	/** Statements that will run, by kind. */
	readonly counts: Readonly<Record<Statement['kind'], number>>;
	/** By table, in name order; rows count only what will run. */
	readonly tables: readonly TableSummary[];
	/** Destructive statements that will run, by the kind that they need. */
	readonly opened: readonly {readonly kind: AllowKind; readonly statements: number}[];
	/** What is commented, by the kind that would allow it. */
	readonly gates: readonly {readonly kind: AllowKind; readonly statements: number}[];
	/** Every distinct hazard of what will run. */
	readonly hazards: readonly {readonly hazard: Hazard; readonly statements: number}[];
	/** What will run and can't be undone. */
	readonly withoutUndo: readonly {readonly number: number; readonly summary: string}[];
};

export type TableSummary = {
	readonly table: string;
	/** Statements that change its structure. */
	readonly schema: number;
	readonly inserts: number;
	readonly updates: number;
	readonly deletes: number;
	readonly notAllowed: number;
};
