import {digest} from '../model/encoding.ts';
import type {PairReader} from '../dialects/dialect.ts';
import type {RunStore} from '../store/run-store.ts';
import type {TableProgress} from '../store/scan-record.ts';
import {chooseLayouts} from './choose-layouts.ts';
import {createLocalScanner} from './local-scanner.ts';
import {measureScan, type ScanMeter} from './measure-scan.ts';
import {openConnection} from './open-connection.ts';
import {makeBaseLayout} from './scan/base-layout.ts';
import {cutIntoLanes, enterTables, laneRows, rowsOf} from './scan/enter-tables.ts';
import {LaneBoard} from './scan/lane-board.ts';
import {Recovery, type Trouble} from './scan/recovery.ts';
import type {ScanControl} from './scan/scan-control.ts';
import {ScanSides} from './scan/scan-sides.ts';
import type {LaneJob, Pace} from './scan-lane.ts';
import type {Session} from './session.ts';
import {createWorkerPool, type LaneScanner} from './worker-pool.ts';

/** How a scan stands; a whole picture each time, so that a listener may miss some. */
export type ScanProgress = ScanMeter & {
	readonly kind: 'progress';
	readonly tables: readonly TableProgress[];
	readonly isPaused: boolean;
	/** Why it waits by itself: a database that stays away. */
	readonly trouble: Trouble | null;
};

export type ScanResult = {
	readonly status: 'complete' | 'stopped';
	readonly tables: readonly TableProgress[];
	/** True when a side was written to while it was compared, or since the checkpoint that was taken up. */
	readonly changedMeanwhile: boolean;
	/** What a person should know of how the sides were read, as sentences. */
	readonly notes: readonly string[];
};

export type ScanOptions = {
	/** Tables to leave out from the start. */
	readonly skip?: readonly string[];
	/** Milliseconds that a database may stay away before the scan gives up; absent: it waits for ever. */
	readonly patience?: number;
};

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
store as they are found; memory does not grow with the tables. A connection that is lost is made
again, and its segment asked for again.

@throws {ConnectionError | SchemaChangedError | StoreError} With a checkpoint kept.
*/
export async function* compareRows(
	session: Session,
	store: RunStore,
	control: ScanControl,
	{skip = [], patience}: ScanOptions = {},
): AsyncGenerator<ScanProgress, ScanResult> {
	const sides = await ScanSides.open({prod: session.prod.settings, dev: session.dev.settings});
	let reader: PairReader | null = null;
	try {
		reader = await sides.openReader();
		if (store.scan.listTables().length === 0) await enterTables(session, store, skip);
		store.stage = 'scanning';
		await cutIntoLanes(reader, store, session.config.performance.parallel);
		const board = new LaneBoard(store);
		const versions = new Set(board.lanes.flatMap(({version}) => version ?? []));
		versions.add(await reader.readVersion());
		const meter = measureScan(board.lanes);
		const recovery = new Recovery({reopen: () => sides.reopen(), patience: patience ?? null});
		const jobs = listJobs(session, board, sides);
		const scanner = chooseScanner(session, store, sides, reader, recovery, jobs);
		let hasNews = true;
		control.attach(scanner, recovery, (name) => {
			const number = board.skip(name);
			if (number === null) return;
			scanner.skip(number);
			hasNews = true;
		});
		const picture = (): ScanProgress => {
			const tables = board.listProgress();
			const {isPaused} = control;
			const {trouble} = recovery;
			const isHeld = isPaused || trouble !== null;
			return {kind: 'progress', tables, isPaused, trouble, ...meter.read(tables, isHeld)};
		};

		const end = new Ending();
		const work = scanner
			.run(jobs, (lane) => {
				board.replace(lane);
				meter.add(lane);
				recovery.progress();
				versions.add(lane.version ?? '');
				hasNews = true;
			})
			.finally(() => end.reach());
		// It is awaited below, when the last picture was drawn.
		work.catch(() => undefined);
		while (!end.isReached) {
			if (hasNews || control.isPaused || recovery.trouble) yield picture();
			hasNews = false;
			await end.waitFor(progressMilliseconds);
		}
		await work;
		yield picture();
		if (board.isComplete) store.stage = 'compared';
		versions.add(await readLastVersion(sides, reader));
		return {
			status: board.isComplete ? 'complete' : 'stopped',
			tables: board.listProgress(),
			changedMeanwhile: versions.size > 1,
			notes: sides.notes,
		};
	} finally {
		control.stop();
		// What was lost can't be closed any more.
		await Promise.allSettled([reader?.close()]);
		await sides.close();
	}
}

/** Small tables first where sides are read one beside the other: a slow link is paid for each. */
function listJobs(session: Session, board: LaneBoard, {isJoined}: ScanSides): LaneJob[] {
	const {prod, base} = session;
	const open = isJoined
		? board.listOpen()
		: board.listOpen().sort((a, b) => rowsOf(a.table) - rowsOf(b.table));
	return open.flatMap(({lane, table}): LaneJob[] => {
		const {layout} = table;
		if (!layout) return [];
		const isWhole = lane.after === null && lane.upTo === null;
		return [
			{
				layout,
				baseLayout: base ? makeBaseLayout(layout, prod.catalog, base.catalog) : layout,
				lane,
				rows: isWhole ? rowsOf(table) : null,
				isLarge: rowsOf(table) > laneRows,
			},
		];
	});
}

function chooseScanner(
	{prod, dev, base, config}: Session,
	store: RunStore,
	sides: ScanSides,
	reader: PairReader,
	recovery: Recovery,
	jobs: readonly LaneJob[],
): LaneScanner {
	const {parallel, segmentMilliseconds, maxRowsPerSecond} = config.performance;
	const wanted = Math.min(parallel, Math.max(1, jobs.length));
	const readers = sides.limitReaders(wanted);
	const usesThreads = readers > 1 && jobs.some(({isLarge}) => isLarge);
	const pace: Pace = {
		segmentMilliseconds,
		maxRowsPerSecond: Math.ceil(maxRowsPerSecond / (usesThreads ? readers : 1)),
	};
	if (!usesThreads) {
		const resources = {
			store,
			reader,
			base: base?.connection ?? null,
			openReader: () => sides.openReader(),
			openBase: async () => base && openConnection(base.settings),
		};
		return createLocalScanner(resources, pace, recovery, sides.isJoined ? 1 : readers);
	}
	const makeData = () => ({
		prod: prod.settings,
		dev: dev.settings,
		base: base?.settings ?? null,
		snapshots: sides.snapshots,
		storeFile: store.file,
		pace,
	});
	return createWorkerPool(readers, makeData, recovery);
}

/** The reader that the scan began with may have been lost, or be of a snapshot that was. */
async function readLastVersion(sides: ScanSides, reader: PairReader): Promise<string> {
	try {
		return await reader.readVersion();
	} catch {
		const other = await sides.openReader();
		try {
			return await other.readVersion();
		} finally {
			await other.close();
		}
	}
}

/** The end of something that runs beside. */
class Ending {
	#isReached = false;
	#tell: () => void = () => undefined;

	get isReached(): boolean {
		return this.#isReached;
	}

	reach(): void {
		this.#isReached = true;
		this.#tell();
	}

	async waitFor(milliseconds: number): Promise<void> {
		if (this.#isReached) return;
		await new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, milliseconds);
			this.#tell = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}
