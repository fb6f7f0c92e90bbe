import type {Check, Column, ForeignKey, IndexedColumn, Table} from '../../../model/catalog.ts';
import {areNamesEqual} from '../catalog/fold-name.ts';
import {isReservedWord} from '../catalog/reserved-words.ts';
import {isWord, sliceWithoutComments, tokenize} from '../catalog/sql-tokens.ts';
import {quoteName} from '../quote-name.ts';
import {hasOption} from './table-traits.ts';

/** Writes the CREATE TABLE text of a table that was put together from both sides. */
export function renderCreateTable(table: Table): string {
	const {name, columns, primaryKey, uniques, foreignKeys, checks, options} = table;
	const inlineKey = findInlineKey(table);
	const lines = [
		...columns.map((column) =>
			join(renderColumn(column), column === inlineKey && renderInlineKey(table)),
		),
		...(primaryKey && !inlineKey
			? [
					join(
						renderName(primaryKey.name),
						`PRIMARY KEY (${renderColumns(primaryKey.columns)})`,
						renderConflict(primaryKey.onConflict),
					),
				]
			: []),
		...uniques.map((unique) =>
			join(
				renderName(unique.name),
				`UNIQUE (${renderColumns(unique.columns)})`,
				renderConflict(unique.onConflict),
			),
		),
		...checks.map(renderCheck),
		...foreignKeys.map((key) =>
			join(
				renderName(key.name),
				`FOREIGN KEY (${key.columns.map(quoteName).join(', ')})`,
				renderReferences(key),
			),
		),
	];
	const written = options.filter((option) => option !== 'AUTOINCREMENT').join(', ');
	return join(`CREATE TABLE ${quoteName(name)} (\n\t${lines.join(',\n\t')}\n)`, written);
}

/** A column as CREATE TABLE and ADD COLUMN take it, without the constraints beside it. */
export function renderColumn(column: Column): string {
	const {name, type, nullable, onNull, generated, collation, identity} = column;
	return join(
		quoteName(name),
		renderType(type),
		collation !== null && `COLLATE ${renderCollation(collation)}`,
		!nullable && !identity && join('NOT NULL', renderConflict(onNull)),
		column.default !== null && `DEFAULT ${renderDefault(column.default)}`,
		generated &&
			`GENERATED ALWAYS AS (${generated.expression}) ${generated.stored ? 'STORED' : 'VIRTUAL'}`,
	);
}

export function renderCheck({name, expression}: Check): string {
	return join(renderName(name), `CHECK (${expression})`);
}

export function renderReferences(key: ForeignKey): string {
	const {referencedTable, referencedColumns, onUpdate, onDelete, match, deferral} = key;
	const columns = referencedColumns.map(quoteName).join(', ');
	return join(
		`REFERENCES ${quoteName(referencedTable)}`,
		columns !== '' && `(${columns})`,
		onUpdate !== 'NO ACTION' && `ON UPDATE ${onUpdate}`,
		onDelete !== 'NO ACTION' && `ON DELETE ${onDelete}`,
		match !== 'SIMPLE' && `MATCH ${match}`,
		deferral !== 'not deferrable' && `DEFERRABLE ${deferral.toUpperCase()}`,
	);
}

export function renderName(name: string | null): string | false {
	return name !== null && `CONSTRAINT ${quoteName(name)}`;
}

export function join(...words: readonly (string | false | null | undefined)[]): string {
	return words.filter((word) => typeof word === 'string' && word !== '').join(' ');
}

/** Whether a default is one literal: then it is written bare, and ADD COLUMN takes it. */
export function isLiteral(expression: string): boolean {
	const tokens = tokenize(expression);
	const [last] = tokens.slice(-1);
	if (!last || tokens.slice(0, -1).some(({text}) => text !== '-' && text !== '+')) return false;
	const isSigned = tokens.length > 1;
	if (last.kind === 'number') return tokens.length <= 2;
	return (
		!isSigned && (last.kind === 'string' || last.kind === 'blob' || isWord(last, 'TRUE', 'FALSE'))
	);
}

function renderDefault(expression: string): string {
	return isLiteral(expression) ? expression : `(${expression})`;
}

/**
The column that must carry the key itself: the row id may be AUTOINCREMENT only there, and
an INTEGER key that is no row id (DESC) can be written in no other way.
*/
function findInlineKey(table: Table): Column | undefined {
	const [only, second] = table.primaryKey?.columns ?? [];
	if (!only || second || hasOption(table, 'WITHOUT ROWID')) return undefined;
	return table.columns.find(
		({name, type}) => areNamesEqual(name, only.column ?? '') && type.toUpperCase() === 'INTEGER',
	);
}

function renderInlineKey({primaryKey, options}: Table): string {
	return join(
		renderName(primaryKey?.name ?? null),
		'PRIMARY KEY',
		primaryKey?.columns[0]?.descending === true && 'DESC',
		renderConflict(primaryKey?.onConflict),
		options.includes('AUTOINCREMENT') && 'AUTOINCREMENT',
	);
}

function renderColumns(columns: readonly IndexedColumn[]): string {
	return columns
		.map(({column, collation, descending}) =>
			join(
				quoteName(column ?? ''),
				collation !== null && `COLLATE ${renderCollation(collation)}`,
				descending && 'DESC',
			),
		)
		.join(', ');
}

function renderConflict(action: string | undefined): string | false {
	return action !== undefined && `ON CONFLICT ${action}`;
}

function renderCollation(collation: string): string {
	return /^\w+$/.test(collation) ? collation : quoteName(collation);
}

/** A type is any words with up to two numbers behind; whatever else it is stands in quotes. */
function renderType(type: string): string {
	const tokens = tokenize(type);
	const words = tokens.filter(({kind}) => kind === 'word');
	const isPlain =
		/^\w[^()]*(?:\([^()]+\)\s*)?$/.test(type) &&
		!words.some(({value}) => isReservedWord(value) || isWordOfConstraint(value)) &&
		tokens.every(({kind, text}) => kind === 'word' || kind === 'number' || /^[(),+-]$/.test(text));
	return isPlain || type === '' ? sliceWithoutComments(type, tokens) : quoteName(type);
}

/** These read as the start of a constraint behind a type. */
function isWordOfConstraint(word: string): boolean {
	return /^(?:generated|always)$/i.test(word);
}
