import {encodeRow, decodeRow} from '../../../model/encoding.ts';
import type {Layout} from '../../../model/layout.ts';
import type {PostgresSession} from '../session.ts';
import {copyLines} from './copy-lines.ts';
import {readRow, renderLineColumns} from './row-lines.ts';
import type {RowPlan} from './row-plan.ts';

const lineFeed = 10;

/**
How many rows equal each of these encoded ones in every compared column. The table is read once,
whatever their number: no key finds them.
*/
export async function countCopies(
	session: PostgresSession,
	plan: RowPlan,
	rows: readonly string[],
): Promise<number[]> {
	const counts = new Map(rows.map((row) => [cut(row, plan.layout), 0]));
	const query = `SELECT ${renderLineColumns(plan)} FROM ${plan.shape.from}`;
	for await (const lines of copyLines(session, query)) {
		let from = 0;
		while (from < lines.length) {
			const end = lines.indexOf(lineFeed, from);
			const {fields} = readRow(plan, lines.subarray(from, end));
			const row = fields.slice(0, plan.layout.comparedCount).join('');
			const count = counts.get(row);
			if (count !== undefined) counts.set(row, count + 1);
			from = end + 1;
		}
	}
	return rows.map((row) => counts.get(cut(row, plan.layout)) ?? 0);
}

/** The compared columns alone. */
function cut(row: string, {comparedCount, columns}: Layout): string {
	return comparedCount === columns.length ? row : encodeRow(decodeRow(row).slice(0, comparedCount));
}
