import type {Hazard} from '../../model/hazard.ts';
import type {Phase, PlanSummary, Statement, StatementRow} from '../../model/plan.ts';
import type {AllowKind} from '../../model/schema-change.ts';
import type {TableChecks} from '../plan/plan-summary.ts';

/**
A pack is a plan on disk: SQL that a person reads and any shell of the database can run, and
beside it a manifest that says what each statement must do. The manifest is JSON with one
statement a line, so that both files can be written and read with flat memory:

	{
	"format": "deepdiff-db pack",
	"version": 1,
	"header": {…},
	"statements": [
	{…},
	{…}
	],
	"count": 2,
	"sql": {"file": "migration_pack.sql", "bytes": 1234, "sha256": "…"},
	"sha256": "…"
	}

The last line's digest covers everything before it, and so, through `sql`, both files.
*/
export const packFormat = 'deepdiff-db pack';
export const packVersion = 1;

export const packNames = {
	migration: {sql: 'migration_pack.sql', manifest: 'migration_pack.json'},
	undo: {sql: 'undo_pack.sql', manifest: 'undo_pack.json'},
} as const;

export type PackKind = keyof typeof packNames;

export type PackHeader = {
	readonly kind: PackKind;
	readonly run: string;
	/** ISO 8601 in UTC. */
	readonly createdAt: string;
	/** The engine's name for people. */
	readonly engine: string;
	/** False: the server commits each change of structure by itself, before and after the rows. */
	readonly isAtomic: boolean;
	readonly prod: PackTarget;
	readonly dev: {readonly name: string; readonly catalog: string};
	/** For an undo: the digest of the pack that it takes back. */
	readonly reverts: string | null;
	/** Of the plan; an undo keeps that of what it takes back. */
	readonly summary: PlanSummary;
	/** Statements refer to these by index. */
	readonly hazards: readonly Hazard[];
	readonly tables: readonly TableChecks[];
};

/** The database that a pack was made for. */
export type PackTarget = {
	/** Display name, never with a password. */
	readonly name: string;
	/** Tells databases apart; `ServerFacts.identity`. */
	readonly identity: string;
	/** Fingerprint of the schema that it must have; null: what the migration left behind. */
	readonly catalog: string | null;
};

export type PackStatement = {
	/** From 1, in the order of running; also those that are not allowed are counted. */
	readonly number: number;
	readonly sql: string;
	readonly phase: Phase;
	readonly kind: Statement['kind'];
	readonly table: string;
	readonly summary: string;
	readonly expects: number | null;
	readonly needs: AllowKind | null;
	readonly allowed: boolean;
	readonly hazards: readonly Hazard[];
	readonly row: StatementRow | null;
	/** In an undo: the number of the migration's statement that it takes back; else null. */
	readonly reverts: number | null;
	/**
	In an undo, where each change of structure commits by itself: numbers of the migration's
	statements that can't be taken back and without which alone this one can; commented then.
	*/
	readonly unless?: readonly number[];
};

/** What running a statement takes; the rest of its line is read when somebody asks. */
export type PackStep = Pick<
	PackStatement,
	'number' | 'sql' | 'kind' | 'table' | 'expects' | 'needs' | 'allowed' | 'reverts' | 'unless'
> & {
	/** See `StatementRow`. */
	readonly isStep: boolean;
	readWhole(): PackStatement;
};

/** What checking rows takes. */
export type PackCheck = Pick<
	PackStatement,
	'number' | 'kind' | 'table' | 'allowed' | 'reverts' | 'summary' | 'row'
>;

/**
A statement as its line of the manifest; the text is found by its place in the SQL file. The
fields come in this order: those before `summary` are read by themselves when it runs.
*/
export type ManifestLine = ManifestStart &
	Pick<PackStatement, 'summary' | 'phase' | 'row'> & {
		readonly hazards: readonly number[];
	};

export type ManifestStart = Omit<PackStep, 'sql' | 'readWhole'> & {
	/** Bytes. */
	readonly offset: number;
	readonly length: number;
};
