import type {PairReader} from '../../dialects/dialect.ts';
import {loadDialect} from '../../dialects/registry.ts';
import type {SideReader} from '../../dialects/side-reader.ts';
import type {ConnectionSettings} from '../../model/connection-settings.ts';
import {SidePairReader} from './side-pair-reader.ts';

/** The snapshots that several readers of a side share, by the names their holders gave; null: none. */
export type SharedSnapshots = {readonly prod: string | null; readonly dev: string | null};

const noSnapshots: SharedSnapshots = {prod: null, dev: null};

/** Whether both sides are opened in one engine. */
export async function canJoin(prod: ConnectionSettings, dev: ConnectionSettings): Promise<boolean> {
	const dialect = await loadDialect(prod);
	return dialect === (await loadDialect(dev)) && dialect.openJoined !== null;
}

/**
Opens both sides for comparing: in one engine where it can join them, else side by side.

@throws {ConnectionError | LockedError} With a hint for the person.
*/
export async function openPair(
	prod: ConnectionSettings,
	dev: ConnectionSettings,
	snapshots: SharedSnapshots = noSnapshots,
): Promise<PairReader> {
	const [ours, theirs] = [await loadDialect(prod), await loadDialect(dev)];
	if (ours === theirs && ours.openJoined) return ours.openJoined(prod, dev);
	const opening = [
		ours.openSide(prod, {snapshot: snapshots.prod}),
		theirs.openSide(dev, {snapshot: snapshots.dev}),
	] as const;
	try {
		return new SidePairReader(...(await Promise.all(opening)));
	} catch (error) {
		await Promise.all(opening.map(closeWhenOpen));
		throw error;
	}
}

async function closeWhenOpen(opening: Promise<SideReader>): Promise<void> {
	try {
		const side = await opening;
		await side.close();
	} catch {
		// It never opened, or went away: there is nothing to close.
	}
}
