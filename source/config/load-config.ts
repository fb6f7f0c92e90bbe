import {homedir} from 'node:os';
import type {ConnectionSettings} from '../model/connection-settings.ts';
import {ConfigurationError} from '../model/errors.ts';
import {sides, type Config} from './config.ts';
import type {Environment} from './expand-environment.ts';
import {findConfig, openConfig} from './find-config.ts';
import {finishConfig} from './finish-config.ts';
import {mergeFlags, type ConfigFlags} from './merge-flags.ts';
import {validateConfig} from './validate-config.ts';

export type LoadOptions = {
	/** The current folder: where the search starts, and what paths in flags start from. */
	readonly directory: string;
	/** `--config`; without it one is looked for. */
	readonly file?: string;
	readonly flags?: ConfigFlags;
	readonly environment: Environment;
	/** The search goes up no further. */
	readonly home?: string;
	/** False: the file's `prod`, `dev` and `base` are not looked at, for commands that connect to nothing. */
	readonly connections?: boolean;
};

export type LoadedConfig = {
	readonly config: Config;
	/** Absolute path of the file that was read. */
	readonly file?: string;
	/** What a person should know although nothing is wrong. */
	readonly notices: readonly string[];
};

/**
Finds, reads and validates the configuration, and puts the command line's flags over it.

A side that a flag names is not looked at in the file: its variables may be missing.
Without any file everything has its default. Relative paths in a file start from its
folder; the default output folder lies beside a file that was found, and in the current
folder when there is none or `--config` named it.

@throws {ConfigurationError} For anything in the file that is not understood, in words
that never hold a password.
*/
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
	const {directory, file, flags = {}, environment, home = homedir(), connections = true} = options;
	const found =
		file === undefined ? await findConfig(directory, home) : await openConfig(file, directory);
	const document = found ?? {folder: directory, source: 'the configuration', value: {}};
	const skipped = sides.filter((side) => !connections || flags[side] !== undefined);
	const {input, notices} = validateConfig(document.value, document.source, skipped, environment);
	const config = finishConfig(input, {
		source: document.source,
		folder: document.folder,
		outputFolder: file === undefined ? document.folder : directory,
	});
	return {
		config: mergeFlags(config, flags, directory),
		...(found !== undefined && {file: found.file}),
		notices,
	};
}

/**
Gives both sides of a comparison.

@throws {ConfigurationError} When one is not named.
*/
export function requireSides(config: Config): {
	readonly prod: ConnectionSettings;
	readonly dev: ConnectionSettings;
	readonly base: ConnectionSettings | undefined;
} {
	const {prod, dev, base} = config;
	if (prod !== undefined && dev !== undefined) return {prod, dev, base};
	const missing = [prod === undefined ? 'prod' : '', dev === undefined ? 'dev' : ''].filter(
		(side) => side !== '',
	);
	throw new ConfigurationError(`No database is named for ${missing.join(' and ')}.`, {
		hint: `Give ${missing.map((side) => `--${side} URL|FILE`).join(' ')}, or write a configuration with: deepdiff-db init`,
	});
}
