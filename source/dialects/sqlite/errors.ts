import {accessSync, constants} from 'node:fs';
import {basename, dirname} from 'node:path';
import SQLite from 'better-sqlite3';
import {
	ConnectionError,
	ConnectionLostError,
	LockedError,
	SchemaChangedError,
} from '../../model/errors.ts';

/**
Turns an error of the driver into one that tells a person what to do; any other error comes
back as it is.

@param files The database, or both where nobody can tell which of them it was.
*/
export function explainError(error: unknown, files: readonly string[]): unknown {
	if (!(error instanceof SQLite.SqliteError)) return error;
	const name = files.map((file) => basename(file)).join(' or ');
	const [code, detail] = [error.code, error.message];
	const say = (message: string, hint: string) => new ConnectionError(message, {hint, cause: error});
	// Extended codes start with their family's name (sqlite.org/rescode.html).
	switch (/^SQLITE_[A-Z]+/.exec(code)?.[0] ?? '') {
		case 'SQLITE_NOTADB':
			return say(
				`${name} is not an SQLite database.`,
				'Check the path. An encrypted database must be decrypted first.',
			);
		case 'SQLITE_CORRUPT':
			return say(
				`${name} is damaged: ${detail}.`,
				'Restore it from a backup, or recover what is left with `sqlite3 FILE .recover`.',
			);
		case 'SQLITE_BUSY':
		case 'SQLITE_LOCKED':
			return new LockedError(`${name} is locked by another process.`, {
				hint: 'Wait until it has finished, or raise the lockTimeout of this database in the configuration.',
				cause: error,
			});
		case 'SQLITE_READONLY':
			return explainReadOnly(error, files, say);
		case 'SQLITE_CANTOPEN':
			return say(`${name} can't be opened: ${detail}.`, hintForFolder(files));
		case 'SQLITE_FULL':
			return say(
				`There is no room to go on with ${name}: ${detail}.`,
				'Free space on its disk, and in the folder for temporary files.',
			);
		case 'SQLITE_IOERR':
			return new ConnectionLostError(`${name} can't be read or written: ${detail}.`, {
				hint: 'Check the disk or the network share that it lies on.',
				cause: error,
			});
		case 'SQLITE_PERM':
		case 'SQLITE_AUTH':
			return say(`${name} refuses access: ${detail}.`, 'Check who may read and write the file.');
		case 'SQLITE_SCHEMA':
			return explainSchema(name, error);
		default:
			return /^no such (table|column|index)|has no column/.test(detail)
				? explainSchema(name, error)
				: error;
	}
}

/** Runs what may fail in the driver and throws what a person can understand. */
export function guard<Result>(files: readonly string[], action: () => Result): Result {
	try {
		return action();
	} catch (error) {
		throw explainError(error, files);
	}
}

function explainSchema(name: string, error: Error): SchemaChangedError {
	return new SchemaChangedError(`The structure of ${name} changed meanwhile: ${error.message}.`, {
		hint: 'Start the comparison anew.',
		cause: error,
	});
}

function explainReadOnly(
	error: InstanceType<typeof SQLite.SqliteError>,
	files: readonly string[],
	say: (message: string, hint: string) => ConnectionError,
): ConnectionError {
	const name = files.map((file) => basename(file)).join(' or ');
	switch (error.code) {
		case 'SQLITE_READONLY_ROLLBACK':
		case 'SQLITE_READONLY_RECOVERY':
			return say(
				`${name} was left in the middle of a transaction and must be repaired first.`,
				'Open it once for writing, for example with `sqlite3 FILE "PRAGMA schema_version"`: SQLite then takes the unfinished transaction back.',
			);
		// WAL mode needs its index file even for reading.
		case 'SQLITE_READONLY_CANTLOCK':
		case 'SQLITE_READONLY_CANTINIT':
		case 'SQLITE_READONLY_DIRECTORY':
			return say(
				`${name} can't be opened: SQLite must put a file beside it.`,
				hintForFolder(files),
			);
		case 'SQLITE_READONLY_DBMOVED':
			return say(
				`${name} was moved or deleted while it was open.`,
				'Check its path and start anew.',
			);
		default:
			return say(`${name} can't be written to.`, hintForFolder(files));
	}
}

function hintForFolder(files: readonly string[]): string {
	const closed = files.find((file) => !isAllowed(dirname(file), constants.W_OK));
	return closed === undefined
		? 'Check that the file exists and who may read and write it.'
		: `${dirname(closed)} can't be written to: ask for write access, or compare a copy.`;
}

export function isAllowed(path: string, mode: number): boolean {
	try {
		accessSync(path, mode);
		return true;
	} catch {
		return false;
	}
}
