import {readCatalog} from '../../../source/dialects/postgres/catalog/read-catalog.ts';
import {postgres} from '../../../source/dialects/postgres/postgres.ts';
import type {SchemaRules} from '../../../source/engine/schema/comparison.ts';
import type {Catalog} from '../../../source/model/catalog.ts';
import type {Database} from '../../servers/server.ts';

export function readDatabase(
	database: Database,
	schemas: readonly string[] = ['public'],
): Promise<Catalog> {
	return readCatalog({version: 0, schemas, run: (sql) => database.query(sql)});
}

/** What of the dialect decides whether two definitions are the same. */
export const rules: SchemaRules = postgres;

/** Runs statements as an apply does: in one transaction, with routines that name what comes later. */
export async function runAll(database: Database, statements: readonly string[]): Promise<void> {
	await database.query('BEGIN; SET LOCAL check_function_bodies = off');
	for (const sql of statements) {
		try {
			await database.query(sql);
		} catch (error) {
			await database.query('ROLLBACK');
			const reason = error instanceof Error ? error.message : String(error);
			throw new Error(`${reason}\n${sql}\nis one of\n${statements.join(';\n')}`, {cause: error});
		}
	}
	await database.query('COMMIT');
}
