import type {Config} from '../config/config.ts';
import type {ConnectionSettings} from '../model/connection-settings.ts';
import {digest} from '../model/encoding.ts';
import {RunDirectory, type RunSummary} from '../store/run-directory.ts';

/**
Identifies a pair of databases by how they are reached, so that its runs are found without
connecting. Accounts, passwords and time limits do not count.
*/
export function pairOf(prod: ConnectionSettings, dev: ConnectionSettings): string {
	return digest(JSON.stringify([nameDatabase(prod), nameDatabase(dev)]));
}

/** The stored runs of the configured pair, newest first; all of them when a side is not named. */
export function findRuns(config: Config): RunSummary[] {
	const runs = new RunDirectory(config.output.directory).list();
	const {prod, dev} = config;
	if (!prod || !dev) return runs;
	const pair = pairOf(prod, dev);
	return runs.filter((run) => run.pair === pair);
}

function nameDatabase(settings: ConnectionSettings): readonly unknown[] {
	if ('file' in settings) return [settings.driver, settings.file];
	const {driver, host, port, socketPath, database, schemas} = settings;
	return [driver, socketPath ?? [host, port], database, schemas];
}
