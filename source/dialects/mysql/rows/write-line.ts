import {isUtf8} from 'node:buffer';
import {absentField, nullField, tagBytes} from '../../../model/encoding.ts';
import type {FieldWriter} from '../../../model/field-writer.ts';
import type {RowBytes} from '../../side-reader.ts';
import * as readers from '../values/field-readers.ts';
import {readLine, ValueCursor} from './row-lines.ts';
import {readField, type RowPlan} from './row-plan.ts';

const blank = 32;
const minus = 45;
const point = 46;
const zero = 48;
const capitalT = 84;
const nullByte = nullField.charCodeAt(0);
const absentByte = absentField.charCodeAt(0);

/**
Writes a row's encoded fields from a line, as bytes: nearly every field is what the server sent,
and only what has quite another normal form becomes a string on its way.
*/
export function writeRow({columns}: RowPlan, line: Buffer, {fields, starts}: RowBytes): void {
	const row = readLine(line);
	const cursor = new ValueCursor(row);
	fields.size = 0;
	for (let index = 0; index < columns.length; index++) {
		starts[index] = fields.size;
		const column = columns[index];
		if (!column) {
			fields.writeByte(absentByte);
			continue;
		}
		cursor.next();
		const {from, to} = cursor;
		if (from < 0) {
			fields.writeByte(nullByte);
			continue;
		}
		const write = column.as === null ? writers.get(column.form.read) : undefined;
		if (!write?.(fields, row, from, to)) fields.writeEncoded(readField(column, row, cursor));
	}
	starts[columns.length] = fields.size;
}

/** False: this value must become a string. */
type WriteField = (fields: FieldWriter, bytes: Buffer, from: number, to: number) => boolean;

/** What the readers of fields do (field-readers.ts), to the bytes of usual values. */
const writers = new Map<readers.FieldReader, WriteField>([
	[readers.readInteger, copyAs(tagBytes.integer)],
	[readers.readDate, copyAs(tagBytes.date)],
	[readers.readText, copyTextAs(tagBytes.text)],
	[readers.readJson, copyTextAs(tagBytes.json)],
	[readers.readOther, copyTextAs(tagBytes.other)],
	[
		readers.readDecimal,
		(fields, bytes, from, to) => {
			if (bytes[from] === minus && bytes[from + 1] === zero) return false;
			fields.writeBytes(tagBytes.decimal, bytes, from, trimFraction(bytes, from, to));
			return true;
		},
	],
	[
		readers.readTime,
		(fields, bytes, from, to) => {
			fields.writeBytes(tagBytes.time, bytes, from, trimFraction(bytes, from, to));
			return true;
		},
	],
	[
		readers.readTimestamp,
		(fields, bytes, from, to) => {
			if (bytes[from + 10] !== blank) return false;
			const end = trimFraction(bytes, from, to);
			fields.writeBytes(tagBytes.timestamp, bytes, from, end);
			fields.bytes[fields.size - (end - from) + 10] = capitalT;
			return true;
		},
	],
]);

function copyAs(tag: number): WriteField {
	return (fields, bytes, from, to) => {
		fields.writeBytes(tag, bytes, from, to);
		return true;
	};
}

function copyTextAs(tag: number): WriteField {
	return (fields, bytes, from, to) => {
		let at = from;
		while (at < to && (bytes[at] ?? 0) < 0x80) at++;
		if (at < to && !isUtf8(bytes.subarray(at, to))) return false;
		fields.writeBytes(tag, bytes, from, to);
		return true;
	};
}

/** Where a number or a time ends without the zeros, and then the point, at its end. */
function trimFraction(bytes: Buffer, from: number, to: number): number {
	let start = from;
	while (start < to && bytes[start] !== point) start++;
	let end = to;
	while (end > start && bytes[end - 1] === zero) end--;
	return end - 1 === start ? end - 1 : end;
}
