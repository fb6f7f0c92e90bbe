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

export type StatementRow = {
	/** Encoded key, see encoding.ts. */
	readonly key: string;
	/** Digest over the compared columns before; null when the row must not exist. */
	readonly before: string | null;
	/** Digest over the compared columns after; null when the row must be gone. */
	readonly after: string | null;
	/** Equal copies, above 1 only without a key. */
	readonly copies: number;
};
