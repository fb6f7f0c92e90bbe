import path from 'node:path';
import type {Config} from '../config/config.ts';
import {closeRun} from '../engine/compare-run.ts';
import type {Pack} from '../engine/pack/read-pack.ts';
import {RunDirectory} from '../store/run-directory.ts';
import type {RunStore} from '../store/run-store.ts';

/**
Holds the run that a pack was made from while `work` applies it, so that the journal tells
what happened; null where the run is no longer kept: the pack is complete without it.

@throws {LockedError} When another process holds the run.
*/
export async function withRunOfPack<T>(
	config: Config,
	{header, sqlPath}: Pack,
	work: (store: RunStore | null) => Promise<T>,
): Promise<T> {
	// A pack lies in its run's folder, which lies beside the run.
	const folders = [config.output.directory, path.dirname(path.dirname(sqlPath))];
	const directory = folders
		.map((folder) => new RunDirectory(folder))
		.find((candidate) =>
			candidate.list().some(({id, problem}) => id === header.run && problem === null),
		);
	if (!directory) return work(null);
	const run = directory.open(header.run);
	try {
		return await work(run.store);
	} finally {
		closeRun(run);
	}
}
