import type {Column, Table} from '../../model/catalog.ts';
import type {Cell} from '../../model/cell.ts';
import type {ColumnCell, RowWrite} from '../dialect.ts';
import {quoteName, quoteTable} from './names.ts';
import {findColumnForm} from './values/column-form.ts';
import {matchExactly} from './values/exact-match.ts';
import {renderLiteral} from './values/literal.ts';
import {isWrongLabel, letWrongLabelsIn, wrongLabel} from './values/wrong-label.ts';

/**
One row's INSERT, UPDATE or DELETE with its values as exact literals, without a semicolon.

A key finds its row through the table's index and must then match to the byte, as every guarded
column must; a row without a key is any `copies` of those that equal the guard. Absent cells and
generated columns take no part.

@throws {RangeError} When a column is not the table's.
*/
export function renderRowWrite(write: RowWrite): string {
	const {table} = write;
	switch (write.kind) {
		case 'insert':
			return renderInsert(table, pickWritable(table, write.values), write.copies);
		case 'update': {
			const set = pickWritable(table, write.set);
			const changes = [
				...set.map((one) => `${quoteName(one.column.name)} = ${renderValue(one)}`),
				...keepTimes(table, set),
			];
			const where = [...findByKey(table, write.key), ...matchAll(table, write.guard)];
			return letWrongLabelsIn(
				set.some(isWrongLabel),
				`UPDATE ${quoteTable(table.name)} SET ${changes.join(', ')} WHERE ${where.join(' AND ')}`,
			);
		}
		case 'delete': {
			const where = [...findByKey(table, write.key), ...matchAll(table, write.guard)];
			const limit = write.key.length > 0 ? '' : ` LIMIT ${write.copies}`;
			return `DELETE FROM ${quoteTable(table.name)} WHERE ${where.join(' AND ')}${limit}`;
		}
		default:
			return write satisfies never;
	}
}

/** A value with the column that it is for. */
export type OwnCell = {readonly column: Column; readonly cell: Cell};

function renderInsert(table: Table, values: readonly OwnCell[], copies: number): string {
	const names = values.map(({column}) => quoteName(column.name)).join(', ');
	const row = `(${values.map(renderValue).join(', ')})`;
	const rows = Array.from({length: copies}, () => row).join(', ');
	return letWrongLabelsIn(
		values.some(isWrongLabel),
		`INSERT INTO ${quoteTable(table.name)} (${names}) VALUES ${rows}`,
	);
}

function renderValue({column, cell}: OwnCell): string {
	return isWrongLabel({column, cell}) ? wrongLabel : renderLiteral(cell, column);
}

/** A column that the server sets to the time of a change is told to stay what it is. */
function keepTimes({columns}: Table, set: readonly OwnCell[]): string[] {
	const own = new Set(set.map(({column}) => column.name));
	return columns
		.filter(({name, onUpdate}) => onUpdate !== undefined && !own.has(name))
		.map(({name}) => `${quoteName(name)} = ${quoteName(name)}`);
}

function matchAll(table: Table, cells: readonly ColumnCell[]): string[] {
	return pick(table, cells).map(({column, cell}) =>
		matchExactly(quoteName(column.name), column, cell),
	);
}

/** By the server's own `=`, which an index can answer, and exactly, where that says less. */
function findByKey(table: Table, key: readonly ColumnCell[]): string[] {
	return pick(table, key).flatMap(({column, cell}) => {
		const name = quoteName(column.name);
		const exact = matchExactly(name, column, cell);
		const isLookedUp = cell.kind !== 'null' && cell.kind !== 'rawText';
		if (!isLookedUp || isExact(column)) return [exact];
		return [`${name} = ${renderLiteral(cell, column)}`, exact];
	});
}

/** Whether the condition on the bare column is both exact and answered by an index. */
function isExact(column: Column): boolean {
	const {kind} = findColumnForm(column);
	return kind !== 'text' && kind !== 'real' && kind !== 'json' && kind !== 'other';
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
		table.columns.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
	if (!column) throw new RangeError(`${table.name} has no column ${name}`);
	return column;
}
