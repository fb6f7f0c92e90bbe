import type {Column, Table} from '../../../model/catalog.ts';
import {findAffinity} from '../affinity.ts';
import {foldName} from '../catalog/fold-name.ts';
import {quoteString} from '../catalog/quoted-strings.ts';
import {quoteName} from '../quote-name.ts';
import {makeTableRunnable} from './runnable-text.ts';
import {findColumn, hasOption} from './table-traits.ts';

/** One table built anew as another, its rows copied. */
export type Rebuild = {
	readonly from: Table;
	readonly to: Table;
	/** A free name for the old table while both exist. */
	readonly aside: string;
	/** Whether the old table can be renamed; else its rows are copied twice. */
	readonly canRename: boolean;
	/** Folded names of columns in which rows without a value get an empty one. */
	readonly filled: ReadonlySet<string>;
	/** Whether prod's table, from which all of this started, has an AUTOINCREMENT counter. */
	readonly hasCounter: boolean;
	/** CREATE texts of the indexes and triggers that hang on the table. */
	readonly attached: readonly string[];
};

export type RebuildStep = {
	readonly part: 'set aside' | 'create' | 'copy' | 'counter' | 'drop' | 'attach';
	readonly sql: string;
};

/**
The statements of a rebuild. The new table gets its own text, not one that a rename has
rewritten, so it is the old one that is renamed: with foreign_keys off and
legacy_alter_table on, references to it in other tables, triggers and views stay as they are
(sqlite.org/pragma.html#pragma_legacy_alter_table). Indexes and triggers go with the old
table and are made again, without firing for the copied rows.
*/
export function listRebuildSteps(rebuild: Rebuild): RebuildStep[] {
	const {to, attached} = rebuild;
	return [
		...setAside(rebuild),
		{part: 'create', sql: makeTableRunnable(to)},
		{part: 'copy', sql: renderCopy(rebuild)},
		...moveCounter(rebuild),
		{part: 'drop', sql: `DROP TABLE ${quoteName(rebuild.aside)}`},
		...attached.map((sql) => ({part: 'attach', sql}) as const),
	];
}

function setAside({from, aside, canRename, hasCounter}: Rebuild): RebuildStep[] {
	const [table, copy] = [quoteName(from.name), quoteName(aside)];
	if (canRename) return [{part: 'set aside', sql: `ALTER TABLE ${table} RENAME TO ${copy}`}];
	const rowId = findRowIdName(from);
	const columns = [
		...(rowId === null ? [] : [`${quoteName(rowId)} AS ${quoteName(rowIdCopy)}`]),
		...from.columns.map(({name}) => quoteName(name)),
	];
	return [
		// CREATE TABLE AS keeps the affinity of every column, so no value changes.
		{
			part: 'set aside',
			sql: `CREATE TABLE ${copy} AS SELECT ${columns.join(', ')} FROM ${table}`,
		},
		...(hasCounter ? [renameCounter(from.name, aside)] : []),
		{part: 'drop', sql: `DROP TABLE ${table}`},
	];
}

const rowIdCopy = '__deepdiff_rowid';

/** OR ABORT: an ON CONFLICT clause of the new table must not swallow rows in silence. */
function renderCopy({from, to, aside, canRename, filled}: Rebuild): string {
	const copied = to.columns.filter(
		({name, generated}) => !generated && findColumn(from, name) !== undefined,
	);
	const isFilled = ({name, nullable}: Column) => filled.has(foldName(name)) && !nullable;
	const pairs = copied.map((column) => {
		const [target, source] = [column.name, findColumn(from, column.name)?.name ?? column.name];
		const value = isFilled(column)
			? `coalesce(${quoteName(source)}, ${emptyValue(column)})`
			: quoteName(source);
		return [quoteName(target), value] as const;
	});
	const [rowIdFrom, rowIdTo] = [findRowIdName(from), findRowIdName(to)];
	const hasRowIdKey = to.columns.some(({identity}) => identity);
	if (rowIdFrom !== null && rowIdTo !== null && !hasRowIdKey) {
		pairs.unshift([quoteName(rowIdTo), quoteName(canRename ? rowIdFrom : rowIdCopy)]);
	}
	const targets = pairs.map(([target]) => target).join(', ');
	const values = pairs.map(([, value]) => value).join(', ');
	const into = `INSERT OR ABORT INTO ${quoteName(to.name)} (${targets})`;
	return `${into} SELECT ${values} FROM ${quoteName(aside)}`;
}

/** What a row gets in a column that takes no NULL when nobody gave it a value. */
export function emptyValue({type}: Column): string {
	switch (findAffinity(type, true)) {
		case 'TEXT':
			return "''";
		case 'BLOB':
			return "x''";
		case 'INTEGER':
		case 'REAL':
		case 'NUMERIC':
			return '0';
	}
}

/**
The highest key ever given out is kept, also where AUTOINCREMENT itself goes: SQLite takes no
notice of it then, and the way back finds it again. A rename has taken it along.
*/
function moveCounter({to, aside, hasCounter}: Rebuild): RebuildStep[] {
	if (!hasCounter) return [];
	return [
		{part: 'counter', sql: `DELETE FROM sqlite_sequence WHERE name = ${quoteString(to.name)}`},
		renameCounter(aside, to.name),
	];
}

function renameCounter(from: string, to: string): RebuildStep {
	const sql = `UPDATE sqlite_sequence SET name = ${quoteString(to)} WHERE name = ${quoteString(from)}`;
	return {part: 'counter', sql};
}

/** The name under which the row id can be read and written; null when it has none. */
function findRowIdName(table: Table): string | null {
	if (hasOption(table, 'WITHOUT ROWID')) return null;
	return ['rowid', '_rowid_', 'oid'].find((name) => !findColumn(table, name)) ?? null;
}
