import type {Column, IndexedColumn, Table} from '../../../model/catalog.ts';
import {foldName} from '../catalog/fold-name.ts';
import {makeNameTest} from '../catalog/quoted-strings.ts';
import {normalise} from '../normalise.ts';

/** Whether two tables are the same but for their indexes and the order of their columns. */
export function areTablesEqual(a: Table, b: Table): boolean {
	return JSON.stringify(makeTableForm(a)) === JSON.stringify(makeTableForm(b));
}

function makeTableForm(table: Table) {
	const spell = makeSpeller(table);
	const fold = (name: string | null) => (name === null ? null : foldName(name));
	const {primaryKey} = table;
	return {
		columns: sortForms(table.columns.map((column) => makeColumnForm(column, table))),
		primaryKey: primaryKey && [
			fold(primaryKey.name),
			makeColumnsForm(primaryKey.columns),
			primaryKey.onConflict ?? '',
		],
		uniques: sortForms(
			table.uniques.map(({name, columns, onConflict}) => [
				fold(name),
				makeColumnsForm(columns),
				onConflict ?? '',
			]),
		),
		foreignKeys: sortForms(
			table.foreignKeys.map((key) => ({
				...key,
				name: fold(key.name),
				columns: key.columns.map(foldName),
				referencedTable: foldName(key.referencedTable),
				referencedColumns: key.referencedColumns.map(foldName),
			})),
		),
		checks: sortForms(table.checks.map(({name, expression}) => [fold(name), spell(expression)])),
		options: [...table.options].sort(),
	};
}

/** Whether two columns are the same, constraints that stand beside them aside. */
export function areColumnsEqual(a: Column, aTable: Table, b: Column, bTable: Table): boolean {
	return JSON.stringify(makeColumnForm(a, aTable)) === JSON.stringify(makeColumnForm(b, bTable));
}

function makeColumnForm(column: Column, table: Table) {
	const {name, type, nullable, onNull, generated, collation, identity} = column;
	return [
		foldName(name),
		normalise.type(type),
		nullable,
		nullable ? '' : (onNull ?? ''),
		column.default === null ? null : normalise.default(column.default, type),
		generated && [makeSpeller(table)(generated.expression), generated.stored],
		collation ?? '',
		identity,
	];
}

/** The normal form of the columns of a key or a constraint. */
export function makeColumnsForm(columns: readonly IndexedColumn[]): string {
	return JSON.stringify(
		columns.map(({column, expression, descending, collation}) => [
			column === null ? null : foldName(column),
			expression,
			descending,
			collation ?? '',
		]),
	);
}

export function makeSpeller({columns}: Table): (expression: string) => string {
	const isName = makeNameTest(columns.map(({name}) => name));
	return (expression) => normalise.sql(expression, isName);
}

/** What is said twice is said once, in whatever order. */
function sortForms(forms: readonly unknown[]): string[] {
	return [...new Set(forms.map((form) => JSON.stringify(form)))].sort();
}
