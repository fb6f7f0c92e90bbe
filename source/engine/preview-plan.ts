import {rmSync} from 'node:fs';
import type {PlanSummary} from '../model/plan.ts';
import type {AllowKind} from '../model/schema-change.ts';
import {RunStore} from '../store/run-store.ts';
import {makePlan} from './plan/make-plan.ts';
import type {Session} from './session.ts';

/**
Plans a run as far as it is settled: rows whose conflict is open stay as they are on prod.
It works on a copy of the run, which is gone afterwards.

@param show Gets the copy, whose statements are the plan, and its numbers.
*/
export async function previewPlan<T>(
	{dialect, prod, devStructure}: Session,
	store: RunStore,
	{allow, signal}: {readonly allow: ReadonlySet<AllowKind>; readonly signal: AbortSignal},
	show: (plan: RunStore, summary: PlanSummary) => Promise<T>,
): Promise<T> {
	// No run's name, so that nobody takes it for one.
	const file = `${store.file}-preview`;
	const remove = () => {
		for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, {force: true});
	};
	// What a killed process may have left behind.
	remove();
	let copy: RunStore | null = null;
	try {
		store.copyTo(file);
		copy = RunStore.open(file);
		copy.decisions.decide({
			filter: {unresolved: true},
			take: 'ours',
			level: 'default',
			by: 'default',
			summary: 'open conflicts stay as they are on prod',
		});
		const steps = makePlan({
			dialect,
			prodCatalog: prod.catalog,
			devCatalog: devStructure,
			store: copy,
			allow,
			signal,
		});
		let step = await steps.next();
		while (!step.done) step = await steps.next();
		return await show(copy, step.value);
	} finally {
		copy?.close();
		remove();
	}
}
