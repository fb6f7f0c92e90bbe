import {randomBytes} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, rmSync} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import {LockedError, StoreError, UsageError} from '../model/errors.ts';
import {guardStore} from './open-database.ts';
import {RunStore, type RunIdentity, type RunStage} from './run-store.ts';

const extension = '.run';

export type RunSummary = RunIdentity & {
	readonly file: string;
	readonly stage: RunStage;
	/** Why it can't be opened; null for a good one. */
	readonly problem: string | null;
};

/** A run held by this process; nobody else can hold it until it is released or the process ends. */
export type HeldRun = {readonly store: RunStore; readonly release: () => void};

/** The folder that keeps runs: one file a run, and beside it a lock and the packs it wrote. */
export class RunDirectory {
	readonly folder: string;

	constructor(output: string) {
		this.folder = path.resolve(output);
	}

	/** @throws {StoreError} When the folder can't be made or written to. */
	create(identity: Omit<RunIdentity, 'id' | 'createdAt'>): HeldRun {
		this.#makeFolder();
		const createdAt = new Date().toISOString();
		// Sorts by time; the random end keeps two runs of one second apart.
		const id = `${createdAt.slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${randomBytes(2).toString('hex')}`;
		const release = this.#lock(id);
		return {
			store: RunStore.create(this.#fileOf(id), {...identity, id, createdAt}),
			release: release,
		};
	}

	/**
	@throws {UsageError} When there is no such run.
	@throws {LockedError} When another process holds it.
	*/
	open(id: string): HeldRun {
		if (!existsSync(this.#fileOf(id))) {
			throw new UsageError(`There is no run ${id} in ${this.folder}.`, {
				hint: 'List the stored runs with `deepdiff-db runs`.',
			});
		}
		const release = this.#lock(id);
		try {
			return {store: RunStore.open(this.#fileOf(id)), release};
		} catch (error) {
			release();
			throw error;
		}
	}

	/**
	Newest first. A damaged store is listed with its problem.

	@throws {StoreError} When the folder is none, or can't be read.
	*/
	list(): RunSummary[] {
		if (!existsSync(this.folder)) return [];
		return this.#readFolder()
			.filter((name) => name.endsWith(extension))
			.map((name) => summarise(path.join(this.folder, name), path.basename(name, extension)))
			.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
	}

	/** Where a run's packs, receipts and reports go. */
	artefactFolder(id: string): string {
		return path.join(this.folder, id);
	}

	remove(id: string): void {
		const release = this.#lock(id);
		for (const suffix of ['', '-wal', '-shm']) rmSync(this.#fileOf(id) + suffix, {force: true});
		rmSync(this.artefactFolder(id), {recursive: true, force: true});
		release();
		rmSync(this.#lockOf(id), {force: true});
	}

	#fileOf(id: string): string {
		return path.join(this.folder, id + extension);
	}

	#lockOf(id: string): string {
		return path.join(this.folder, `${id}.lock`);
	}

	#readFolder(): string[] {
		try {
			return readdirSync(this.folder);
		} catch (error) {
			throw new StoreError(`The folder ${this.folder} of the stored runs can't be read.`, {
				hint: 'Check that it is a folder and its permissions, or name another with --output.',
				cause: error,
			});
		}
	}

	#makeFolder(): void {
		try {
			mkdirSync(this.folder, {recursive: true});
		} catch (error) {
			throw new StoreError(`The folder ${this.folder} for the run store can't be made.`, {
				hint: 'Check its permissions, or name another with --output.',
				cause: error,
			});
		}
	}

	/**
	Takes the run for this process. The lock is SQLite's own on a small file beside the run:
	the system drops it when the process dies, however it dies, so there is no stale lock.
	*/
	#lock(id: string): () => void {
		const file = this.#lockOf(id);
		return guardStore(file, () => {
			const database = new Database(file, {timeout: 0});
			try {
				database.exec('CREATE TABLE IF NOT EXISTS holder (pid INTEGER)');
				database.transaction(() => {
					database.exec('DELETE FROM holder');
					database.prepare('INSERT INTO holder VALUES (?)').run(process.pid);
				})();
				database.exec('BEGIN IMMEDIATE');
			} catch (error) {
				const pid = error instanceof Database.SqliteError ? readHolder(database) : null;
				database.close();
				if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY'))
					throw error;
				throw new LockedError(
					`Run ${id} is in use by another process${pid === null ? '' : ` (pid ${pid})`}.`,
					{hint: 'Finish or stop that one first, or start a new run with --fresh.', cause: error},
				);
			}
			return () => database.close();
		});
	}
}

function readHolder(database: Database.Database): number | null {
	try {
		return Number(database.prepare('SELECT pid FROM holder').pluck().get());
	} catch {
		return null;
	}
}

function summarise(file: string, id: string): RunSummary {
	try {
		const store = RunStore.open(file, {readonly: true});
		const summary = {...store.identity, file, stage: store.stage, problem: null};
		store.close();
		return summary;
	} catch (error) {
		if (!(error instanceof StoreError)) throw error;
		const unknown = {id, createdAt: '', prod: '?', dev: '?', base: null, pair: ''};
		return {...unknown, file, stage: 'new', problem: error.message};
	}
}
