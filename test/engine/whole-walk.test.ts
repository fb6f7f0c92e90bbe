import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import {ApplyError, TargetChangedError} from '../../source/model/errors.ts';
import {
	quote,
	renderSchema,
	rowsOf,
	schemaPair,
	type SchemaSpec,
} from '../dialects/sqlite/ddl/schema-arbitrary.ts';
import {readState, type DatabaseState} from '../dialects/sqlite/ddl/schema-state.ts';
import {apply, bringInLine, compareFiles, decide} from './walk.ts';

const runs = Number(process.env['DEEPDIFF_PROPERTY_RUNS'] ?? 40);

type Rows = readonly (readonly string[])[];

/** False when the random schema is none that SQLite accepts. Rows that a table refuses are left out. */
function makeFile(file: string, schema: SchemaSpec, rows: Rows): boolean {
	const database = new Database(file);
	database.pragma('foreign_keys = OFF');
	try {
		for (const sql of renderSchema(schema)) database.exec(sql);
		for (const {name, columns} of schema.tables) {
			const written = columns.filter(({generated}) => generated === '');
			const names = written.map((column) => quote(column.name)).join(', ');
			for (const row of rows) {
				const cells = row.slice(0, written.length).join(', ');
				tryTo(() => database.exec(`INSERT INTO ${quote(name)} (${names}) VALUES (${cells})`));
			}
		}
		return true;
	} catch {
		return false;
	} finally {
		database.close();
	}
}

function tryTo(action: () => void): void {
	try {
		action();
	} catch (error) {
		assert.ok(error instanceof Database.SqliteError);
	}
}

function stateOf(file: string): DatabaseState {
	const database = new Database(file, {readonly: true});
	try {
		return readState(database);
	} finally {
		database.close();
	}
}

/** False also where a foreign key fits no unique index, which SQLite calls an error. */
function hasSoundKeys(file: string): boolean {
	const database = new Database(file, {readonly: true});
	try {
		// A pragma's result is a list of rows.
		return (database.pragma('foreign_key_check') as unknown[]).length === 0;
	} catch {
		return false;
	} finally {
		database.close();
	}
}

async function withPair(
	context: TestContext,
	check: (folder: string) => Promise<void>,
): Promise<void> {
	await fc.assert(
		fc.asyncProperty(schemaPair, rowsOf, rowsOf, async ([prod, dev], prodRows, devRows) => {
			const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-whole-'));
			try {
				fc.pre(makeFile(path.join(folder, 'prod.db'), prod, prodRows));
				fc.pre(makeFile(path.join(folder, 'dev.db'), dev, devRows));
				await check(folder);
			} finally {
				rmSync(folder, {recursive: true, force: true});
			}
		}),
		{numRuns: runs, includeErrorInReport: true},
	);
	context.diagnostic(`${runs} pairs`);
}

test('taking everything of dev’s makes prod equal dev, and undoing gives every byte back', async (context) => {
	const seen = {applied: 0, undone: 0, refused: 0};
	await withPair(context, async (folder) => {
		const prod = path.join(folder, 'prod.db');
		const before = stateOf(prod);
		const hadSoundKeys = hasSoundKeys(prod);
		const walk = await compareFiles(context, folder);
		decide(walk, 'theirs');
		let done;
		try {
			done = await bringInLine(walk);
		} catch (error) {
			// Random rows may break dev's own foreign keys; then nothing may have happened.
			assert.ok(error instanceof ApplyError, String(error));
			assert.deepEqual(stateOf(prod), before);
			seen.refused++;
			return;
		}
		seen.applied++;
		const again = await compareFiles(context, folder);
		assert.deepEqual(
			again.store.schema.list().map(({change}) => change.id),
			[],
		);
		assert.deepEqual([...again.store.rows.iterate()], []);
		if (done.statements.some(({undo, kind}) => undo === null && kind !== 'session')) return;
		// Foreign keys that prod itself broke can't be brought back: that would be refused.
		if (!hadSoundKeys) return;
		await apply(again, done.paths.undoSql);
		assert.deepEqual(stateOf(prod), before);
		seen.undone++;
	});
	assert.ok(seen.applied > 0 && seen.undone > 0, JSON.stringify(seen));
	context.diagnostic(JSON.stringify(seen));
});

test('without a decision nothing of prod’s own is lost', async (context) => {
	await withPair(context, async (folder) => {
		const prod = path.join(folder, 'prod.db');
		const before = stateOf(prod);
		const walk = await compareFiles(context, folder);
		decide(walk, 'ours', {states: ['conflict']});
		try {
			await bringInLine(walk, new Set());
		} catch (error) {
			// A row that `NOT NULL ON CONFLICT IGNORE` swallows is one too few, and counts as changed.
			assert.ok(error instanceof ApplyError || error instanceof TargetChangedError, String(error));
			assert.deepEqual(stateOf(prod), before);
			return;
		}
		const after = stateOf(prod);
		for (const [table, rows] of Object.entries(before.rows)) {
			if (table.startsWith('sqlite_')) continue;
			assert.ok((after.rows[table]?.length ?? -1) >= rows.length, `${table} lost rows`);
		}
	});
});
