import {encodeField} from '../../../model/encoding.ts';
import type {MysqlSession} from '../session.ts';
import {limitToSegment} from './key-condition.ts';
import {readKeyValues, selectAll, type PlanColumn, type RowPlan} from './row-plan.ts';

/** So many rows are stepped over at most: about a second's work. */
const mostSteps = 5_000_000;

/**
At most `parts - 1` keys that cut the table into parts of similar size. A single number is cut
by its range, which asks for its ends alone; any other key is stepped through, unless the
table is too large for that: then it has one part.
*/
export async function splitKeys(
	session: MysqlSession,
	plan: RowPlan,
	parts: number,
): Promise<string[]> {
	const [first] = plan.key;
	if (first === undefined || parts < 2) return [];
	if (plan.key.length === 1 && first.form.kind === 'integer') {
		return cutRange(session, plan, first, parts);
	}
	const rows = await countRoughly(session, plan);
	if (rows > mostSteps) return [];
	return stepThrough(session, plan, Math.ceil(rows / parts), parts - 1);
}

async function cutRange(
	session: MysqlSession,
	plan: RowPlan,
	column: PlanColumn,
	parts: number,
): Promise<string[]> {
	const [ends] = await session.readAll(
		`SELECT MIN(${column.sql}) + 0, MAX(${column.sql}) + 0 FROM ${plan.table}`,
	);
	const [low, high] = [ends?.[0], ends?.[1]].map((value) =>
		value ? BigInt(value.toString('latin1')) : null,
	);
	if (low == null || high == null) return [];
	const keys = new Set<string>();
	for (let part = 1; part < parts; part++) {
		const value = low + ((high - low) * BigInt(part)) / BigInt(parts);
		if (value < high)
			keys.add(encodeField(column.as === 'decimal' ? 'decimal' : 'integer', String(value)));
	}
	return [...keys];
}

async function countRoughly(session: MysqlSession, {inKeyOrder}: RowPlan): Promise<number> {
	const [row] = await session.run(`EXPLAIN SELECT COUNT(*) FROM ${inKeyOrder}`);
	return Number(row?.['rows'] ?? 0);
}

async function stepThrough(
	session: MysqlSession,
	plan: RowPlan,
	step: number,
	most: number,
): Promise<string[]> {
	const keys: string[] = [];
	const order = plan.key.map(({sql}) => sql).join(', ');
	while (keys.length < most) {
		const conditions = [
			...plan.conditions,
			...limitToSegment(plan, {after: keys.at(-1) ?? null, upTo: null}),
		];
		const where =
			conditions.length > 0 ? ` WHERE ${conditions.map((one) => `(${one})`).join(' AND ')}` : '';
		const [row] = await session.readAll(
			`SELECT ${selectAll(plan.key)} FROM ${plan.inKeyOrder}${where} ORDER BY ${order} LIMIT ${Math.max(step, 1) - 1}, 1`,
		);
		if (!row) break;
		keys.push(readKeyValues(plan, row));
	}
	return keys;
}
