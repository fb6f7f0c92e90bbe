import {closeRun} from '../../engine/compare-run.ts';
import {
	findUnfinishedApply,
	settleInterrupted,
	type ApplyOutcome,
} from '../../engine/apply/settle-interrupted.ts';
import {readPack} from '../../engine/pack/read-pack.ts';
import type {Session} from '../../engine/session.ts';
import {PackError} from '../../model/errors.ts';
import {RunDirectory} from '../../store/run-directory.ts';

/**
Finds out what became of an apply that a killed process left behind, before its run is taken
up: committed, prod is no longer what the run compared.

@returns Null when there is none.
@throws {LockedError | StoreError | UsageError} When the run can't be opened.
*/
export async function settleApply(
	{config, prod}: Session,
	id: string,
): Promise<ApplyOutcome | null> {
	const held = new RunDirectory(config.output.directory).open(id);
	try {
		const unfinished = findUnfinishedApply(held.store);
		if (!unfinished) return null;
		return await settleInterrupted(held.store, await readPack(unfinished.pack), prod.connection);
	} catch (error) {
		// Without the pack nobody can tell.
		if (error instanceof PackError) return 'unknown';
		throw error;
	} finally {
		closeRun(held);
	}
}
