import type {Environment} from '../config/expand-environment.ts';
import type {Config} from '../config/config.ts';
import {fillPassword, type AskPassword} from '../config/fill-password.ts';
import {loadConfig} from '../config/load-config.ts';
import type {Redactor} from '../config/redact.ts';
import {displayName, type ConnectionSettings} from '../model/connection-settings.ts';
import type {CommandContext, ConfigOptions, GlobalFlags, Output, SideName} from './context.ts';
import {note} from './print.ts';

export type World = {
	readonly stdout: Output;
	readonly stderr: Output;
	readonly ask: CommandContext['ask'];
	/** Asks for what must not be shown; undefined where nobody can be asked. */
	readonly askSecret?: ((question: string) => Promise<string>) | undefined;
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
	const passwords = new Map<string, Promise<string>>();
	/** Once for each account, however often the configuration is read. */
	const askPassword = (settings: ConnectionSettings): Promise<string> => {
		const name = displayName(settings);
		const known = passwords.get(name) ?? world.askSecret?.(`Password of ${name}: `);
		if (known) passwords.set(name, known);
		return known ?? Promise.resolve('');
	};
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
			const {connections = true, sides = everySide, folder} = options;
			const typed = {...flags, ...options.flags};
			const {config: written, notices} = await loadConfig({
				directory: folder ?? directory,
				environment,
				connections,
				flags: pickFlags(typed, options),
				...(typed.config !== undefined && {file: typed.config}),
				// The search goes no higher than a folder that was named.
				...(folder !== undefined && {home: folder}),
			});
			const config = connections
				? await fillPasswords(written, sides, world.askSecret && askPassword)
				: written;
			for (const side of everySide) if (config[side]) redactor.add(config[side]);
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

const everySide: readonly SideName[] = ['prod', 'dev', 'base'];

/** Before anything is drawn: later the screen belongs to somebody else. */
async function fillPasswords(
	config: Config,
	sides: readonly SideName[],
	ask: AskPassword | undefined,
): Promise<Config> {
	let filled = config;
	for (const side of sides) {
		const settings = config[side];
		if (settings) filled = {...filled, [side]: await fillPassword(settings, ask)};
	}
	return filled;
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
