import type {Column, IndexedColumn, Table} from '../../model/catalog.ts';
import {defineCheck, defineForeignKey, defineUnique} from '../../model/part-definition.ts';
import {isTablePart, type SchemaChange} from '../../model/schema-change.ts';

/** What of a dialect tells which names a text speaks of. */
export type NameRules = {
	readonly foldName: (name: string) => string;
	/** Folded names that stand in an expression, each as a word of its own. */
	readonly listMentions: (text: string) => ReadonlySet<string>;
};

/**
Prod's table as it will be once the changes of it ran. What speaks of a column that is dropped goes
with it. Its definition stays prod's: the parts tell what it is.
*/
export function tableAfter(
	changes: readonly SchemaChange[],
	prod: Table,
	dev: Table,
	rules: NameRules,
): Table {
	const {foldName} = rules;
	const own = changes.filter(({table}) => foldName(table) === foldName(prod.name));
	const changed = own.reduce((table, change) => applyChange(table, change, prod, dev, rules), prod);
	return withoutLostParts(changed, prod, rules);
}

export function findColumn(
	{columns}: Pick<Table, 'columns'>,
	name: string,
	foldName: (name: string) => string,
): Column | undefined {
	return columns.find((column) => foldName(column.name) === foldName(name));
}

/** Folded names of the columns that a key or an index speaks of. */
export function listIndexMentions(
	{columns}: {readonly columns: readonly IndexedColumn[]},
	{foldName, listMentions}: NameRules,
): Set<string> {
	return new Set(
		columns.flatMap(({column, expression}) =>
			column === null ? [...listMentions(expression ?? '')] : [foldName(column)],
		),
	);
}

function applyChange(
	table: Table,
	change: SchemaChange,
	prod: Table,
	dev: Table,
	rules: NameRules,
): Table {
	const {object} = change;
	if (object === 'table') return withOptionsOf(table, dev);
	if (!isTablePart(object)) return table;
	switch (object) {
		case 'column':
			return {...table, columns: replaceColumn(table.columns, change, dev, rules)};
		case 'primary key':
			return withKeyNulls({...table, primaryKey: dev.primaryKey}, prod, dev, rules);
		case 'unique':
			return {...table, uniques: replacePart(table.uniques, dev.uniques, defineUnique, change)};
		case 'foreign key': {
			const keys = replacePart(table.foreignKeys, dev.foreignKeys, defineForeignKey, change);
			return {...table, foreignKeys: keys};
		}
		case 'check':
			return {...table, checks: replacePart(table.checks, dev.checks, defineCheck, change)};
		case 'index': {
			const define = (index: Table['indexes'][number]) => index.definition;
			return {...table, indexes: replacePart(table.indexes, dev.indexes, define, change)};
		}
		default:
			return object satisfies never;
	}
}

/** A change of the table itself: its options, its comment and how it is cut. */
function withOptionsOf(table: Table, {options, comment, partitioning}: Table): Table {
	const rest: {-readonly [Key in keyof Table]: Table[Key]} = {...table, options};
	delete rest.comment;
	delete rest.partitioning;
	if (comment !== undefined) rest.comment = comment;
	if (partitioning !== undefined) rest.partitioning = partitioning;
	return rest;
}

/** Whether NULL may stand in the columns of a key is no change of its own: it comes with the key. */
function withKeyNulls(table: Table, prod: Table, dev: Table, {foldName}: NameRules): Table {
	const keys = [...(prod.primaryKey?.columns ?? []), ...(dev.primaryKey?.columns ?? [])];
	const names = new Set(keys.map(({column}) => foldName(column ?? '')));
	const columns = table.columns.map((column): Column => {
		const other = findColumn(dev, column.name, foldName);
		return other && names.has(foldName(column.name))
			? {...column, nullable: other.nullable}
			: column;
	});
	return {...table, columns};
}

/** Prod keeps its own spelling of a name. */
function replaceColumn(
	columns: readonly Column[],
	{action, name}: SchemaChange,
	dev: Table,
	{foldName}: NameRules,
): Column[] {
	const isOther = (column: Column) => foldName(column.name) !== foldName(name);
	if (action === 'drop') return columns.filter(isOther);
	const after = findColumn(dev, name, foldName);
	if (!after) return [...columns];
	if (action === 'create') return [...columns.filter(isOther), after];
	return columns.map((column) => (isOther(column) ? column : {...after, name: column.name}));
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

/** Leaves out what prod has on columns that are dropped: no text of it could be run. */
function withoutLostParts(table: Table, prod: Table, rules: NameRules): Table {
	const {foldName, listMentions} = rules;
	const lost = new Set(
		prod.columns
			.filter(({name}) => !findColumn(table, name, foldName))
			.map(({name}) => foldName(name)),
	);
	if (lost.size === 0) return table;
	const keeps = (names: Iterable<string>) => [...names].every((name) => !lost.has(name));
	const keepsKey = (key: {readonly columns: readonly IndexedColumn[]}) =>
		keeps(listIndexMentions(key, rules));
	const {primaryKey} = table;
	return {
		...table,
		primaryKey: primaryKey && keepsKey(primaryKey) ? primaryKey : null,
		uniques: table.uniques.filter(keepsKey),
		foreignKeys: table.foreignKeys.filter(({columns}) => keeps(columns.map(foldName))),
		checks: table.checks.filter(({expression}) => keeps(listMentions(expression))),
		indexes: table.indexes.filter(
			(index) => keepsKey(index) && keeps((index.include ?? []).map(foldName)),
		),
	};
}
