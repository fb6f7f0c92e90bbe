import path from 'node:path';
import type {Connection} from '../../dialects/dialect.ts';
import type {RunStore} from '../../store/run-store.ts';
import type {Pack} from '../pack/read-pack.ts';
import {readReceipt} from '../pack/read-receipt.ts';
import {wasCommittedLast} from './apply-journal.ts';
import {makeAppliedError} from './check-target.ts';
import {isApplied} from './judge-target.ts';

/**
Keeps a pack from being applied twice where its rows can't tell: rows without a key would
simply be inserted again. What was done last is in the run's journal and in the receipts.

@throws {TargetChangedError} When it was applied and not undone since.
*/
export async function refuseSecondTime(
	pack: Pack,
	connection: Connection,
	store: RunStore | undefined,
): Promise<void> {
	if (!pack.header.tables.some(({countsCopies}) => countsCopies)) return;
	const isSaid = (store && wasCommittedLast(store, pack)) || isReceiptLast(pack);
	if (!isSaid) return;
	// A backup may have been restored since: rows with a key know better.
	if ((await isApplied(pack, connection)) !== false) throw makeAppliedError(pack);
}

function isReceiptLast({manifestPath, digest}: Pack): boolean {
	const folder = path.dirname(manifestPath);
	const receipts = [readReceipt(folder, 'migration'), readReceipt(folder, 'undo')]
		.filter((receipt) => receipt?.result === 'committed')
		.sort((a, b) => ((a?.endedAt ?? '') < (b?.endedAt ?? '') ? -1 : 1));
	return receipts.at(-1)?.pack.digest === digest;
}
