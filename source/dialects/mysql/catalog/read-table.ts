import type {Check, Table} from '../../../model/catalog.ts';
import {renderCreateTable} from '../ddl/render-table.ts';
import type {InformationRow} from './information-schema.ts';
import {readColumn} from './read-columns.ts';
import {isJsonCheck, readChecks, readForeignKeys, readKeys} from './read-keys.ts';
import {readOptions} from './read-options.ts';
import {readPartitioning} from './read-partitions.ts';
import type {ServerVersion} from './server-version.ts';

/** What the views of information_schema hold of one table. */
export type TableRows = {
	readonly table: InformationRow;
	readonly columns: readonly InformationRow[];
	readonly statistics: readonly InformationRow[];
	readonly keyUsage: readonly InformationRow[];
	readonly references: readonly InformationRow[];
	readonly checks: readonly InformationRow[];
	readonly constraints: readonly InformationRow[];
	readonly partitions: readonly InformationRow[];
};

/**
Puts one table together.

@param name As it goes above this dialect.
@param own The session's own database.
@param spell Brings an expression of the server into the form that stands by itself.
*/
export function readTable(
	rows: TableRows,
	name: string,
	{
		version,
		own,
		spell,
	}: {
		readonly version: ServerVersion;
		readonly own: string;
		readonly spell: (expression: string) => string;
	},
): Table {
	const bareName = rows.table.text('table_name');
	const engine = rows.table.text('engine');
	const names = rows.columns.map((row) => row.text('column_name'));
	const checks = readChecks(bareName, rows.checks, rows.constraints, names, {version, spell});
	const texts = new Set(
		rows.columns
			.filter((row) => row.text('data_type').toLowerCase() === 'longtext')
			.map((row) => row.text('column_name')),
	);
	const isJson = (check: Check) => isJsonCheck(check) && texts.has(check.name ?? '');
	const jsonColumns = new Set(checks.filter(isJson).map((check) => check.name ?? ''));
	const columns = rows.columns.map((row) => readColumn(row, {version, spell, jsonColumns}));
	const comment = rows.table.text('table_comment');
	const partitioning = readPartitioning(rows.partitions);
	const table: Table = {
		name,
		definition: '',
		columns,
		...readKeys(name, rows.statistics, {engine, version, spell}),
		foreignKeys: readForeignKeys(bareName, rows.keyUsage, rows.references, own),
		checks: checks.filter((check) => !isJson(check)),
		options: readOptions(rows.table),
		...(comment !== '' && {comment}),
		...(partitioning !== undefined && {partitioning}),
	};
	return {...table, definition: renderCreateTable(table, version)};
}
