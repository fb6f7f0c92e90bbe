import {setImmediate, setTimeout} from 'node:timers/promises';
import type {Connection, PairReader} from '../dialects/dialect.ts';
import type {Layout} from '../model/layout.ts';
import type {ComparedSegment, RowPair, SegmentCounts} from '../model/segment.ts';
import type {RunStore} from '../store/run-store.ts';
import type {FoundPair, Lane} from '../store/scan-record.ts';
import {applyTolerance, classifyPair, classifyWithBase} from './classify.ts';

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
		const {pairs, counts, bytes} = await readSegment(
			lane.keyed
				? reader.compareNext(layout, {after: lane.cursor, upTo: lane.upTo}, {rows})
				: compareAtOnce(reader, layout),
		);
		const found = await classify(pairs, layout, base);
		const isLast = counts.upTo === lane.upTo;
		lane = store.scan.recordSegment(lane, {
			cursor: counts.upTo,
			done: isLast,
			counts,
			pairs: found,
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
): AsyncGenerator<RowPair[], ComparedSegment> {
	return {...(yield* reader.compareUnkeyed(layout)), upTo: null};
}

async function readSegment(
	batches: AsyncGenerator<RowPair[], ComparedSegment>,
): Promise<{pairs: RowPair[]; counts: ComparedSegment; bytes: number}> {
	const pairs: RowPair[] = [];
	let bytes = 0;
	for (;;) {
		const {value, done} = await batches.next();
		if (done) return {pairs, counts: value, bytes};
		for (const pair of value) {
			pairs.push(pair);
			bytes += (pair.prod?.length ?? 0) + (pair.dev?.length ?? 0);
		}
	}
}

async function classify(
	pairs: readonly RowPair[],
	layout: Layout,
	base: Connection | null,
): Promise<FoundPair[]> {
	const tolerant = layout.columns.some(({tolerance}) => tolerance !== null);
	const different = tolerant
		? pairs.map((pair) => applyTolerance(pair, layout)).filter((pair) => pair !== null)
		: pairs;
	if (!base || layout.key.kind === 'rows') {
		return different.map((pair) => classifyPair(pair, layout));
	}
	const ancestors = await base.readRows(
		layout,
		different.map(({key}) => key),
	);
	return different.map((pair, index) => classifyWithBase(pair, ancestors[index] ?? null, layout));
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
