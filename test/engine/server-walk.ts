import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {TestContext} from 'node:test';
import {loadConfig} from '../../source/config/load-config.ts';
import {ScanControl} from '../../source/engine/scan/scan-control.ts';
import {compareRun, takeRun} from '../../source/engine/compare-run.ts';
import {openSession} from '../../source/engine/session.ts';
import type {Database, Server} from '../servers/server.ts';
import {finish, type Walk} from './walk.ts';

/** Two databases of one server that are compared, and everything that comes after. */
export type ServerWalk = Walk & {
	readonly databases: {readonly prod: Database; readonly dev: Database};
};

/** Makes both databases, compares them to the end, and cleans up after the test. */
export async function startServerWalk(
	context: TestContext,
	server: Server,
	sql: {readonly both?: string; readonly prod?: string; readonly dev?: string},
): Promise<ServerWalk> {
	const [prod, dev] = [await server.createDatabase(context), await server.createDatabase(context)];
	for (const [database, text] of [
		[prod, `${sql.both ?? ''};${sql.prod ?? ''}`],
		[dev, `${sql.both ?? ''};${sql.dev ?? ''}`],
	] as const) {
		const statements = text.split(';').filter((statement) => statement.trim() !== '');
		for (const statement of statements) await database.query(statement);
	}
	const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-walk-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	return compareDatabases(context, folder, {prod, dev});
}

/** Compares them anew. */
export async function compareDatabases(
	context: TestContext,
	folder: string,
	databases: ServerWalk['databases'],
): Promise<ServerWalk> {
	const urls = {prod: databases.prod.url, dev: databases.dev.url};
	writeFileSync(path.join(folder, '.deepdiffrc'), JSON.stringify(urls));
	const loaded = await loadConfig({directory: folder, home: folder, environment: {}});
	const session = await openSession(loaded.config);
	const {run} = takeRun(session, {fresh: true});
	context.after(async () => {
		run.store.close();
		run.release();
		await session.close();
	});
	await finish(compareRun(session, run.store, new ScanControl()));
	return {folder, ...urls, session, store: run.store, databases};
}
