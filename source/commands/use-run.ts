import type {Config} from '../config/config.ts';
import {closeRun, isCompared} from '../engine/compare-run.ts';
import {findRuns} from '../engine/find-runs.ts';
import {DeepDiffError, UsageError} from '../model/errors.ts';
import {RunDirectory} from '../store/run-directory.ts';
import {RunStore} from '../store/run-store.ts';
import type {CommandContext} from './context.ts';
import {suggest} from './suggest.ts';

/**
The run that a command is about: that of `--run`, else the newest of the configured pair.

@throws {UsageError} When there is none.
*/
export function findRunId(context: CommandContext, config: Config): string {
	const {run} = context.flags;
	if (run !== undefined) return run;
	const newest = findRuns(config).find(({problem}) => problem === null);
	if (newest) return newest.id;
	throw new UsageError(`There is no stored comparison in ${config.output.directory}.`, {
		hint: `Compare first: ${suggest(context, 'diff')}`,
	});
}

/** Reads a run without taking it: another process may be working on it. */
export async function readRun<T>(
	config: Config,
	id: string,
	work: (store: RunStore) => Promise<T>,
): Promise<T> {
	const summary = new RunDirectory(config.output.directory).list().find((run) => run.id === id);
	if (!summary) {
		throw new UsageError(`There is no run ${id} in ${config.output.directory}.`, {
			hint: 'List the stored runs with `deepdiff-db runs`.',
		});
	}
	const store = RunStore.open(summary.file, {readonly: true});
	try {
		return await work(store);
	} finally {
		store.close();
	}
}

/** Takes a run for this process while `work` changes it. */
export async function holdRun<T>(
	config: Config,
	id: string,
	work: (store: RunStore) => Promise<T>,
): Promise<T> {
	const run = new RunDirectory(config.output.directory).open(id);
	try {
		return await work(run.store);
	} finally {
		closeRun(run);
	}
}

/** @throws {DeepDiffError} While tables are left to scan. */
export function requireComplete(context: CommandContext, store: RunStore): void {
	if (isCompared(store.stage)) return;
	throw new DeepDiffError(`The scan of run ${store.identity.id} is not finished.`, {
		hint: `Continue it: ${suggest(context, 'diff')}`,
	});
}
