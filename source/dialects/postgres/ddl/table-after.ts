import type {Column, Table} from '../../../model/catalog.ts';
import {defineCheck, defineForeignKey, defineUnique} from '../../../model/part-definition.ts';
import {listMentions, type Mentioning} from './mentions.ts';
import {renderTable} from './render-table.ts';
import {isTablePart, type SchemaChange} from '../../../model/schema-change.ts';

/**
Prod's table as it will be once the changes of it ran. What speaks of a column that is dropped
goes with it, as the server does it.
*/
export function tableAfter(changes: readonly SchemaChange[], prod: Table, dev: Table): Table {
	const own = changes.filter(({table}) => table === prod.name);
	if (own.length === 0) return prod;
	const changed = own.reduce((table, change) => applyChange(table, change, dev), prod);
	const whole = withoutLostParts(changed, prod);
	return {...whole, definition: renderTable(whole)};
}

function withoutLostParts(table: Table, prod: Table): Table {
	const kept = new Set(table.columns.map(({name}) => name));
	const lost = new Set(prod.columns.map(({name}) => name).filter((name) => !kept.has(name)));
	if (lost.size === 0) return table;
	const keeps = (part: Mentioning) => !listMentions(part).some((name) => lost.has(name));
	const {primaryKey} = table;
	return {
		...table,
		primaryKey: primaryKey && keeps(primaryKey) ? primaryKey : null,
		uniques: table.uniques.filter(keeps),
		foreignKeys: table.foreignKeys.filter(({columns}) => !columns.some((name) => lost.has(name))),
		checks: table.checks.filter(keeps),
		indexes: table.indexes.filter(keeps),
	};
}

function applyChange(table: Table, change: SchemaChange, dev: Table): Table {
	const {object} = change;
	if (object === 'table') return withOwnFacts(table, dev);
	if (!isTablePart(object)) return table;
	switch (object) {
		case 'column':
			return {...table, columns: replaceColumn(table.columns, change, dev)};
		case 'primary key': {
			const key = change.action === 'drop' ? null : dev.primaryKey;
			return {...table, primaryKey: key, columns: withKeyNulls(table, key, dev)};
		}
		case 'unique':
			return {...table, uniques: replacePart(table.uniques, dev.uniques, defineUnique, change)};
		case 'foreign key': {
			const keys = replacePart(table.foreignKeys, dev.foreignKeys, defineForeignKey, change);
			return {...table, foreignKeys: keys};
		}
		case 'check':
			return {...table, checks: replacePart(table.checks, dev.checks, defineCheck, change)};
		case 'index': {
			const define = ({definition}: Table['indexes'][number]) => definition;
			return {...table, indexes: replacePart(table.indexes, dev.indexes, define, change)};
		}
		default:
			return object satisfies never;
	}
}

function withOwnFacts(table: Table, dev: Table): Table {
	const rest = {...table};
	delete rest.comment;
	delete rest.partitioning;
	return {
		...rest,
		options: dev.options,
		...(dev.comment === undefined ? {} : {comment: dev.comment}),
		...(dev.partitioning === undefined ? {} : {partitioning: dev.partitioning}),
	};
}

/** Whether NULL may stand in the columns of a key is no change of its own: it comes with the key. */
function withKeyNulls(table: Table, key: Table['primaryKey'], dev: Table): readonly Column[] {
	const names = [...(table.primaryKey?.columns ?? []), ...(key?.columns ?? [])];
	return table.columns.map((column) => {
		const other = dev.columns.find(({name}) => name === column.name);
		const isKey = names.some((each) => each.column === column.name);
		return isKey && other ? {...column, nullable: other.nullable} : column;
	});
}

function replaceColumn(
	columns: readonly Column[],
	{action, name}: SchemaChange,
	dev: Table,
): readonly Column[] {
	if (action === 'drop') return columns.filter((column) => column.name !== name);
	const after = dev.columns.find((column) => column.name === name);
	if (!after) return columns;
	if (action === 'create') return [...columns.filter((column) => column.name !== name), after];
	return columns.map((column) => (column.name === name ? after : column));
}

/** Puts dev's part in the place of prod's; both are found by their definitions. */
function replacePart<Part>(
	parts: readonly Part[],
	devParts: readonly Part[],
	define: (part: Part) => string,
	change: SchemaChange,
): Part[] {
	const after = devParts.find((part) => define(part) === change.dev);
	const kept = parts.filter((part) => define(part) !== change.prod);
	return after === undefined ? kept : [...kept, after];
}
