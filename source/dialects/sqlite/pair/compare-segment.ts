import type {Database} from 'better-sqlite3';
import type {PackedPairs} from '../../../model/packed-pairs.ts';
import type {Segment, SegmentCounts} from '../../../model/segment.ts';
import {bindSegment, type Parameters} from './key-range.ts';
import type {PairPlan, PlannedSide} from './pair-plan.ts';
import {TooMuchKept} from './row-pairs.ts';
import {readDataVersion} from './find-boundary.ts';
import {renderCount, renderDevAlone, renderDirect, renderMerged} from './pair-sql.ts';

/** Larger segments are not kept back until they are complete. */
const mostRowsKept = 50_000;
const mostBytesKept = 64_000_000;

/**
Yields what differs in one segment, in key order whatever the segment's size, so that a run
cut into other segments gives the same list.

Prod's rows are joined with dev's and only those that differ leave SQLite. The counts tell
afterwards whether dev has rows of its own as well; then the segment is read once more with
those merged in, and the next one so at once.
*/
export function* compareKeyedRows(
	database: Database,
	plan: PairPlan,
	segment: Segment,
): Generator<PackedPairs, SegmentCounts, undefined> {
	const {prod, dev, isOrdered, experience, layout} = plan;
	const {ends, parameters} = bindSegment(segment);
	const version = readDataVersion(database);
	plan.pairs.beginSegment();
	const count = (side: PlannedSide) =>
		experience.findCount(segment, version, side.schema) ??
		database
			.prepare<[Parameters], number>(renderCount(plan, side, ends))
			.pluck()
			.get(parameters) ??
		0;
	const devRows = count(dev);
	if (!prod) {
		yield* collect(database, plan, parameters, (isExact) => renderDevAlone(plan, ends, isExact));
		return {prodRows: 0, devRows};
	}
	const prodRows = count(prod);
	// Under a condition the counts don't tell which rows met.
	const isPlain = isOrdered && layout.where === null && prodRows <= mostRowsKept;
	if (isPlain && !experience.hasAdditions) {
		const batches = collectAtOnce(database, plan, parameters, (isExact) =>
			renderDirect(plan, prod, ends, isExact),
		);
		if (batches && devRows === prodRows - countAlone(batches, 'dev')) {
			yield* batches;
			return {prodRows, devRows};
		}
	}
	let additions = 0;
	const merged = collect(database, plan, parameters, (isExact) =>
		renderMerged(plan, prod, ends, isExact),
	);
	for (const batch of merged) {
		additions += countAlone([batch], 'prod');
		yield batch;
	}
	experience.hasAdditions = additions > 0;
	return {prodRows, devRows};
}

/** How many of the pairs lack this side. */
function countAlone(batches: readonly PackedPairs[], missing: 'prod' | 'dev'): number {
	return batches.reduce((alone, batch) => alone + batch.countLacking(missing), 0);
}

/**
Runs a query whose functions collect pairs, to its end. At the first text that may have lost
bytes it starts again with text read as bytes.

@returns Null when it is too much to be kept.
*/
function collectAtOnce(
	database: Database,
	{pairs}: PairPlan,
	parameters: Parameters,
	render: (isExact: boolean) => string,
): PackedPairs[] | null {
	for (const isExact of [false, true]) {
		pairs.start(isExact, 0);
		pairs.limit = mostBytesKept;
		try {
			database.prepare<[Parameters]>(render(isExact)).get(parameters);
		} catch (error) {
			if (error instanceof TooMuchKept) return null;
			throw error;
		} finally {
			pairs.limit = Number.POSITIVE_INFINITY;
		}
		if (!pairs.foundSuspect) break;
	}
	return pairs.takeBatches();
}

/** The same in batches, for as many rows as there are; goes on where it was with bytes. */
function* collect(
	database: Database,
	{pairs}: PairPlan,
	parameters: Parameters,
	render: (isExact: boolean) => string,
): Generator<PackedPairs, void, undefined> {
	let given = 0;
	for (const isExact of [false, true]) {
		pairs.start(isExact, given);
		const rows = database.prepare<[Parameters]>(render(isExact)).pluck().iterate(parameters);
		for (const row of rows) {
			// Each row is the outcome of the collecting function, which gives nothing back.
			if (row !== null) throw new TypeError('A row was not collected');
			if (pairs.foundSuspect) break;
			if (!pairs.hasBatch) continue;
			const batches = pairs.takeBatches();
			for (const batch of batches) given += batch.length;
			yield* batches;
		}
		if (!pairs.foundSuspect) break;
	}
	yield* pairs.takeBatches();
}
