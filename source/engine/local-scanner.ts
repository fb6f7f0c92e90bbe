import type {Connection, PairReader} from '../dialects/dialect.ts';
import type {RunStore} from '../store/run-store.ts';
import {isLost, type Recovery} from './scan/recovery.ts';
import {Gate} from './scan/gate.ts';
import {scanLane, type LaneJob, type LaneResources, type Pace} from './scan-lane.ts';
import type {LaneScanner} from './worker-pool.ts';

/** What lanes that run on this thread read from and write to. */
export type LocalResources = {
	readonly store: RunStore;
	/** Already open, closed by whoever opened them. */
	readonly reader: PairReader;
	readonly base: Connection | null;
	readonly openReader: () => Promise<PairReader>;
	readonly openBase: () => Promise<Connection | null>;
};

/**
Scans on this thread: for small tables, where a thread would cost more than it saves, and for
sides that only one connection may read.

@param lanesAtOnce Each has a reader of its own: over a slow link they wait side by side.
*/
export function createLocalScanner(
	resources: LocalResources,
	pace: Pace,
	recovery: Recovery,
	lanesAtOnce: number,
): LaneScanner {
	const gate = new Gate(pace.maxRowsPerSecond);
	return {
		async run(jobs, onSegment) {
			const waiting = [...jobs];
			const runners = Array.from({length: Math.min(lanesAtOnce, jobs.length)}, (_, index) =>
				runLanes(waiting, onSegment, index === 0),
			);
			// One that fails must not leave the others reading.
			const outcomes = await Promise.allSettled(
				runners.map((runner) =>
					runner.catch((error: unknown) => {
						gate.stop();
						recovery.stop();
						throw error;
					}),
				),
			);
			for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
		},
		pause: () => gate.pause(),
		resume: () => gate.resume(),
		skip: (tableNumber) => gate.skip(tableNumber),
		stop() {
			gate.stop();
			recovery.stop();
		},
	};

	async function runLanes(
		waiting: LaneJob[],
		onSegment: (lane: LaneJob['lane']) => void,
		isFirst: boolean,
	): Promise<void> {
		const own = new OwnConnections(resources, isFirst);
		let hasRecovered = false;
		try {
			for (let job = waiting.shift(); job; job = waiting.shift()) {
				for (;;) {
					try {
						if (gate.hasEnded(job.lane.tableNumber)) break;
						for await (const lane of scanLane(await own.open(), job, pace, gate)) {
							job = {...job, lane};
							onSegment(lane);
						}
						break;
					} catch (error) {
						if (!isLost(error, hasRecovered)) throw error;
						await own.close();
						hasRecovered = true;
						if (!(await recovery.waitOut(error))) return;
					}
				}
			}
		} finally {
			await own.close();
		}
	}
}

/** The connections of one runner: the first has those that are open already, until it loses them. */
class OwnConnections {
	readonly #resources: LocalResources;
	#mayBorrow: boolean;
	#opened: LaneResources | null = null;

	constructor(resources: LocalResources, mayBorrow: boolean) {
		this.#resources = resources;
		this.#mayBorrow = mayBorrow;
	}

	async open(): Promise<LaneResources> {
		const {store, reader, base, openReader, openBase} = this.#resources;
		if (this.#mayBorrow) return {store, reader, base};
		this.#opened ??= {store, reader: await openReader(), base: base && (await openBase())};
		return this.#opened;
	}

	async close(): Promise<void> {
		const opened = this.#opened;
		this.#opened = null;
		this.#mayBorrow = false;
		// What was lost can't be closed any more.
		await Promise.allSettled([opened?.reader.close(), opened?.base?.close()]);
	}
}
