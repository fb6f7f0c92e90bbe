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
	const joined = await openJoined(prod, dev);
	await joined?.close();
	return joined !== null;
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
	const joined = await openJoined(prod, dev);
	if (joined) return joined;
	const [ours, theirs] = [await loadDialect(prod), await loadDialect(dev)];
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

async function openJoined(
	prod: ConnectionSettings,
	dev: ConnectionSettings,
): Promise<PairReader | null> {
	const dialect = await loadDialect(prod);
	const isSame = dialect === (await loadDialect(dev));
	return isSame && dialect.openJoined ? dialect.openJoined(prod, dev) : null;
}

async function closeWhenOpen(opening: Promise<SideReader>): Promise<void> {
	try {
		const side = await opening;
		await side.close();
	} catch {
		// It never opened, or went away: there is nothing to close.
	}
}
