import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import type {Database} from 'better-sqlite3';
import {readCatalog} from '../../../../source/dialects/sqlite/catalog/read-catalog.ts';
import {migrate} from '../../../../source/dialects/sqlite/ddl/migrate.ts';
import {pragmasBefore} from '../../../../source/dialects/sqlite/ddl/session-pragmas.ts';
import {compareSchemas} from '../../../../source/engine/compare-schema.ts';
import {phases, type Phase, type Statement} from '../../../../source/model/plan.ts';
import type {SchemaChange} from '../../../../source/model/schema-change.ts';
import {makeDatabase, rules} from '../fixture.ts';
import {readState} from './schema-state.ts';

/** Two databases, what differs between them, and the statements that would make prod like dev. */
export type Migration = {
	readonly prod: Database;
	readonly changes: readonly SchemaChange[];
	readonly statements: readonly Statement[];
	/** Runs all of them in one transaction, `rows` in between where rows are written. */
	readonly apply: (rows?: string) => void;
	/** Applies, expects that nothing differs any more, and then that the way back restores all. */
	readonly applyAndUndo: (inspect?: (prod: Database) => void) => void;
};

export function planMigration(
	context: TestContext,
	prodSql: string,
	devSql: string,
	isChosen: (change: SchemaChange) => boolean = () => true,
): Migration {
	const prod = makeDatabase(context, prodSql);
	for (const pragma of pragmasBefore) prod.exec(pragma);
	const dev = readCatalog(makeDatabase(context, devSql));
	const before = readCatalog(prod);
	const changes = compareSchemas(before, dev, rules);
	const statements = migrate(changes.filter(isChosen), before, dev);
	const rank = (phase: Phase) => phases.indexOf(phase);
	const run = (part: readonly Statement[]) => {
		for (const {sql} of part) prod.exec(sql);
	};
	const apply = (rows = '') => {
		prod.transaction(() => {
			run(statements.filter(({phase}) => rank(phase) < rank('rows')));
			prod.exec(rows);
			run(statements.filter(({phase}) => rank(phase) > rank('rows')));
		})();
	};
	const applyAndUndo = (inspect?: (prod: Database) => void) => {
		const state = readState(prod);
		apply();
		assert.deepEqual(compareSchemas(readCatalog(prod), dev, rules), []);
		assert.equal(prod.pragma('integrity_check', {simple: true}), 'ok');
		inspect?.(prod);
		for (const {undo, summary} of statements.toReversed()) {
			assert.ok(undo, summary);
			for (const sql of undo) prod.exec(sql);
		}
		assert.deepEqual(readState(prod), state);
	};
	return {prod, changes, statements, apply, applyAndUndo};
}

/** What a query answers, cells of a row separated by blanks. */
export function ask(database: Database, sql: string): string[] {
	return database
		.prepare(sql)
		.raw()
		.all()
		.map((row) => (row as unknown[]).map(String).join(' '));
}

export function listHazards({hazards}: Pick<Statement, 'hazards'>): string[] {
	return hazards.map(({kind}) => kind);
}
