import {accessSync, constants, statSync, type Stats} from 'node:fs';
import {basename, dirname} from 'node:path';
import SQLite, {type Database} from 'better-sqlite3';
import type {ConnectionSettings, SqliteSettings} from '../../model/connection-settings.ts';
import {ConnectionError} from '../../model/errors.ts';
import {guard, isAllowed} from './errors.ts';
import {findNearestFile} from './nearest-file.ts';

/** 24 days, the longest that SQLite's busy handler takes. */
const longestWait = 0x7fff_ffff;

/**
Opens a database file after checking what SQLite would only call "unable to open". An empty
file is an empty database.

@throws {ConnectionError} When it is missing, a folder, closed to us, no database, damaged.
@throws {LockedError} When another process holds it for longer than the lock time-out.
*/
export function openFile({file, lockTimeout}: SqliteSettings, access: 'read' | 'write'): Database {
	checkFile(file, access);
	return guard([file], () => {
		const database = new SQLite(file, {
			readonly: access === 'read',
			fileMustExist: true,
			timeout: lockTimeout === 0 ? longestWait : Math.min(lockTimeout, longestWait),
		});
		try {
			// Nothing is read until a statement asks; now a file that is no database says so.
			database.prepare('SELECT count(*) FROM sqlite_schema').get();
			return database;
		} catch (error) {
			database.close();
			throw error;
		}
	});
}

/** @throws {TypeError} When the registry loaded the wrong dialect. */
export function requireSqlite(settings: ConnectionSettings): SqliteSettings {
	if (settings.driver === 'sqlite') return settings;
	throw new TypeError(`${settings.driver} is not reached through SQLite`);
}

function checkFile(file: string, access: 'read' | 'write'): void {
	const name = basename(file);
	const stats = readStats(file);
	if (stats.isDirectory()) {
		throw new ConnectionError(`${name} is a folder, not a database.`, {
			hint: `Name a database file, for example one inside ${file}.`,
		});
	}
	if (!stats.isFile()) {
		throw new ConnectionError(`${name} is not a file.`, {hint: 'Name a database file.'});
	}
	if (!isAllowed(file, constants.R_OK)) {
		throw new ConnectionError(`${name} can't be read: permission denied.`, {
			hint: `Ask for read access to ${file}.`,
		});
	}
	if (access === 'write' && isOnReadOnlyDisk(file)) {
		throw new ConnectionError(`${name} can't be written to: its file system is read-only.`, {
			hint: 'Have it mounted for writing, or use a copy in another place.',
		});
	}
	if (access === 'write' && !isAllowed(file, constants.W_OK)) {
		throw new ConnectionError(`${name} can't be written to: permission denied.`, {
			hint: `Ask for write access to ${file}.`,
		});
	}
	if (access === 'write' && !isAllowed(dirname(file), constants.W_OK)) {
		throw new ConnectionError(`${name} can't be written to: its folder is closed.`, {
			hint: `SQLite keeps its journal beside the file: ask for write access to ${dirname(file)}.`,
		});
	}
	if (file !== file.trimEnd()) {
		throw new ConnectionError(`The driver can't open "${name}": its name ends in a space.`, {
			hint: 'Rename the file.',
		});
	}
}

function isOnReadOnlyDisk(file: string): boolean {
	try {
		accessSync(file, constants.W_OK);
		return false;
	} catch (error) {
		// Narrow enough: only its code is read.
		return (error as NodeJS.ErrnoException).code === 'EROFS';
	}
}

function readStats(file: string): Stats {
	try {
		return statSync(file);
	} catch (error) {
		// Narrow enough: only its code is read.
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'EACCES') {
			throw new ConnectionError(`${basename(file)} can't be reached: permission denied.`, {
				hint: `Ask for access to the folder ${dirname(file)}.`,
				cause: error,
			});
		}
		const nearest = findNearestFile(file);
		throw new ConnectionError(`There is no file ${file}.`, {
			hint: nearest === null ? 'Check the path.' : `Did you mean ${nearest}?`,
			cause: error,
		});
	}
}
