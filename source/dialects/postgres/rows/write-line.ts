import {isUtf8} from 'node:buffer';
import {absentField, nullField, tagBytes} from '../../../model/encoding.ts';
import type {CellKind} from '../../../model/cell.ts';
import type {RowBytes} from '../../side-reader.ts';
import {readCopyField} from '../values/copy-text.ts';
import {encodeValue, readRow} from './row-lines.ts';
import type {PlanColumn, RowPlan} from './row-plan.ts';

const tab = 9;
const blank = 32;
const minus = 45;
const point = 46;
const zero = 48;
const capitalN = 78;
const capitalT = 84;
const backslash = 92;
const letterE = 101;
const nullByte = nullField.charCodeAt(0);
const absentByte = absentField.charCodeAt(0);

/**
Writes a row's encoded fields from a line of COPY, as bytes: nearly every field is what the line
holds, and only what is escaped or has quite another normal form becomes a string on its way.
*/
export function writeRow(plan: RowPlan, line: Buffer, row: RowBytes): void {
	const {fields, starts} = row;
	const {columns} = plan;
	const {length} = line;
	fields.size = 0;
	let from = 0;
	let isAscii = true;
	for (let index = 0; index < columns.length; index++) {
		starts[index] = fields.size;
		const column = columns[index];
		if (!column) {
			fields.writeByte(absentByte);
			continue;
		}
		let to = from;
		let isEscaped = false;
		for (; to < length; to++) {
			const byte = line[to] ?? 0;
			if (byte === tab) break;
			if (byte === backslash) isEscaped = true;
			else if (byte > 0x7f) isAscii = false;
		}
		if (isEscaped && to - from === 2 && line[from + 1] === capitalN) fields.writeByte(nullByte);
		else if (isEscaped || !writeField(column, line, from, to, row)) {
			fields.writeEncoded(encodeValue(readCopyField(line.toString('utf8', from, to)), column));
		}
		from = to + 1;
	}
	starts[columns.length] = fields.size;
	if (!isAscii && !isUtf8(line)) writeSlowly(plan, line, row);
}

/** Text in no encoding at all: what it becomes is decided for the whole line. */
function writeSlowly(plan: RowPlan, line: Buffer, {fields, starts}: RowBytes): void {
	fields.size = 0;
	for (const [index, field] of readRow(plan, line).fields.entries()) {
		starts[index] = fields.size;
		fields.writeEncoded(field);
	}
	starts[plan.columns.length] = fields.size;
}

/** @returns False for a value that must become a string. */
function writeField(
	{wire, as}: PlanColumn,
	line: Buffer,
	from: number,
	to: number,
	{fields}: RowBytes,
): boolean {
	if (as !== null && (as !== wire.kind || as === 'json')) return false;
	const tag = tagBytes[wire.kind];
	if (!wire.normalise) {
		fields.writeBytes(tag, line, from, to);
		return true;
	}
	return writeNormal[wire.kind]?.(tag, line, from, to, fields) ?? false;
}

type WriteNormal = (
	tag: number,
	line: Buffer,
	from: number,
	to: number,
	fields: RowBytes['fields'],
) => boolean;

/** What `wire.normalise` does (wire.ts, the table), to the bytes of usual values; false: to others not. */
const writeNormal: Partial<Record<CellKind, WriteNormal>> = {
	/** Written out, its digits are those that JavaScript prints. */
	real(tag, line, from, to, fields) {
		if (line[from] === minus && line[from + 1] === zero && to - from === 2) return false;
		for (let at = from; at < to; at++) if (line[at] === letterE) return false;
		fields.writeBytes(tag, line, from, to);
		return true;
	},
	decimal(tag, line, from, to, fields) {
		let start = from;
		while (start < to && line[start] !== point) start++;
		let end = to;
		while (end > start && line[end - 1] === zero) end--;
		if (end - 1 === start) end--;
		fields.writeBytes(tag, line, from, end);
		return true;
	},
	timestamp(tag, line, from, to, fields) {
		if (line[from + 10] !== blank || to - from < 19) return false;
		fields.writeBytes(tag, line, from, to);
		fields.bytes[fields.size - (to - from) + 10] = capitalT;
		return true;
	},
};
