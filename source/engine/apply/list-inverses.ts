import path from 'node:path';
import {PackError} from '../../model/errors.ts';
import {packNames} from '../pack/pack-format.ts';
import {readPack, type Pack} from '../pack/read-pack.ts';
import {uncomment} from '../pack/render-pack.ts';
import {findUndo} from '../pack/find-undo.ts';

/** What takes back each statement of a migration, by its number, as the undo pack beside it says. */
export type Inverses = ReadonlyMap<number, readonly string[]>;

/** Empty for an undo, and where no undo pack of this migration can be read. */
export async function listInverses(pack: Pack): Promise<Inverses> {
	const inverses = new Map<number, string[]>();
	if (findUndo(pack) === null) return inverses;
	try {
		const folder = path.dirname(pack.manifestPath);
		const undo = await readPack(path.join(folder, packNames.undo.manifest));
		for (const {kind, reverts, sql, allowed} of undo.steps()) {
			if (kind !== 'ddl' || reverts === null) continue;
			inverses.set(reverts, [...(inverses.get(reverts) ?? []), allowed ? sql : uncomment(sql)]);
		}
	} catch (error) {
		// A damaged one is none; whoever opens it is told why.
		if (!(error instanceof PackError)) throw error;
	}
	return inverses;
}
