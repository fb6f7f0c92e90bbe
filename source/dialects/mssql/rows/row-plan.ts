import {castCell} from '../../../model/cast-cell.ts';
import type {CellKind} from '../../../model/cell.ts';
import {
	absentField,
	decodeField,
	encodeCell,
	encodeField,
	nullField,
} from '../../../model/encoding.ts';
import type {Layout} from '../../../model/layout.ts';
import type {SideRow} from '../../side-reader.ts';
import {quoteName, quoteTable} from '../names.ts';
import type {DriverValue} from '../session.ts';
import {readKeyOrder} from '../value-types.ts';
import {findColumnForm, type ColumnForm} from '../values/column-form.ts';
import {readLineValue, splitLine, writeLine, type LineValue} from './row-lines.ts';
import {findShapeColumn, type ShapeColumn, type TableShape} from './table-shape.ts';

/** A column of the layout as this side has it. */
export type PlanColumn = {
	/** As SQL names it, always with its table. */
	readonly sql: string;
	readonly type: ShapeColumn;
	readonly form: ColumnForm;
	/** Its cells are brought to this kind. */
	readonly as: CellKind | null;
	/** The server holds different values equal. */
	readonly isLoose: boolean;
};

/** How one table is read in one layout. */
export type RowPlan = {
	readonly layout: Layout;
	/** The table behind FROM, as `t`. */
	readonly table: string;
	/** One for each column of the layout; null where this side has none. */
	readonly columns: readonly (PlanColumn | null)[];
	/** Those that are compared. */
	readonly compared: readonly (PlanColumn | null)[];
	readonly key: readonly PlanColumn[];
	/** The places of the key's columns in the layout. */
	readonly keyAt: readonly number[];
	/** What is selected for whole rows. */
	readonly select: string;
	/** Conditions on every row that is compared by its key. */
	readonly conditions: readonly string[];
};

export function planRows(layout: Layout, shape: TableShape): RowPlan {
	const makeColumn = (name: string, as: CellKind | null): PlanColumn => {
		const column = findShapeColumn(shape, layout.table, name);
		const form = findColumnForm(column);
		return {
			sql: `t.${quoteName(name)}`,
			type: column,
			form,
			// A moment that is compared as one is brought to UTC, which its own column does not do.
			as: as === form.kind && as !== 'json' && as !== 'timestamptz' ? null : as,
			isLoose: readKeyOrder(column)?.isExact !== true,
		};
	};
	const columns = layout.columns.map(({name, as, role}) => {
		const isAbsent = role !== 'common' && !shape.columns.has(name);
		return isAbsent ? null : makeColumn(name, as ?? null);
	});
	const keyAt = layout.key.columns.map((name) => {
		const at = layout.columns.findIndex((column) => column.name === name);
		if (at < 0) throw new RangeError(`${name} is a key column and not in the layout`);
		return at;
	});
	const key = keyAt.map((at) => columns[at]).filter((column) => column != null);
	return {
		layout,
		table: `${quoteTable(layout.table)} AS t`,
		columns,
		compared: columns.slice(0, layout.comparedCount),
		key,
		keyAt,
		select: selectAll(columns),
		conditions: [
			...key.filter(({type}) => type.nullable).map(({sql}) => `${sql} IS NOT NULL`),
			...(layout.where === null ? [] : [`(${layout.where})`]),
		],
	};
}

/** The values of a column as they are read, without names. */
export function selectAll(columns: readonly (PlanColumn | null)[]): string {
	const list = columns.filter((column) => column !== null).map(({sql, form}) => form.select(sql));
	return list.length > 0 ? list.join(', ') : 'NULL';
}

export function renderLine(plan: RowPlan, values: readonly DriverValue[]): string {
	let at = 0;
	const texts: (string | null)[] = [];
	for (const column of plan.columns) {
		if (column === null) continue;
		const value = values[at++] ?? null;
		texts.push(value === null ? null : column.form.spell(value));
	}
	return writeLine(texts);
}

export function readLine(plan: RowPlan, line: Buffer): SideRow {
	const values = splitLine(line);
	let at = 0;
	const fields = plan.columns.map((column) =>
		column === null ? absentField : encodeValue(column, readLineValue(values[at++] ?? '\\N')),
	);
	return {key: joinKey(plan, fields), fields};
}

export function readLineKey(plan: RowPlan, line: Buffer): string {
	if (plan.keyAt.length === 0) return readLine(plan, line).key;
	const values = splitLine(line);
	return plan.keyAt
		.map((position) => {
			const column = plan.columns[position];
			if (!column) return absentField;
			const at = plan.columns.slice(0, position).filter((each) => each !== null).length;
			return encodeValue(column, readLineValue(values[at] ?? '\\N'));
		})
		.join('');
}

/** A row of the values that `select` gave. */
export function readRow(plan: RowPlan, values: readonly DriverValue[]): SideRow {
	let at = 0;
	const fields = plan.columns.map((column) =>
		column === null ? absentField : readValue(column, values[at++] ?? null),
	);
	return {key: joinKey(plan, fields), fields};
}

/** The encoded key of the values that `selectAll` gave for the key's columns. */
export function readKeyValues({key}: RowPlan, values: readonly DriverValue[]): string {
	return key.map((column, at) => readValue(column, values[at] ?? null)).join('');
}

/** The encoded field of a value of the driver. */
export function readValue(column: PlanColumn, value: DriverValue): string {
	if (value === null) return nullField;
	const text = column.form.spell(value);
	const isBroken = /\p{Surrogate}/u.test(text);
	return encodeValue(column, isBroken ? {hex: Buffer.from(text, 'utf16le').toString('hex')} : text);
}

function encodeValue({form, as}: PlanColumn, value: LineValue): string {
	if (value === null) return nullField;
	if (typeof value !== 'string') return encodeField('rawText', value.hex);
	const {kind} = form;
	// No form makes a cell of nothing.
	if (kind === 'null' || kind === 'absent') return nullField;
	const field = encodeField(kind, form.normalise(value));
	return as === null ? field : encodeCell(castCell(decodeField(field), as));
}

function joinKey({keyAt}: RowPlan, fields: readonly string[]): string {
	return keyAt.length === 0 ? fields.join('') : keyAt.map((at) => fields[at]).join('');
}
