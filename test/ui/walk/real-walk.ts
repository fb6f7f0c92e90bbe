import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {TestContext} from 'node:test';
import Database from 'better-sqlite3';
import {loadConfig} from '../../../source/config/load-config.ts';
import type {Config} from '../../../source/config/config.ts';
import {WalkController, type WalkOptions} from '../../../source/ui/walk/walk-controller.ts';
import type {WalkState} from '../../../source/ui/walk/walk-state.ts';

/** A folder with two databases that have diverged, removed after the test. */
export type Pair = {
	readonly folder: string;
	readonly prod: string;
	readonly dev: string;
	execute(side: 'prod' | 'dev', sql: string): void;
	/** The first column of all rows. */
	query(side: 'prod' | 'dev', sql: string): unknown[];
};

const artists = `
	CREATE TABLE artist (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
	INSERT INTO artist VALUES (1, 'Abba'), (2, 'Blur'), (3, 'Can');
	CREATE TABLE log (id INTEGER PRIMARY KEY, line TEXT);
	INSERT INTO log VALUES (1, 'one'), (2, 'two');`;

/** `artist` differs by one conflict and one row that only dev has, and by a column. */
export const drift = `
	UPDATE artist SET name = 'Blur (dev)' WHERE id = 2;
	INSERT INTO artist VALUES (4, 'Dido');
	ALTER TABLE artist ADD COLUMN country TEXT;`;

export function makePair(
	context: TestContext,
	{base = artists, dev = drift}: {readonly base?: string; readonly dev?: string} = {},
): Pair {
	const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-walk-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	const files = {prod: path.join(folder, 'prod.db'), dev: path.join(folder, 'dev.db')};
	const use = <T>(side: 'prod' | 'dev', work: (database: Database.Database) => T): T => {
		const database = new Database(files[side]);
		try {
			return work(database);
		} finally {
			database.close();
		}
	};
	const execute = (side: 'prod' | 'dev', sql: string) =>
		use(side, (database) => void database.exec(sql));
	execute('prod', base);
	execute('dev', base + dev);
	return {
		folder,
		...files,
		execute,
		query: (side, sql) => use(side, (database) => database.prepare(sql).pluck().all()),
	};
}

export async function readConfig(
	{folder}: Pick<Pair, 'folder'>,
	flags: {readonly prod?: string; readonly dev?: string; readonly base?: string} = {},
): Promise<Config> {
	const {config} = await loadConfig({
		directory: folder,
		home: folder,
		flags: {prod: 'prod.db', dev: 'dev.db', ...flags},
		environment: {},
	});
	return config;
}

/** A walk whose state can be waited for. */
export type FollowedWalk = {
	readonly controller: WalkController;
	readonly waitFor: (condition: (state: WalkState) => boolean) => Promise<WalkState>;
};

/** Starts a walk on a pair; it is ended and closed after the test, whatever happened. */
export function follow(
	context: TestContext,
	pair: Pair,
	options: Pick<WalkOptions, 'config'> & Partial<WalkOptions>,
): FollowedWalk {
	const controller = new WalkController({directory: pair.folder, ...options});
	context.after(async () => {
		controller.end(0);
		await controller.ended;
		await controller.close();
	});
	controller.start();
	return {
		controller,
		async waitFor(condition) {
			return new Promise((resolve, reject) => {
				const finish = (settle: () => void) => {
					clearTimeout(timer);
					stop();
					settle();
				};
				const check = () => {
					const state = controller.getState();
					if (condition(state)) finish(() => resolve(state));
				};
				const timer = setTimeout(() => {
					const state = JSON.stringify(controller.getState(), null, '\t');
					finish(() => reject(new Error(`Waited for ${condition.toString()}:\n${state}`)));
				}, 20_000);
				const stop = controller.subscribe(check);
				controller.ended.catch((error: unknown) =>
					finish(() => reject(error instanceof Error ? error : new Error(String(error)))),
				);
				check();
			});
		},
	};
}

/** Both databases open and counted, and a new run of them. */
export async function startRun(
	context: TestContext,
	pair: Pair,
	options: Partial<WalkOptions> = {},
): Promise<FollowedWalk> {
	const walk = follow(context, pair, {config: await readConfig(pair), ...options});
	await walk.waitFor(({sides}) => {
		const {prod, dev} = sides;
		return prod.kind === 'open' && prod.isCounted && dev.kind === 'open' && dev.isCounted;
	});
	walk.controller.startRun();
	await walk.waitFor(({run}) => run.kind === 'open');
	return walk;
}

/** … and all of its rows compared. */
export async function startCompared(
	context: TestContext,
	pair: Pair,
	options: Partial<WalkOptions> = {},
): Promise<FollowedWalk> {
	const walk = await startRun(context, pair, options);
	walk.controller.goTo('scan');
	walk.controller.startScan();
	await walk.waitFor(({scan}) => scan.kind === 'done');
	return walk;
}
