import {absentCell, areCellsEqual, type Row} from '../../model/cell.ts';
import type {DecidedRow} from '../../store/row-changes.ts';
import {outcomeOf} from '../resolve.ts';
import type {TableTarget} from './table-target.ts';

/** What has to be done to prod for one row that differs. */
export type RowTask =
	| {
			readonly kind: 'insert';
			readonly change: DecidedRow;
			/** In the layout's order, like every row here. */
			readonly after: Row;
			/** Written in place of a row without a key, whose deletion is part of the same task. */
			readonly isReplacement: boolean;
	  }
	| {
			readonly kind: 'update';
			readonly change: DecidedRow;
			readonly before: Row;
			readonly after: Row;
			/** Indexes of the columns to set; never empty. */
			readonly set: readonly number[];
	  }
	| {
			readonly kind: 'delete';
			readonly change: DecidedRow;
			readonly before: Row;
			readonly isReplacement: boolean;
	  };

/** The tasks of one row: none where prod stays as it is. */
export function decideWrites(change: DecidedRow, target: TableTarget, keyed: boolean): RowTask[] {
	const after = outcomeOf(change, target.layout);
	const before = change.prod;
	if (!before) return after ? [{kind: 'insert', change, after, isReplacement: false}] : [];
	if (!after) return [{kind: 'delete', change, before, isReplacement: false}];
	const set = listChanges(before, after, target);
	if (set.length === 0) return [];
	if (keyed) return [{kind: 'update', change, before, after, set}];
	// An UPDATE can't be told to take one of several equal rows.
	return [
		{kind: 'delete', change, before, isReplacement: true},
		{kind: 'insert', change, after, isReplacement: true},
	];
}

/** The columns in which the outcome differs from prod's row and that can be written. */
function listChanges(before: Row, after: Row, {columns}: TableTarget): number[] {
	return columns.flatMap(({isCompared, isWritable}, index) => {
		const [was, is] = [before[index] ?? absentCell, after[index] ?? absentCell];
		const isChanged = is.kind !== 'absent' && !areCellsEqual(was, is);
		return isCompared && isWritable && isChanged ? [index] : [];
	});
}
