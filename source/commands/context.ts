import type {Environment} from '../config/expand-environment.ts';
import type {Config} from '../config/config.ts';

/** Somewhere that text goes: a terminal, a pipe, a file, a test's memory. */
export type Output = {
	readonly isTerminal: boolean;
	readonly hasColor: boolean;
	/** Characters a line holds; of something that is no terminal, a width that reads well. */
	readonly columns: number;
	/** Nobody reads any more (a closed pipe): what follows may be left out. */
	readonly isClosed: boolean;
	/** Writes text with every known password taken out, and waits while the reader is slow. */
	write(text: string): Promise<void>;
	/** Writes what a database holds, which must stay as it is even where it looks like a password. */
	writeExact(text: string): Promise<void>;
};

/** The flags that every command has, as they were typed. */
export type GlobalFlags = {
	readonly config?: string | undefined;
	readonly prod?: string | undefined;
	readonly dev?: string | undefined;
	readonly base?: string | undefined;
	/** Globs, separated by commas. */
	readonly tables?: string | undefined;
	/** A run's id. */
	readonly run?: string | undefined;
	readonly output?: string | undefined;
	readonly json: boolean;
	readonly quiet: boolean;
	/** False: `--no-color`. */
	readonly color: boolean;
};

/** What a command may use of the world; a test passes its own. */
export type CommandContext = {
	readonly flags: GlobalFlags;
	/** The result, and nothing else. */
	readonly stdout: Output;
	/** Progress, notes, warnings and questions. */
	readonly stderr: Output;
	/** Takes every known password out of a text. */
	readonly redact: (text: string) => string;
	/** Asks a question on the terminal; null where nobody can be asked. */
	readonly ask: ((question: string) => Promise<string>) | null;
	/** The current folder: what typed paths start from. */
	readonly directory: string;
	readonly environment: Environment;
	/** Aborted by SIGINT, SIGTERM and SIGHUP. */
	readonly signal: AbortSignal;
	/**
	Finds and reads the configuration, with the flags put over it.

	@throws {ConfigurationError | UsageError}
	*/
	loadConfig(options?: ConfigOptions): Promise<Config>;
};

export type SideName = 'prod' | 'dev' | 'base';

export type ConfigOptions = {
	/** False: prod, dev and base of the file are not looked at. @default true */
	readonly connections?: boolean;
	/** Sides that will be connected to: their passwords are asked for. @default all */
	readonly sides?: readonly SideName[];
	/** Kinds that `--allow` opens, separated by commas. */
	readonly allow?: string | undefined;
	/** Patterns that `--ignore` adds to `ignore.objects`, separated by commas. */
	readonly ignore?: string | undefined;
	/** Without `--output`. @default false */
	readonly ignoreOutput?: boolean;
	/** Searched and started from instead of the current folder, and nothing above it. */
	readonly folder?: string;
	/** Put over the typed flags. */
	readonly flags?: Partial<GlobalFlags>;
};
