import type {Column, Table} from '../../model/catalog.ts';
import type {ColumnCell, RowWrite} from '../dialect.ts';
import {quoteName, quoteTable} from './names.ts';
import {isEqualityExact, lookUp, matchExactly} from './rows/exact-match.ts';
import {renderLiteral} from './values/literal.ts';

/**
One row's INSERT, UPDATE or DELETE with its values as exact literals, without a semicolon.

A key finds its row through the table's index and must then match to the byte, as every guarded
column must; a row without a key is any `copies` of those that equal the guard. Absent cells take
no part.

@throws {RangeError} When a column is not the table's.
*/
export function renderRowWrite(write: RowWrite): string {
	const {table} = write;
	const name = quoteTable(table.name);
	switch (write.kind) {
		case 'insert':
			return renderInsert(table, dropAbsent(write.values), write.copies);
		case 'update': {
			const set = dropAbsent(write.set).map(
				({column, cell}) =>
					`${quoteName(column)} = ${renderLiteral(cell, findColumn(table, column))}`,
			);
			return `UPDATE ${name} SET ${set.join(', ')} WHERE ${renderConditions(write)}`;
		}
		case 'delete':
			return write.key.length > 0
				? `DELETE FROM ${name} WHERE ${renderConditions(write)}`
				: renderDeleteOfCopies(table, renderConditions(write), write.copies);
		default:
			return write satisfies never;
	}
}

const fewCopies = 10;

function renderInsert(table: Table, values: readonly ColumnCell[], copies: number): string {
	const into = `INSERT INTO ${quoteTable(table.name)}`;
	if (values.length === 0) {
		return copies === 1
			? `${into} DEFAULT VALUES`
			: `${into} SELECT FROM pg_catalog.generate_series(1, ${copies})`;
	}
	const columns = values.map(({column}) => findColumn(table, column));
	const row = values.map(({cell}, index) => {
		const column = columns[index];
		return column ? renderLiteral(cell, column) : 'NULL';
	});
	// A column that is always generated as identity takes a value only when it is told to.
	const isIdentity = columns.some(({identitySource}) =>
		identitySource?.how.startsWith('GENERATED'),
	);
	const head = `${into} (${columns.map((column) => quoteName(column.name)).join(', ')})${isIdentity ? ' OVERRIDING SYSTEM VALUE' : ''}`;
	const list = row.join(', ');
	if (copies <= fewCopies) {
		return `${head} VALUES ${Array.from({length: copies}, () => `(${list})`).join(', ')}`;
	}
	return `${head} SELECT ${list} FROM pg_catalog.generate_series(1, ${copies})`;
}

/** DELETE has no LIMIT, so the copies are named by where they lie. */
function renderDeleteOfCopies(table: Table, where: string, copies: number): string {
	const name = quoteTable(table.name);
	const select = (what: string) => `SELECT ${what} FROM ${name} WHERE ${where} LIMIT ${copies}`;
	return table.partitioning === undefined
		? `DELETE FROM ${name} WHERE ctid = ANY (ARRAY(${select('ctid')}))`
		: `DELETE FROM ${name} WHERE (tableoid, ctid) IN (${select('tableoid, ctid')})`;
}

function renderConditions({
	table,
	key,
	guard,
}: Pick<RowWrite & {kind: 'update'}, 'table' | 'key' | 'guard'>): string {
	const found = dropAbsent(key).flatMap(({column: name, cell}) => {
		const column = findColumn(table, name);
		const exact = matchExactly(column, cell);
		const isEnough = cell.kind === 'null' || isEqualityExact(column, cell);
		return isEnough ? [exact] : [lookUp(column, cell), exact];
	});
	const guarded = dropAbsent(guard).map(({column, cell}) =>
		matchExactly(findColumn(table, column), cell),
	);
	const conditions = [...found, ...guarded];
	return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}

function dropAbsent(cells: readonly ColumnCell[]): ColumnCell[] {
	return cells.filter(({cell}) => cell.kind !== 'absent');
}

function findColumn(table: Table, name: string): Column {
	const column = table.columns.find((candidate) => candidate.name === name);
	if (!column) throw new RangeError(`${table.name} has no column ${name}`);
	return column;
}
