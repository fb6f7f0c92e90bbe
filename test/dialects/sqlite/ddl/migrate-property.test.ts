import assert from 'node:assert/strict';
import {test} from 'node:test';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import {readCatalog} from '../../../../source/dialects/sqlite/catalog/read-catalog.ts';
import {migrate} from '../../../../source/dialects/sqlite/ddl/migrate.ts';
import {pragmasBefore} from '../../../../source/dialects/sqlite/ddl/session-pragmas.ts';
import {normalise} from '../../../../source/dialects/sqlite/normalise.ts';
import {compareSchemas} from '../../../../source/engine/compare-schema.ts';
import {phases, type Statement} from '../../../../source/model/plan.ts';
import {quote, renderSchema, rowsOf, schemaPair, type SchemaSpec} from './schema-arbitrary.ts';
import {readRows, readState} from './schema-state.ts';
import {rules} from '../fixture.ts';

const runs = Number(process.env['DEEPDIFF_PROPERTY_RUNS'] ?? 150);

/** Null when the random schema is none that SQLite accepts. */
function build(schema: SchemaSpec, rows: readonly (readonly string[])[]): Database.Database | null {
	const database = new Database(':memory:');
	for (const pragma of pragmasBefore) database.exec(pragma);
	try {
		for (const sql of renderSchema(schema)) database.exec(sql);
	} catch (error) {
		if (process.env['DEEPDIFF_SHOW']) console.log(String(error));
		database.close();
		return null;
	}
	for (const {name, columns} of schema.tables) {
		const written = columns.filter(({generated}) => generated === '');
		const names = written.map((column) => quote(column.name)).join(', ');
		for (const row of rows) {
			const cells = row.slice(0, written.length).join(', ');
			// `OR IGNORE` does not cover checks and types.
			tryTo(() =>
				database.exec(`INSERT OR ABORT INTO ${quote(name)} (${names}) VALUES (${cells})`),
			);
		}
	}
	return database;
}

function tryTo(action: () => void): Error | null {
	try {
		action();
		return null;
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}

function runAll(database: Database.Database, statements: readonly Pick<Statement, 'sql'>[]): void {
	for (const {sql} of statements) {
		const error = tryTo(() => database.exec(sql));
		if (error !== null)
			throw Object.assign(new Error(`${String(error)} in ${sql}`), {cause: error});
	}
}

function listUndo(statements: readonly Statement[]): string[] | null {
	const back = statements.toReversed().map(({undo}) => undo);
	return back.every((undo) => undo !== null) ? back.flat() : null;
}

function withPair(check: (prod: Database.Database, dev: Database.Database) => void): void {
	fc.assert(
		fc.property(schemaPair, rowsOf, rowsOf, ([prodSpec, devSpec], prodRows, devRows) => {
			const prod = build(prodSpec, prodRows);
			const dev = build(devSpec, devRows);
			try {
				fc.pre(prod !== null && dev !== null);
				check(prod, dev);
			} finally {
				prod?.close();
				dev?.close();
			}
		}),
		{numRuns: runs, includeErrorInReport: true},
	);
}

const isConstraint = (error: unknown) =>
	/constraint failed|cannot store|datatype mismatch/.test(String(error));

test('with dev’s rows brought in between, a migration never fails and gives dev’s structure and rows', () => {
	withPair((prod, dev) => {
		const [prodCatalog, devCatalog] = [readCatalog(prod), readCatalog(dev)];
		const changes = compareSchemas(prodCatalog, devCatalog, rules);
		const statements = migrate(changes, prodCatalog, devCatalog);
		assert.deepEqual(migrate(changes, prodCatalog, devCatalog), statements);
		const ranks = statements.map(({phase}) => phases.indexOf(phase));
		assert.deepEqual(
			ranks,
			[...ranks].sort((a, b) => a - b),
		);
		const rows = phases.indexOf('rows');

		prod.exec('BEGIN');
		runAll(
			prod,
			statements.filter(({phase}) => phases.indexOf(phase) < rows),
		);
		for (const table of devCatalog.tables) {
			const columns = table.columns.filter(({generated}) => !generated).map(({name}) => name);
			const names = columns.map(quote).join(', ');
			prod.exec(`DELETE FROM ${quote(table.name)}`);
			for (const row of dev
				.prepare(`SELECT ${names} FROM ${quote(table.name)}`)
				.raw()
				.safeIntegers()
				.iterate()) {
				prod
					.prepare(
						`INSERT OR ABORT INTO ${quote(table.name)} (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
					)
					.run(row);
			}
		}
		runAll(
			prod,
			statements.filter(({phase}) => phases.indexOf(phase) > rows),
		);
		prod.exec('COMMIT');

		assert.deepEqual(compareSchemas(readCatalog(prod), devCatalog, rules), []);
		assert.equal(prod.pragma('integrity_check', {simple: true}), 'ok');
		for (const {name, columns} of devCatalog.tables) {
			const names = columns.map((column) => column.name);
			assert.deepEqual(readRows(prod, name, names), readRows(dev, name, names));
		}
	});
});

test('without other rows, prod’s are kept or nothing is done, and undoing restores every byte', () => {
	const seen = {done: 0, refused: 0, undone: 0};
	withPair((prod, dev) => {
		const [prodCatalog, devCatalog] = [readCatalog(prod), readCatalog(dev)];
		const before = readState(prod);
		const changes = compareSchemas(prodCatalog, devCatalog, rules);
		const statements = migrate(changes, prodCatalog, devCatalog);
		const kept = prodCatalog.tables.flatMap((table) => {
			const other = devCatalog.tables.find(({name}) => name === table.name);
			if (!other) return [];
			const names = table.columns
				.filter((column) => {
					const after = other.columns.find(({name}) => name === column.name);
					const isSame = after && normalise.type(after.type) === normalise.type(column.type);
					const isStored = !column.generated && !after?.generated;
					const optionsChange = table.options.join() !== other.options.join();
					return isSame && isStored && !optionsChange && after.identity === column.identity;
				})
				.map(({name}) => name);
			if (names.length === 0) return [];
			return [{table: table.name, names, rows: readRows(prod, table.name, names)}];
		});

		prod.exec('BEGIN');
		const error = tryTo(() => runAll(prod, statements));
		if (error !== null) {
			assert.ok(isConstraint(error), String(error));
			const hazards = [...changes, ...statements].flatMap((each) => each.hazards);
			assert.ok(
				hazards.some(({kind}) => kind === 'mayViolate' || kind === 'narrowsType'),
				String(error),
			);
			prod.exec('ROLLBACK');
			assert.deepEqual(readState(prod), before);
			seen.refused++;
			return;
		}
		prod.exec('COMMIT');
		seen.done++;
		assert.deepEqual(compareSchemas(readCatalog(prod), devCatalog, rules), []);
		assert.equal(prod.pragma('integrity_check', {simple: true}), 'ok');
		for (const {table, names, rows} of kept) {
			assert.deepEqual(readRows(prod, table, names), rows);
		}

		const undo = listUndo(statements);
		if (undo === null) {
			const hazards = [...changes, ...statements].flatMap((each) => each.hazards);
			assert.ok(hazards.some(({kind}) => kind === 'noUndo'));
			return;
		}
		runAll(
			prod,
			undo.map((sql) => ({sql})),
		);
		assert.deepEqual(readState(prod), before);
		seen.undone++;
	});
	if (process.env['DEEPDIFF_SHOW']) console.log(seen);
	assert.ok(seen.done > 0 && seen.refused > 0 && seen.undone > 0, JSON.stringify(seen));
});

test('what is not allowed stays as it is, and everything else is done', () => {
	withPair((prod, dev) => {
		const [prodCatalog, devCatalog] = [readCatalog(prod), readCatalog(dev)];
		const changes = compareSchemas(prodCatalog, devCatalog, rules);
		const chosen = changes.filter(({needs}) => needs === null);
		const statements = migrate(chosen, prodCatalog, devCatalog);
		assert.ok(statements.every(({needs}) => needs === null));
		const error = tryTo(() => {
			runAll(prod, statements);
		});
		if (error !== null) {
			assert.ok(isConstraint(error), String(error));
			return;
		}
		const rest = compareSchemas(readCatalog(prod), devCatalog, rules);
		const gated = changes.filter(({needs}) => needs !== null).map(({id}) => id);
		// STRICT or WITHOUT ROWID may be impossible until a gate is opened, and a unique constraint
		// that says what a primary key says is none to SQLite.
		const isOption = (id: string) => /^(?:alter table|\w+ unique) /.test(id);
		assert.deepEqual(
			rest.map(({id}) => id).filter((id) => !isOption(id)),
			gated.filter((id) => !isOption(id)),
		);
		assert.ok(gated.length > 0 || rest.length === 0);
		assert.equal(prod.pragma('integrity_check', {simple: true}), 'ok');
		for (const change of changes.filter(({id}) => !isOption(id))) {
			assert.ok(migrate([change], prodCatalog, devCatalog).length > 0, change.id);
		}
	});
});

test('a schema is the same as itself, dumped and loaded again', () => {
	withPair((prod) => {
		const copy = new Database(':memory:');
		try {
			for (const definition of prod
				.prepare<[], string>(
					`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'sqlite_sequence' ORDER BY rowid`,
				)
				.pluck()
				.iterate()) {
				copy.exec(definition);
			}
			const [one, other] = [readCatalog(prod), readCatalog(copy)];
			assert.deepEqual(compareSchemas(one, other, rules), []);
			assert.equal(one.fingerprint, other.fingerprint);
		} finally {
			copy.close();
		}
	});
});
