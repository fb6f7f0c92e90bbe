import type {ColumnCell} from '../../dialects/dialect.ts';
import type {Cell, Row} from '../../model/cell.ts';
import type {Hazard} from '../../model/hazard.ts';
import type {NewStatement} from '../../store/statements.ts';
import type {RowTask} from './decide-write.ts';
import {showControls} from './describe-row.ts';
import {asAfter, asBefore, isRecast, pickCells, pickKey, selectCompared} from './row-cells.ts';
import {makeImage} from './row-image.ts';
import {finishStatement, nameRow, type RowWriter} from './row-statement.ts';
import type {ColumnTarget, TableTarget} from './table-target.ts';

const mostNames = 8;

/**
`park` and `finish` are the two statements of a row whose unique values go round in a circle:
first out of the way, to `parked`, then to where it belongs.
*/
export type UpdatePart = {
	readonly part: 'whole' | 'park' | 'finish';
	/** Column index → what it holds in between; empty for `whole`. */
	readonly parked: ReadonlyMap<number, Cell>;
	/** Of this one row. */
	readonly hazards: readonly Hazard[];
};

export const wholeUpdate: UpdatePart = {part: 'whole', parked: new Map(), hazards: []};

/** An UPDATE of changed columns only, guarded by every compared one, and the UPDATE back. */
export function renderUpdate(
	writer: RowWriter,
	task: RowTask & {kind: 'update'},
	{part, parked, hazards}: UpdatePart = wholeUpdate,
): NewStatement {
	const {target} = writer;
	const {before, set, change} = task;
	const setIndexes = new Set(set);
	const after = before.map((cell, index) =>
		setIndexes.has(index) ? (task.after[index] ?? cell) : cell,
	);
	const settled = asAfter(after, target);
	const isOurs = (index: number) => isRecast(index, before, change.dev, target);
	const unsure = selectCompared(target, ({isWritable, isForeign}, index) => {
		if (!isWritable) return false;
		return setIndexes.has(index) ? isForeign : isOurs(index) || settled[index]?.kind === 'absent';
	});
	const between = before.map((cell, index) => parked.get(index) ?? cell);
	const [from, to] = {
		whole: [before, settled] as const,
		park: [before, between] as const,
		finish: [between, settled] as const,
	}[part];
	const written = part === 'park' ? [...parked.keys()] : set;

	const guards = ({isCompared, isWritable, isWritableBefore}: ColumnTarget, index: number) =>
		isCompared && isWritable && isWritableBefore && !isOurs(index);
	const undoGuards = ({isCompared, isWritable}: ColumnTarget, index: number) =>
		isCompared && isWritable && !unsure.has(index);
	// Without an old value the column did not exist and goes away with the structure's undo.
	const back = written.filter((index) => (from[index]?.kind ?? 'absent') !== 'absent');
	const undo = renderChange(writer, to, from, back, part === 'park' ? guards : undoGuards);
	return finishStatement(writer, {
		kind: 'update',
		summary: `update ${nameRow(before, true, 1, target)}: ${nameColumns(written, target)}${
			part === 'park' ? ' (aside for a moment)' : ''
		}`,
		sql: renderChange(writer, from, to, written, guards),
		undo: back.length > 0 ? [undo] : [],
		expects: 1,
		hazards: [...writer.hazards.update, ...hazards],
		row: {
			keyed: true,
			before: makeImage(target, asBefore(before, target)),
			after: makeImage(target, settled, unsure),
			copies: 1,
			isStep: part === 'park',
		},
	});
}

function renderChange(
	{dialect, target}: RowWriter,
	from: Row,
	to: Row,
	set: readonly number[],
	guards: (column: ColumnTarget, index: number) => boolean,
): string {
	const {table, columns, keyIndexes} = target;
	return dialect.renderRowWrite({
		kind: 'update',
		table,
		key: pickKey(from, target),
		guard: pickCells(
			from,
			target,
			(column, index) => guards(column, index) && !keyIndexes.includes(index),
		),
		set: set.flatMap((index): ColumnCell[] => {
			const [column, cell] = [columns[index], to[index]];
			return column && cell ? [{column: column.name, cell}] : [];
		}),
	});
}

function nameColumns(set: readonly number[], {columns}: TableTarget): string {
	const names = set.slice(0, mostNames).map((index) => showControls(columns[index]?.name ?? ''));
	if (set.length > mostNames) names.push('…');
	return names.join(', ');
}
