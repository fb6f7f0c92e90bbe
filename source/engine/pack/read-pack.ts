import {statSync, type Stats} from 'node:fs';
import path from 'node:path';
import {findPackFiles} from './find-pack-files.ts';
import {hashFile} from './hash-file.ts';
import {readChecks, readSteps} from './manifest-lines.ts';
import type {PackCheck, PackHeader, PackStep} from './pack-format.ts';
import {
	checkVersion,
	makeCutOffError,
	makeEditedError,
	readHeader,
	readTail,
} from './read-manifest.ts';
import {readReceipt} from './read-receipt.ts';

/** A pack whose two files are what was written. */
export type Pack = {
	readonly header: PackHeader;
	readonly sqlPath: string;
	readonly manifestPath: string;
	/** Of the manifest, and through it of the SQL. */
	readonly digest: string;
	/** How many statements it has, allowed or not. */
	readonly count: number;
	/** All statements in order, as running them takes them; memory does not grow with them. */
	steps(): Iterable<PackStep>;
	/** What is known of their rows. */
	checks(): Iterable<PackCheck>;
	/** @throws {PackError} When a file was written to since it was read. */
	assertUntouched(): void;
};

/**
Opens a pack and checks that neither of its files was edited or cut off.

@param name Its SQL, its manifest, or the folder that holds a `migration_pack`.
@throws {PackError} With what is wrong and what to do.
@throws {InterruptedError} On abort.
*/
export async function readPack(
	name: string,
	{signal}: {readonly signal?: AbortSignal} = {},
): Promise<Pack> {
	const {sqlPath, manifestPath} = findPackFiles(name);
	const stats = [statSync(sqlPath), statSync(manifestPath)] as const;
	checkVersion(manifestPath);
	const {tail, start} = readTail(manifestPath, stats[1].size);
	if ((await hashFile(manifestPath, start, signal)) !== tail.sha256)
		throw makeEditedError(manifestPath);
	if (stats[0].size < tail.sql.bytes) throw makeCutOffError(sqlPath);
	if ((await hashFile(sqlPath, stats[0].size, signal)) !== tail.sql.sha256)
		throw makeEditedError(sqlPath);
	const {header, firstLine} = readHeader(manifestPath);
	const {hazards} = header;
	const place = {path: manifestPath, firstLine, count: tail.count, hazards};

	return {
		header: adoptReceipt(header, tail.sha256, path.dirname(manifestPath)),
		sqlPath,
		manifestPath,
		digest: tail.sha256,
		count: tail.count,
		steps: () => readSteps(place, sqlPath),
		checks: () => readChecks(place),
		assertUntouched() {
			for (const [index, file] of [sqlPath, manifestPath].entries()) {
				if (!isSameFile(stats[index], statSync(file, {throwIfNoEntry: false})))
					throw makeEditedError(file);
			}
		},
	};
}

/** What the migration left behind is known once it ran: its receipt lies beside the packs. */
function adoptReceipt(header: PackHeader, digest: string, folder: string): PackHeader {
	if (header.prod.catalog !== null) return header;
	const receipt = readReceipt(folder, 'migration');
	if (receipt?.undo?.digest !== digest) return header;
	return {...header, prod: {...header.prod, catalog: receipt.catalogAfter}};
}

function isSameFile(a: Stats | undefined, b: Stats | undefined): boolean {
	if (!a || !b) return false;
	return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;
}
