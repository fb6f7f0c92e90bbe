import type {Connection} from '../../dialects/dialect.ts';
import type {Pack} from '../pack/read-pack.ts';
import type {ExpectedEnd} from './apply-journal.ts';
import {judgeRow, readTouchedRows, type Side} from './read-touched-rows.ts';

export type ApplyOutcome = 'committed' | 'rolled back' | 'unknown';

/**
What the target itself says about a commit whose answer was lost. A transaction is whole, so
any sign decides: the schema, the copies of rows without a key, or the rows themselves, which
must all be as after the pack or all as before it.
*/
export async function judgeOutcome(
	pack: Pack,
	connection: Connection,
	expected: ExpectedEnd,
): Promise<ApplyOutcome> {
	const before = pack.header.prod.catalog;
	if (before !== null && before !== expected.catalog) {
		const {fingerprint} = await connection.readCatalog();
		if (fingerprint === expected.catalog) return 'committed';
		if (fingerprint === before) return 'rolled back';
	}
	const [isAfter, isBefore] = [await matchesSide('after'), await matchesSide('before')];
	if (isAfter && !isBefore) return 'committed';
	if (isBefore && !isAfter) return 'rolled back';
	return 'unknown';

	async function matchesSide(side: Side): Promise<boolean> {
		let hasEvidence = false;
		for await (const page of readTouchedRows(pack, connection, side)) {
			for (const touched of page) {
				if (judgeRow(touched, side, pack).kind !== 'as expected') return false;
				if ((touched.check.row[side]?.unsure.length ?? 0) === 0) hasEvidence = true;
			}
		}
		for (const copies of expected.copies) {
			const checks = pack.header.tables.find(({table}) => table === copies.table);
			if (!checks) continue;
			const [count] = await connection.countCopies(checks.countingLayout, [copies.row]);
			if (count !== copies[side]) return false;
			hasEvidence = true;
		}
		return hasEvidence;
	}
}
