import type {CellKind} from '../../../model/cell.ts';
import type {Segment} from '../../../model/segment.ts';
import {readBucketRange} from '../../side-reader.ts';
import type {PlanColumn, RowPlan} from './row-plan.ts';

/**
A row's bucket (side-reader.ts) as SQL.

@throws {RangeError} Where `canHashKey` says that there is none.
*/
export function bucketOf({key}: RowPlan): string {
	const parts = key.map(encodeInServer);
	if (parts.includes(null)) throw new RangeError('The server can’t hash this key');
	return `CONVERT(int, SUBSTRING(HASHBYTES('SHA2_256', ${parts.join(' + ')}), 1, 2))`;
}

/** The rows of a segment; the whole table needs no condition. */
export function limitToBuckets(plan: RowPlan, segment: Segment): string[] {
	if (segment.after === null && segment.upTo === null) return [];
	const {after, upTo} = readBucketRange(segment);
	return [`${bucketOf(plan)} BETWEEN ${after + 1} AND ${upTo}`];
}

/** Whether the server can spell the encoded key; else rows are told apart here. */
export function canHashKey({key}: RowPlan): boolean {
	return key.every((column) => encodeInServer(column) !== null);
}

/**
A value's encoded field (encoding.ts) in its normal form; null where SQL can't make that. Only
where it is ASCII: older servers have no UTF-8, and NVARCHAR is hashed as UTF-16.
*/
function encodeInServer({form, as, sql}: PlanColumn): string | null {
	const kind = as ?? form.kind;
	const tag = tags[kind];
	if (tag === undefined) return null;
	if (form.kind === 'integer') return encode(tag, form.hash(sql));
	if (form.kind === 'uuid' && kind !== 'integer') return encode(tag, `LOWER(${form.select(sql)})`);
	if (form.kind === 'date' && (kind === 'date' || kind === 'text')) {
		return encode(tag, form.select(sql));
	}
	return null;
}

const tags: Partial<Record<CellKind, string>> = {
	integer: 'i',
	decimal: 'n',
	text: 't',
	date: 'd',
	uuid: 'u',
};

function encode(tag: string, value: string): string {
	return `'${tag}' + CONVERT(varchar(20), LEN(${value})) + ':' + ${value}`;
}
