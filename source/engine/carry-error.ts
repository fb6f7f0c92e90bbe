import * as errors from '../model/errors.ts';

/** An error as plain data: a thread's messages keep no classes. */
export type PackedError = {
	readonly name: string;
	readonly message: string;
	readonly hint: string;
	readonly stack: string;
};

const classes = new Map(
	[
		errors.DeepDiffError,
		errors.UsageError,
		errors.ConfigurationError,
		errors.ConnectionError,
		errors.ConnectionLostError,
		errors.LockedError,
		errors.SchemaChangedError,
		errors.StoreError,
		errors.InterruptedError,
	].map((constructor) => [constructor.name, constructor]),
);

export function packError(error: unknown): PackedError {
	if (!(error instanceof Error))
		return {name: 'Error', message: String(error), hint: '', stack: ''};
	const hint = error instanceof errors.DeepDiffError ? error.hint : '';
	return {name: error.name, message: error.message, hint, stack: error.stack ?? ''};
}

/** The error again, of its own class; one of ours keeps the stack of its thread. */
export function unpackError({name, message, hint, stack}: PackedError): Error {
	const constructor = classes.get(name);
	if (constructor) return new constructor(message, {hint});
	const error = new Error(message);
	error.stack = stack;
	return error;
}
