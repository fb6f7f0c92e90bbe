import {closeSync, existsSync, openSync, readSync, rmSync} from 'node:fs';
import type {Database} from 'better-sqlite3';
import {DeepDiffError} from '../../../model/errors.ts';

/** `DDdb`, in the four bytes that SQLite keeps for telling what a file is for. */
const applicationId = 0x44_44_64_62;

/** Where they lie (fileformat.html, section 1.3). */
const applicationIdOffset = 68;

export function markAsDemo(database: Database): void {
	database.pragma(`application_id = ${applicationId}`);
}

/**
Removes the files of an earlier demo with what SQLite left beside them.

@throws {DeepDiffError} When one of them is not ours; then none is removed.
*/
export function clearOldDemo(paths: readonly string[]): void {
	for (const path of paths) {
		if (!existsSync(path) || isDemo(path)) continue;
		throw new DeepDiffError(`${path} is there already, and it is not a demo's.`, {
			hint: 'Name another folder; nothing was changed in this one.',
		});
	}
	for (const path of paths) {
		for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(path + suffix, {force: true});
	}
}

function isDemo(path: string): boolean {
	const file = openSync(path, 'r');
	try {
		const bytes = Buffer.alloc(4);
		const length = readSync(file, bytes, 0, 4, applicationIdOffset);
		return length === 4 && bytes.readUInt32BE(0) === applicationId;
	} finally {
		closeSync(file);
	}
}
