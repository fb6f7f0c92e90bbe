/** Exit codes of the program, as scripts rely on them. */
export const exitCodes = {
	done: 0,
	differences: 1,
	failed: 2,
	unresolved: 3,
	targetChanged: 4,
	usage: 64,
	configuration: 78,
	interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

type ErrorDetails = {
	/** What the person can do about it, as one sentence. */
	readonly hint?: string;
	readonly cause?: unknown;
};

/**
Something that went wrong outside our own code: the message says what failed,
the hint what to do. It is shown without a stack.
*/
export class DeepDiffError extends Error {
	readonly exitCode: ExitCode = exitCodes.failed;
	readonly hint: string;

	constructor(message: string, {hint = '', cause}: ErrorDetails = {}) {
		super(message, cause === undefined ? {} : {cause});
		this.name = new.target.name;
		this.hint = hint;
	}
}

/** The command line asks for something that does not exist. */
export class UsageError extends DeepDiffError {
	override readonly exitCode = exitCodes.usage;
}

/** The configuration is missing, broken, or names something unknown. */
export class ConfigurationError extends DeepDiffError {
	override readonly exitCode = exitCodes.configuration;
}

/** A database can't be opened or read at all: missing, encrypted, corrupt, refused. */
export class ConnectionError extends DeepDiffError {}

/** The connection went away in the middle; the segment can be asked for again. */
export class ConnectionLostError extends ConnectionError {}

/** The database or the run is held by somebody else. */
export class LockedError extends DeepDiffError {}

/** A table or its definition is no longer what was read when the run began. */
export class SchemaChangedError extends DeepDiffError {}

/** The run store can't be read or written: full disk, damaged file. */
export class StoreError extends DeepDiffError {}

/** A plan was asked for while conflicts have no resolution. */
export class UnresolvedError extends DeepDiffError {
	override readonly exitCode = exitCodes.unresolved;
}

/** A pack was edited, truncated, or made for another database. */
export class PackError extends DeepDiffError {}

/** A guard did not hold: a row is no longer what was reviewed. Nothing was written. */
export class TargetChangedError extends DeepDiffError {
	override readonly exitCode = exitCodes.targetChanged;
}

/** A statement or the verification failed; everything was rolled back. */
export class ApplyError extends DeepDiffError {}

/** The person or a signal stopped it; a checkpoint was kept. */
export class InterruptedError extends DeepDiffError {
	override readonly exitCode = exitCodes.interrupted;
}
