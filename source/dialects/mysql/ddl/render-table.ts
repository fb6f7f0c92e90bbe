import type {Check, ForeignKey, PrimaryKey, Table} from '../../../model/catalog.ts';
import {findCharacterSet, spellCollation} from '../catalog/collation.ts';
import type {ServerVersion} from '../catalog/server-version.ts';
import {quoteName, quoteTable, quoteText} from '../names.ts';
import {isOfColumn, renderColumn} from './render-column.ts';
import {renderIndex, renderIndexedColumns, renderUnique} from './render-index.ts';

export function renderCreateTable(table: Table, version: ServerVersion): string {
	const {name, columns, primaryKey, uniques, indexes, foreignKeys, checks} = table;
	const parts = [
		...columns.map((column) => renderColumn(column, table, version)),
		...(primaryKey ? [renderPrimaryKey(primaryKey)] : []),
		...uniques.map(renderUnique),
		...indexes.map(renderIndex),
		...foreignKeys.map(renderForeignKey),
		...checks
			.filter((check) => !columns.some((column) => isOfColumn(check, column)))
			.map(renderCheck),
	];
	const options = [
		...table.options.map((option) => renderOption(option, version)),
		...(table.comment === undefined ? [] : [`COMMENT=${quoteText(table.comment)}`]),
	];
	const end = [
		`) ${options.join(' ')}`.trimEnd(),
		...(table.partitioning === undefined ? [] : [table.partitioning]),
	];
	return `CREATE TABLE ${quoteTable(name)} (\n  ${parts.join(',\n  ')}\n${end.join('\n')}`;
}

export function renderPrimaryKey({columns, comment}: PrimaryKey): string {
	const words = comment === undefined ? '' : ` COMMENT ${quoteText(comment)}`;
	return `PRIMARY KEY ${renderIndexedColumns(columns)}${words}`;
}

/** Names that the server made up are left to it: its own on another table may be taken. */
export function renderForeignKey(key: ForeignKey): string {
	const {name, isAutoNamed, columns, referencedTable, referencedColumns, onDelete, onUpdate} = key;
	const words = [
		name !== null && isAutoNamed !== true && `CONSTRAINT ${quoteName(name)}`,
		`FOREIGN KEY (${columns.map(quoteName).join(', ')})`,
		`REFERENCES ${quoteTable(referencedTable)} (${referencedColumns.map(quoteName).join(', ')})`,
		onDelete !== 'NO ACTION' && `ON DELETE ${onDelete}`,
		onUpdate !== 'NO ACTION' && `ON UPDATE ${onUpdate}`,
	];
	return words.filter((word) => word !== false).join(' ');
}

export function renderCheck({name, isAutoNamed, expression, isEnforced}: Check): string {
	const words = [
		name !== null && isAutoNamed !== true && `CONSTRAINT ${quoteName(name)}`,
		`CHECK (${expression})`,
		isEnforced === false && 'NOT ENFORCED',
	];
	return words.filter((word) => word !== false).join(' ');
}

/** A table's option as it stands in CREATE and ALTER TABLE. */
export function renderOption(option: string, version: ServerVersion): string {
	const collation = /^COLLATE=(.*)$/.exec(option)?.[1];
	if (collation === undefined) return option;
	const spelled = spellCollation(collation, version);
	return `DEFAULT CHARACTER SET=${findCharacterSet(spelled)} COLLATE=${spelled}`;
}
