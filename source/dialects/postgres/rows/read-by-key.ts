import {decodeRow} from '../../../model/encoding.ts';
import {DeepDiffError} from '../../../model/errors.ts';
import type {SideRow} from '../../side-reader.ts';
import {readCode} from '../../server/explain-network-error.ts';
import type {PostgresSession} from '../session.ts';
import {copyLines} from './copy-lines.ts';
import {mayBeRefused, renderKeyLiteral} from './key-literal.ts';
import {readRow, renderLineColumns} from './row-lines.ts';
import type {RowPlan} from './row-plan.ts';

/** Keys of one query; an index answers each of them. */
const batchKeys = 500;
const lineFeed = 10;

/** Runs a query and undoes what its failure did to the transaction. */
export type Ask = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
Rows by encoded key, in the order asked; null where there is none. A value that the column can't
hold finds nothing.
*/
export async function readRowsByKey(
	session: PostgresSession,
	plan: RowPlan,
	keys: readonly string[],
	ask: Ask,
): Promise<(SideRow | null)[]> {
	const found = new Array<SideRow | null>(keys.length).fill(null);
	const wanted = keys.flatMap((key, index): WantedKey[] => {
		const cells = decodeRow(key);
		const values = plan.key.map((column, at) => {
			const cell = cells[at];
			return cell ? renderKeyLiteral(cell, column) : null;
		});
		return values.includes(null) ? [] : [{index, values: values.filter((value) => value !== null)}];
	});
	const read = async (batch: readonly WantedKey[]): Promise<void> => {
		if (batch.length === 0) return;
		try {
			await ask(() => readBatch(session, plan, batch, found));
		} catch (error) {
			if (!plan.key.some(mayBeRefused) || !isBadValue(error)) throw error;
			// One of them is no value of its type: it is alone in the end, and finds nothing.
			if (batch.length === 1) return;
			const middle = batch.length >> 1;
			await read(batch.slice(0, middle));
			await read(batch.slice(middle));
		}
	};
	for (let at = 0; at < wanted.length; at += batchKeys) {
		await read(wanted.slice(at, at + batchKeys));
	}
	return found;
}

type WantedKey = {readonly index: number; readonly values: readonly string[]};

async function readBatch(
	session: PostgresSession,
	plan: RowPlan,
	batch: readonly WantedKey[],
	found: (SideRow | null)[],
): Promise<void> {
	const names = plan.key.map((_, at) => `k${at}`);
	const rows = batch.map(({index, values}) => `(${[index, ...values].join(', ')})`);
	const matches = plan.key.map(({sql}, at) => `${sql} = wanted.k${at}`);
	const query = `SELECT wanted.n, ${renderLineColumns(plan)}
		FROM (VALUES ${rows.join(', ')}) AS wanted (n, ${names.join(', ')})
		JOIN ${plan.shape.from} ON ${matches.join(' AND ')}`;
	for await (const lines of copyLines(session, query)) {
		let from = 0;
		while (from < lines.length) {
			const end = lines.indexOf(lineFeed, from);
			const line = lines.subarray(from, end);
			found[Number.parseInt(line.toString('latin1', 0, 12), 10)] = readRow(plan, line, 1);
			from = end + 1;
		}
	}
}

/** Class 22 of the server's codes: data exceptions. */
function isBadValue(error: unknown): boolean {
	const cause = error instanceof DeepDiffError ? error.cause : error;
	return readCode(cause)?.startsWith('22') === true;
}
