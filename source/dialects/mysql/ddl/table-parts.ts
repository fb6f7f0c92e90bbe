import type {Check, Column, IndexedColumn, Table} from '../../../model/catalog.ts';
import {areNamesEqual, foldName} from '../catalog/fold-name.ts';
import {listMentions} from '../catalog/list-dependencies.ts';
import {normalise} from '../normalise.ts';
import {renderIndexedColumns} from './render-index.ts';

export function findColumn({columns}: Pick<Table, 'columns'>, name: string): Column | undefined {
	return columns.find((column) => areNamesEqual(column.name, name));
}

/** Folded names of the columns that a key or an index speaks of. */
export function listIndexMentions({
	columns,
}: {
	readonly columns: readonly IndexedColumn[];
}): Set<string> {
	return new Set(
		columns.flatMap(({column, expression}) =>
			column === null ? [...listMentions(expression ?? '')] : [foldName(column)],
		),
	);
}

/** Two keys are over the same when their forms are equal. */
export function makeColumnsForm(columns: readonly IndexedColumn[]): string {
	return foldName(renderIndexedColumns(columns));
}

export function makeCheckForm({expression, isEnforced}: Check): string {
	return `${normalise.sql(expression)} ${isEnforced ?? true}`;
}

/**
AUTO_INCREMENT needs an index that begins with its column, and no column that is computed from it:
what has it otherwise gives out no numbers.
*/
export function settleIdentity(table: Table): Table {
	const keys = [table.primaryKey, ...table.uniques, ...table.indexes];
	const computing = new Set(
		table.columns.flatMap(({generated}) => [...listMentions(generated?.expression ?? '')]),
	);
	const canCount = ({name}: Column) =>
		!computing.has(foldName(name)) &&
		keys.some((key) => areNamesEqual(key?.columns[0]?.column ?? '', name));
	if (table.columns.every((column) => !column.identity || canCount(column))) return table;
	const columns = table.columns.map((column) =>
		column.identity && !canCount(column) ? {...column, identity: false} : column,
	);
	return {...table, columns};
}

/** Folded names of the columns that are of another type in the other form of the table. */
export function listRetyped(from: Table, to: Table): Set<string> {
	const retyped = from.columns.filter((column) => {
		const other = findColumn(to, column.name);
		return other && (other.type !== column.type || other.collation !== column.collation);
	});
	return new Set(retyped.map(({name}) => foldName(name)));
}

export function mentionsAny(
	key: {readonly columns: readonly IndexedColumn[]},
	names: ReadonlySet<string>,
): boolean {
	return [...listIndexMentions(key)].some((name) => names.has(name));
}
