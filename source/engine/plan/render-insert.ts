import type {Hazard} from '../../model/hazard.ts';
import type {NewStatement} from '../../store/statements.ts';
import type {RowTask} from './decide-write.ts';
import {asAfter, pickCells, pickKey, selectCompared} from './row-cells.ts';
import {makeImage, makeRowsImage} from './row-image.ts';
import {finishStatement, nameRow, type RowWriter} from './row-statement.ts';

const lostRow: Hazard = {
	kind: 'noUndo',
	message: 'Prod keeps its own types of the columns, so the row can not be found again.',
};

/** An INSERT of everything that dev's row has, and the DELETE that takes it back. */
export function renderInsert(
	writer: RowWriter,
	task: RowTask & {kind: 'insert'},
	keyed: boolean,
): NewStatement {
	const {dialect, target, hazards} = writer;
	const {table, keyIndexes} = target;
	const {copies} = task.change;
	const after = asAfter(task.after, target);
	const unsure = selectCompared(target, ({isForeign}) => isForeign);
	// A key that prod stores as something else can't be found again.
	const isLost = keyed && keyIndexes.some((index) => unsure.has(index));
	const isFindable = keyed && !isLost;
	const values = pickCells(after, target, ({role}) => role !== 'prod-only');
	const guard = pickCells(
		after,
		target,
		({isCompared}, index) =>
			isCompared && !unsure.has(index) && !(isFindable && keyIndexes.includes(index)),
	);
	const key = isFindable ? pickKey(after, target) : [];
	const canUndo = !isLost && key.length + guard.length > 0;
	const undo = () => [dialect.renderRowWrite({kind: 'delete', table, key, guard, copies})];
	return finishStatement(writer, {
		kind: 'insert',
		summary: `insert ${nameRow(after, keyed, copies, target)}`,
		sql: dialect.renderRowWrite({kind: 'insert', table, values, copies}),
		undo: canUndo ? undo() : null,
		expects: copies,
		hazards: canUndo ? hazards.insert : [...hazards.insert, lostRow],
		row: {
			keyed: isFindable,
			before: null,
			after: isFindable ? makeImage(target, after, unsure) : makeRowsImage(target, after),
			copies,
			isStep: false,
		},
	});
}
