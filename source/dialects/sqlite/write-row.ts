import type {Column, IndexedColumn, Table} from '../../model/catalog.ts';
import type {Cell} from '../../model/cell.ts';
import type {ColumnCell, RowWrite} from '../dialect.ts';
import {areNamesEqual, foldName} from './catalog/fold-name.ts';
import {quoteName} from './quote-name.ts';
import {affinityOf, isBinary, matchExactly} from './rows/exact-match.ts';
import {joinBalanced} from './rows/join-balanced.ts';
import {renderLiteral} from './rows/literal.ts';

/**
One row's INSERT, UPDATE or DELETE with its values as exact literals, without a semicolon.

A key finds its row through the table's index and must then match to the byte, as every
guarded column must; a row without a key is any `copies` of those that equal the guard. Absent
cells take no part.

@throws {RangeError} When a column or a kind of value is not SQLite's.
*/
export function renderRowWrite(write: RowWrite): string {
	const {table} = write;
	switch (write.kind) {
		case 'insert':
			return renderInsert(table, dropAbsent(write.values), write.copies);
		case 'update': {
			const set = dropAbsent(write.set).map(
				({column, cell}) => `${quoteName(column)} = ${renderLiteral(cell)}`,
			);
			const where = [...findByKey(table, write.key), ...matchAll(table, write.guard)];
			return `UPDATE ${quoteName(table.name)} SET ${set.join(', ')} WHERE ${joinBalanced(where, 'AND')}`;
		}
		case 'delete': {
			const where = [...findByKey(table, write.key), ...matchAll(table, write.guard)];
			return write.key.length > 0
				? `DELETE FROM ${quoteName(table.name)} WHERE ${joinBalanced(where, 'AND')}`
				: renderDeleteOfCopies(table, joinBalanced(where, 'AND'), write.copies);
		}
		default:
			return write satisfies never;
	}
}

function dropAbsent(cells: readonly ColumnCell[]): ColumnCell[] {
	return cells.filter(({cell}) => cell.kind !== 'absent');
}

const fewCopies = 10;

function renderInsert(table: Table, values: readonly ColumnCell[], copies: number): string {
	const into = `INSERT INTO ${quoteName(table.name)}`;
	if (values.length === 0) return `${into} DEFAULT VALUES`;
	const head = `${into} (${values.map(({column}) => quoteName(column)).join(', ')})`;
	const row = values.map(({cell}) => renderLiteral(cell)).join(', ');
	if (copies <= fewCopies) {
		return `${head} VALUES ${Array.from({length: copies}, () => `(${row})`).join(', ')}`;
	}
	const count = `WITH RECURSIVE copy(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM copy WHERE n < ${copies})`;
	return `${head} ${count} SELECT ${row} FROM copy`;
}

/** DELETE has no LIMIT in an ordinary build of SQLite, so the copies are named by rowid. */
function renderDeleteOfCopies(table: Table, where: string, copies: number): string {
	const name = quoteName(table.name);
	const rowid = findRowidName(table);
	// Without a rowid to name them the statement may take too many: what it must affect tells.
	if (rowid === null) return `DELETE FROM ${name} WHERE ${where}`;
	return `DELETE FROM ${name} WHERE ${rowid} IN (SELECT ${rowid} FROM ${name} WHERE ${where} LIMIT ${copies})`;
}

/** A name of the rowid that no column hides; null for a table that has none. */
function findRowidName(table: Table): string | null {
	if (table.options.includes('WITHOUT ROWID')) return null;
	const names = new Set(table.columns.map(({name}) => foldName(name)));
	return ['rowid', '_rowid_', 'oid'].find((name) => !names.has(name)) ?? null;
}

function matchAll(table: Table, cells: readonly ColumnCell[]): string[] {
	return dropAbsent(cells).flatMap(({column, cell}) =>
		matchExactly(findColumn(table, column), table, cell),
	);
}

function findByKey(table: Table, key: readonly ColumnCell[]): string[] {
	const index = findKeyIndex(table, key);
	return dropAbsent(key).flatMap(({column: name, cell}) => {
		const column = findColumn(table, name);
		const exact = matchExactly(column, table, cell, '=');
		const lookUp = lookUpByIndex(column, table, cell, index);
		return lookUp === null ? exact : [lookUp, ...exact];
	});
}

/**
A condition that the key's index can answer where the exact one can't, since that compares
under another collation or without the column's affinity.
*/
function lookUpByIndex(
	column: Column,
	table: Table,
	cell: Cell,
	index: readonly IndexedColumn[] | null,
): string | null {
	if (cell.kind !== 'text' && cell.kind !== 'rawText') return null;
	const indexed = index?.find(
		(candidate) => candidate.column !== null && areNamesEqual(candidate.column, column.name),
	);
	const collation = indexed?.collation ?? column.collation;
	const affinity = affinityOf(column, table);
	if (isBinary(collation) && (affinity === 'TEXT' || affinity === 'BLOB')) return null;
	const left = `${quoteName(column.name)} COLLATE ${quoteName(collation ?? 'BINARY')}`;
	return `${left} = ${renderLiteral(cell)}`;
}

/** The columns of the index that has exactly the key's columns, in any order. */
function findKeyIndex(table: Table, key: readonly ColumnCell[]): readonly IndexedColumn[] | null {
	const wanted = foldAll(key.map(({column}) => column));
	const candidates = [table.primaryKey, ...table.uniques, ...table.indexes].flatMap((candidate) =>
		candidate === null || ('where' in candidate && candidate.where !== null)
			? []
			: [candidate.columns],
	);
	return (
		candidates.find((columns) => foldAll(columns.map(({column}) => column ?? '')) === wanted) ??
		null
	);
}

function foldAll(names: readonly string[]): string {
	return names.map(foldName).sort().join('\n');
}

function findColumn(table: Table, name: string): Column {
	const column = table.columns.find((candidate) => areNamesEqual(candidate.name, name));
	if (!column) throw new RangeError(`${table.name} has no column ${name}`);
	return column;
}
