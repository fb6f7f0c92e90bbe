import type {Column, Table} from '../../model/catalog.ts';
import type {Cell} from '../../model/cell.ts';
import type {ColumnCell, RowWrite} from '../dialect.ts';
import {areNamesEqual, quoteName, quoteTable} from './names.ts';
import {matchExactly} from './values/exact-match.ts';
import {renderLiteral} from './values/literal.ts';
import {renderKeyValue} from './rows/key-condition.ts';

/**
One row's INSERT, UPDATE or DELETE with its values as exact literals, without a semicolon at its
end. Where an INSERT gives the value of an identity column, the statements that let it do so stand
around it; the server then goes on counting from the largest by itself ("SET IDENTITY_INSERT").

A key finds its row through the table's index and must then match to the last blank, as every
guarded column must; a row without a key is any `copies` of those that equal the guard. Absent cells,
computed columns and rowversions take no part.

@throws {RangeError} When a column is not the table's.
*/
export function renderRowWrite(write: RowWrite): string {
	const {table} = write;
	const name = quoteTable(table.name);
	switch (write.kind) {
		case 'insert':
			return renderInsert(table, pickWritable(table, write.values), write.copies);
		case 'update': {
			const set = pickWritable(table, write.set).map(
				({column, cell}) => `${quoteName(column.name)} = ${renderLiteral(cell, column)}`,
			);
			const where = [...findByKey(table, write.key), ...matchAll(table, write.guard)];
			return `UPDATE ${name} SET ${set.join(', ')} WHERE ${where.join(' AND ')}`;
		}
		case 'delete': {
			const where = [...findByKey(table, write.key), ...matchAll(table, write.guard)];
			const top = write.key.length > 0 ? '' : `TOP (${write.copies}) `;
			return `DELETE ${top}FROM ${name} WHERE ${where.join(' AND ')}`;
		}
		default:
			return write satisfies never;
	}
}

/** The parts of an INSERT that names the value of an identity column; null for any other. */
export function readIdentityInsert(
	sql: string,
): {readonly before: string; readonly insert: string; readonly after: string} | null {
	const name = String.raw`\[(?:[^\]]|\]\])+\]\.\[(?:[^\]]|\]\])+\]`;
	const match = new RegExp(
		`^(SET IDENTITY_INSERT (${name}) ON);\n(INSERT [^]*);\n(SET IDENTITY_INSERT \\2 OFF)$`,
	).exec(sql);
	const [, before, , insert, after] = match ?? [];
	if (before === undefined || insert === undefined || after === undefined) return null;
	return {before, insert, after};
}

type OwnCell = {readonly column: Column; readonly cell: Cell};

/** So many rows may follow VALUES ("Table Value Constructor"). */
const mostValues = 1000;

function renderInsert(table: Table, values: readonly OwnCell[], copies: number): string {
	const name = quoteTable(table.name);
	if (values.length === 0) return `INSERT INTO ${name} DEFAULT VALUES`;
	const columns = values.map(({column}) => quoteName(column.name)).join(', ');
	const row = values.map(({column, cell}) => renderLiteral(cell, column)).join(', ');
	const rows =
		copies <= mostValues
			? `VALUES ${Array.from({length: copies}, () => `(${row})`).join(', ')}`
			: `SELECT TOP (${copies}) ${row} FROM sys.all_columns AS a CROSS JOIN sys.all_columns AS b`;
	const insert = `INSERT INTO ${name} (${columns}) ${rows}`;
	if (!values.some(({column}) => column.identity)) return insert;
	return `SET IDENTITY_INSERT ${name} ON;\n${insert};\nSET IDENTITY_INSERT ${name} OFF`;
}

function matchAll(table: Table, cells: readonly ColumnCell[]): string[] {
	return pick(table, cells).map(({column, cell}) =>
		matchExactly(quoteName(column.name), column, cell),
	);
}

/** By the server's own `=`, which an index can answer, and exactly, where that says more. */
function findByKey(table: Table, key: readonly ColumnCell[]): string[] {
	return pick(table, key).flatMap(({column, cell}) => {
		const name = quoteName(column.name);
		const exact = matchExactly(name, column, cell);
		const value = renderKeyValue(column, cell);
		if (value === null || exact === `${name} = ${value}`) return [exact];
		return [`${name} = ${value}`, exact];
	});
}

function pickWritable(table: Table, cells: readonly ColumnCell[]): OwnCell[] {
	return pick(table, cells).filter(({column}) => column.generated === null);
}

function pick(table: Table, cells: readonly ColumnCell[]): OwnCell[] {
	return cells
		.filter(({cell}) => cell.kind !== 'absent')
		.map(({column, cell}) => ({column: findColumn(table, column), cell}));
}

function findColumn(table: Table, name: string): Column {
	const column =
		table.columns.find((candidate) => candidate.name === name) ??
		table.columns.find((candidate) => areNamesEqual(candidate.name, name));
	if (!column) throw new RangeError(`${table.name} has no column ${name}`);
	return column;
}
