import type {Connection} from '../../dialects/dialect.ts';
import type {Pack} from '../pack/read-pack.ts';
import type {ExpectedEnd} from './apply-journal.ts';
import {judgeRow, readTouchedRows, type TouchedRow} from './read-touched-rows.ts';

export type ApplyOutcome = 'committed' | 'rolled back' | 'unknown';

/**
What the target itself says about a commit whose answer was lost. A transaction is whole, so
any sign decides: the schema, the copies of rows without a key, or the rows themselves. Rows
that are neither as before nor as after, since a trigger or somebody else changed them, say
nothing.
*/
export async function judgeOutcome(
	pack: Pack,
	connection: Connection,
	expected: ExpectedEnd,
): Promise<ApplyOutcome> {
	const {catalog} = pack.header.prod;
	if (catalog !== null && expected.catalog !== null) {
		const {fingerprint} = await connection.readCatalog();
		if (fingerprint === expected.catalog) return 'committed';
		if (fingerprint === catalog) return 'rolled back';
	}
	const signs = {before: 0, after: 0};
	for await (const page of readTouchedRows(pack, connection, 'after')) {
		for (const touched of page) countSigns(touched);
	}
	for (const copies of expected.copies) {
		const checks = pack.header.tables.find(({table}) => table === copies.table);
		if (!checks) continue;
		const [count] = await connection.countCopies(checks.countingLayout, [copies.row]);
		if (count === copies.before) signs.before++;
		if (count === copies.after) signs.after++;
	}
	if (signs.after > 0 && signs.before === 0) return 'committed';
	if (signs.before > 0 && signs.after === 0) return 'rolled back';
	return 'unknown';

	function countSigns(touched: TouchedRow): void {
		const {before, after} = touched.check.row;
		const isVague = (before?.unsure.length ?? 0) + (after?.unsure.length ?? 0) > 0;
		if (isVague || before?.digest === after?.digest) return;
		for (const side of ['before', 'after'] as const) {
			const judgement = judgeRow(touched, side, pack);
			if (judgement.kind === 'as expected' && judgement.isSure) signs[side]++;
		}
	}
}
