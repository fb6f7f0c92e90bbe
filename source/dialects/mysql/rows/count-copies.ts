import {decodeRow} from '../../../model/encoding.ts';
import type {MysqlSession} from '../session.ts';
import {matchExactly} from '../values/exact-match.ts';
import type {RowPlan} from './row-plan.ts';

/** Rows that one reading of the table looks for. */
const batchSize = 50;

/**
Counts how many rows of a table equal each of these in every compared column, exactly.

@param rows Encoded in the layout's column order.
@returns Counts in the order of the rows.
*/
export async function countEqualRows(
	session: MysqlSession,
	plan: RowPlan,
	rows: readonly string[],
): Promise<number[]> {
	const counts: number[] = rows.map(() => 0);
	const conditions = rows.map((row) => matchRow(plan, row));
	for (let from = 0; from < rows.length; from += batchSize) {
		const cases = conditions
			.slice(from, from + batchSize)
			.map((condition, at) => `WHEN ${condition} THEN ${from + at}`);
		const found = await session.run(
			`SELECT CASE ${cases.join(' ')} END AS wanted, COUNT(*) AS copies FROM ${plan.table} GROUP BY 1`,
		);
		for (const row of found) {
			if (row['wanted'] != null) counts[Number(row['wanted'])] = Number(row['copies']);
		}
	}
	// The server counts a row once: equal ones among those asked for share it.
	const first = new Map<string, number>();
	return conditions.map((condition, at) => {
		const known = first.get(condition) ?? at;
		first.set(condition, known);
		return counts[known] ?? 0;
	});
}

function matchRow({compared}: RowPlan, row: string): string {
	const cells = decodeRow(row);
	const conditions = compared.flatMap((column, at) => {
		const cell = cells[at];
		if (!column || !cell || cell.kind === 'absent') return [];
		return [matchExactly(column.sql, column.type, cell)];
	});
	return conditions.length > 0 ? conditions.join(' AND ') : 'TRUE';
}
