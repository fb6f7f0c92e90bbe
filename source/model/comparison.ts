import type {RowState} from './row-change.ts';
import type {SchemaChange} from './schema-change.ts';

/** What comparing two databases found, in numbers and names. */
export type Comparison = {
	/** The id of the run that keeps it. */
	readonly run: string;
	/** ISO 8601 in UTC. */
	readonly createdAt: string;
	/** Display names, never with a password. */
	readonly prod: string;
	readonly dev: string;
	readonly base: string | null;
	/** False while tables are left to scan. */
	readonly isComplete: boolean;
	readonly changes: readonly SchemaChange[];
	/** In name order, those that were not compared too. */
	readonly tables: readonly TableComparison[];
	readonly conflicts: number;
	/** Conflicts that still need a decision. */
	readonly unresolved: number;
	/** Nothing differs in what was compared; what was not is told by `tables`. */
	readonly identical: boolean;
};

export type TableComparison = {
	readonly table: string;
	readonly status: 'waiting' | 'scanning' | 'done' | 'skipped' | 'not compared';
	/** Why it is not compared, or not by its primary key. */
	readonly reason: string;
	/** Rows that were read of each side; null for a table that takes no part. */
	readonly prodRows: number | null;
	readonly devRows: number | null;
	/** Rows that are equal on both sides. */
	readonly same: number | null;
	/** Rows that differ; without a key each stands for all of its equal copies. */
	readonly counts: Readonly<Record<RowState, number>>;
	/** Conflicts that have a resolution. */
	readonly resolved: number;
	readonly columnsLeftOut: readonly {readonly column: string; readonly reason: string}[];
	/** Rows outside this condition were not compared. */
	readonly where: string | null;
};

/** Rows of a table that differ, whatever their state. */
export function countDifferences({counts}: Pick<TableComparison, 'counts'>): number {
	return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
