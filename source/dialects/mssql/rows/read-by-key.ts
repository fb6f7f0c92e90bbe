import type {SideRow} from '../../side-reader.ts';
import type {MssqlSession} from '../session.ts';
import {matchKey} from './key-condition.ts';
import {readRow, type RowPlan} from './row-plan.ts';

/** Keys that one batch asks for. */
const batchSize = 200;

/** A batch is kept far below the 65,536 packets that one may have. */
const batchLength = 256 * 1024;

/** Rows by encoded key, matched as the server's own `=` does, in the order asked. */
export async function readRowsByKey(
	session: MssqlSession,
	plan: RowPlan,
	keys: readonly string[],
): Promise<(SideRow | null)[]> {
	const rows: (SideRow | null)[] = keys.map(() => null);
	const asked = keys.flatMap((key, at) => {
		const condition = matchKey(plan, key);
		return condition === null
			? []
			: [`SELECT TOP (1) ${at}, ${plan.select} FROM ${plan.table} WHERE ${condition}`];
	});
	for (const batch of cutBatches(asked)) {
		// Each key says which row is its own: the server may hold several keys equal to one row's.
		for (const [at, ...values] of await session.readAll(batch.join(';\n'))) {
			rows[Number(at)] = readRow(plan, values);
		}
	}
	return rows;
}

export function* cutBatches(texts: readonly string[]): Generator<string[]> {
	let batch: string[] = [];
	let length = 0;
	for (const text of texts) {
		if (batch.length === batchSize || (batch.length > 0 && length > batchLength)) {
			yield batch;
			batch = [];
			length = 0;
		}
		batch.push(text);
		length += text.length;
	}
	if (batch.length > 0) yield batch;
}
