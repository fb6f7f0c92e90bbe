import type {Database} from 'better-sqlite3';
import type {RowPair, Segment, SegmentCounts} from '../../../model/segment.ts';
import {bindSegment, type Parameters, type RangeEnds} from './key-range.ts';
import type {PairPlan, PlannedSide} from './pair-plan.ts';
import {
	renderCount,
	renderDevAlone,
	renderDirect,
	renderMatchedCount,
	renderMerged,
} from './pair-sql.ts';

/**
Yields what differs in one segment, in key order whatever the segment's size, so that a run
cut into other segments gives the same list.

Prod's rows are joined with dev's and only those that differ leave SQLite. Whether dev has rows
of its own is counted before: only then must they be merged in.
*/
export function* compareKeyedRows(
	database: Database,
	plan: PairPlan,
	segment: Segment,
): Generator<RowPair[], SegmentCounts, undefined> {
	const {prod, dev, isOrdered} = plan;
	const {ends, parameters} = bindSegment(segment);
	const count = (side: PlannedSide) =>
		database
			.prepare<[Parameters], number>(renderCount(plan, side, ends))
			.pluck()
			.get(parameters) ?? 0;
	if (!prod) {
		const devRows = count(dev);
		yield* collect(database, plan, parameters, (isExact) => renderDevAlone(plan, ends, isExact));
		return {prodRows: 0, devRows};
	}
	const prodRows = count(prod);
	const {devRows, matchedRows} = isOrdered
		? countMatched(database, plan, prod, ends, parameters)
		: {devRows: count(dev), matchedRows: -1};
	const render = isOrdered && devRows === matchedRows ? renderDirect : renderMerged;
	yield* collect(database, plan, parameters, (isExact) => render(plan, prod, ends, isExact));
	return {prodRows, devRows};
}

function countMatched(
	database: Database,
	plan: PairPlan,
	prod: PlannedSide,
	ends: RangeEnds,
	parameters: Parameters,
): {devRows: number; matchedRows: number} {
	const [devRows = 0, matchedRows = 0] =
		database
			.prepare<[Parameters], number[]>(renderMatchedCount(plan, prod, ends))
			.raw()
			.get(parameters) ?? [];
	return {devRows, matchedRows};
}

/**
Runs a query whose functions collect pairs. At the first text that may have lost bytes it is
run again from the same place, with text read as bytes, to the end of the segment: within one
transaction both give the same rows.
*/
function* collect(
	database: Database,
	{pairs}: PairPlan,
	parameters: Parameters,
	render: (isExact: boolean) => string,
): Generator<RowPair[], void, undefined> {
	let given = 0;
	for (const isExact of [false, true]) {
		pairs.start(isExact, given);
		const rows = database.prepare<[Parameters]>(render(isExact)).pluck().iterate(parameters);
		for (const row of rows) {
			// Each row is the outcome of the collecting function, which gives nothing back.
			if (row !== null) throw new TypeError('A row was not collected');
			if (pairs.foundSuspect) break;
			if (!pairs.isBatchFull) continue;
			const batch = pairs.takeBatch();
			given += batch.length;
			yield batch;
		}
		if (!pairs.foundSuspect) break;
	}
	const rest = pairs.takeBatch();
	if (rest.length > 0) yield rest;
}
