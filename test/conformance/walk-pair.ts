import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {TestContext} from 'node:test';
import {loadConfig} from '../../source/config/load-config.ts';
import {ScanControl} from '../../source/engine/scan/scan-control.ts';
import {compareRun, takeRun} from '../../source/engine/compare-run.ts';
import {openSession} from '../../source/engine/session.ts';
import type {ConnectionSettings} from '../../source/model/connection-settings.ts';
import {finish, type Walk} from '../engine/walk.ts';

type Sides = {readonly prod: ConnectionSettings; readonly dev: ConnectionSettings};

/** Compares two databases of any engines to the end, in a run of their own. */
export async function comparePair(
	context: TestContext,
	{prod, dev}: Sides,
	config: Readonly<Record<string, unknown>> = {},
): Promise<Walk> {
	const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-pair-'));
	writeFileSync(path.join(folder, '.deepdiffrc'), JSON.stringify(config));
	const loaded = await loadConfig({directory: folder, home: folder, environment: {}});
	const session = await openSession({...loaded.config, prod, dev});
	const {run} = takeRun(session, {fresh: true});
	context.after(async () => {
		run.store.close();
		run.release();
		await session.close();
		rmSync(folder, {recursive: true, force: true});
	});
	await finish(compareRun(session, run.store, new ScanControl()));
	return {folder, prod: 'prod', dev: 'dev', session, store: run.store};
}

/** What differs, as `table (key) state`, in the order of the run. */
export function listDifferences({store}: Walk): string[] {
	return [...store.rows.iterate({})].map(
		({table, key, state}) => `${table} (${key.map(({text}) => text).join(', ')}) ${state}`,
	);
}

/** Structural differences by their identifiers. */
export function listDrift({store}: Walk): string[] {
	return store.schema.list().map(({change}) => change.id);
}
