import type {Catalog, Table} from '../../../model/catalog.ts';
import type {Statement} from '../../../model/plan.ts';
import {isTablePart, type SchemaChange} from '../../../model/schema-change.ts';
import {areNamesEqual, foldName, quoteTable} from '../names.ts';
import {CodeMigration} from './code-migration.ts';
import {ForeignKeyMigration} from './foreign-key-migration.ts';
import {renderCreateTable} from './render-table.ts';
import {SchemaDraft} from './schema-draft.ts';
import {TableMigration} from './table-migration.ts';
import {listParts} from './table-parts.ts';

/**
The statements that make the changes, all of one transaction. Whatever could refuse rows of dev goes
before the rows, whatever rows of prod could fail comes after them; new triggers come last, so that
they do not fire for what is brought over. Equal inputs give equal statements.
*/
export function migrate(
	changes: readonly SchemaChange[],
	prod: Catalog,
	dev: Catalog,
): Statement[] {
	const draft = new SchemaDraft();
	const isDropped = (table: string) =>
		changes.some(
			({object, action, name}) =>
				object === 'table' && action === 'drop' && areNamesEqual(name, table),
		);
	const tables = prod.tables.flatMap((table) => {
		const other = dev.tables.find(({name}) => areNamesEqual(name, table.name));
		const own = changes.filter((change) => isPartOf(change, table));
		return other && own.length > 0 ? [new TableMigration(own, table, other)] : [];
	});
	const creations = changes.filter(({object, action}) => object === 'table' && action === 'create');
	const newTables = dev.tables.filter(({name}) =>
		creations.some((change) => areNamesEqual(change.name, name)),
	);
	const foreignKeys = new ForeignKeyMigration({changes, prod, dev, tables, newTables, isDropped});
	const code = new CodeMigration(changes, prod, dev);
	const isFreed = findFreed(changes);

	foreignKeys.drop(draft);
	code.dropEarly(draft, isFreed);
	dropTables(changes, draft, 'create', isFreed);
	code.createEarly(draft);
	for (const table of newTables) createTable(draft, table, creations);
	for (const table of tables) table.run(draft, 'alter');
	code.alter(draft);
	for (const table of tables) table.run(draft, 'indexes and foreign keys');
	foreignKeys.create(draft);
	code.create(draft);
	code.dropCode(draft, isFreed);
	for (const table of tables) table.run(draft, 'drop');
	dropTables(changes, draft, 'drop', isFreed);
	code.dropLate(draft, isFreed);
	return draft.statements;
}

/** Whether a change is about something inside a table that both sides have. */
function isPartOf({object, action, table}: SchemaChange, {name}: Table): boolean {
	const isInside = object === 'table' ? action === 'alter' : isTablePart(object);
	return isInside && areNamesEqual(table, name);
}

/** Names that something that goes gives up to something that comes. */
function findFreed(changes: readonly SchemaChange[]): (name: string) => boolean {
	const isNamed = ({object}: SchemaChange) => !isTablePart(object) && object !== 'domain';
	const created = new Set(
		changes
			.filter((each) => each.action === 'create' && isNamed(each))
			.map(({name}) => foldName(name)),
	);
	return (name) => created.has(foldName(name));
}

function createTable(draft: SchemaDraft, table: Table, changes: readonly SchemaChange[]): void {
	const {name} = table;
	const change = changes.find((each) => areNamesEqual(each.name, name));
	draft.add({
		phase: 'create',
		table: name,
		summary: `create table ${name}`,
		sql: renderCreateTable({...table, checks: []}),
		undo: [`DROP TABLE ${quoteTable(name)}`],
		hazards: change?.hazards ?? [],
	});
	// Checks too come when the rows are there: they say of each whether it is trusted.
	const parts = listParts(name, {...table, primaryKey: null, uniques: []});
	for (const part of parts) {
		for (const [at, sql] of part.create.entries()) {
			draft.add({
				phase: 'indexes and foreign keys',
				table: name,
				summary: `${at === 0 ? 'add' : 'switch off'} ${part.sort} ${part.name} of ${name}`,
				sql,
				undo: [],
			});
		}
	}
}

/** Their foreign keys are gone by now, so any order will do. */
function dropTables(
	changes: readonly SchemaChange[],
	draft: SchemaDraft,
	phase: 'create' | 'drop',
	isFreed: (name: string) => boolean,
): void {
	for (const {object, action, name, needs, hazards} of changes) {
		if (object !== 'table' || action !== 'drop') continue;
		if (isFreed(name) !== (phase === 'create')) continue;
		const [sql, summary] = [`DROP TABLE ${quoteTable(name)}`, `drop table ${name}`];
		draft.add({phase, table: name, summary, sql, undo: null, needs, hazards});
	}
}
