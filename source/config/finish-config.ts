import type {ConnectionSettings} from '../model/connection-settings.ts';
import {allowKinds, type AllowKind} from '../model/schema-change.ts';
import type {Config, ConflictRule, Side} from './config.ts';
import {buildConnection, resolvePath} from './connection-settings.ts';
import type {ConfigInput} from './schema.ts';

export type Places = {
	/** The file, for messages. */
	readonly source: string;
	/** What paths in the file start from. */
	readonly folder: string;
	/** Where the default output folder lies. */
	readonly outputFolder: string;
};

/**
Makes the program's configuration of a file's validated keys.

@throws {ConfigurationError} For a side whose keys do not go together.
*/
export function finishConfig(input: ConfigInput, places: Places): Config {
	const {ignore, tables, conflicts, performance, output} = input;
	return {
		...finishSide('prod', input, places),
		...finishSide('dev', input, places),
		...finishSide('base', input, places),
		onlyTables: [],
		ignore,
		tables,
		conflicts: {...conflicts, rules: conflicts.rules.map(finishRule)},
		allow: finishAllow(input.allow),
		performance,
		output: {
			color: output.color,
			directory:
				output.directory === undefined
					? resolvePath(places.outputFolder, '.deepdiff')
					: resolvePath(places.folder, output.directory),
		},
	};
}

function finishSide(
	side: Side,
	input: ConfigInput,
	{folder, source}: Places,
): Partial<Record<Side, ConnectionSettings>> {
	const connection = input[side];
	if (connection === undefined) return {};
	return {[side]: buildConnection(connection, `"${side}" in ${source}`, folder)};
}

function finishRule({when, ...rule}: ConfigInput['conflicts']['rules'][number]): ConflictRule {
	const {state, equalIgnoring, ...others} = when;
	return {
		...rule,
		when: {
			...others,
			...(state !== undefined && {state: [state].flat()}),
			...(equalIgnoring !== undefined && {equalIgnoring: [equalIgnoring].flat()}),
		},
	};
}

function finishAllow(written: ConfigInput['allow']): Record<AllowKind, boolean> {
	// The cast holds once the last kind was put in.
	return allowKinds.reduce(
		(allow, kind) => ({...allow, [kind]: written[kind] ?? false}),
		{} as Record<AllowKind, boolean>,
	);
}
