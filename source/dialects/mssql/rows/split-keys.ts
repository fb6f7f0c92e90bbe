import {encodeField} from '../../../model/encoding.ts';
import type {MssqlSession} from '../session.ts';
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
	session: MssqlSession,
	plan: RowPlan,
	parts: number,
): Promise<string[]> {
	const [first] = plan.key;
	if (first === undefined || parts < 2) return [];
	if (plan.key.length === 1 && first.form.kind === 'integer') {
		return cutRange(session, plan, first, parts);
	}
	const [[rows] = []] = await session.readAll(`SELECT COUNT_BIG(*) FROM ${plan.table}`);
	if (Number(rows) > mostSteps) return [];
	return stepThrough(session, plan, Math.ceil(Number(rows) / parts), parts - 1);
}

async function cutRange(
	session: MssqlSession,
	{table}: RowPlan,
	{sql, as}: PlanColumn,
	parts: number,
): Promise<string[]> {
	const [ends = []] = await session.readAll(`SELECT MIN(${sql}), MAX(${sql}) FROM ${table}`);
	const [low, high] = ends;
	if (low == null || high == null) return [];
	const [from, to] = [BigInt(String(low)), BigInt(String(high))];
	const keys = new Set<string>();
	for (let part = 1; part < parts; part++) {
		const value = from + ((to - from) * BigInt(part)) / BigInt(parts);
		if (value < to) keys.add(encodeField(as === 'decimal' ? 'decimal' : 'integer', String(value)));
	}
	return [...keys];
}

async function stepThrough(
	session: MssqlSession,
	plan: RowPlan,
	step: number,
	most: number,
): Promise<string[]> {
	const keys: string[] = [];
	while (keys.length < most) {
		const key = await findKeyAfter(session, plan, keys.at(-1) ?? null, null, step);
		if (key === null) break;
		keys.push(key);
	}
	return keys;
}

/** The key so many rows after another; null: there are fewer. */
export async function findKeyAfter(
	session: MssqlSession,
	plan: RowPlan,
	after: string | null,
	upTo: string | null,
	rows: number,
): Promise<string | null> {
	const conditions = [...plan.conditions, ...limitToSegment(plan, {after, upTo})];
	const order = plan.key.map(({sql}) => sql).join(', ');
	const [row] = await session.readAll(
		`SELECT ${selectAll(plan.key)} FROM ${plan.table}${joinConditions(conditions)} ORDER BY ${order} OFFSET ${Math.max(rows, 1) - 1} ROWS FETCH NEXT 1 ROWS ONLY`,
	);
	return row ? readKeyValues(plan, row) : null;
}

export function joinConditions(conditions: readonly string[]): string {
	return conditions.length > 0 ? ` WHERE ${conditions.map((one) => `(${one})`).join(' AND ')}` : '';
}
