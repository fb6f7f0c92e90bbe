import {setImmediate, setTimeout} from 'node:timers/promises';
import type {Connection, PairReader} from '../dialects/dialect.ts';
import type {Layout} from '../model/layout.ts';
import {PackedPairs, type PairBatch} from '../model/packed-pairs.ts';
import type {ComparedSegment, SegmentCounts} from '../model/segment.ts';
import {packFound, type FoundRows} from '../store/found-rows.ts';
import type {RunStore} from '../store/run-store.ts';
import type {Lane} from '../store/scan-record.ts';
import {applyTolerance, classifyPacked, classifyPair, classifyWithBase} from './classify.ts';

/** How fast a lane may go and how long a segment should take. */
export type Pace = {
	readonly segmentMilliseconds: number;
	/** Rows per second and side of this lane; 0 is no limit. */
	readonly maxRowsPerSecond: number;
};

/** What a lane reads from and writes to; owned by one thread. */
export type LaneResources = {
	readonly reader: PairReader;
	readonly base: Connection | null;
	readonly store: RunStore;
};

const firstSegmentRows = 2000;
const largestSegmentRows = 20_000;
/** A segment's differences wait in memory for its one transaction; rows this wide make it shorter. */
const segmentBytes = 6 * 2 ** 20;

/**
Scans one lane from its cursor to its end, a segment at a time: read what differs, classify,
store it together with the cursor. Yields the lane after each segment, when it may be
left: whatever was yielded is on disk.
*/
export async function* scanLane(
	{reader, base, store}: LaneResources,
	layout: Layout,
	start: Lane,
	pace: Pace,
): AsyncGenerator<Lane> {
	let lane = start;
	let rows = limitRows(firstSegmentRows, pace);
	while (!lane.done) {
		const began = performance.now();
		const {batches, counts, bytes} = await readSegment(
			lane.keyed
				? reader.compareNext(layout, {after: lane.cursor, upTo: lane.upTo}, {rows})
				: compareAtOnce(reader, layout),
		);
		const found = await classify(batches, layout, base);
		const isLast = counts.upTo === lane.upTo;
		lane = store.scan.recordSegment(lane, {
			cursor: counts.upTo,
			done: isLast,
			counts,
			found,
			version: await reader.readVersion(),
		});
		const elapsed = performance.now() - began;
		rows = nextSize(rows, elapsed, bytes, pace);
		yield lane;
		await keepPace(counts, elapsed, pace);
		// Lets messages and keys through between two segments.
		await setImmediate();
	}
}

/** Rows that no key identifies have no cursor: their lane is one segment. */
async function* compareAtOnce(
	reader: PairReader,
	layout: Layout,
): AsyncGenerator<PairBatch, ComparedSegment> {
	return {...(yield* reader.compareUnkeyed(layout, {})), upTo: null};
}

async function readSegment(
	segment: AsyncGenerator<PairBatch, ComparedSegment>,
): Promise<{batches: PairBatch[]; counts: ComparedSegment; bytes: number}> {
	const batches: PairBatch[] = [];
	let bytes = 0;
	for (;;) {
		const {value, done} = await segment.next();
		if (done) return {batches, counts: value, bytes};
		batches.push(value);
		bytes += sizeOf(value);
	}
}

function sizeOf(batch: PairBatch): number {
	if (batch instanceof PackedPairs) return batch.byteLength;
	return batch.reduce((sum, {prod, dev}) => sum + (prod?.length ?? 0) + (dev?.length ?? 0), 0);
}

async function classify(
	batches: readonly PairBatch[],
	layout: Layout,
	base: Connection | null,
): Promise<FoundRows[]> {
	const tolerant = layout.columns.some(({tolerance}) => tolerance !== null);
	const ancestors = layout.key.kind === 'rows' ? null : base;
	const found: FoundRows[] = [];
	for (const batch of batches) {
		if (batch instanceof PackedPairs && !tolerant && !ancestors) {
			found.push(classifyPacked(batch, layout));
			continue;
		}
		const pairs = tolerant
			? [...batch].map((pair) => applyTolerance(pair, layout)).filter((pair) => pair !== null)
			: [...batch];
		const rows = await ancestors?.readRows(
			layout,
			pairs.map(({key}) => key),
		);
		found.push(
			packFound(
				pairs.map((pair, index) =>
					rows ? classifyWithBase(pair, rows[index] ?? null, layout) : classifyPair(pair, layout),
				),
			),
		);
	}
	return found;
}

/** Segments grow and shrink towards the wanted time, by at most a factor of four at once. */
function nextSize(rows: number, elapsed: number, bytes: number, pace: Pace): number {
	const byTime = pace.segmentMilliseconds / Math.max(elapsed, 1);
	const byMemory = segmentBytes / Math.max(bytes, 1);
	const factor = Math.min(4, Math.max(0.25, Math.min(byTime, byMemory)));
	return limitRows(Math.min(largestSegmentRows, Math.round(rows * factor)), pace);
}

function limitRows(rows: number, {maxRowsPerSecond, segmentMilliseconds}: Pace): number {
	const limit =
		maxRowsPerSecond > 0
			? (maxRowsPerSecond * segmentMilliseconds) / 1000
			: Number.POSITIVE_INFINITY;
	return Math.max(1, Math.floor(Math.min(rows, limit)));
}

async function keepPace(counts: SegmentCounts, elapsed: number, pace: Pace): Promise<void> {
	if (pace.maxRowsPerSecond === 0) return;
	const due = (Math.max(counts.prodRows, counts.devRows) / pace.maxRowsPerSecond) * 1000;
	if (due > elapsed) await setTimeout(due - elapsed);
}
