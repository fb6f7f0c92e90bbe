import type {Config} from '../config/config.ts';
import {isChangeChosen} from '../config/is-change-chosen.ts';
import {digest} from '../model/encoding.ts';
import {SchemaChangedError, UsageError} from '../model/errors.ts';
import type {SchemaChange} from '../model/schema-change.ts';
import {RunDirectory, type HeldRun} from '../store/run-directory.ts';
import type {RunStage, RunStore} from '../store/run-store.ts';
import {
	compareRows,
	fingerprintScan,
	type ScanOptions,
	type ScanProgress,
	type ScanResult,
} from './compare-rows.ts';
import {compareSchemas} from './compare-schema.ts';
import {findRuns, pairOf} from './find-runs.ts';
import {resolveByConfig} from './resolve-by-config.ts';
import type {ScanControl} from './scan/scan-control.ts';
import type {Session} from './session.ts';

/** A run that this process now holds; whoever took it closes its store and releases it. */
export type TakenRun = {
	readonly run: HeldRun;
	readonly origin: 'continued' | 'new';
	/** The unfinished run of this pair that could not be taken up, and why; null: there was none. */
	readonly passedOver: {readonly id: string; readonly reason: string} | null;
};

export type TakeOptions = {
	/** This run and no other. */
	readonly runId?: string | undefined;
	/** Do not take up an unfinished scan. */
	readonly fresh?: boolean | undefined;
};

export type ComparisonResult = ScanResult & {
	/** Rows that the configuration's rules and strategies settled. */
	readonly settled: number;
};

/**
Finds the unfinished scan of this pair or makes a run, and records the differences of
structure in it. A scan is only taken up while what it compares is the same: both
structures, the databases themselves and the configuration that chose the columns.

@throws {UsageError} When `runId` is unknown, or is a run of another pair.
@throws {SchemaChangedError} When `runId` can't be continued.
@throws {LockedError} When another process holds the run.
@throws {StoreError} When the output folder can't be written to.
*/
export function takeRun(session: Session, {runId, fresh = false}: TakeOptions = {}): TakenRun {
	const directory = new RunDirectory(session.config.output.directory);
	if (runId !== undefined) return takeNamed(session, directory, runId);
	// Only the newest: an older one was already passed over.
	const newest = findRuns(session.config)[0];
	if (!newest || fresh || newest.problem !== null || isCompared(newest.stage)) {
		return {run: createRun(session, directory), origin: 'new', passedOver: null};
	}
	const run = directory.open(newest.id);
	const reason = findMismatch(session, run.store);
	if (reason === null) return {run, origin: 'continued', passedOver: null};
	closeRun(run);
	return {
		run: createRun(session, directory),
		origin: 'new',
		passedOver: {id: newest.id, reason},
	};
}

/**
Compares the rows of a taken run, from its checkpoints on, then lets the configuration
settle what it can. A run whose scan is complete is not compared again.

@throws {ConnectionError | SchemaChangedError | StoreError} With a checkpoint kept.
*/
export async function* compareRun(
	session: Session,
	store: RunStore,
	control: ScanControl,
	options: ScanOptions = {},
): AsyncGenerator<ScanProgress, ComparisonResult> {
	if (isCompared(store.stage)) {
		const tables = store.scan.listProgress();
		return {status: 'complete', tables, changedMeanwhile: false, notes: [], settled: 0};
	}
	const result = yield* compareRows(session, store, control, options);
	const isComplete = result.status === 'complete';
	return {...result, settled: isComplete ? resolveByConfig(store, session.config) : 0};
}

/** The changes of tables that take part; those of other tables are none of ours. */
export function selectSchemaChanges(
	changes: readonly SchemaChange[],
	config: Config,
): SchemaChange[] {
	return changes.filter((change) => isChangeChosen(config, change));
}

/** Whether every table was scanned. */
export function isCompared(stage: RunStage): boolean {
	return stage !== 'new' && stage !== 'scanning';
}

export function closeRun({store, release}: HeldRun): void {
	store.close();
	release();
}

function takeNamed(session: Session, directory: RunDirectory, id: string): TakenRun {
	const run = directory.open(id);
	try {
		const {prod, dev, pair} = run.store.identity;
		if (pair !== pairOf(session.prod.settings, session.dev.settings)) {
			throw new UsageError(
				`Run ${id} compares ${prod} with ${dev}, not ${session.prod.name} with ${session.dev.name}.`,
				{hint: 'Name its databases with --prod and --dev, or another run with --run.'},
			);
		}
		const reason = findMismatch(session, run.store);
		if (reason === null) return {run, origin: 'continued', passedOver: null};
		throw new SchemaChangedError(`Run ${id} can't be taken up: ${reason}.`, {
			hint: 'Compare anew with `deepdiff-db diff --fresh`.',
		});
	} catch (error) {
		closeRun(run);
		throw error;
	}
}

function createRun(session: Session, directory: RunDirectory): HeldRun {
	const {prod, dev, base} = session;
	const run = directory.create({
		prod: prod.name,
		dev: dev.name,
		base: base?.name ?? null,
		pair: pairOf(prod.settings, dev.settings),
	});
	try {
		bind(session, run.store);
		return run;
	} catch (error) {
		closeRun(run);
		throw error;
	}
}

/** Records what a run compares. */
function bind(session: Session, store: RunStore): void {
	const changes = compareSchemas(session.prod.catalog, session.devStructure, session.dialect);
	store.schema.record(selectSchemaChanges(changes, session.config));
	store.writeFact('databases', fingerprintDatabases(session));
	store.writeFact('catalogs', fingerprintCatalogs(session));
	store.writeFact('fingerprint', fingerprintScan(session));
}

/** Why a run can't go on with these databases; null: it can. */
function findMismatch(session: Session, store: RunStore): string | null {
	// It ended before it was bound: nothing was compared yet.
	if (store.readFact('fingerprint') === null) {
		bind(session, store);
		return null;
	}
	if (store.readFact('databases') !== fingerprintDatabases(session)) {
		return 'a database was replaced by another one since';
	}
	if (store.readFact('catalogs') !== fingerprintCatalogs(session)) {
		return 'the structure of a database has changed since';
	}
	if (isCompared(store.stage) || store.readFact('fingerprint') === fingerprintScan(session)) {
		return null;
	}
	return 'the configuration or --tables chooses other tables, columns or keys than before';
}

function fingerprintDatabases({prod, dev, base}: Session): string {
	return digest(JSON.stringify([prod, dev, base].map((side) => side?.facts.identity)));
}

function fingerprintCatalogs({prod, dev, base}: Session): string {
	return digest(JSON.stringify([prod, dev, base].map((side) => side?.catalog.fingerprint)));
}
