import type {
	Column,
	ForeignKey,
	Index,
	IndexedColumn,
	PrimaryKey,
	Table,
	UniqueConstraint,
} from '../../../model/catalog.ts';
import {areNamesEqual, foldName} from './fold-name.ts';
import {parseCreateIndex} from './parse-create-index.ts';
import {parseCreateTable} from './parse-create-table.ts';
import {makeNameTest, quoteString, spellStrings} from './quoted-strings.ts';
import type {
	ColumnInfo,
	IndexColumnInfo,
	IndexInfo,
	SchemaQueries,
	SchemaRow,
} from './schema-queries.ts';
import {isReservedWord} from './reserved-words.ts';
import {sliceWithoutComments, tokenize} from './sql-tokens.ts';
import type {KeyText, TableText} from './table-text.ts';
import {readKeyOrder, readValueType} from '../value-types.ts';

/** The pragmas and the text do not tell the same: what was read can't be trusted. */
export class TableTextError extends Error {
	constructor(what: string) {
		super(`its text and SQLite's own list differ in ${what}`);
		this.name = 'TableTextError';
	}
}

/**
Reads one table from the pragmas, and from its text what these do not tell. Expressions are
kept as written but for comments, and for strings in double quotes, which get single ones.

@throws {SqlSyntaxError | TableTextError} When its text can't be understood.
*/
export function readTable(
	queries: SchemaQueries,
	{name, sql}: SchemaRow,
	indexRows: readonly SchemaRow[],
): Table {
	const text = parseCreateTable(sql);
	const infos = queries.readColumns(name);
	const isName = makeNameTest(infos.map((info) => info.name));
	const spell = (expression: string) => spellStrings(expression, isName);
	const indexInfos = queries.readIndexes(name);
	const keyIndex = indexInfos.find(({origin}) => origin === 'pk');
	const isWithoutRowId = text.options.includes('WITHOUT ROWID');
	const hasRowIdKey = !isWithoutRowId && !keyIndex && infos.some(({keyPosition}) => keyPosition);

	if (infos.length !== text.columns.length) throw new TableTextError('their columns');
	const encoding = queries.readEncoding();
	const columns = infos.map((info, at): Column => {
		const written = text.columns[at];
		if (!written || written.name !== info.name) throw new TableTextError('their columns');
		if ((info.hidden === 2 || info.hidden === 3) !== (written.generated !== null)) {
			throw new TableTextError(`column ${info.name}`);
		}
		const identity = hasRowIdKey && info.keyPosition > 0;
		return {
			name: info.name,
			type: info.type,
			nullable: info.isNotNull === 0 && !identity,
			...(written.onNull !== null && !identity ? {onNull: written.onNull} : {}),
			default: readDefault(info, spell),
			generated: written.generated && {
				...written.generated,
				expression: spell(written.generated.expression),
			},
			collation: written.collation,
			identity,
			valueType: readValueType(info.type),
			keyOrder: readKeyOrder(info.type, written.collation, encoding),
		};
	});
	const readKeyColumns = (index: string) => queries.readIndexColumns(index).map(readIndexedColumn);

	return {
		name,
		definition: sql,
		columns,
		primaryKey: readPrimaryKey(text, infos, columns, keyIndex && readKeyColumns(keyIndex.name)),
		uniques: indexInfos
			.filter(({origin}) => origin === 'u')
			.map((index) => readUnique(readKeyColumns(index.name), text.uniques, columns)),
		foreignKeys: checkForeignKeys(queries, name, text.foreignKeys),
		checks: text.checks.map((check) => ({...check, expression: spell(check.expression)})),
		indexes: indexInfos
			.filter(({origin}) => origin === 'c')
			.map((index) => {
				const definition = indexRows.find((row) => row.name === index.name)?.sql;
				if (definition === undefined) throw new TableTextError(`index ${index.name}`);
				return readIndex(index, definition, readKeyColumns(index.name), spell);
			}),
		options: text.options,
	};
}

function readIndex(
	{name, isUnique}: IndexInfo,
	definition: string,
	indexed: readonly IndexedColumn[],
	spell: (expression: string) => string,
): Index {
	const {items, where} = parseCreateIndex(definition);
	if (indexed.length !== items.length) throw new TableTextError(`index ${name}`);
	return {
		name,
		unique: isUnique === 1,
		columns: indexed.map((column, at) => {
			const item = items[at];
			const expression = column.column === null && item ? spell(item.expression) : null;
			return {...column, expression, collation: item?.collation ?? null};
		}),
		where: where === null ? null : spell(where),
		definition,
	};
}

/** A default as an expression that can stand anywhere: SQLite takes a bare word for a string. */
function readDefault(
	{defaultText}: ColumnInfo,
	spell: (expression: string) => string,
): string | null {
	if (defaultText === null) return null;
	const tokens = tokenize(defaultText);
	const [first] = tokens;
	if (tokens.length === 1 && first) {
		if (first.kind === 'word' && first.value.toUpperCase() === 'NULL') return null;
		const isWord = first.kind === 'word' && !isReservedWord(first.value);
		if (isWord || first.kind === 'quoted') return quoteString(first.value);
	}
	return spell(sliceWithoutComments(defaultText, tokens));
}

/** Its collation is the one in effect; the text tells whether it was written there. */
function readIndexedColumn({name, isDescending, collation}: IndexColumnInfo): IndexedColumn {
	return {column: name, expression: null, descending: isDescending === 1, collation};
}

function readPrimaryKey(
	{primaryKey, options}: TableText,
	infos: readonly ColumnInfo[],
	columns: readonly Column[],
	indexed: readonly IndexedColumn[] | undefined,
): PrimaryKey | null {
	const names = infos
		.filter(({keyPosition}) => keyPosition > 0)
		.sort((a, b) => a.keyPosition - b.keyPosition)
		.map(({name}) => name);
	if ((primaryKey === null) !== (names.length === 0)) throw new TableTextError('the primary key');
	if (primaryKey === null) return null;
	// The row id has no direction: without an index there is none to read.
	const rowIdKey = names.map((column) => ({
		column,
		expression: null,
		descending: false,
		collation: null,
	}));
	const findWritten = (name: string | null) =>
		primaryKey.columns.find((column) => areNamesEqual(column.name, name ?? ''));
	const isStrictKind = options.includes('WITHOUT ROWID') || options.includes('STRICT');
	return {
		name: primaryKey.name,
		columns:
			indexed?.map((each) => ({...each, collation: findWritten(each.column)?.collation ?? null})) ??
			rowIdKey,
		allowsNull:
			!isStrictKind && columns.some(({name, nullable}) => names.includes(name) && nullable),
		...(primaryKey.onConflict === null ? {} : {onConflict: primaryKey.onConflict}),
	};
}

/** The index tells the columns; the constraint that it was made for tells the rest. */
function readUnique(
	indexed: readonly IndexedColumn[],
	written: readonly KeyText[],
	columns: readonly Column[],
): UniqueConstraint {
	const ownCollation = (name: string) =>
		columns.find((column) => areNamesEqual(column.name, name))?.collation ?? 'BINARY';
	const wanted = indexed.map(
		({column, collation}) => `${foldName(column ?? '')} ${collation ?? ''}`,
	);
	const same = written.filter(
		(key) =>
			key.columns
				.map(({name, collation}) => `${foldName(name)} ${collation ?? ownCollation(name)}`)
				.join('\n') === wanted.join('\n'),
	);
	const [first] = same;
	if (!first) throw new TableTextError('a unique constraint');
	const onConflict = same.find((key) => key.onConflict !== null)?.onConflict ?? null;
	return {
		name: same.find((key) => key.name !== null)?.name ?? null,
		columns: indexed.map((each, at) => ({
			...each,
			collation: first.columns[at]?.collation ?? null,
		})),
		...(onConflict === null ? {} : {onConflict}),
	};
}

/** Match and deferral stand only in the text; the pragma must tell the same keys. */
function checkForeignKeys(
	queries: SchemaQueries,
	table: string,
	written: readonly ForeignKey[],
): readonly ForeignKey[] {
	const describe = (column: string, parent: string, to: string | null) =>
		[column, parent, to ?? ''].map(foldName).join('\n');
	const listed = queries
		.readForeignKeys(table)
		.map(({from, table: parent, to}) => describe(from, parent, to));
	const told = written.flatMap(({columns, referencedTable, referencedColumns}) =>
		columns.map((column, at) => describe(column, referencedTable, referencedColumns[at] ?? null)),
	);
	if (listed.join('\n\n') !== told.join('\n\n')) throw new TableTextError('a foreign key');
	return written;
}
