import {InterruptedError} from '../model/errors.ts';

/** @throws {InterruptedError} After a signal. */
export function throwIfInterrupted(signal: AbortSignal): void {
	if (signal.aborted) throw new InterruptedError('Interrupted.');
}
