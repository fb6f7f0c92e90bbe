import type {Hazard} from '../../model/hazard.ts';
import type {DecidedRow} from '../../store/row-changes.ts';
import type {RunStore} from '../../store/run-store.ts';
import type {NewStatement} from '../../store/statements.ts';
import {decideWrites, type RowTask} from './decide-write.ts';
import {showControls} from './describe-row.ts';
import type {UpdateStep} from './order-updates.ts';
import {listCheckedColumns, parkValues} from './park-values.ts';
import {renderDelete} from './render-delete.ts';
import {renderInsert} from './render-insert.ts';
import {renderUpdate, wholeUpdate, type UpdatePart} from './render-update.ts';
import type {RowKind} from './row-hazards.ts';
import type {RowWriter} from './row-statement.ts';
import type {TableSurvey} from './survey-rows.ts';

const pageRows = 200;

type RowSource = {
	readonly store: RunStore;
	readonly isKeyed: (change: DecidedRow) => boolean;
};

/** The DELETEs or INSERTs of one table; of a table that refers to itself, parents in the right order. */
export function* writeRows(
	kind: 'insert' | 'delete',
	writer: RowWriter,
	survey: TableSurvey,
	source: RowSource,
): Generator<NewStatement> {
	if (survey.counts[kind] === 0) return;
	const parentsFirst = survey.family[kind];
	const changes = parentsFirst
		? readInOrder(kind === 'insert' ? parentsFirst : parentsFirst.toReversed(), source.store)
		: readAsTheyCome(kind, survey, source.store);
	for (const change of changes) {
		const keyed = source.isKeyed(change);
		for (const task of decideWrites(change, survey.target, keyed)) {
			if (task.kind === 'insert' && kind === 'insert') yield renderInsert(writer, task, keyed);
			if (task.kind === 'delete' && kind === 'delete') yield renderDelete(writer, task, keyed);
		}
	}
}

/**
The UPDATEs of one table: those that give up or take a unique value in the order of `steps`,
the others as they come.

@param isOrdered Whether `steps` names a row.
*/
export function* writeUpdates(
	writer: RowWriter,
	survey: TableSurvey,
	source: RowSource,
	{steps, isOrdered}: {steps: readonly UpdateStep[]; isOrdered: (row: number) => boolean},
): Generator<NewStatement> {
	if (survey.counts.update === 0) return;
	const readTask = (change: DecidedRow): (RowTask & {kind: 'update'}) | undefined => {
		const tasks = decideWrites(change, survey.target, source.isKeyed(change));
		return tasks.find((task) => task.kind === 'update');
	};
	for (const change of readAsTheyCome('update', survey, source.store)) {
		const task = isOrdered(change.id) ? undefined : readTask(change);
		if (task) yield renderUpdate(writer, task);
	}
	for (let start = 0; start < steps.length; start += pageRows) {
		const page = steps.slice(start, start + pageRows);
		const rows = readInOrder(
			page.map(({row}) => row),
			source.store,
		);
		for (const [index, change] of [...rows].entries()) {
			const task = readTask(change);
			const step = page[index]?.step ?? 'whole';
			if (task) yield renderUpdate(writer, task, describePart(step, task, survey));
		}
	}
}

const clash: Hazard = {
	kind: 'mayViolate',
	message:
		'Rows exchange unique values in a circle, and no column can hold a value in between: the database may refuse it.',
};

function describePart(
	step: UpdateStep['step'],
	task: RowTask & {kind: 'update'},
	{target, uniques}: TableSurvey,
): UpdatePart {
	if (step === 'whole') return wholeUpdate;
	const parked = step === 'clash' ? null : parkValues(task, target, uniques);
	if (step === 'clash' || !parked) return {...wholeUpdate, hazards: [clash]};
	const checked = step === 'park' ? listCheckedColumns(parked, target) : [];
	if (checked.length === 0) return {part: step, parked, hazards: []};
	const list = checked.map(showControls).join(', ');
	const message = `Holds a value in between in ${list}, which a CHECK may refuse.`;
	return {part: step, parked, hazards: [{kind: 'mayViolate', message}]};
}

function* readAsTheyCome(kind: RowKind, survey: TableSurvey, store: RunStore) {
	const tables = [survey.target.layout.table];
	yield* store.rows.iterate({tables, states: [...survey.states[kind]]});
}

/** Reads rows by id, each as often as it is asked for. */
function* readInOrder(ids: readonly number[], store: RunStore): Generator<DecidedRow> {
	for (let start = 0; start < ids.length; start += pageRows) {
		const page = ids.slice(start, start + pageRows);
		const found = new Map(
			[...store.rows.iterate({ids: [...new Set(page)]})].map((row) => [row.id, row]),
		);
		for (const id of page) {
			const row = found.get(id);
			if (row) yield row;
		}
	}
}
