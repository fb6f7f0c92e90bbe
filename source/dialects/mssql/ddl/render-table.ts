import type {
	Check,
	Column,
	Fact,
	ForeignKey,
	Index,
	IndexedColumn,
	PrimaryKey,
	Table,
	UniqueConstraint,
} from '../../../model/catalog.ts';
import {quoteName, quoteTable} from '../names.ts';

export function findFact(facts: readonly Fact[] | undefined, name: string): string | undefined {
	return facts?.find((fact) => fact.name === name)?.value;
}

/** Without its indexes and foreign keys, which come as statements of their own. */
export function renderCreateTable({name, columns, primaryKey, uniques, checks}: Table): string {
	const parts = [
		...columns.map((column) => renderColumn(column)),
		...(primaryKey ? [renderPrimaryKey(primaryKey)] : []),
		...uniques.map(renderUnique),
		...checks.map(renderCheck),
	];
	return `CREATE TABLE ${quoteTable(name)} (\n  ${parts.join(',\n  ')}\n)`;
}

/** "CREATE TABLE", column_definition. */
export function renderColumn(column: Column): string {
	const {name, generated, identitySource, facts} = column;
	if (generated && column.type !== 'rowversion') {
		const stored = generated.stored ? ` PERSISTED${column.nullable ? '' : ' NOT NULL'}` : '';
		return `${quoteName(name)} AS ${wrap(generated.expression)}${stored}`;
	}
	const words = [
		quoteName(name),
		renderType(column),
		findFact(facts, 'column set'),
		findFact(facts, 'storage'),
		column.identity && (identitySource?.how ?? 'IDENTITY(1,1)'),
		column.nullable ? 'NULL' : 'NOT NULL',
		findFact(facts, 'rowguid'),
		column.default !== null && renderDefault(column),
	];
	return words.filter((word) => word !== false && word !== undefined).join(' ');
}

/** A type with its collation, as it stands in ALTER COLUMN too. */
export function renderType({type, collation, facts}: Column): string {
	const alias = findFact(facts, 'alias type');
	// The collation of an alias is that of the database.
	if (alias !== undefined) return alias;
	return collation === null ? type : `${type} COLLATE ${collation}`;
}

/** A name that the server made up is left to it: on another table it may be taken. */
export function renderDefault({default: expression, defaultName}: Column): string {
	const isOwn = defaultName !== undefined && !/^DF__.*__[\dA-F]{8}$/.test(defaultName);
	const name = isOwn ? `CONSTRAINT ${quoteName(defaultName)} ` : '';
	return `${name}DEFAULT ${wrap(expression ?? 'NULL')}`;
}

function wrap(expression: string): string {
	return /^\(.*\)$/s.test(expression) ? expression : `(${expression})`;
}

function renderName({
	name,
	isAutoNamed,
}: {
	readonly name: string | null;
	readonly isAutoNamed?: boolean;
}) {
	return name === null || isAutoNamed === true ? '' : `CONSTRAINT ${quoteName(name)} `;
}

export function renderColumns(columns: readonly IndexedColumn[]): string {
	const words = columns.map(
		({column, descending}) => `${quoteName(column ?? '')}${descending ? ' DESC' : ''}`,
	);
	return `(${words.join(', ')})`;
}

export function renderPrimaryKey(key: PrimaryKey): string {
	const kind = findFact(key.facts, 'kind') ?? 'CLUSTERED';
	return `${renderName(key)}PRIMARY KEY ${kind} ${renderColumns(key.columns)}${renderOptions(key.facts)}`;
}

export function renderUnique(unique: UniqueConstraint): string {
	const kind = findFact(unique.facts, 'kind') ?? 'NONCLUSTERED';
	return `${renderName(unique)}UNIQUE ${kind} ${renderColumns(unique.columns)}${renderOptions(unique.facts)}`;
}

export function renderCheck(check: Check): string {
	return `${renderName(check)}CHECK ${wrap(check.expression)}`;
}

export function renderForeignKey(key: ForeignKey): string {
	const {columns, referencedTable, referencedColumns, onDelete, onUpdate} = key;
	const words = [
		`${renderName(key)}FOREIGN KEY (${columns.map(quoteName).join(', ')})`,
		`REFERENCES ${quoteTable(referencedTable)} (${referencedColumns.map(quoteName).join(', ')})`,
		onDelete !== 'NO ACTION' && `ON DELETE ${onDelete}`,
		onUpdate !== 'NO ACTION' && `ON UPDATE ${onUpdate}`,
	];
	return words.filter((word) => word !== false).join(' ');
}

/** "CREATE INDEX" and "CREATE COLUMNSTORE INDEX". */
export function defineIndex(table: string, index: Omit<Index, 'definition'>): string {
	const {name, unique, columns, where, include = [], method, facts} = index;
	const kind = findFact(facts, 'kind') ?? 'NONCLUSTERED';
	const place = `INDEX ${quoteName(name)} ON ${quoteTable(table)}`;
	const filter = where === null ? '' : ` WHERE ${where}`;
	const carried = include.map(quoteName).join(', ');
	if (method === 'columnstore') {
		return `CREATE ${kind} COLUMNSTORE ${place}${carried === '' ? '' : ` (${carried})`}${filter}`;
	}
	const words = [
		`CREATE ${unique ? 'UNIQUE ' : ''}${kind} ${place} ${renderColumns(columns)}`,
		carried === '' ? '' : ` INCLUDE (${carried})`,
		filter,
		renderOptions(facts),
	];
	return words.join('');
}

function renderOptions(facts: readonly Fact[] | undefined): string {
	const options = ['pad_index', 'fillfactor', 'ignore_dup_key'].flatMap((name) => {
		const value = findFact(facts, name);
		return value === undefined ? [] : [`${name.toUpperCase()} = ${value}`];
	});
	return options.length > 0 ? ` WITH (${options.join(', ')})` : '';
}
