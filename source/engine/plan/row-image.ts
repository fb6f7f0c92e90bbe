import {absentField, digest, encodeCell, encodeRow} from '../../model/encoding.ts';
import {absentCell, type Row} from '../../model/cell.ts';
import type {RowImage} from '../../model/plan.ts';
import type {TableTarget} from './table-target.ts';

/**
What a keyed row is at one end of the plan.

@param cells In the layout's order; columns that do not exist then are absent.
@param unsure Indexes of compared columns to take no notice of.
*/
export function makeImage(
	target: TableTarget,
	cells: Row,
	unsure: ReadonlySet<number> = new Set(),
): RowImage {
	const fields: string[] = [];
	for (let index = 0; index < target.layout.comparedCount; index++) {
		const cell = cells[index] ?? absentCell;
		fields.push(unsure.has(index) ? absentField : encodeCell(cell));
	}
	const key = target.keyIndexes.map((index) => cells[index] ?? absentCell);
	return {key: encodeRow(key), ...sealFields(fields), unsure: [...unsure].sort((a, b) => a - b)};
}

/** What a row without a key is: the columns that stay the same whatever becomes of the structure. */
export function makeRowsImage(target: TableTarget, cells: Row): RowImage {
	const key = encodeRow(target.rowsIndexes.map((index) => cells[index] ?? absentCell));
	return {key, digest: digest(key), marks: '', unsure: []};
}

/** The digest and the marks of a row's encoded fields. */
export function sealFields(fields: readonly string[]): {digest: string; marks: string} {
	return {digest: digest(fields.join('')), marks: fields.map(markField).join('')};
}

/**
A mark is there to name a column once the digest has already told that the row differs, so
16 bits do: FNV-1a (Fowler, Noll, Vo), folded.
*/
function markField(field: string): string {
	let hash = 0x811c9dc5;
	for (let index = 0; index < field.length; index++) {
		hash = Math.imul(hash ^ field.charCodeAt(index), 0x01000193);
	}
	return ((hash ^ (hash >>> 16)) & 0xffff).toString(16).padStart(4, '0');
}

/** The indexes whose marks differ. */
export function compareMarks(a: string, b: string): number[] {
	const differing: number[] = [];
	for (let index = 0; index * 4 < Math.max(a.length, b.length); index++) {
		const at = index * 4;
		if (a.slice(at, at + 4) !== b.slice(at, at + 4)) differing.push(index);
	}
	return differing;
}
