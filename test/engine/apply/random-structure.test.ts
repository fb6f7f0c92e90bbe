import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'node:test';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import {pragmasBefore} from '../../../source/dialects/sqlite/ddl/session-pragmas.ts';
import {ApplyError} from '../../../source/model/errors.ts';
import {
	quote,
	renderSchema,
	rowsOf,
	schemaPair,
	type SchemaSpec,
} from '../../dialects/sqlite/ddl/schema-arbitrary.ts';
import {readState} from '../../dialects/sqlite/ddl/schema-state.ts';
import {apply, bringInLine, compareFiles, decide} from '../walk.ts';

/* Random structures with random rows: taken over together, and given back together. */

const runs = Number(process.env['DEEPDIFF_PROPERTY_RUNS'] ?? 15);

/** False when the random schema is none that SQLite accepts. */
function build(file: string, schema: SchemaSpec, rows: readonly (readonly string[])[]): boolean {
	const database = new Database(file);
	try {
		for (const pragma of pragmasBefore) database.exec(pragma);
		for (const sql of renderSchema(schema)) database.exec(sql);
		// Rows that refer to nothing would be beyond undoing: to an undo they are new.
		database.pragma('foreign_keys = ON');
		for (const {name, columns} of schema.tables) {
			const written = columns.filter(({generated}) => generated === '');
			const names = written.map((column) => quote(column.name)).join(', ');
			for (const row of rows) {
				const cells = row.slice(0, written.length).join(', ');
				try {
					database.exec(`INSERT OR ABORT INTO ${quote(name)} (${names}) VALUES (${cells})`);
				} catch {
					// A row that its own table refuses is none.
				}
			}
		}
		// Keys that can't hold whatever the rows are: SQLite only says so when it is asked.
		const check = database.prepare('SELECT count(*) FROM pragma_foreign_key_check(?)');
		for (const {name} of schema.tables) check.get(name);
		return true;
	} catch {
		return false;
	} finally {
		database.close();
	}
}

/** Whether a generated column becomes an ordinary one: its values are not compared. */
function startsToHoldValues(prod: SchemaSpec, dev: SchemaSpec): boolean {
	return prod.tables.some((table) => {
		const other = dev.tables.find(({name}) => name === table.name);
		return table.columns.some(({name, generated}) => {
			const after = other?.columns.find((column) => column.name === name);
			return after !== undefined && (generated === '') !== (after.generated === '');
		});
	});
}

/** Everything but the highest keys ever given out: no undo lowers them again. */
function readFile(file: string): unknown {
	const database = new Database(file, {readonly: true});
	const {schema, rows} = readState(database);
	database.close();
	return {schema, rows: {...rows, sqlite_sequence: null}};
}

test('structure and rows of any kind are taken over together, and given back', async (context) => {
	let restored = 0;
	await fc.assert(
		fc.asyncProperty(schemaPair, rowsOf, rowsOf, async ([prod, dev], prodRows, devRows) => {
			const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-structure-'));
			try {
				fc.pre(!startsToHoldValues(prod, dev));
				fc.pre(build(path.join(folder, 'prod.db'), prod, prodRows));
				fc.pre(build(path.join(folder, 'dev.db'), dev, devRows));
				const walk = await compareFiles(context, folder);
				const before = readFile(walk.prod);
				decide(walk, 'theirs');
				const {paths, statements} = await bringInLine(walk);
				const again = await compareFiles(context, folder);
				assert.deepEqual(again.store.schema.list(), []);
				assert.deepEqual([...again.store.rows.iterate()], []);
				const after = readFile(walk.prod);
				const isWhole = statements.every(({undo}) => undo !== null);
				try {
					await apply(walk, paths.undoSql);
				} catch (error) {
					// Where the new structure must stay, a row that was deleted may not fit into it.
					if (isWhole || !(error instanceof ApplyError)) throw error;
					assert.deepEqual(readFile(walk.prod), after);
					return;
				}
				if (!isWhole) return;
				assert.deepEqual(readFile(walk.prod), before);
				restored++;
			} finally {
				rmSync(folder, {recursive: true, force: true});
			}
		}),
		{numRuns: runs, includeErrorInReport: true},
	);
	assert.ok(restored > 0);
	if (process.env['DEEPDIFF_SHOW']) console.log({restored});
});
