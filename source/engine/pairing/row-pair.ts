import type {SideRow} from '../../dialects/side-reader.ts';
import {absentField, digest, sameField} from '../../model/encoding.ts';
import type {RowPair} from '../../model/segment.ts';

/** Two rows of one key that may differ, or a row that only one side has. */
export type Finding =
	| {readonly prod: SideRow; readonly dev: SideRow}
	| {readonly prod: SideRow; readonly dev: null}
	| {readonly prod: null; readonly dev: SideRow};

/** What making pairs of a table's rows needs to know. */
export type PairShape = {
	readonly columnCount: number;
	readonly comparedCount: number;
	/** For each column, what prod's rows would hold in one that it lacks; null: it has the column. */
	readonly fills: readonly (string | null)[];
};

/** Whether two rows are the same in every compared column. */
export function areRowsEqual(
	{comparedCount, fills}: PairShape,
	prod: SideRow,
	dev: SideRow,
): boolean {
	for (let index = 0; index < comparedCount; index++) {
		if (fieldOfProd(prod, fills, index) !== dev.fields[index]) return false;
	}
	return true;
}

/** @returns Null when the rows are the same in every compared column. */
export function makeRowPair(shape: PairShape, {prod, dev}: Finding): RowPair | null {
	if (prod && dev) return pairBoth(shape, prod, dev);
	const {columnCount, comparedCount, fills} = shape;
	const one = prod ?? dev;
	let [row, rowDigest] = ['', ''];
	for (let index = 0; index < columnCount; index++) {
		row += prod ? fieldOfProd(prod, fills, index) : (one.fields[index] ?? absentField);
		if (index === comparedCount - 1) rowDigest = digest(row);
	}
	return {
		key: one.key,
		prod: prod ? row : null,
		dev: prod ? null : row,
		prodDigest: prod ? rowDigest : null,
		devDigest: prod ? null : rowDigest,
		copies: 1,
	};
}

/** The hot path where much differs: a run of fields that both sides share is joined once. */
function pairBoth(
	{columnCount, comparedCount, fills}: PairShape,
	prod: SideRow,
	dev: SideRow,
): RowPair | null {
	let [ours, theirs, fullTheirs, shared] = ['', '', '', ''];
	let [prodDigest, devDigest] = ['', ''];
	for (let index = 0; index < columnCount; index++) {
		const field = fieldOfProd(prod, fills, index);
		const other = dev.fields[index] ?? absentField;
		if (field === other) {
			shared += field;
			theirs += sameField;
		} else {
			ours += shared + field;
			fullTheirs += shared + other;
			shared = '';
			theirs += other;
		}
		if (index === comparedCount - 1) {
			if (ours === '') return null;
			ours += shared;
			prodDigest = digest(ours);
			devDigest = digest(fullTheirs + shared);
			shared = '';
		}
	}
	ours += shared;
	return {key: prod.key, prod: ours, dev: theirs, prodDigest, devDigest, copies: 1};
}

function fieldOfProd({fields}: SideRow, fills: readonly (string | null)[], index: number): string {
	return fills[index] ?? fields[index] ?? absentField;
}
