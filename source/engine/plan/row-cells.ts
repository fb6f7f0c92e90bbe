import type {ColumnCell} from '../../dialects/dialect.ts';
import {absentCell, areCellsEqual, type Row} from '../../model/cell.ts';
import type {ColumnTarget, TableTarget} from './table-target.ts';

/** A row as it was before the structure changed: what dev alone has is absent. */
export function asBefore(row: Row, {columns}: TableTarget): Row {
	return row.map((cell, index) => (columns[index]?.isWritableBefore ? cell : absentCell));
}

/** A row as it will be: what prod will not have is absent. */
export function asAfter(row: Row, {columns}: TableTarget): Row {
	return row.map((cell, index) => (columns[index]?.isWritable ? cell : absentCell));
}

/** The cells of a row by column name; those that are absent are left out. */
export function pickCells(
	row: Row,
	{columns}: TableTarget,
	chooses: (column: ColumnTarget, index: number) => boolean,
): ColumnCell[] {
	return columns.flatMap((column, index): ColumnCell[] => {
		const cell = row[index];
		if (!cell || cell.kind === 'absent' || !chooses(column, index)) return [];
		return [{column: column.name, cell}];
	});
}

export function pickKey(row: Row, {columns, keyIndexes}: TableTarget): ColumnCell[] {
	return keyIndexes.map((index) => ({
		column: columns[index]?.name ?? '',
		cell: row[index] ?? absentCell,
	}));
}

/**
Whether a change of type may have made something else of prod's own value. One that equals
dev's is safe: dev has that very type, and holds it.
*/
export function isRecast(index: number, prod: Row, dev: Row | null, target: TableTarget): boolean {
	const [ours, theirs] = [prod[index], dev?.[index]];
	if (target.columns[index]?.isConverted !== true) return false;
	return !(ours && theirs && areCellsEqual(ours, theirs));
}

/** Indexes of the compared columns that are chosen. */
export function selectCompared(
	{columns}: TableTarget,
	chooses: (column: ColumnTarget, index: number) => boolean,
): Set<number> {
	return new Set(
		columns.flatMap((column, index) =>
			column.isCompared && chooses(column, index) ? [index] : [],
		),
	);
}
