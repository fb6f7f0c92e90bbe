import {setImmediate} from 'node:timers/promises';
import type {Connection, PairReader} from '../dialects/dialect.ts';
import type {Layout} from '../model/layout.ts';
import {PackedPairs, type PairBatch} from '../model/packed-pairs.ts';
import type {ComparedSegment} from '../model/segment.ts';
import {packFound, type FoundRows} from '../store/found-rows.ts';
import type {RunStore} from '../store/run-store.ts';
import type {Lane} from '../store/scan-record.ts';
import {applyTolerance, classifyPacked, classifyPair, classifyWithBase} from './classify.ts';
import type {Gate} from './scan/gate.ts';

/** How fast a thread may go and how long a segment should take. */
export type Pace = {
	readonly segmentMilliseconds: number;
	/** Rows per second and side of this thread; 0 is no limit. */
	readonly maxRowsPerSecond: number;
};

/** What lanes read from and write to, one at a time. */
export type LaneResources = {
	readonly reader: PairReader;
	readonly base: Connection | null;
	readonly store: RunStore;
};

/** One lane to scan, with what is known of its table. */
export type LaneJob = {
	readonly layout: Layout;
	/** How the common ancestor is read; the same as `layout` where there is none. */
	readonly baseLayout: Layout;
	readonly lane: Lane;
	/** Rows of the lane's larger side when the scan began, about; null: unknown. */
	readonly rows: number | null;
	/** Its table is worth threads. */
	readonly isLarge: boolean;
};

const firstSegmentRows = 2000;
/** Where one engine joins both sides nothing is seen or stopped until a segment has ended. */
const mostJoinedRows = 20_000;
const mostRows = 500_000;
/** A segment's differences wait in memory for its one transaction; rows this wide make it shorter. */
const segmentBytes = 6 * 2 ** 20;
/** How often the sides are asked whether they were written to. */
const versionMilliseconds = 1000;

/**
Scans one lane from its cursor to its end, a segment at a time: read what differs, classify,
store it together with the cursor. Yields the lane after each segment, when it may be
left: whatever was yielded is on disk.
*/
export async function* scanLane(
	{reader, base, store}: LaneResources,
	{layout, baseLayout, lane: start, rows: total}: LaneJob,
	pace: Pace,
	gate: Gate,
): AsyncGenerator<Lane> {
	let lane = start;
	let rows = limitRows(firstSegmentRows, pace);
	let version = {text: lane.version ?? '', readAt: Number.NEGATIVE_INFINITY};
	while (!lane.done) {
		const began = performance.now();
		let [told, waited] = [0, 0];
		const onRows = async (count: number) => {
			const stoodAt = performance.now();
			told += count;
			const goesOn = await gate.pass(lane.tableNumber, count);
			waited += performance.now() - stoodAt;
			return goesOn;
		};
		const done = Math.max(lane.prodRows, lane.devRows);
		const work = {
			rows,
			onRows,
			...(total === null ? {} : {rowsLeft: Math.max(0, total - done)}),
		};
		const {batches, counts, bytes} = await readSegment(
			lane.keyed
				? reader.compareNext(layout, {after: lane.cursor, upTo: lane.upTo}, work)
				: compareAtOnce(reader, layout, work),
		);
		const found = await classify(batches, layout, baseLayout, base);
		const isLast = counts.upTo === lane.upTo;
		if (isLast || performance.now() - version.readAt > versionMilliseconds) {
			version = {text: await reader.readVersion(), readAt: performance.now()};
		}
		lane = store.scan.recordSegment(lane, {
			cursor: counts.upTo,
			done: isLast,
			counts,
			found,
			version: version.text,
		});
		const elapsed = performance.now() - began - waited;
		const most = counts.way === 'join' || counts.way === undefined ? mostJoinedRows : mostRows;
		rows = limitRows(nextSize(rows, most, elapsed, bytes, pace), pace);
		yield lane;
		const untold = Math.max(0, counts.prodRows - told, counts.devRows - told);
		if (!(await gate.pass(lane.tableNumber, untold))) return;
		// Lets messages and keys through between two segments.
		await setImmediate();
	}
}

/** Rows that no key identifies have no cursor: their lane is one segment. */
async function* compareAtOnce(
	reader: PairReader,
	layout: Layout,
	work: Parameters<PairReader['compareUnkeyed']>[1],
): AsyncGenerator<PairBatch, ComparedSegment> {
	return {...(yield* reader.compareUnkeyed(layout, work)), upTo: null};
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
	baseLayout: Layout,
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
			baseLayout,
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
function nextSize(rows: number, most: number, elapsed: number, bytes: number, pace: Pace): number {
	const byTime = pace.segmentMilliseconds / Math.max(elapsed, 1);
	const byMemory = segmentBytes / Math.max(bytes, 1);
	const factor = Math.min(4, Math.max(0.25, Math.min(byTime, byMemory)));
	return Math.min(most, Math.round(rows * factor));
}

function limitRows(rows: number, {maxRowsPerSecond, segmentMilliseconds}: Pace): number {
	const limit =
		maxRowsPerSecond > 0
			? (maxRowsPerSecond * segmentMilliseconds) / 1000
			: Number.POSITIVE_INFINITY;
	return Math.max(1, Math.floor(Math.min(rows, limit)));
}
