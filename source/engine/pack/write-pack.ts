import {mkdirSync} from 'node:fs';
import path from 'node:path';
import type {PackFrame} from '../../dialects/dialect.ts';
import {InterruptedError, PackError, StoreError} from '../../model/errors.ts';
import type {RunStore} from '../../store/run-store.ts';
import {readPlanRecord} from '../plan/plan-summary.ts';
import {createTurns} from '../take-turns.ts';
import {invertStatement} from './invert-statement.ts';
import {packNames, type PackHeader} from './pack-format.ts';
import {PackWriter} from './pack-writer.ts';

export type PackMeta = {
	/** For people: `SQLite`. */
	readonly engine: string;
	readonly isAtomic: boolean;
	readonly frame: PackFrame;
	readonly prod: {readonly name: string; readonly identity: string; readonly catalog: string};
	readonly dev: {readonly name: string; readonly catalog: string};
	/** ISO 8601 in UTC; given from outside so that equal inputs give equal bytes. */
	readonly createdAt: string;
};

export type PackPaths = {
	readonly sql: string;
	readonly manifest: string;
	readonly undoSql: string;
	readonly undoManifest: string;
	/** The pack's digest, as its manifest says it, and the undo pack's. */
	readonly digest: string;
	readonly undoDigest: string;
};

/**
Writes the stored plan as a pack, and its inverse as another, into a folder. Files appear
complete or not at all; memory does not grow with the plan.

@throws {PackError} When there is no complete plan.
@throws {StoreError} When the folder can't be written to.
@throws {InterruptedError} On abort; nothing is left behind.
*/
export async function writePack(
	store: RunStore,
	folder: string,
	meta: PackMeta,
	{signal}: {readonly signal?: AbortSignal} = {},
): Promise<PackPaths> {
	const plan = readPlanRecord(store);
	if (!plan) {
		throw new PackError('There is no complete plan to write.', {
			hint: 'Make one in the walk or with `deepdiff-db plan`.',
		});
	}
	makeFolder(folder);
	const turns = createTurns();
	const breathe = async () => {
		if (signal?.aborted) throw new InterruptedError('Writing the pack was stopped.');
		if (turns.isDue()) await turns.take();
	};
	const base = {
		run: store.identity.id,
		createdAt: meta.createdAt,
		engine: meta.engine,
		isAtomic: meta.isAtomic,
		dev: meta.dev,
		summary: plan.summary,
		tables: plan.tables,
	};
	const header: PackHeader = {
		...base,
		kind: 'migration',
		prod: meta.prod,
		reverts: null,
		hazards: plan.hazards,
	};
	const migration = new PackWriter(folder, header, meta.frame);
	let undo: PackWriter | undefined;
	try {
		const lost = new Map<string, number[]>();
		for (const statement of store.statements.iterate()) {
			const {kind, undo: inverse, allowed, table, number} = statement;
			if (kind === 'ddl' && allowed && inverse === null) {
				lost.set(table, [...(lost.get(table) ?? []), number]);
			}
			migration.add({...statement, reverts: null});
			await breathe();
		}
		const digest = migration.finish();
		const changesSchema = plan.summary.counts.ddl > 0;
		undo = new PackWriter(
			folder,
			{
				...base,
				kind: 'undo',
				prod: {...meta.prod, catalog: changesSchema ? null : meta.prod.catalog},
				reverts: digest,
				hazards: [],
			},
			meta.frame,
		);
		let number = 0;
		for (const statement of store.statements.iterateBackwards()) {
			for (const inverse of invertStatement(statement, lost)) {
				undo.add({...inverse, number: ++number});
			}
			await breathe();
		}
		const undoDigest = undo.finish();
		migration.publish();
		undo.publish();
		const place = (name: string) => path.join(folder, name);
		return {
			sql: place(packNames.migration.sql),
			manifest: place(packNames.migration.manifest),
			undoSql: place(packNames.undo.sql),
			undoManifest: place(packNames.undo.manifest),
			digest,
			undoDigest,
		};
	} catch (error) {
		migration.discard();
		undo?.discard();
		throw error;
	}
}

function makeFolder(folder: string): void {
	try {
		mkdirSync(folder, {recursive: true});
	} catch (error) {
		throw new StoreError(`The folder ${folder} for the pack can't be made.`, {
			hint: 'Check its permissions, or name another with --output.',
			cause: error,
		});
	}
}
