import type {Column, Table} from '../../../source/model/catalog.ts';
import {renderCreateTable} from '../../../source/dialects/mssql/ddl/render-table.ts';
import {readKeyOrder, readValueType} from '../../../source/dialects/mssql/value-types.ts';

/** A column as the catalog would have it. */
export function makeColumn(name: string, type: string, more: Partial<Column> = {}): Column {
	const collation = /char|text/.test(type) ? 'Latin1_General_CI_AS' : null;
	return {
		name,
		type,
		nullable: true,
		default: null,
		generated: null,
		collation,
		identity: false,
		valueType: readValueType(type),
		keyOrder: readKeyOrder({type, collation}),
		...more,
	};
}

export function makeTable(
	name: string,
	columns: readonly Column[],
	more: Partial<Table> = {},
): Table {
	const table: Table = {
		name,
		definition: '',
		columns,
		primaryKey: null,
		uniques: [],
		foreignKeys: [],
		checks: [],
		indexes: [],
		options: [],
		...more,
	};
	return {...table, definition: renderCreateTable(table)};
}
