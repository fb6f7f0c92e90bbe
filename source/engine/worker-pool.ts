import {Worker} from 'node:worker_threads';
import type {Layout} from '../model/layout.ts';
import type {Lane} from '../store/scan-record.ts';
import {unpackError} from './carry-error.ts';
import type {FromWorker, ScanWorkerData, ToWorker} from './scan-messages.ts';

export type LaneJob = {readonly layout: Layout; readonly lane: Lane};

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

/** Scans on `threads` threads, each with connections of its own. */
export function createWorkerPool(threads: number, data: ScanWorkerData): LaneScanner {
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
			const runWorker = () =>
				new Promise<void>((resolve, reject) => {
					// Beside this file in dist/ as in source/.
					const entry = import.meta.url.endsWith('.ts') ? './scan-worker.ts' : './scan-worker.js';
					const worker = new Worker(new URL(entry, import.meta.url), {
						workerData: data,
						// Rows are short-lived: with a large nursery they would pile up to no use.
						resourceLimits: {maxYoungGenerationSizeMb: 8},
					});
					workers.add(worker);
					if (isPaused) tell(worker, {kind: 'pause'});
					worker.on('message', (message: FromWorker) => {
						switch (message.kind) {
							case 'ready': {
								let job = waiting.shift();
								while (job && skipped.has(job.lane.tableNumber)) job = waiting.shift();
								tell(worker, job && !isStopped ? {kind: 'lane', ...job} : {kind: 'stop'});
								break;
							}
							case 'segment':
								onSegment(message.lane);
								break;
							case 'failed':
								reject(unpackError(message.error));
								break;
							default:
								message satisfies never;
						}
					});
					worker.on('error', reject);
					worker.on('exit', () => {
						workers.delete(worker);
						resolve();
					});
				});
			try {
				await Promise.all(Array.from({length: Math.min(threads, jobs.length)}, runWorker));
			} catch (error) {
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
			tellAll({kind: 'stop'});
		},
	};
}
