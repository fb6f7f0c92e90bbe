import {decodeRow} from '../../../model/encoding.ts';
import type {MssqlSession} from '../session.ts';
import {matchExactly} from '../values/exact-match.ts';
import {cutBatches} from './read-by-key.ts';
import type {RowPlan} from './row-plan.ts';

/** Counts how many rows of a table equal each of these in every compared column, exactly. */
export async function countEqualRows(
	session: MssqlSession,
	plan: RowPlan,
	rows: readonly string[],
): Promise<number[]> {
	const counts = rows.map(() => 0);
	const asked = rows.map(
		(row, at) => `SELECT ${at}, COUNT_BIG(*) FROM ${plan.table} WHERE ${matchRow(plan, row)}`,
	);
	for (const batch of cutBatches(asked)) {
		for (const [at, count] of await session.readAll(batch.join(';\n'))) {
			counts[Number(at)] = Number(count);
		}
	}
	return counts;
}

function matchRow({compared}: RowPlan, row: string): string {
	const cells = decodeRow(row);
	const conditions = compared.flatMap((column, at) => {
		const cell = cells[at];
		if (!column || !cell || cell.kind === 'absent') return [];
		return [matchExactly(column.sql, column.type, cell)];
	});
	return conditions.length > 0 ? conditions.join(' AND ') : '1 = 1';
}
