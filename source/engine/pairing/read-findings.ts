import type {SideReader} from '../../dialects/side-reader.ts';
import {lookUpRows} from './look-up.ts';
import type {SideLayouts} from './paired-table.ts';
import type {Finding} from './row-pair.ts';

/** The keys of a row on the sides that have it. */
export type WantedRows = {readonly prod: string | null; readonly dev: string | null};

/**
Reads rows of both sides by their keys, at the same time. A row that has gone since it was
found, where no snapshot is held, is left out.
*/
export async function readFindings(
	wanted: readonly WantedRows[],
	layouts: SideLayouts,
	prod: SideReader,
	dev: SideReader,
): Promise<Finding[]> {
	const keysOf = (side: keyof WantedRows) => wanted.flatMap((rows) => rows[side] ?? []);
	const [ours, theirs] = await Promise.all([
		lookUpRows(prod, layouts.prod, keysOf('prod')),
		lookUpRows(dev, layouts.dev, keysOf('dev')),
	]);
	let [prodAt, devAt] = [0, 0];
	return wanted.flatMap((keys): Finding[] => {
		const prodRow = keys.prod === null ? null : (ours[prodAt++] ?? null);
		const devRow = keys.dev === null ? null : (theirs[devAt++] ?? null);
		if (prodRow && devRow) return [{prod: prodRow, dev: devRow}];
		if (prodRow) return [{prod: prodRow, dev: null}];
		return devRow ? [{prod: null, dev: devRow}] : [];
	});
}
