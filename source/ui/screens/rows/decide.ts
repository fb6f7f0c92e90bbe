import {DeepDiffError} from '../../../model/errors.ts';
import {defaultTakes} from '../../../engine/resolve.ts';
import {formatCount, plural} from '../../../report/number-text.ts';
import type {DecisionStep, Reach} from '../../../store/decisions.ts';
import type {DecidedRow} from '../../../store/row-changes.ts';
import type {IdRange} from '../../../store/row-index.ts';
import type {RowState} from '../../../model/row-change.ts';
import type {Message} from '../screen-props.ts';
import type {BulkChoice} from './bulk-choices.ts';
import {deletionNote, nameTake} from './decision-text.ts';
import {sumTouched, type RowsDesk, type SideTake} from './rows-desk.ts';
import type {RowsFilter} from './rows-filter.ts';

/** What came of a decision: what to say, and whether anything is different now. */
export type Outcome = {readonly message: Message; readonly isChanged: boolean};

const info = (text: string): Outcome => ({message: {kind: 'info', text}, isChanged: true});
const warn = (text: string): Outcome => ({message: {kind: 'warning', text}, isChanged: true});
const refuse = (text: string): Outcome => ({message: {kind: 'warning', text}, isChanged: false});

/** Takes one side for a row, or takes its decision back. */
export function decideOne(desk: RowsDesk, row: DecidedRow, take: SideTake): Outcome {
	const {resolution} = row;
	if (take === null && resolution === null) return refuse('Nothing was decided about this row.');
	if (take !== null && resolution?.take === take && resolution.level === 'row') {
		return refuse(`That is decided already: ${nameTake(take, sidesOf(row))}.`);
	}
	desk.decideRow(row, take);
	if (take === null) {
		const back = defaultTakes[row.state];
		if (back === null) return info('Open again: it needs a decision.');
		return info(`Taken back; without a decision: ${nameTake(back, sidesOf(row))}.`);
	}
	if (take === 'ours') {
		return info(
			row.prod ? 'Ours: prod keeps its row as it is.' : 'Left out: prod does not get it.',
		);
	}
	if (!row.dev) return warn(`To be deleted from prod. ${deletionNote}`);
	return info(row.prod ? "Theirs: prod takes dev's values." : 'To be inserted into prod.');
}

/** Takes one side for the marked rows. */
export function decideMarked(
	desk: RowsDesk,
	filter: RowsFilter,
	range: IdRange,
	take: SideTake,
): Outcome {
	const reach = desk.decideRange(filter, range, take);
	const kept = [...reach.values()].reduce((sum, one) => sum + one.kept, 0);
	return tellMany(take, {rows: sumTouched(reach), kept}, deletes(reach, take));
}

/** Takes one side for all rows of a choice. */
export function decideBulk(desk: RowsDesk, take: SideTake, choice: BulkChoice): Outcome {
	const rows = desk.decideAll(choice.filter, take);
	const isDeleting = take === 'theirs' && choice.filter.states?.includes('removed') === true;
	return tellMany(take, {rows, kept: choice.kept}, isDeleting);
}

/** Takes the last decision back, or does it again. */
export function flipDecision(
	desk: RowsDesk,
	direction: 'undo' | 'redo',
): Outcome & {readonly step: DecisionStep | null} {
	const step = desk[direction]();
	if (step === null) return {...refuse(`There is nothing to ${direction}.`), step};
	const done = direction === 'undo' ? 'Undone' : 'Done again';
	return {...info(`${done}: ${step.summary} (${plural(step.rows, 'row')}).`), step};
}

/** What went wrong with the store, as a message; a fault of the program is thrown on. */
export function guardOutcome<T extends Outcome>(work: () => T): T | Outcome {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof DeepDiffError)) throw error;
		const text = [error.message, error.hint].filter((part) => part !== '').join(' ');
		return {message: {kind: 'error', text}, isChanged: false};
	}
}

/** What stays was decided more specifically; the dialogue and the list say how. */
function tellMany(
	take: SideTake,
	{rows, kept}: {readonly rows: number; readonly kept: number},
	isDeleting: boolean,
): Outcome {
	const rest = kept === 0 ? '' : `, ${formatCount(kept)} ${kept === 1 ? 'stays' : 'stay'}`;
	if (rows === 0) return refuse(`No row was changed${rest}.`);
	const what = {ours: 'Ours for', theirs: 'Theirs for'};
	const start = take === null ? 'Taken back:' : what[take];
	const text = `${start} ${plural(rows, 'row')}${rest}.`;
	return isDeleting ? warn(`${text} ${deletionNote}`) : info(text);
}

function deletes(reach: ReadonlyMap<RowState, Reach>, take: SideTake): boolean {
	return take === 'theirs' && (reach.get('removed')?.touched ?? 0) > 0;
}

function sidesOf({prod, dev}: DecidedRow) {
	return {hasProd: prod !== null, hasDev: dev !== null};
}
