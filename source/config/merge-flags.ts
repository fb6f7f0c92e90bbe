import type {ConnectionSettings} from '../model/connection-settings.ts';
import {UsageError} from '../model/errors.ts';
import {allowKinds, type AllowKind} from '../model/schema-change.ts';
import type {Config, Side} from './config.ts';
import {parseConnection, resolvePath} from './connection-settings.ts';
import {findNearest} from './find-nearest.ts';
import {splitGlobs} from './match-glob.ts';

/** The command line's part of the configuration, as it was typed. */
export type ConfigFlags = {
	/** URLs or paths. */
	readonly prod?: string;
	readonly dev?: string;
	readonly base?: string;
	/** Globs of table names, with commas between. */
	readonly tables?: string;
	/** Patterns as in `ignore.objects`, with commas between. */
	readonly ignore?: string;
	/** Kinds as in `allow`, with commas between. */
	readonly allow?: string;
	/** A folder. */
	readonly output?: string;
	/** `--no-color` is false. */
	readonly color?: boolean;
};

/**
Puts command-line flags over a configuration. Paths in them start from `directory`, the
current folder.

@throws {ConfigurationError} For a side that can't be understood.
@throws {UsageError} For a kind that can't be allowed.
*/
export function mergeFlags(config: Config, flags: ConfigFlags, directory: string): Config {
	const {output} = config;
	const allow = {...config.allow};
	for (const kind of splitGlobs(flags.allow ?? '')) allow[parseAllowKind(kind)] = true;
	return {
		...config,
		...parseSide('prod', flags, directory),
		...parseSide('dev', flags, directory),
		...parseSide('base', flags, directory),
		onlyTables: flags.tables === undefined ? config.onlyTables : splitGlobs(flags.tables),
		ignore: {
			...config.ignore,
			objects: [...config.ignore.objects, ...splitGlobs(flags.ignore ?? '')],
		},
		allow,
		output: {
			directory:
				flags.output === undefined ? output.directory : resolvePath(directory, flags.output),
			color: flags.color === undefined ? output.color : flags.color ? 'always' : 'never',
		},
	};
}

function parseSide(
	side: Side,
	flags: ConfigFlags,
	directory: string,
): Partial<Record<Side, ConnectionSettings>> {
	const text = flags[side];
	return text === undefined ? {} : {[side]: parseConnection(text, `--${side}`, directory)};
}

/**
@throws {UsageError} Naming the kinds there are.
*/
function parseAllowKind(text: string): AllowKind {
	const kind = allowKinds.find((known) => known === text);
	if (kind !== undefined) return kind;
	const nearest = findNearest(text, allowKinds);
	throw new UsageError(`--allow has an unknown kind, "${text}".`, {
		hint: nearest === undefined ? `Known: ${allowKinds.join(', ')}.` : `Did you mean "${nearest}"?`,
	});
}
