import type {NewStatement} from '../../store/statements.ts';
import type {RowTask} from './decide-write.ts';
import {asAfter, asBefore, pickCells, pickKey} from './row-cells.ts';
import {makeImage, makeRowsImage} from './row-image.ts';
import {finishStatement, nameRow, type RowWriter} from './row-statement.ts';

/** A DELETE of exactly what was reviewed, and the INSERT that brings the whole row back. */
export function renderDelete(
	writer: RowWriter,
	task: RowTask & {kind: 'delete'},
	keyed: boolean,
): NewStatement {
	const {dialect, target, hazards} = writer;
	const {deletesEarly, tableBefore, keyIndexes} = target;
	const {copies} = task.change;
	const before = asBefore(task.before, target);
	// Before the structure changes it is still prod's own table, also when it comes back.
	const table = deletesEarly ? (tableBefore ?? target.table) : target.table;
	const whole = deletesEarly ? before : asAfter(task.before, target);
	const guard = pickCells(
		before,
		target,
		({isCompared, isWritable, isConverted}, index) =>
			isCompared &&
			(deletesEarly || (isWritable && !isConverted)) &&
			!(keyed && keyIndexes.includes(index)),
	);
	const key = keyed ? pickKey(before, target) : [];
	const values = pickCells(whole, target, () => true);
	return finishStatement(writer, {
		kind: 'delete',
		summary: `delete ${nameRow(before, keyed, copies, target)}`,
		sql: dialect.renderRowWrite({kind: 'delete', table, key, guard, copies}),
		undo: [dialect.renderRowWrite({kind: 'insert', table, values, copies})],
		expects: copies,
		needs: task.isReplacement ? null : 'deleteRows',
		hazards: hazards.delete,
		row: {
			keyed,
			before: keyed ? makeImage(target, before) : makeRowsImage(target, before),
			after: null,
			copies,
			isStep: false,
		},
	});
}
