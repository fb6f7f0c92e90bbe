import type {Config} from '../config/config.ts';
import {StoreError} from '../model/errors.ts';
import {RunStore, type RunStage} from '../store/run-store.ts';
import {findRuns} from './find-runs.ts';
import {countConflicts} from './resolve.ts';

/** A stored run that may be taken up, with what it holds. */
export type UnfinishedRun = {
	readonly id: string;
	/** ISO 8601 in UTC. */
	readonly createdAt: string;
	readonly stage: RunStage;
	/** Rows compared of the larger side, and rows to compare. */
	readonly rowsDone: number;
	readonly rowsTotal: number;
	readonly differences: number;
	readonly conflicts: number;
	readonly resolved: number;
};

/**
The newest runs of the configured pair that were not applied yet, newest first. Those that
can't be read are left out: `runs` lists them with their problem.
*/
export function listUnfinishedRuns(config: Config, limit = 4): UnfinishedRun[] {
	return findRuns(config)
		.filter(({problem, stage}) => problem === null && stage !== 'applied')
		.slice(0, limit)
		.flatMap(({file}) => {
			try {
				return [describeRun(file)];
			} catch (error) {
				if (error instanceof StoreError) return [];
				throw error;
			}
		});
}

function describeRun(file: string): UnfinishedRun {
	const store = RunStore.open(file, {readonly: true});
	try {
		const {id, createdAt} = store.identity;
		let [rowsDone, rowsTotal, differences] = [0, 0, 0];
		for (const table of store.scan.listProgress()) {
			for (const count of Object.values(table.counts)) differences += count;
			if (!table.layout || table.status === 'skipped') continue;
			rowsDone += Math.max(table.prodRows, table.devRows);
			rowsTotal += Math.max(table.prodTotal ?? 0, table.devTotal ?? 0);
		}
		return {
			id,
			createdAt,
			stage: store.stage,
			rowsDone,
			rowsTotal,
			differences,
			...countConflicts(store),
		};
	} finally {
		store.close();
	}
}
