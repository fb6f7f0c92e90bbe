import type {Cell, Row} from './cell.ts';

/** Two-way states, then those that only a base can tell. */
export type RowState = 'added' | 'removed' | 'conflict' | 'dev-only' | 'prod-only' | 'merged';

export const rowStates = [
	'added',
	'removed',
	'conflict',
	'dev-only',
	'prod-only',
	'merged',
] as const satisfies readonly RowState[];

/** One row that differs. Rows and key are cells in the layout's order. */
export type RowChange = {
	/** Position in the run: table, then key order. Stable over resume. */
	readonly id: number;
	readonly table: string;
	readonly state: RowState;
	readonly key: Row;
	readonly prod: Row | null;
	readonly dev: Row | null;
	readonly base: Row | null;
	/** Indexes of the compared columns whose cells differ; empty unless both rows exist. */
	readonly changed: readonly number[];
	/** SHA-256 over the compared columns of each side, hex. */
	readonly prodDigest: string | null;
	readonly devDigest: string | null;
	/** How many equal copies it stands for; above 1 only in a table without a key. */
	readonly copies: number;
};

export type Take = 'ours' | 'theirs' | 'manual';

/** Which decision a resolution came from, the most specific first. */
export const decisionLevels = ['cell', 'row', 'rule', 'table', 'default'] as const;
export type DecisionLevel = (typeof decisionLevels)[number];

export type Resolution = {
	readonly take: Take;
	/** For `manual`: column index → its cell; columns not named keep prod's. */
	readonly cells: ReadonlyMap<number, Cell> | null;
	readonly level: DecisionLevel;
	/** Who decided: `person`, `rule <n>`, `strategy`, `default`. */
	readonly by: string;
};
