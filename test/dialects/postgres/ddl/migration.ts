import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import {migrate} from '../../../../source/dialects/postgres/ddl/migrate.ts';
import {compareSchemas} from '../../../../source/engine/compare-schema.ts';
import {phases, type Statement} from '../../../../source/model/plan.ts';
import type {SchemaChange} from '../../../../source/model/schema-change.ts';
import type {Database, Server} from '../../../servers/server.ts';
import {servers} from '../../../servers/servers.ts';
import {readDatabase, rules, runAll} from '../structure.ts';

/** Two databases, what differs between them, and the statements that would make prod like dev. */
export type Migration = {
	readonly prod: Database;
	readonly dev: Database;
	readonly changes: readonly SchemaChange[];
	/** In the order in which they run. */
	readonly statements: readonly Statement[];
	/** Runs all of them, `rows` in between where rows are written. */
	readonly apply: (rows?: string) => Promise<void>;
	/** Applies, expects that nothing differs any more, and then that the way back restores all. */
	readonly applyAndUndo: () => Promise<void>;
};

/** @param server @default the machine's own PostgreSQL */
export async function planMigration(
	context: TestContext,
	prodSql: string,
	devSql: string,
	{
		isChosen = () => true,
		server,
	}: {readonly isChosen?: (change: SchemaChange) => boolean; readonly server?: Server} = {},
): Promise<Migration> {
	const own = server ?? (await servers.postgres());
	const [prod, dev] = [await own.createDatabase(context), await own.createDatabase(context)];
	for (const [database, sql] of [
		[prod, prodSql],
		[dev, devSql],
	] as const) {
		await database.query(`SET client_min_messages = error; ${sql}`);
	}
	const migration = await planBetween(prod, dev, isChosen);
	return migration;
}

export async function planBetween(
	prod: Database,
	dev: Database,
	isChosen: (change: SchemaChange) => boolean = () => true,
): Promise<Migration> {
	const [before, target] = [await readDatabase(prod), await readDatabase(dev)];
	const changes = compareSchemas(before, target, rules);
	const rank = ({phase}: Statement) => phases.indexOf(phase);
	const statements = migrate(changes.filter(isChosen), before, target)
		.map((statement, at) => ({statement, at}))
		.sort((a, b) => rank(a.statement) - rank(b.statement) || a.at - b.at)
		.map(({statement}) => statement);
	const rowsRank = phases.indexOf('rows');
	const apply = (rows?: string) =>
		runAll(prod, [
			...statements.filter((one) => rank(one) < rowsRank).map(({sql}) => sql),
			...(rows === undefined ? [] : [rows]),
			...statements.filter((one) => rank(one) > rowsRank).map(({sql}) => sql),
		]);
	const applyAndUndo = async () => {
		await apply();
		assert.deepEqual(compareSchemas(await readDatabase(prod), target, rules), [], 'applied');
		if (statements.some(({undo}) => undo === null)) return;
		await runAll(
			prod,
			[...statements].reverse().flatMap(({undo}) => undo ?? []),
		);
		assert.deepEqual(compareSchemas(await readDatabase(prod), before, rules), [], 'undone');
	};
	return {prod, dev, changes, statements, apply, applyAndUndo};
}
