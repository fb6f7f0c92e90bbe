import type {Statement} from 'better-sqlite3';
import {absentField, digest} from '../../../model/encoding.ts';
import type {RowPair} from '../../../model/segment.ts';
import {encodeExactly, type SqliteValue, type TextEncoding} from '../rows/values.ts';
import {constantField, type PairColumn} from './pair-columns.ts';

/** Numbers that come before a row's values: see `renderUnkeyed`. */
const leading = 4;

const batchRows = 2000;
const batchCharacters = 4_000_000;

/**
Yields the rows that one side has more often than the other, as many copies as it has too
many. Where equal rows differ in columns that are only carried along, those that come first
in their order stand for the surplus.
*/
export function* compareUnkeyedRows(
	statement: Statement<[], SqliteValue[]>,
	columns: readonly PairColumn[],
	comparedCount: number,
	encoding: TextEncoding,
): Generator<RowPair[]> {
	let batch: RowPair[] = [];
	let characters = 0;
	let current = '';
	let left = 0;
	for (const values of statement.iterate()) {
		const [prodRows, devRows, allProd, allDev] = values.slice(0, leading).map(Number);
		const surplus = (allProd ?? 0) - (allDev ?? 0);
		const isProd = surplus > 0;
		const fields = columns.map((column, index) => {
			const origin = isProd ? column.prod : column.dev;
			if (origin.kind !== 'column') return isProd ? constantField(origin) : absentField;
			const at = leading + 2 * index;
			return encodeExactly(values[at] ?? null, values[at + 1] ?? null, encoding);
		});
		const compared = fields.slice(0, comparedCount).join('');
		const group = `${isProd ? '+' : '-'}${compared}`;
		if (group !== current) {
			current = group;
			left = Math.abs(surplus);
		}
		const copies = Math.min(left, (isProd ? prodRows : devRows) ?? 0);
		if (copies === 0) continue;
		left -= copies;
		const row = fields.join('');
		const rowDigest = digest(compared);
		batch.push({
			key: row,
			prod: isProd ? row : null,
			dev: isProd ? null : row,
			prodDigest: isProd ? rowDigest : null,
			devDigest: isProd ? null : rowDigest,
			copies,
		});
		characters += row.length;
		if (batch.length >= batchRows || characters >= batchCharacters) {
			yield batch;
			batch = [];
			characters = 0;
		}
	}
	if (batch.length > 0) yield batch;
}
