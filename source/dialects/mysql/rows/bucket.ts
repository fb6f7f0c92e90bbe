import type {CellKind} from '../../../model/cell.ts';
import type {Segment} from '../../../model/segment.ts';
import {readBucketRange} from '../../side-reader.ts';
import {findCharsetForm, readCharset} from '../values/text-charset.ts';
import type {PlanColumn, RowPlan} from './row-plan.ts';

/**
A row's bucket (side-reader.ts) as SQL.

@throws {RangeError} Where `canHashKey` says that there is none.
*/
export function bucketOf(plan: RowPlan): string {
	const parts = plan.key.map(encodeInServer);
	if (parts.includes(null)) throw new RangeError('The server can’t hash this key');
	const encoded = `CONCAT(${["_binary ''", ...parts].join(', ')})`;
	return `CAST(CONV(SUBSTRING(SHA2(${encoded}, 256), 1, 4), 16, 10) AS UNSIGNED)`;
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

/** A value's encoded field (encoding.ts), in its normal form; null where SQL can't make that. */
function encodeInServer(column: PlanColumn): string | null {
	const {form, as, sql} = column;
	const value = form.select(sql);
	const kind = as ?? form.kind;
	switch (form.kind) {
		case 'integer':
			return encode(kind, value, ['integer', 'decimal', 'text']);
		case 'decimal':
			return form.name === 'decimal 0'
				? encode(kind, value, ['decimal', 'text'])
				: encode(kind, trimZeros(value), ['decimal', 'text']);
		case 'text':
			return findCharsetForm(readCharset(column.type.collation)) === 'partial' ||
				form.name.endsWith('enum')
				? null
				: encode(kind, value, ['text']);
		case 'bytes':
			return encode(kind, `LOWER(HEX(${sql}))`, ['bytes']);
		case 'date':
			return encode(kind, value, ['date', 'text']);
		case 'time':
			return encode(kind, trimFraction(form.name, value), ['time', 'text']);
		case 'timestamp':
			return encode(kind, `REPLACE(${trimFraction(form.name, value)}, ' ', 'T')`, [
				'timestamp',
				'text',
			]);
		case 'timestamptz':
			return encode(kind, `CONCAT(REPLACE(${trimFraction(form.name, value)}, ' ', 'T'), 'Z')`, [
				'timestamptz',
				'text',
			]);
		case 'uuid':
			return encode(kind, `LOWER(${value})`, ['uuid', 'text']);
		case 'real':
		case 'json':
		case 'other':
		case 'null':
		case 'absent':
		case 'rawText':
		case 'boolean':
		case 'interval':
			return null;
		default:
			return form.kind satisfies never;
	}
}

const tags: Partial<Record<CellKind, string>> = {
	integer: 'i',
	decimal: 'n',
	text: 't',
	bytes: 'b',
	date: 'd',
	time: 'c',
	timestamp: 's',
	timestamptz: 'z',
	uuid: 'u',
};

function encode(kind: CellKind, value: string, kinds: readonly CellKind[]): string | null {
	const tag = tags[kind];
	if (tag === undefined || !kinds.includes(kind)) return null;
	return `'${tag}', LENGTH(${value}), ':', ${value}`;
}

/** The last word of the form's name is the number of digits. */
function trimFraction(name: string, value: string): string {
	return name.endsWith(' 0') ? value : trimZeros(value);
}

function trimZeros(value: string): string {
	return `TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM ${value}))`;
}
