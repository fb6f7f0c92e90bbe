import type {Environment} from '../config/expand-environment.ts';
import {loadConfig} from '../config/load-config.ts';
import type {Redactor} from '../config/redact.ts';
import type {CommandContext, ConfigOptions, GlobalFlags, Output} from './context.ts';
import {note} from './print.ts';

export type World = {
	readonly stdout: Output;
	readonly stderr: Output;
	readonly ask: CommandContext['ask'];
	readonly directory: string;
	readonly environment: Environment;
	readonly signal: AbortSignal;
	readonly redactor: Redactor;
	/** Told once the configuration is known. */
	readonly onColor?: (mode: 'auto' | 'always' | 'never') => void;
};

/** Puts together what a command may use. */
export function createContext(world: World, flags: GlobalFlags): CommandContext {
	const {redactor, directory, environment, onColor} = world;
	const told = new Set<string>();
	const context: CommandContext = {
		flags,
		stdout: world.stdout,
		stderr: world.stderr,
		ask: world.ask,
		directory,
		environment,
		signal: world.signal,
		redact: (text) => redactor.redact(text),
		async loadConfig(options = {}) {
			const {connections = true, folder} = options;
			const typed = {...flags, ...options.flags};
			const {config, notices} = await loadConfig({
				directory: folder ?? directory,
				environment,
				connections,
				flags: pickFlags(typed, options),
				...(typed.config !== undefined && {file: typed.config}),
				// The search goes no higher than a folder that was named.
				...(folder !== undefined && {home: folder}),
			});
			for (const side of [config.prod, config.dev, config.base]) if (side) redactor.add(side);
			onColor?.(config.output.color);
			for (const notice of notices) {
				if (!told.has(notice)) await note(context, notice);
				told.add(notice);
			}
			return config;
		},
	};
	return context;
}

/** The part of the flags that belongs to the configuration. */
function pickFlags(
	{prod, dev, base, tables, output, color}: GlobalFlags,
	{allow, ignore, ignoreOutput = false}: ConfigOptions,
) {
	return {
		...(prod !== undefined && {prod}),
		...(dev !== undefined && {dev}),
		...(base !== undefined && {base}),
		...(tables !== undefined && {tables}),
		...(allow !== undefined && {allow}),
		...(ignore !== undefined && {ignore}),
		...(output !== undefined && !ignoreOutput && {output}),
		...(!color && {color}),
	};
}
