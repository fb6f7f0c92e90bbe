import {digest} from '../model/encoding.ts';
import type {RunStore} from '../store/run-store.ts';
import {sumLanes, type Lane, type ScanTable, type TableProgress} from '../store/scan-record.ts';
import {chooseLayouts, type TableChoice} from './choose-layouts.ts';
import {createLocalScanner} from './local-scanner.ts';
import {measureScan, type ScanMeter} from './measure-scan.ts';
import {openPair} from './pairing/open-pair.ts';
import type {Pace} from './scan-lane.ts';
import type {Session} from './session.ts';
import {createWorkerPool, type LaneJob, type LaneScanner} from './worker-pool.ts';

/** What a listener may ask of a scan under way. */
export class ScanControl {
	#scanner: LaneScanner | null = null;
	#skip: (table: string) => void = () => undefined;
	#isPaused = false;
	#isStopped = false;

	get isPaused(): boolean {
		return this.#isPaused;
	}

	get isStopped(): boolean {
		return this.#isStopped;
	}

	/** Between two segments; nothing is read until `resume`. */
	pause(): void {
		this.#isPaused = true;
		this.#scanner?.pause();
	}

	resume(): void {
		this.#isPaused = false;
		this.#scanner?.resume();
	}

	/** Leaves a table out after the segment under way; the result says so. */
	skip(table: string): void {
		this.#skip(table);
	}

	/** Ends after the segments under way; what was compared is kept. */
	stop(): void {
		this.#isStopped = true;
		this.#scanner?.stop();
	}

	/** The scan lends itself to this control; only compareRows calls it. */
	attach(scanner: LaneScanner, skip: (table: string) => void): void {
		this.#scanner = scanner;
		this.#skip = skip;
		if (this.#isPaused) scanner.pause();
		if (this.#isStopped) scanner.stop();
	}
}

/** How a scan stands; a whole picture each time, so that a listener may miss some. */
export type ScanProgress = ScanMeter & {
	readonly kind: 'progress';
	readonly tables: readonly TableProgress[];
	readonly isPaused: boolean;
};

export type ScanResult = {
	readonly status: 'complete' | 'stopped';
	readonly tables: readonly TableProgress[];
	/** True when a side was written to while it was compared, or since the checkpoint that was taken up. */
	readonly changedMeanwhile: boolean;
};

/** Tables with more rows than this are cut into lanes that threads scan side by side. */
const laneRows = 50_000;
const progressMilliseconds = 120;

/**
Binds a run to what it compares. A stored scan may only be taken up while this is the same.
*/
export function fingerprintScan(session: Session): string {
	const choices = chooseLayouts(
		session.prod.catalog,
		session.dev.catalog,
		session.config,
		session.dialect,
	);
	const catalogs = [session.prod, session.dev, session.base].map(
		(side) => side?.catalog.fingerprint,
	);
	return digest(JSON.stringify([choices, catalogs]));
}

/**
Compares the rows of all tables, from the stored checkpoints on. Differences go to the run
store as they are found; memory does not grow with the tables.

@param skip Tables to leave out from the start.
@throws {ConnectionError | SchemaChangedError | StoreError} With a checkpoint kept.
*/
export async function* compareRows(
	session: Session,
	store: RunStore,
	control: ScanControl,
	{skip = []}: {readonly skip?: readonly string[]} = {},
): AsyncGenerator<ScanProgress, ScanResult> {
	const reader = await openPair(session.prod.settings, session.dev.settings);
	try {
		if (store.scan.listTables().length === 0) await enterTables(session, store, skip);
		store.stage = 'scanning';
		const tables = new Map(store.scan.listTables().map((table) => [table.number, table]));
		await cutIntoLanes([...tables.values()]);
		const lanes = store.scan.listLanes();
		const startVersion = await reader.readVersion();
		const jobs = lanes.flatMap((lane): LaneJob[] => {
			const table = tables.get(lane.tableNumber);
			if (!table?.layout || lane.done || table.status === 'skipped') return [];
			return [{layout: table.layout, lane}];
		});
		const meter = measureScan(lanes);
		const largest = Math.max(0, ...jobs.map(({lane}) => rowsOf(tables.get(lane.tableNumber))));
		const scanner = chooseScanner(jobs, largest > laneRows);
		let hasNews = true;
		let tell: () => void = () => undefined;
		control.attach(scanner, (name) => {
			const table = [...tables.values()].find((candidate) => candidate.name === name);
			if (!table?.layout || table.status === 'done') return;
			setStatus(table, 'skipped', 'left out during the scan');
			scanner.skip(table.number);
		});
		// A scan that was killed right after a table's last segment has not said so.
		for (const lane of lanes) if (lane.done) updateStatus(lane.tableNumber);

		let failure: unknown = null;
		const end = {isReached: false};
		const work = scanner
			.run(jobs, (lane) => {
				replaceLane(lane);
				meter.add(lane);
				hasNews = true;
			})
			.catch((error: unknown) => {
				failure = error;
			})
			.finally(() => {
				end.isReached = true;
				tell();
			});
		while (!end.isReached) {
			if (hasNews || control.isPaused) yield picture();
			hasNews = false;
			await new Promise<void>((resolve) => {
				tell = resolve;
				setTimeout(resolve, progressMilliseconds);
			});
		}
		await work;
		if (failure)
			throw failure instanceof Error ? failure : new Error('The scan failed', {cause: failure});
		yield picture();
		const isComplete = lanes.every(
			(lane) => lane.done || tables.get(lane.tableNumber)?.status === 'skipped',
		);
		if (isComplete) store.stage = 'compared';
		const versions = new Set(
			lanes.map(({version}) => version).filter((version) => version !== null),
		);
		versions.add(startVersion);
		versions.add(await reader.readVersion());
		return {
			status: isComplete ? 'complete' : 'stopped',
			tables: progressOf(),
			changedMeanwhile: versions.size > 1,
		};

		function progressOf(): TableProgress[] {
			return [...tables.values()].map((table) =>
				sumLanes(
					table,
					lanes.filter(({tableNumber}) => tableNumber === table.number),
				),
			);
		}

		function picture(): ScanProgress {
			const progress = progressOf();
			return {
				kind: 'progress',
				tables: progress,
				isPaused: control.isPaused,
				...meter.read(progress, control.isPaused),
			};
		}

		function setStatus(table: ScanTable, status: ScanTable['status'], reason: string): void {
			store.scan.setTable(table.number, {status, reason});
			tables.set(table.number, {...table, status, reason});
			hasNews = true;
		}

		function replaceLane(lane: Lane): void {
			const index = lanes.findIndex(
				(other) => other.tableNumber === lane.tableNumber && other.lane === lane.lane,
			);
			lanes[index] = lane;
			updateStatus(lane.tableNumber);
		}

		function updateStatus(number: number): void {
			const table = tables.get(number);
			if (!table || table.status === 'skipped') return;
			const own = lanes.filter(({tableNumber}) => tableNumber === number);
			const status = own.every(({done}) => done) ? 'done' : 'scanning';
			if (status !== table.status) setStatus(table, status, table.reason);
		}
	} finally {
		control.stop();
		await reader.close();
	}

	function chooseScanner(jobs: readonly LaneJob[], usesThreads: boolean): LaneScanner {
		const {parallel, segmentMilliseconds, maxRowsPerSecond} = session.config.performance;
		const threads = usesThreads ? Math.min(parallel, jobs.length) : 1;
		const pace: Pace = {
			segmentMilliseconds,
			maxRowsPerSecond: Math.ceil(maxRowsPerSecond / threads),
		};
		if (!usesThreads) {
			return createLocalScanner({reader, base: session.base?.connection ?? null, store}, pace);
		}
		return createWorkerPool(threads, {
			prod: session.prod.settings,
			dev: session.dev.settings,
			base: session.base?.settings ?? null,
			storeFile: store.file,
			pace,
		});
	}

	/** Lanes are cut once; a resumed scan keeps the cuts, so that row ids stay the same. */
	async function cutIntoLanes(tables: readonly ScanTable[]): Promise<void> {
		const cut = new Set(store.scan.listLanes().map(({tableNumber}) => tableNumber));
		for (const {number, layout, status, ...totals} of tables) {
			if (!layout || status === 'skipped' || cut.has(number)) continue;
			if (layout.key.kind === 'rows') {
				store.scan.recordLanes(number, [{keyed: false, after: null, upTo: null}]);
				continue;
			}
			const isLarge = rowsOf(totals) > laneRows;
			const cuts = isLarge
				? await reader.splitKeys(layout, session.config.performance.parallel)
				: [];
			const keyed = [null, ...cuts].map((after, index) => ({
				keyed: true,
				after,
				upTo: cuts[index] ?? null,
			}));
			const unkeyed = (await reader.hasUnkeyedRows(layout))
				? [{keyed: false, after: null, upTo: null}]
				: [];
			store.scan.recordLanes(number, [...keyed, ...unkeyed]);
		}
	}
}

async function enterTables(
	{prod, dev, config, dialect}: Session,
	store: RunStore,
	skip: readonly string[],
): Promise<void> {
	const tables: Omit<ScanTable, 'number'>[] = [];
	for (const choice of chooseLayouts(prod.catalog, dev.catalog, config, dialect)) {
		const {name, layout, reason} = choice;
		const isSkipped = skip.includes(name);
		tables.push({
			name,
			layout,
			status: statusOf(choice, isSkipped),
			reason: layout && isSkipped ? 'left out' : reason,
			prodTotal: layout?.presentOn === 'both' ? await prod.connection.countRows(name) : null,
			devTotal: layout ? await dev.connection.countRows(name) : null,
		});
	}
	store.scan.recordTables(tables);
}

function statusOf({layout}: TableChoice, isSkipped: boolean): ScanTable['status'] {
	if (!layout) return 'not compared';
	return isSkipped ? 'skipped' : 'waiting';
}

function rowsOf(table: Pick<ScanTable, 'prodTotal' | 'devTotal'> | undefined): number {
	return Math.max(table?.prodTotal ?? 0, table?.devTotal ?? 0);
}
