import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import {migrate} from '../../../../source/dialects/mysql/ddl/migrate.ts';
import {compareSchemas} from '../../../../source/engine/compare-schema.ts';
import {phases, type Phase, type Statement} from '../../../../source/model/plan.ts';
import type {SchemaChange} from '../../../../source/model/schema-change.ts';
import type {Database} from '../../../servers/server.ts';
import {servers} from '../../../servers/servers.ts';
import {readDatabase, rules, runAll} from '../fixture.ts';

/** Two databases, what differs between them, and the statements that would make prod like dev. */
export type Migration = {
	readonly prod: Database;
	readonly dev: Database;
	readonly changes: readonly SchemaChange[];
	readonly statements: readonly Statement[];
	/** Runs all of them, `rows` in between where rows are written. */
	readonly apply: (rows?: string) => Promise<void>;
	/** Runs the way back. */
	readonly undo: () => Promise<void>;
	/** Applies, expects that nothing differs any more, and then that the way back restores all. */
	readonly applyAndUndo: (inspect?: (prod: Database) => Promise<void>) => Promise<void>;
};

export async function planMigration(
	context: TestContext,
	prodSql: string,
	devSql: string,
	isChosen: (change: SchemaChange) => boolean = () => true,
): Promise<Migration> {
	const server = await servers.mariadb();
	const [prod, dev] = [await server.createDatabase(context), await server.createDatabase(context)];
	for (const [database, sql] of [
		[prod, prodSql],
		[dev, devSql],
	] as const) {
		if (sql !== '') await database.query(sql);
	}
	const [before, target] = [await readDatabase(prod), await readDatabase(dev)];
	const changes = compareSchemas(before, target, rules);
	const statements = migrate(changes.filter(isChosen), before, target);
	const rank = (phase: Phase) => phases.indexOf(phase);
	const select = (isWanted: (rank: number) => boolean) =>
		[...statements]
			.sort((a, b) => rank(a.phase) - rank(b.phase))
			.filter(({phase}) => isWanted(rank(phase)))
			.map(({sql}) => sql);
	const apply = async (rows = '') => {
		await runAll(
			prod,
			select((each) => each < rank('rows')),
		);
		if (rows !== '') await prod.query(rows);
		await runAll(
			prod,
			select((each) => each > rank('rows')),
		);
	};
	const undo = async () => {
		const ordered = [...statements].sort((a, b) => rank(a.phase) - rank(b.phase));
		for (const statement of ordered.toReversed()) {
			assert.ok(statement.undo, statement.summary);
			await runAll(prod, statement.undo);
		}
	};
	const applyAndUndo = async (inspect?: (prod: Database) => Promise<void>) => {
		await apply();
		assert.deepEqual(compareSchemas(await readDatabase(prod), target, rules), []);
		await inspect?.(prod);
		await undo();
		assert.deepEqual(compareSchemas(await readDatabase(prod), before, rules), []);
	};
	return {prod, dev, changes, statements, apply, undo, applyAndUndo};
}

/** What a query answers, cells of a row separated by blanks. */
export async function ask(database: Database, sql: string): Promise<string[]> {
	const rows = await database.query(sql);
	return rows.map((row) => Object.values(row).map(String).join(' '));
}

export function listHazards({hazards}: Pick<Statement, 'hazards'>): string[] {
	return hazards.map(({kind}) => kind);
}
