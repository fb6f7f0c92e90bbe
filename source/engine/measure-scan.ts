import type {Lane, TableProgress} from '../store/scan-record.ts';

/** Speed and remaining time of a scan. */
export type ScanMeter = {
	/** Rows of the larger side, so that progress can't pass its total. */
	readonly rowsDone: number;
	readonly rowsTotal: number;
	/** Over the last seconds; null until there is something to measure. */
	readonly rowsPerSecond: number | null;
	readonly secondsLeft: number | null;
	readonly differences: number;
	/** Milliseconds since the last segment reached the disk; null before the first. */
	readonly checkpointAge: number | null;
};

const windowMilliseconds = 5000;

/** Follows the lanes of a scan; `read` may be asked at any time. */
export function measureScan(start: readonly Lane[], now: () => number = () => performance.now()) {
	const seen = new Map(start.map((lane) => [nameOf(lane), lane]));
	let samples: {at: number; rows: number}[] = [{at: now(), rows: 0}];
	let lastCheckpoint: number | null = null;
	let scanned = 0;

	return {
		/** A lane as it is after a segment. */
		add(lane: Lane): void {
			const before = seen.get(nameOf(lane));
			scanned += rowsOf(lane) - (before ? rowsOf(before) : 0);
			seen.set(nameOf(lane), lane);
			lastCheckpoint = now();
			samples.push({at: lastCheckpoint, rows: scanned});
		},

		read(tables: readonly TableProgress[], isPaused: boolean): ScanMeter {
			const at = now();
			const recent = samples.filter((sample) => at - sample.at < windowMilliseconds);
			// One sample before the window stays, so that slow segments still have a slope.
			samples = samples.slice(-Math.max(2, recent.length + 1));
			const [first, last] = [samples[0], samples.at(-1)];
			const span = first && last ? last.at - first.at : 0;
			const rate = first && last && span > 0 ? ((last.rows - first.rows) / span) * 1000 : null;
			const scannable = tables.filter(({layout, status}) => layout && status !== 'skipped');
			const rowsTotal = sum(scannable, ({prodTotal, devTotal}) =>
				Math.max(prodTotal ?? 0, devTotal ?? 0),
			);
			const rowsDone = sum(scannable, ({prodRows, devRows}) => Math.max(prodRows, devRows));
			const left = Math.max(0, rowsTotal - rowsDone);
			return {
				rowsDone,
				rowsTotal,
				rowsPerSecond: isPaused ? null : rate,
				secondsLeft: rate === null || rate === 0 || isPaused ? null : left / rate,
				differences: sum(tables, ({counts}) => sum(Object.values(counts), (count) => count)),
				checkpointAge: lastCheckpoint === null ? null : at - lastCheckpoint,
			};
		},
	};
}

function nameOf({tableNumber, lane}: Lane): string {
	return `${tableNumber}.${lane}`;
}

function rowsOf({prodRows, devRows}: Lane): number {
	return Math.max(prodRows, devRows);
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
	return items.reduce((total, item) => total + value(item), 0);
}
