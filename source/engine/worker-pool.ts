import {Worker} from 'node:worker_threads';
import type {Lane} from '../store/scan-record.ts';
import {unpackError} from './carry-error.ts';
import {isLost, type Recovery} from './scan/recovery.ts';
import type {LaneJob} from './scan-lane.ts';
import type {FromWorker, ScanWorkerData, ToWorker} from './scan-messages.ts';

/** Who scans lanes: threads, or for small tables this very thread. */
export type LaneScanner = {
	/** Scans every lane; calls back after each segment, when what it says is on disk. */
	run(jobs: readonly LaneJob[], onSegment: (lane: Lane) => void): Promise<void>;
	pause(): void;
	resume(): void;
	/** Leaves a table after the segment under way. */
	skip(tableNumber: number): void;
	/** Ends after the segments under way. */
	stop(): void;
};

/**
Scans on `threads` threads, each with connections of its own.

@param makeData Asked anew for each thread: after a loss the snapshots may be others.
*/
export function createWorkerPool(
	threads: number,
	makeData: () => ScanWorkerData,
	recovery: Recovery,
): LaneScanner {
	const workers = new Set<Worker>();
	const skipped = new Set<number>();
	let isPaused = false;
	let isStopped = false;
	const tell = (worker: Worker, message: ToWorker) => worker.postMessage(message);
	const tellAll = (message: ToWorker) => {
		for (const worker of workers) tell(worker, message);
	};

	return {
		async run(jobs, onSegment) {
			const waiting = [...jobs];
			const keepWorker = async () => {
				for (let hasRecovered = false; ; hasRecovered = true) {
					const error = await runWorker(waiting, onSegment);
					if (!error) return;
					if (!isLost(error, hasRecovered)) throw error;
					if (!(await recovery.waitOut(error))) return;
				}
			};
			try {
				await Promise.all(Array.from({length: Math.min(threads, jobs.length)}, keepWorker));
			} catch (error) {
				isStopped = true;
				recovery.stop();
				tellAll({kind: 'stop'});
				throw error;
			}
		},
		pause() {
			isPaused = true;
			tellAll({kind: 'pause'});
		},
		resume() {
			isPaused = false;
			tellAll({kind: 'resume'});
		},
		skip(tableNumber) {
			skipped.add(tableNumber);
			tellAll({kind: 'skip', tableNumber});
		},
		stop() {
			isStopped = true;
			recovery.stop();
			tellAll({kind: 'stop'});
		},
	};

	/**
	Runs one thread until nothing waits any more.

	@returns What it failed with; the lane that it was at waits again, from its last segment on.
	*/
	function runWorker(waiting: LaneJob[], onSegment: (lane: Lane) => void): Promise<Error | null> {
		return new Promise((resolve, reject) => {
			// Beside this file in dist/ as in source/.
			const entry = import.meta.url.endsWith('.ts') ? './scan-worker.ts' : './scan-worker.js';
			const worker = new Worker(new URL(entry, import.meta.url), {
				workerData: makeData(),
				// Rows are short-lived: with a large nursery they would pile up to no use.
				resourceLimits: {maxYoungGenerationSizeMb: 8},
			});
			let current: LaneJob | null = null;
			let failure: Error | null = null;
			workers.add(worker);
			if (isPaused) tell(worker, {kind: 'pause'});
			for (const tableNumber of skipped) tell(worker, {kind: 'skip', tableNumber});
			worker.on('message', (message: FromWorker) => {
				switch (message.kind) {
					case 'ready': {
						do current = waiting.shift() ?? null;
						while (current && skipped.has(current.lane.tableNumber));
						tell(worker, current && !isStopped ? {kind: 'lane', ...current} : {kind: 'stop'});
						break;
					}
					case 'segment':
						if (current) current = {...current, lane: message.lane};
						onSegment(message.lane);
						break;
					case 'failed':
						failure = unpackError(message.error);
						if (current) waiting.unshift(current);
						break;
					default:
						message satisfies never;
				}
			});
			worker.on('error', reject);
			worker.on('exit', () => {
				workers.delete(worker);
				resolve(failure);
			});
		});
	}
}
