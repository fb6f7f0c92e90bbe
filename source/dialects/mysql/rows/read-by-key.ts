import {absentField, decodeRow} from '../../../model/encoding.ts';
import type {SideRow} from '../../side-reader.ts';
import type {MysqlSession} from '../session.ts';
import {matchKey, renderKeyValue} from './key-condition.ts';
import {readValue, type RowPlan} from './row-plan.ts';

/** Keys that one statement asks for; each is a range of its own to the optimizer. */
const batchSize = 500;

/** A statement is kept far below what the smallest server takes. */
const batchBytes = 512 * 1024;

/** Rows by encoded key, matched as the server's own `=` does, in the order asked. */
export async function readRowsByKey(
	session: MysqlSession,
	plan: RowPlan,
	keys: readonly string[],
): Promise<(SideRow | null)[]> {
	const rows: (SideRow | null)[] = keys.map(() => null);
	const asked = keys.flatMap((key, at) => {
		const condition = matchKey(plan, key);
		return condition === null ? [] : [{at, key, condition}];
	});
	const isExact = plan.key.every(({isLoose}) => !isLoose);
	for (const batch of cutBatches(asked)) {
		if (isExact) await readExactly(session, plan, batch, rows);
		else await readEach(session, plan, batch, rows);
	}
	return rows;
}

type Asked = {readonly at: number; readonly key: string; readonly condition: string};

function* cutBatches(asked: readonly Asked[]): Generator<Asked[]> {
	let batch: Asked[] = [];
	let bytes = 0;
	for (const one of asked) {
		if (batch.length === batchSize || (batch.length > 0 && bytes > batchBytes)) {
			yield batch;
			batch = [];
			bytes = 0;
		}
		batch.push(one);
		bytes += one.condition.length;
	}
	if (batch.length > 0) yield batch;
}

/** Equal keys are written alike: what comes back is told by it. */
async function readExactly(
	session: MysqlSession,
	plan: RowPlan,
	batch: readonly Asked[],
	rows: (SideRow | null)[],
): Promise<void> {
	const places = new Map<string, number[]>();
	for (const {at, key} of batch) places.set(key, [...(places.get(key) ?? []), at]);
	const sql = `SELECT ${plan.select} FROM ${plan.table} WHERE ${anyOf(plan, batch)}`;
	for (const values of await session.readAll(sql)) {
		const row = makeRow(plan, values);
		for (const at of places.get(row.key) ?? []) rows[at] = row;
	}
}

function anyOf({key}: RowPlan, batch: readonly Asked[]): string {
	const [column] = key;
	if (key.length !== 1 || column === undefined) {
		return batch.map(({condition}) => `(${condition})`).join(' OR ');
	}
	const values = batch.map((one) => {
		const [cell] = decodeRow(one.key);
		return cell ? renderKeyValue(column, cell) : null;
	});
	return `${column.sql} IN (${values.join(', ')})`;
}

/** Each key says which row is its own: the server may hold several keys equal to one row's. */
async function readEach(
	session: MysqlSession,
	plan: RowPlan,
	batch: readonly Asked[],
	rows: (SideRow | null)[],
): Promise<void> {
	const parts = batch.map(
		({at, condition}) =>
			`(SELECT ${at}, ${plan.select} FROM ${plan.table} WHERE ${condition} LIMIT 1)`,
	);
	for (const [at, ...values] of await session.readAll(parts.join(' UNION ALL '))) {
		rows[Number(at?.toString('latin1'))] = makeRow(plan, values);
	}
}

function makeRow(plan: RowPlan, values: readonly (Buffer | null)[]): SideRow {
	let next = 0;
	const fields = plan.columns.map((column) => {
		if (column === null) return absentField;
		return readValue(column, values[next++] ?? null);
	});
	const key = plan.layout.key.columns.map((name) => {
		return fields[plan.layout.columns.findIndex((column) => column.name === name)] ?? '';
	});
	return {key: key.join(''), fields};
}
