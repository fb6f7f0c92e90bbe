import {castCell} from '../../../model/cast-cell.ts';
import {
	absentField,
	decodeField,
	encodeCell,
	encodeField,
	nullField,
} from '../../../model/encoding.ts';
import type {SideRow} from '../../side-reader.ts';
import {readCopyLine, type CopyValue} from '../values/copy-text.ts';
import {spellWire} from '../values/wire.ts';
import type {PlanColumn, RowPlan} from './row-plan.ts';

/*
A row as a line of COPY: the columns that this side has, in the layout's order, each in its wire
form.
*/

/** What a SELECT of lines lists; `NULL` where the table has none of the layout's columns. */
export function renderLineColumns({columns}: RowPlan): string {
	const present = columns.filter((column) => column !== null);
	if (present.length === 0) return 'NULL';
	// The server's output is the wire form already, and costs no cast.
	return present.map(({sql, wire}) => wire.spell?.(sql) ?? sql).join(', ');
}

export function renderKeyWires({key}: RowPlan): string[] {
	return key.map(({sql, wire}) => spellWire(wire, sql));
}

/** @param from How many fields of the line stand before the row's. */
export function readRow(plan: RowPlan, line: Buffer, from = 0): SideRow {
	const values = readCopyLine(line);
	let at = from;
	const fields = plan.columns.map((column) =>
		column ? encodeValue(values[at++] ?? null, column) : absentField,
	);
	let key = '';
	for (const position of plan.keyAt) key += fields[position] ?? absentField;
	return {key, fields};
}

/** Without decoding the other columns. */
export function readRowKey(plan: RowPlan, line: Buffer): string {
	const values = readCopyLine(line);
	let key = '';
	for (const position of plan.keyAt) {
		const column = plan.columns[position];
		if (column) key += encodeValue(values[countPresent(plan, position)] ?? null, column);
	}
	return key;
}

/** Encodes the key's columns from their wire forms. */
export function encodeKey({key}: RowPlan, values: readonly CopyValue[]): string {
	return key.map((column, index) => encodeValue(values[index] ?? null, column)).join('');
}

/** The hot path of reading rows. */
export function encodeValue(value: CopyValue, {wire, as}: PlanColumn): string {
	if (value === null) return nullField;
	if (typeof value !== 'string') return encodeField('rawText', value.toString('hex'));
	const field = encodeField(wire.kind, wire.normalise ? wire.normalise(value) : value);
	return as === null || (as === wire.kind && as !== 'json')
		? field
		: encodeCell(castCell(decodeField(field), as));
}

function countPresent({columns}: RowPlan, before: number): number {
	let count = 0;
	for (let index = 0; index < before; index++) if (columns[index]) count++;
	return count;
}
