import type {ConnectionSettings} from '../model/connection-settings.ts';
import type {RowState, Take} from '../model/row-change.ts';
import type {AllowKind} from '../model/schema-change.ts';

/** The three databases that a configuration may name. */
export const sides = ['prod', 'dev', 'base'] as const;
export type Side = (typeof sides)[number];

/** Everything that can be configured, validated and with every default filled in. */
export type Config = {
	readonly prod?: ConnectionSettings;
	readonly dev?: ConnectionSettings;
	/** The common ancestor; a snapshot file is SQLite too. */
	readonly base?: ConnectionSettings;
	/** Globs from the command line; empty: every table. */
	readonly onlyTables: readonly string[];
	readonly ignore: {
		readonly tables: readonly string[];
		/** `*.updated_at`, `orders.note`, or `note` for every table. */
		readonly columns: readonly string[];
		/** `function audit_*`, `index orders.tmp_*`, or `tmp_*` for every kind. */
		readonly objects: readonly string[];
	};
	/** By table name or glob; ask `findTableConfig` what holds for one table. */
	readonly tables: Readonly<Record<string, TableConfig>>;
	readonly conflicts: {
		readonly default: Take;
		/** By table name or glob. */
		readonly tables: Readonly<Record<string, Take>>;
		/** The first that fits decides. */
		readonly rules: readonly ConflictRule[];
	};
	readonly allow: Readonly<Record<AllowKind, boolean>>;
	readonly performance: {
		/** Tables compared at the same time. */
		readonly parallel: number;
		/** How long one segment should take. */
		readonly segmentMilliseconds: number;
		/** Rows read per second and side; 0 is no limit. */
		readonly maxRowsPerSecond: number;
		/** How long a scan that nobody watches waits for a database that stays away. */
		readonly reconnectSeconds: number;
	};
	readonly output: {
		/** Absolute path of the folder for runs, packs and reports. */
		readonly directory: string;
		/** `auto`: when the output is a terminal and NO_COLOR is not set. */
		readonly color: 'auto' | 'always' | 'never';
	};
};

export type TableConfig = {
	/** Columns that identify a row, instead of the primary key. */
	readonly key?: readonly string[] | undefined;
	/** SQL condition; rows outside it are not compared. */
	readonly where?: string | undefined;
	readonly strategy?: Take | undefined;
	/** By column: numbers at most this far apart count as equal. */
	readonly tolerance?: Readonly<Record<string, number>> | undefined;
};

/** Decides rows (or one column's cells) that fit every given condition. */
export type ConflictRule = {
	/** Glob. */
	readonly table: string;
	/** Glob; without it the rule decides whole rows. */
	readonly column?: string | undefined;
	/** All of them must hold; none: always. */
	readonly when: RuleConditions;
	readonly take: Take;
};

export type RuleConditions = {
	readonly state?: readonly RowState[] | undefined;
	/** Dev's value of this column is greater (a later time, a higher version). */
	readonly devNewerBy?: string | undefined;
	/** Prod's value of this column is greater. */
	readonly prodNewerBy?: string | undefined;
	/** The values that differ are equal once these are put aside. */
	readonly equalIgnoring?: readonly TextDifference[] | undefined;
};

/** What two texts may differ in and still mean the same; white space: its amount and place at the ends. */
export const textDifferences = ['case', 'whitespace'] as const;
export type TextDifference = (typeof textDifferences)[number];
