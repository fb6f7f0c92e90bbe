import type {Catalog, Table} from '../../../model/catalog.ts';
import type {Statement} from '../../../model/plan.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import {areNamesEqual, foldName} from '../catalog/fold-name.ts';
import {parseServerVersion} from '../catalog/server-version.ts';
import {isTablePart} from '../../../model/schema-change.ts';
import {quoteTable} from '../names.ts';
import {CodeMigration} from './code-migration.ts';
import {ForeignKeyMigration} from './foreign-key-migration.ts';
import {renderCreateTable} from './render-table.ts';
import {SchemaDraft} from './schema-draft.ts';
import {TableMigration} from './table-migration.ts';

/**
The statements that make the changes. Whatever could refuse rows of dev goes before the rows,
whatever rows of prod could fail comes after them; new triggers come last, so that they do not fire
for what is brought over. Each commits by itself. Equal inputs give equal statements.
*/
export function migrate(
	changes: readonly SchemaChange[],
	prod: Catalog,
	dev: Catalog,
): Statement[] {
	const version = parseServerVersion(prod.serverVersion ?? dev.serverVersion ?? '');
	const draft = new SchemaDraft();
	const isDropped = ({name}: Table) =>
		changes.some(
			({object, action, table}) =>
				object === 'table' && action === 'drop' && areNamesEqual(table, name),
		);
	const tables = prod.tables.flatMap((table) => {
		const other = dev.tables.find(({name}) => areNamesEqual(name, table.name));
		const own = changes.filter((change) => isPartOf(change, table));
		return other && own.length > 0 ? [new TableMigration(own, table, other, version)] : [];
	});
	const finals = new Map(
		prod.tables.filter((table) => !isDropped(table)).map((table) => [foldName(table.name), table]),
	);
	for (const {final} of tables) finals.set(foldName(final.name), final);
	const newTables = dev.tables.filter((table) =>
		changes.some(
			({object, action, name}) =>
				object === 'table' && action === 'create' && areNamesEqual(name, table.name),
		),
	);
	for (const table of newTables) finals.set(foldName(table.name), table);
	const foreignKeys = new ForeignKeyMigration(changes, prod, dev, finals, newTables);
	const code = new CodeMigration(changes, prod, dev);

	foreignKeys.drop(draft);
	const freed = freeNames(changes, newTables, dev);
	code.dropEarly(draft, freed);
	dropTables(changes, draft, 'create', freed);
	code.createEarly(draft);
	for (const table of newTables) {
		const change = changes.find(
			({object, action, name}) =>
				object === 'table' && action === 'create' && areNamesEqual(name, table.name),
		);
		draft.add({
			phase: 'create',
			table: table.name,
			summary: `create table ${table.name}`,
			sql: renderCreateTable({...table, foreignKeys: []}, version),
			undo: [`DROP TABLE ${quoteTable(table.name)}`],
			hazards: change?.hazards ?? [],
		});
	}
	for (const table of tables) table.run(draft, 'alter');
	code.alter(draft);
	for (const table of tables) table.run(draft, 'indexes and foreign keys');
	foreignKeys.create(draft);
	code.create(draft);
	code.dropRest(draft, freed);
	for (const table of tables) table.run(draft, 'drop');
	dropTables(changes, draft, 'drop', freed);
	code.dropSequences(draft, freed);
	return draft.statements;
}

/** Whether a change is about something inside a table that both sides have. */
function isPartOf(change: SchemaChange, {name}: Table): boolean {
	if (change.object === 'table' ? change.action !== 'alter' : !isTablePart(change.object)) {
		return false;
	}
	return change.object !== 'trigger' && areNamesEqual(change.table, name);
}

/** Tables, views and sequences share their names: what gives one up for another goes first. */
function freeNames(
	changes: readonly SchemaChange[],
	newTables: readonly Table[],
	dev: Catalog,
): ReadonlySet<string> {
	const created = changes.filter(
		({object, action}) =>
			action === 'create' && (object === 'view' || object === 'table' || object === 'sequence'),
	);
	const wanted = new Set([
		...newTables.map(({name}) => foldName(name)),
		...created.map(({name}) => foldName(name)),
	]);
	return new Set(
		[...wanted].filter((name) =>
			[...dev.tables, ...dev.views, ...dev.objects].some((each) => foldName(each.name) === name),
		),
	);
}

/** Their foreign keys are gone by now, so any order will do. */
function dropTables(
	changes: readonly SchemaChange[],
	draft: SchemaDraft,
	phase: 'create' | 'drop',
	freed: ReadonlySet<string>,
): void {
	for (const {object, action, name, needs, hazards} of changes) {
		if (object !== 'table' || action !== 'drop') continue;
		if (freed.has(foldName(name)) !== (phase === 'create')) continue;
		draft.add({
			phase,
			table: name,
			summary: `drop table ${name}`,
			sql: `DROP TABLE ${quoteTable(name)}`,
			undo: null,
			needs,
			hazards,
		});
	}
}
