import {castCell} from '../../../model/cast-cell.ts';
import type {Cell, CellKind} from '../../../model/cell.ts';
import {absentField, decodeField, encodeCell, nullField} from '../../../model/encoding.ts';
import type {Layout} from '../../../model/layout.ts';
import type {SideRow} from '../../side-reader.ts';
import {quoteName, quoteTable} from '../names.ts';
import {readKeyOrder} from '../value-types.ts';
import {findColumnForm, type ColumnForm, type ColumnType} from '../values/column-form.ts';
import type {ServerVersion} from '../catalog/server-version.ts';
import {fitCell} from '../values/literal.ts';
import {readLine, ValueCursor} from './row-lines.ts';
import {findShapeColumn, type ShapeIndex, type TableShape} from './table-shape.ts';

/** A column of the layout as this side has it. */
export type PlanColumn = {
	/** As SQL names it: always with its table, or an ORDER BY would take the alias of the same name. */
	readonly sql: string;
	readonly type: ColumnType;
	readonly form: ColumnForm;
	/** Its cells are brought to this kind. */
	readonly as: CellKind | null;
	readonly nullable: boolean;
	/** The server holds different values equal. */
	readonly isLoose: boolean;
};

/** How one table is read in one layout. */
export type RowPlan = {
	readonly layout: Layout;
	/** The table behind FROM, as `t`. */
	readonly table: string;
	/** The same, made to follow the key's index. */
	readonly inKeyOrder: string;
	/** One for each column of the layout; null where this side has none. */
	readonly columns: readonly (PlanColumn | null)[];
	/** Those that are compared. */
	readonly compared: readonly (PlanColumn | null)[];
	readonly key: readonly PlanColumn[];
	/** What is selected for whole rows. */
	readonly select: string;
	/** Conditions on every row that is compared by its key. */
	readonly conditions: readonly string[];
	readLine(line: Buffer): SideRow;
	readLineKey(line: Buffer): string;
};

export function planRows(layout: Layout, shape: TableShape, version: ServerVersion): RowPlan {
	const makeColumn = (name: string, as: CellKind | null): PlanColumn => {
		const column = findShapeColumn(shape, layout.table, name);
		const form = findColumnForm(column);
		return {
			sql: `t.${quoteName(name)}`,
			type: column,
			form,
			as: as === form.kind && as !== 'json' ? null : as,
			nullable: column.nullable,
			isLoose: readKeyOrder(column, version)?.isExact === false,
		};
	};
	const columns = layout.columns.map(({name, as, role}) => {
		const isAbsent = role !== 'common' && !shape.columns.has(name);
		return isAbsent ? null : makeColumn(name, as ?? null);
	});
	const positions = layout.key.columns.map((name) => {
		const at = layout.columns.findIndex((column) => column.name === name);
		if (at < 0) throw new RangeError(`${name} is a key column and not in the layout`);
		return at;
	});
	const key = positions.map((at) => columns[at]).filter((column) => column != null);
	const table = `${quoteTable(layout.table)} AS t`;
	const index = findKeyIndex(shape.indexes, layout.key.columns);
	return {
		layout,
		table,
		inKeyOrder: index ? `${table} FORCE INDEX (${quoteName(index.name)})` : table,
		columns,
		compared: columns.slice(0, layout.comparedCount),
		key,
		select: selectAll(columns),
		conditions: [
			...key.filter(({nullable}) => nullable).map(({sql}) => `${sql} IS NOT NULL`),
			...(layout.where === null ? [] : [`(${layout.where})`]),
		],
		...makeLineReaders(columns, positions),
	};
}

/** The values of a column as they are read, named so that nothing can be taken for a column. */
export function selectAll(columns: readonly (PlanColumn | null)[]): string {
	const list = columns.filter((column) => column !== null).map(({sql, form}) => form.select(sql));
	return list.length > 0 ? list.join(', ') : 'NULL';
}

/** Primary comes first: in InnoDB the rows themselves lie in its order. */
function findKeyIndex(
	indexes: readonly ShapeIndex[],
	key: readonly string[],
): ShapeIndex | undefined {
	const fitting = indexes.filter(
		({columns}) => key.length > 0 && key.every((name, at) => columns[at] === name),
	);
	return fitting.find(({name}) => name === 'PRIMARY') ?? fitting[0];
}

/** The encoded field of a value within these bytes; a negative start is NULL. */
export function readField(
	{form, as}: PlanColumn,
	row: Buffer,
	{from, to}: Pick<ValueCursor, 'from' | 'to'>,
): string {
	if (from < 0) return nullField;
	const field = form.read(row, from, to);
	return as === null ? field : encodeCell(castCell(decodeField(field), as));
}

/** The encoded field of a value by itself. */
export function readValue(column: PlanColumn, value: Buffer | null): string {
	return value === null ? nullField : readField(column, value, {from: 0, to: value.length});
}

/** The encoded key of the values that `selectAll` gave for the key's columns. */
export function readKeyValues({key}: RowPlan, values: readonly (Buffer | null)[]): string {
	return key.map((column, at) => readValue(column, values[at] ?? null)).join('');
}

function makeLineReaders(
	columns: readonly (PlanColumn | null)[],
	key: readonly number[],
): Pick<RowPlan, 'readLine' | 'readLineKey'> {
	const lastKey = Math.max(-1, ...key);
	const readFields = (line: Buffer, until: number, isWanted: (at: number) => boolean) => {
		const row = readLine(line);
		const cursor = new ValueCursor(row);
		const fields: string[] = [];
		for (let at = 0; at < until; at++) {
			const column = columns[at] ?? null;
			if (column === null) {
				fields.push(absentField);
				continue;
			}
			cursor.next();
			fields.push(isWanted(at) ? readField(column, row, cursor) : '');
		}
		return fields;
	};
	const keys = new Set(key);
	const joinKey = (fields: readonly string[]) =>
		key.length === 0 ? fields.join('') : key.map((at) => fields[at]).join('');
	return {
		readLine(line) {
			const fields = readFields(line, columns.length, () => true);
			return {key: joinKey(fields), fields};
		},
		readLineKey(line) {
			if (key.length === 0) return joinKey(readFields(line, columns.length, () => true));
			return joinKey(readFields(line, lastKey + 1, (at) => keys.has(at)));
		},
	};
}

/** The cell as this column holds it; null when it can't be in it. */
export function fitKeyCell(cell: Cell, {form}: PlanColumn): Cell | null {
	const fitted = fitCell(cell, form.kind);
	const isRawText = fitted.kind === 'rawText' && form.kind === 'text';
	return fitted.kind === form.kind || isRawText || fitted.kind === 'null' ? fitted : null;
}
