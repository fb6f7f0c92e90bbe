import {existsSync, statSync} from 'node:fs';
import path from 'node:path';
import {PackError} from '../../model/errors.ts';
import type {PackReference} from '../../model/receipt.ts';
import {packNames} from './pack-format.ts';
import {readHeader, readTail} from './read-manifest.ts';
import type {Pack} from './read-pack.ts';

/** The undo pack that lies beside a migration and takes it back; null when there is none. */
export function findUndo({header, manifestPath, digest}: Pack): PackReference | null {
	if (header.kind !== 'migration') return null;
	const folder = path.dirname(manifestPath);
	const manifest = path.join(folder, packNames.undo.manifest);
	if (!existsSync(manifest)) return null;
	try {
		const {tail} = readTail(manifest, statSync(manifest).size);
		if (readHeader(manifest).header.reverts !== digest) return null;
		return {file: packNames.undo.sql, digest: tail.sha256};
	} catch (error) {
		// A damaged one is none; whoever opens it is told why.
		if (error instanceof PackError || error instanceof SyntaxError) return null;
		throw error;
	}
}
