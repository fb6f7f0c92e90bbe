import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {TestContext} from 'node:test';
import Database from 'better-sqlite3';
import {loadConfig} from '../../source/config/load-config.ts';
import {applyPack, type ApplyInput} from '../../source/engine/apply/apply-pack.ts';
import {writeReceipt} from '../../source/engine/apply/write-receipt.ts';
import {compareRun, takeRun} from '../../source/engine/compare-run.ts';
import {openTarget} from '../../source/engine/open-target.ts';
import {readPack, type Pack} from '../../source/engine/pack/read-pack.ts';
import {describePack} from '../../source/engine/pack/describe-pack.ts';
import {writePack, type PackPaths} from '../../source/engine/pack/write-pack.ts';
import {makePlan} from '../../source/engine/plan/make-plan.ts';
import {ScanControl} from '../../source/engine/scan/scan-control.ts';
import {openSession, type Session} from '../../source/engine/session.ts';
import type {PlanSummary} from '../../source/model/plan.ts';
import type {Receipt} from '../../source/model/receipt.ts';
import {allowKinds, type AllowKind} from '../../source/model/schema-change.ts';
import type {RowFilter} from '../../source/store/row-query.ts';
import type {RunStore} from '../../source/store/run-store.ts';
import type {PlannedStatement} from '../../source/store/statements.ts';

/** Two real SQLite files that are compared, and everything that comes after. */
export type Walk = {
	readonly folder: string;
	readonly prod: string;
	readonly dev: string;
	readonly session: Session;
	readonly store: RunStore;
};

type Options = {
	/** SQL that fills both files first. */
	readonly both?: string;
	readonly prod?: string;
	readonly dev?: string;
	/** Keys of a configuration file. */
	readonly config?: Readonly<Record<string, unknown>>;
	/** A folder that is there already, with both files. */
	readonly folder?: string;
};

export const everything: ReadonlySet<AllowKind> = new Set(allowKinds);
export const nothing: ReadonlySet<AllowKind> = new Set();

/** Drains a step and gives its result. */
export async function finish<Result>(steps: AsyncGenerator<unknown, Result>): Promise<Result> {
	for (;;) {
		const {value, done} = await steps.next();
		if (done) return value;
	}
}

/** Makes both files, compares them to the end, and cleans up after the test. */
export async function startWalk(context: TestContext, options: Options): Promise<Walk> {
	const folder = options.folder ?? makeFolder(context);
	const prod = path.join(folder, 'prod.db');
	const dev = path.join(folder, 'dev.db');
	if (options.folder === undefined) {
		execute(prod, options.both ?? '');
		execute(dev, options.both ?? '');
		execute(prod, options.prod ?? '');
		execute(dev, options.dev ?? '');
	}
	return compareFiles(context, folder, options.config);
}

/** Compares the two files of a folder anew. */
export function compareFiles(
	context: TestContext,
	folder: string,
	config: Readonly<Record<string, unknown>> = {},
): Promise<Walk> {
	const sides = {prod: path.join(folder, 'prod.db'), dev: path.join(folder, 'dev.db')};
	return compareSides(context, sides, {folder, config});
}

/** Compares two databases, files or URLs, to the end. @param folder For the run. @default a new one */
export async function compareSides(
	context: TestContext,
	{prod, dev}: {readonly prod: string; readonly dev: string},
	{
		config = {},
		folder = makeFolder(context),
	}: {
		readonly config?: Readonly<Record<string, unknown>> | undefined;
		readonly folder?: string;
	} = {},
): Promise<Walk> {
	writeFileSync(path.join(folder, '.deepdiffrc'), JSON.stringify({prod, dev, ...config}));
	const loaded = await loadConfig({directory: folder, home: folder, environment: {}});
	const session = await openSession(loaded.config);
	const {run} = takeRun(session, {fresh: true});
	context.after(async () => {
		run.store.close();
		run.release();
		await session.close();
	});
	await finish(compareRun(session, run.store, new ScanControl()));
	return {folder, prod, dev, session, store: run.store};
}

function makeFolder(context: TestContext): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-walk-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}

export function execute(file: string, sql: string): void {
	const database = new Database(file);
	// As in the shell; the driver would switch it on.
	database.pragma('foreign_keys = OFF');
	database.exec(sql);
	database.close();
}

/** Every row of a query, each as one line. */
export function query(file: string, sql: string): string[] {
	const database = new Database(file, {readonly: true});
	const rows = database.prepare(sql).raw().all() as unknown[][];
	database.close();
	return rows.map((row) => row.map((value) => String(value)).join('|'));
}

export function decide({store}: Walk, take: 'ours' | 'theirs', filter: RowFilter = {}): void {
	store.decisions.decide({filter, take, level: 'row', by: 'person', summary: take});
}

export async function plan(
	{session, store}: Walk,
	allow: ReadonlySet<AllowKind> = nothing,
): Promise<{summary: PlanSummary; statements: PlannedStatement[]}> {
	const {dialect, prod, dev} = session;
	const summary = await finish(
		makePlan({
			dialect,
			prodCatalog: prod.catalog,
			devCatalog: dev.catalog,
			store,
			allow,
			signal: new AbortController().signal,
		}),
	);
	return {summary, statements: [...store.statements.iterate()]};
}

export async function pack({session, store, folder}: Walk, place = 'out'): Promise<PackPaths> {
	const meta = describePack(session, '2026-01-01T00:00:00.000Z');
	return writePack(store, path.join(folder, place), meta);
}

/** Applies a pack, or whatever `options` make of it, to the walk's prod. */
export async function apply(
	walk: Walk,
	file: string,
	options: Partial<ApplyInput> = {},
): Promise<Receipt> {
	const signal = new AbortController().signal;
	const opened: Pack = options.pack ?? (await readPack(file));
	const settings = walk.session.prod.settings;
	const {connection} = await openTarget(settings, signal);
	try {
		const receipt = await finish(
			applyPack({
				pack: opened,
				connection,
				mode: 'apply',
				allow: everything,
				triggers: 'fire',
				signal,
				...options,
			}),
		);
		if (receipt.result === 'committed') await writeReceipt(receipt, path.dirname(file));
		return receipt;
	} finally {
		await connection.close();
	}
}

/** Everything at once: decide all, plan, pack, apply. */
export async function bringInLine(
	walk: Walk,
	allow: ReadonlySet<AllowKind> = everything,
): Promise<{paths: PackPaths; receipt: Receipt; statements: PlannedStatement[]}> {
	const {statements} = await plan(walk, allow);
	const paths = await pack(walk);
	return {paths, receipt: await apply(walk, paths.sql), statements};
}
