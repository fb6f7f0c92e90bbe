import {scanLane, type LaneResources, type Pace} from './scan-lane.ts';
import type {LaneScanner} from './worker-pool.ts';

/** Scans on this thread: for small tables, where a thread would cost more than it saves. */
export function createLocalScanner(resources: LaneResources, pace: Pace): LaneScanner {
	const skipped = new Set<number>();
	let isStopped = false;
	let paused: {promise: Promise<void>; resume: () => void} | null = null;
	const resume = () => {
		paused?.resume();
		paused = null;
	};
	return {
		async run(jobs, onSegment) {
			for (const {layout, lane} of jobs) {
				if (isStopped) return;
				if (skipped.has(lane.tableNumber)) continue;
				for await (const scanned of scanLane(resources, layout, lane, pace)) {
					onSegment(scanned);
					await paused?.promise;
					// A key that was pressed during the segment may have changed these.
					if (hasEnded(lane.tableNumber)) break;
				}
			}
		},
		pause() {
			let release: () => void = () => undefined;
			const promise = new Promise<void>((resolve) => {
				release = resolve;
			});
			paused ??= {promise, resume: release};
		},
		resume,
		skip(tableNumber) {
			skipped.add(tableNumber);
		},
		stop() {
			isStopped = true;
			resume();
		},
	};

	function hasEnded(tableNumber: number): boolean {
		return isStopped || skipped.has(tableNumber);
	}
}
