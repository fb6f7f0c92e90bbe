/** What an apply did, kept beside its pack. */
export type Receipt = {
	readonly version: 1;
	readonly kind: 'migration' | 'undo';
	readonly result: 'committed' | 'rehearsed';
	readonly pack: PackReference;
	/** Display name of the database, never with a password. */
	readonly target: string;
	readonly run: string;
	/** ISO 8601 in UTC. */
	readonly startedAt: string;
	readonly endedAt: string;
	readonly triggers: TriggerMode;
	/** Statements that ran. */
	readonly statements: number;
	readonly schemaStatements: number;
	/** Rows by table, in name order. */
	readonly tables: readonly AppliedTable[];
	/** Rows that were read back and are what the plan says. */
	readonly verifiedRows: number;
	/** Rows that something on the server wrote differently and that were accepted. */
	readonly rewrittenRows: number;
	/** The first of them. */
	readonly rewritten: readonly RewrittenRow[];
	/** Fingerprint of the schema as it is now. */
	readonly catalogAfter: string;
	readonly undo: PackReference | null;
	/** What a rehearsal could not try, since the server would have committed it; absent: nothing. */
	readonly notTried?: {readonly schemaStatements: number; readonly rowStatements: number};
};

/** A pack file with the digest that it must have. */
export type PackReference = {readonly file: string; readonly digest: string};

/** `off` switches triggers off, `accept` lets them rewrite what the plan writes. */
export type TriggerMode = 'fire' | 'off' | 'accept';

export type AppliedTable = {
	readonly table: string;
	readonly inserted: number;
	readonly updated: number;
	readonly deleted: number;
};

export type RewrittenRow = {
	readonly table: string;
	readonly row: string;
	readonly columns: readonly string[];
};
