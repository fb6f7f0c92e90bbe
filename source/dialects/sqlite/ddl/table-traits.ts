import type {Column, Table} from '../../../model/catalog.ts';
import {areNamesEqual, foldName} from '../catalog/fold-name.ts';
import {tokenize} from '../catalog/sql-tokens.ts';

export function hasOption({options}: Pick<Table, 'options'>, option: string): boolean {
	return options.includes(option);
}

export function findColumn({columns}: Pick<Table, 'columns'>, name: string): Column | undefined {
	return columns.find((column) => areNamesEqual(column.name, name));
}

/** The folded names that an expression may mean columns by; never too few. */
export function listMentions(expression: string): ReadonlySet<string> {
	const names = tokenize(expression).filter(({kind}) => kind === 'word' || kind === 'quoted');
	return new Set(names.map(({value}) => foldName(value)));
}

/** The folded names of the columns that a key or an index is made of or computed from. */
export function listIndexMentions({
	columns,
	where = null,
}: Pick<Table['indexes'][number], 'columns'> & {
	readonly where?: string | null;
}): ReadonlySet<string> {
	return new Set([
		...columns.flatMap(({column, expression}) =>
			column === null ? [...listMentions(expression ?? '')] : [foldName(column)],
		),
		...(where === null ? [] : listMentions(where)),
	]);
}

const strictTypes: ReadonlySet<string> = new Set(['INT', 'INTEGER', 'REAL', 'TEXT', 'BLOB', 'ANY']);

/**
A table whose parts were put together, made whole: what follows from its key and its
options alone (which column is the row id, where NULL can't stand) is worked out again. An
option goes that is impossible without a change which was not chosen: WITHOUT ROWID without a
key, AUTOINCREMENT without a row id, STRICT with a type that it does not know.
*/
export function settleTable(table: Table): Table {
	const {primaryKey} = table;
	const keyNames = new Set(primaryKey?.columns.map(({column}) => foldName(column ?? '')));
	const isInKey = ({name}: Column) => keyNames.has(foldName(name));
	const isTyped = table.columns.every(({type}) => strictTypes.has(type.toUpperCase()));
	const options = table.options.filter((option) => {
		if (option === 'STRICT') return isTyped;
		return option !== 'WITHOUT ROWID' || primaryKey;
	});
	const isStrictKey = options.includes('WITHOUT ROWID') || options.includes('STRICT');
	const [only, second] = primaryKey?.columns ?? [];
	const isRowIdKey = (column: Column) =>
		isInKey(column) &&
		column.type.toUpperCase() === 'INTEGER' &&
		only !== undefined &&
		second === undefined &&
		// `INTEGER PRIMARY KEY DESC` is an ordinary key: sqlite.org/lang_createtable.html, ROWIDs.
		!only.descending &&
		!options.includes('WITHOUT ROWID');
	const columns = table.columns.map((column): Column => {
		const identity = isRowIdKey(column);
		const nullable = column.nullable && !identity && !(isStrictKey && isInKey(column));
		return {...column, identity, nullable};
	});
	const allowsNull = columns.some((column) => isInKey(column) && column.nullable);
	const hasRowIdKey = columns.some(({identity}) => identity);
	return {
		...table,
		columns,
		primaryKey: primaryKey && {...primaryKey, allowsNull},
		options: options.filter((option) => option !== 'AUTOINCREMENT' || hasRowIdKey),
	};
}
