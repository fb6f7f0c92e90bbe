import type {Take} from '../model/row-change.ts';
import type {Config, TableConfig} from './config.ts';
import {isGlob, matchesAnyGlob, matchesColumnGlob, matchesGlob} from './match-glob.ts';

/** What the configuration says of one table. */
export type FoundTableConfig = Omit<TableConfig, 'strategy'> & {
	/** Undefined: the default strategy decides. */
	readonly strategy: Take | undefined;
};

/**
Finds what is configured for one table. Of several entries that fit, a name written out
wins over a glob and a later glob over an earlier one, key by key; a strategy in `tables`
wins over one in `conflicts.tables`.
*/
export function findTableConfig(config: Config, table: string): FoundTableConfig {
	const strategies = listFitting(config.conflicts.tables, table);
	return listFitting(config.tables, table).reduce<FoundTableConfig>(
		(found, entry) => ({
			key: entry.key ?? found.key,
			where: entry.where ?? found.where,
			strategy: entry.strategy ?? found.strategy,
			tolerance: {...found.tolerance, ...entry.tolerance},
		}),
		{key: undefined, where: undefined, strategy: strategies.at(-1), tolerance: {}},
	);
}

/** Whether a table takes part: it fits `--tables`, if given, and is not ignored. */
export function isTableChosen(config: Config, table: string): boolean {
	const {onlyTables, ignore} = config;
	if (matchesAnyGlob(table, ignore.tables)) return false;
	return onlyTables.length === 0 || matchesAnyGlob(table, onlyTables);
}

export function isColumnIgnored(config: Config, table: string, column: string): boolean {
	return config.ignore.columns.some((glob) => matchesColumnGlob(table, column, glob));
}

/** The entries whose name or glob fits, the most specific last. */
function listFitting<Entry>(
	entries: Readonly<Record<string, Entry>>,
	table: string,
): readonly Entry[] {
	const rank = (name: string) => (name === table ? 2 : isGlob(name) ? 0 : 1);
	return Object.entries(entries)
		.filter(([name]) => name === table || matchesGlob(table, name))
		.sort(([a], [b]) => rank(a) - rank(b))
		.map(([, entry]) => entry);
}
