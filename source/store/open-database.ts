import Database from 'better-sqlite3';
import {StoreError} from '../model/errors.ts';

const pageBytes = 16 * 1024;
/** How long a thread waits for another one's transaction, in milliseconds. */
const longestWait = 30_000;

/** Opens a store file with the settings that every thread of a run shares. */
export function openDatabase(file: string, {readonly = false} = {}): Database.Database {
	return guardStore(file, () => {
		const database = new Database(file, {readonly, fileMustExist: readonly, timeout: longestWait});
		// Half the work of writing that pages of 4 KB are; only a new file takes it.
		if (!readonly) database.pragma(`page_size = ${pageBytes}`);
		if (!readonly) database.pragma('journal_mode = WAL');
		// Rows are written once and read in order: every thread's pages are memory (default: 16 MB).
		database.pragma('cache_size = -4096');
		// In WAL a killed process loses nothing; only a power cut can take the last segments.
		database.pragma('synchronous = NORMAL');
		// Each checkpoint waits for the disk: rather every 160 MB than every 4 (half the waiting of 40).
		if (!readonly) database.pragma(`wal_autocheckpoint = ${Math.round(160_000_000 / pageBytes)}`);
		return database;
	});
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
Runs `work` in a transaction that writes. Threads of one run take turns within milliseconds,
while SQLite's own waiting sleeps longer each time, up to a tenth of a second.
*/
export function writeInTurn<T>(database: Database.Database, work: () => T): T {
	const began = performance.now();
	const transaction = database.transaction(work);
	database.pragma('busy_timeout = 0');
	try {
		for (;;) {
			try {
				return transaction.immediate();
			} catch (error) {
				const isBusy = error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY';
				if (!isBusy || performance.now() - began > longestWait) throw error;
				Atomics.wait(pause, 0, 0, 1);
			}
		}
	} finally {
		database.pragma(`busy_timeout = ${longestWait}`);
	}
}

const reasons: Record<string, {message: string; hint: string}> = {
	SQLITE_FULL: {
		message: 'the disk is full',
		hint: 'Free some space, or name another folder with --output.',
	},
	SQLITE_READONLY: {
		message: 'the file can only be read',
		hint: 'Check its permissions, or name another folder with --output.',
	},
	SQLITE_CANTOPEN: {
		message: 'the file can not be opened',
		hint: 'Check that the folder exists and can be written to, or name another with --output.',
	},
	SQLITE_IOERR: {
		message: 'the disk reports an error',
		hint: 'Check the disk, or name another folder with --output.',
	},
	SQLITE_CORRUPT: {
		message: 'the file is damaged',
		hint: 'Delete it with `deepdiff-db runs prune` and start anew.',
	},
	SQLITE_NOTADB: {
		message: 'it is not a run store',
		hint: 'Delete it with `deepdiff-db runs prune` and start anew.',
	},
	SQLITE_BUSY: {
		message: 'another process holds it',
		hint: 'Wait for the other process, or start a new run.',
	},
};

/**
Runs `work` and turns what the disk does to us into a sentence.

@throws {StoreError}
*/
export function guardStore<T>(file: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof Database.SqliteError)) throw error;
		// Extended codes (SQLITE_IOERR_WRITE, SQLITE_BUSY_SNAPSHOT) share their base code's advice.
		const known = Object.entries(reasons).find(([code]) => error.code.startsWith(code));
		if (!known) throw error;
		const [, {message, hint}] = known;
		throw new StoreError(`The run store ${file} can't be used: ${message}.`, {hint, cause: error});
	}
}
