import type {Connection} from '../../dialects/dialect.ts';
import type {RunStore} from '../../store/run-store.ts';
import type {Pack} from '../pack/read-pack.ts';
import {applyEvents, findUnfinishedApply} from './apply-journal.ts';
import {judgeOutcome, type ApplyOutcome} from './judge-outcome.ts';

export {findUnfinishedApply, type UnfinishedApply} from './apply-journal.ts';
export type {ApplyOutcome} from './judge-outcome.ts';

/**
Tells what became of an apply whose process was killed or lost its connection, by reading the
rows that it touches, and enters it in the journal.

@returns Null when the journal holds no unfinished apply of this pack.
*/
export async function settleInterrupted(
	store: RunStore,
	pack: Pack,
	connection: Connection,
): Promise<ApplyOutcome | null> {
	const unfinished = findUnfinishedApply(store);
	if (unfinished?.digest !== pack.digest) return null;
	// The commit was never asked for, so there is none, whatever the rows look like.
	const outcome = unfinished.expected
		? await judgeOutcome(pack, connection, unfinished.expected)
		: 'rolled back';
	if (outcome !== 'unknown') {
		const event = outcome === 'committed' ? applyEvents.committed : applyEvents.rolledBack;
		store.journal.append(event, {digest: pack.digest, reason: 'settled after an interruption'});
		if (outcome === 'committed') {
			store.stage = pack.header.kind === 'migration' ? 'applied' : 'planned';
		}
	}
	return outcome;
}
