import type {Row} from '../model/cell.ts';
import {decodeField, decodeRow} from '../model/encoding.ts';
import type {DecisionLevel, RowState, Take} from '../model/row-change.ts';
import type {DecidedRow, StoredRow} from './row-changes.ts';

/** One line of a list: enough to show a row, whatever its size. */
export type ListedRow = {
	readonly id: number;
	readonly table: string;
	readonly state: RowState;
	/** For people: the end of a very long key is missing. */
	readonly key: Row;
	readonly copies: number;
	/** What was decided, and by whom; null: nothing yet. */
	readonly decision: {
		readonly take: Take;
		readonly level: DecisionLevel;
		readonly by: string;
	} | null;
	/** Bytes that it takes in the store. */
	readonly size: number;
	/** Null: too large to be read for a list; `rows.get` reads it. */
	readonly row: DecidedRow | null;
};

/** What turns a stored row into a decided one, and knows its table. */
type RowDecoder = {
	tableOf(id: number): string;
	decode(row: StoredRow): DecidedRow;
};

/** A page holds some dozens of rows: above this size one is not read for a list. */
const largeRow = 64 * 1024;
const longKey = 2048;

// octet_length is told by the row's header: what is large is not even read from the disk.
export const selectListedRows = `
	SELECT id, state, copies, level, by, take, size,
		substr(key, 1, ${longKey}) AS key_start,
		iif(size > ${largeRow}, NULL, key) AS key,
		iif(size > ${largeRow}, NULL, prod) AS prod,
		iif(size > ${largeRow}, NULL, dev) AS dev,
		iif(size > ${largeRow}, NULL, base) AS base,
		iif(size > ${largeRow}, NULL, cells) AS cells,
		prod_digest, dev_digest
	FROM (
		SELECT *, octet_length(key) + ifnull(octet_length(prod), 0) + ifnull(octet_length(dev), 0)
			+ ifnull(octet_length(base), 0) AS size
		FROM row_change
	) AS row_change LEFT JOIN resolution ON row_id = id`;

/** @param stored A row of `selectListedRows`. */
export function decodeListedRow(stored: unknown, decoder: RowDecoder): ListedRow {
	// The columns are those of the query above.
	const {
		key_start: keyStart,
		size,
		...row
	} = stored as Omit<StoredRow, 'key'> & {
		readonly key: string | null;
		readonly key_start: string;
		readonly size: number;
	};
	const {id, state, copies, take, level, by, key} = row;
	const whole = key === null ? null : decoder.decode({...row, key});
	return {
		id,
		table: decoder.tableOf(id),
		state,
		key: whole?.key ?? decodeBeginning(keyStart),
		copies,
		decision: take === null || level === null || by === null ? null : {take, level, by},
		size,
		row: whole,
	};
}

/** The cells of an encoded row whose end may be cut off; the last one may be cut, too. */
function decodeBeginning(encoded: string): Row {
	if (encoded.length < longKey) return decodeRow(encoded);
	const bytes = Buffer.from(encoded);
	const cells: Row[number][] = [];
	let at = 0;
	while (at < bytes.length) {
		const tag = bytes.toString('utf8', at, at + 1);
		const colon = bytes.indexOf(':', at);
		const isAlone = !/[a-z]/.test(tag);
		const length = isAlone || colon < 0 ? 0 : Number(bytes.toString('utf8', at + 1, colon));
		const end = isAlone ? at + 1 : colon + 1 + length;
		if (!isAlone && colon < 0) break;
		cells.push(decodeField(bytes.toString('utf8', at, Math.min(end, bytes.length))));
		at = end;
	}
	return cells;
}
