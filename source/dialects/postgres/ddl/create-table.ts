import type {SchemaObject, Table} from '../../../model/catalog.ts';
import type {Hazard} from '../../../model/hazard.ts';
import {quoteName, quoteTable} from '../names.ts';
import {ColumnMigration} from './column-migration.ts';
import {createObject} from './object-sql.ts';
import {PartMigration} from './part-migration.ts';
import {renderTable} from './render-table.ts';
import type {StatementList} from './statement-list.ts';
import {migrateOptions} from './table-options.ts';

/** Makes a table that can take rows: what would slow them down or refuse them comes later. */
export function createTable(list: StatementList, table: Table, hazards: readonly Hazard[]): void {
	const add = (summary: string, sql: string, undo: readonly string[], warnings = noHazards) =>
		list.add({phase: 'create', table: table.name, summary, sql, undo, hazards: warnings});
	const serials = table.columns.flatMap((column) => {
		const {identitySource} = column;
		if (identitySource?.how !== 'serial' || identitySource.sequence === null) return [];
		return [{column, sequence: identitySource.sequence}];
	});
	for (const {column, sequence} of serials) {
		const summary = `create sequence ${sequence} for ${table.name}.${column.name}`;
		add(summary, `CREATE SEQUENCE ${quoteTable(sequence)} AS ${column.type}`, []);
	}
	const create = renderTable(table, {isWhole: false, hasSerialWord: false});
	const undo = [`DROP TABLE ${quoteTable(table.name)}`];
	add(`create table ${table.name}`, create, undo, hazards);
	for (const {column, sequence} of serials) {
		const owner = `${quoteTable(table.name)}.${quoteName(column.name)}`;
		const summary = `bind sequence ${sequence} to ${table.name}.${column.name}`;
		add(summary, `ALTER SEQUENCE ${quoteTable(sequence)} OWNED BY ${owner}`, []);
	}
	// What CREATE TABLE has no words for comes as if it had changed since.
	new ColumnMigration(asCreated(table), table, [], new Map()).loosen(list);
}

const noHazards: readonly Hazard[] = [];

/** The columns as CREATE TABLE alone makes them. */
function asCreated(table: Table): Table {
	const columns = table.columns.map((column) => {
		const made = {
			...column,
			facts: column.facts?.filter(({name}) => name === 'compression') ?? [],
		};
		delete made.comment;
		return made;
	});
	return {...table, columns};
}

/** Brings in what the rows had to be there for: indexes, policies and whatever hangs on the table. */
export function finishTable(
	list: StatementList,
	table: Table,
	objects: readonly SchemaObject[],
): void {
	const parts = new PartMigration(null, table, [], new Set());
	parts.tighten(list);
	parts.comment(list);
	migrateOptions(list, null, table);
	const own = objects.filter(
		(object) => object.table === table.name && object.kind !== 'partition',
	);
	for (const object of own) {
		for (const [at, sql] of createObject(object).entries()) {
			list.add({
				phase: 'indexes and foreign keys',
				table: table.name,
				summary: `${at === 0 ? 'create' : 'finish'} ${object.kind} ${object.name} of ${table.name}`,
				sql,
				undo: [],
			});
		}
	}
}
