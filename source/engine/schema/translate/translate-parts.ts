import type {
	Column,
	ForeignKey,
	Index,
	IndexedColumn,
	PrimaryKey,
	Table,
	UniqueConstraint,
} from '../../../model/catalog.ts';
import {areNamesAlike, type Context} from './translate-catalog.ts';

type Parts = Pick<Table, 'primaryKey' | 'uniques' | 'foreignKeys' | 'checks' | 'indexes'>;

/**
The keys and indexes of a table in prod's words. Those over the same columns are the same,
whatever they are called; checks and indexes on expressions stay as prod has them.

@param columns The translated ones.
*/
export function translateParts(
	table: Table,
	twin: Table | null,
	columns: readonly Column[],
	context: Context,
): Parts {
	const {report} = context;
	const name = (column: string) =>
		columns.find((each) => areNamesAlike(each.name, column))?.name ?? column;
	for (const {name: own, expression} of table.checks) {
		report(
			'check',
			`${table.name}.${own ?? expression}`,
			'its expression is in the language of its engine',
		);
	}
	const plain = table.indexes.filter((index) => isPlain(index));
	for (const index of table.indexes.filter((each) => !isPlain(each))) {
		report('index', `${table.name}.${index.name}`, 'it is of a sort that its engine alone has');
	}
	const {uniques, indexes} = translateUniques(table, plain, twin, name);
	return {
		primaryKey: translateKey(table, twin, name),
		uniques,
		foreignKeys: table.foreignKeys.map((key) =>
			translateForeignKey(key, table, twin, name, context),
		),
		checks: twin?.checks ?? [],
		indexes: [
			...indexes,
			...(twin?.indexes.filter(
				(index) => !isPlain(index) || servesForeignKey(index, twin, table),
			) ?? []),
		].filter((index, at, all) => all.findIndex((other) => other.name === index.name) === at),
	};
}

/** It is over whole columns, and every engine has it. */
function isPlain({columns, where, method}: Index): boolean {
	return (
		where === null &&
		method === undefined &&
		columns.every(({column, prefix}) => column !== null && prefix === undefined)
	);
}

/** MySQL makes an index for each foreign key by itself. */
function servesForeignKey({unique, columns}: Index, twin: Table, table: Table): boolean {
	const isLed = ({columns: own}: ForeignKey) => own.every((one, at) => columns[at]?.column === one);
	const isAskedFor = table.indexes.some((index) => spell(index.columns) === spell(columns));
	return !unique && !isAskedFor && twin.foreignKeys.some(isLed);
}

function spell(columns: readonly IndexedColumn[]): string {
	return JSON.stringify(
		columns.map(({column, descending}) => [column?.toLowerCase() ?? null, descending]),
	);
}

function rename(columns: readonly IndexedColumn[], name: (column: string) => string) {
	return columns.map(({column, descending}): IndexedColumn => ({
		column: column === null ? null : name(column),
		expression: null,
		descending,
		collation: null,
	}));
}

function translateKey(
	{name: table, primaryKey}: Table,
	twin: Table | null,
	name: (column: string) => string,
): PrimaryKey | null {
	if (!primaryKey) return null;
	const own = twin?.primaryKey;
	if (own && spell(own.columns) === spell(primaryKey.columns)) return own;
	return {
		name: makeName(twin?.name ?? table, [], 'pkey'),
		isAutoNamed: true,
		columns: rename(primaryKey.columns, name),
		allowsNull: false,
	};
}

/** A unique constraint and a unique index do the same: prod's own word for it is taken. */
function translateUniques(
	table: Table,
	plain: readonly Index[],
	twin: Table | null,
	name: (column: string) => string,
): Pick<Parts, 'uniques' | 'indexes'> {
	const uniques: UniqueConstraint[] = [];
	const indexes: Index[] = [];
	const bare = ({columns}: {readonly columns: readonly IndexedColumn[]}) =>
		spell(columns.map((column) => ({...column, descending: false})));
	for (const part of [...table.uniques, ...plain]) {
		const isUnique = !('unique' in part) || part.unique;
		const constraint = isUnique
			? twin?.uniques.find((each) => bare(each) === bare(part))
			: undefined;
		const index = twin?.indexes.find(
			(each) => isPlain(each) && each.unique === isUnique && bare(each) === bare(part),
		);
		if (constraint) uniques.push(constraint);
		else if (index) indexes.push(index);
		else if ('unique' in part) {
			indexes.push({
				name: part.name,
				unique: part.unique,
				columns: rename(part.columns, name),
				where: null,
				definition: '',
			});
		} else {
			const columns = part.columns.map(({column}) => column ?? '');
			uniques.push({
				name: makeName(twin?.name ?? table.name, columns, 'key'),
				isAutoNamed: true,
				columns: rename(part.columns, name),
			});
		}
	}
	return {uniques, indexes};
}

function translateForeignKey(
	key: ForeignKey,
	table: Table,
	twin: Table | null,
	name: (column: string) => string,
	{names, dev, prod}: Context,
): ForeignKey {
	const target = dev.tables.find((each) => areNamesAlike(each.name, key.referencedTable));
	const referencedTable = names.get(target?.name ?? key.referencedTable) ?? key.referencedTable;
	const implied = target?.primaryKey?.columns.map(({column}) => column ?? '') ?? [];
	const wanted = key.referencedColumns.length > 0 ? key.referencedColumns : implied;
	const theirs = prod.tables.find((each) => each.name === referencedTable);
	const referencedColumns = wanted.map(
		(column) => theirs?.columns.find((each) => areNamesAlike(each.name, column))?.name ?? column,
	);
	const translated: ForeignKey = {
		name: makeName(twin?.name ?? table.name, key.columns, 'fkey'),
		isAutoNamed: true,
		columns: key.columns.map(name),
		referencedTable,
		referencedColumns,
		onUpdate: key.onUpdate,
		onDelete: key.onDelete,
		match: 'SIMPLE',
		deferral: 'not deferrable',
	};
	const own = twin?.foreignKeys.find((each) => doesSame(each, translated));
	return own ?? translated;
}

/** When it is checked and how it is matched is the engine's own; NO ACTION and RESTRICT both refuse. */
function doesSame(a: ForeignKey, b: ForeignKey): boolean {
	const form = ({columns, referencedTable, referencedColumns, onUpdate, onDelete}: ForeignKey) =>
		JSON.stringify([
			columns,
			referencedTable,
			referencedColumns,
			[onUpdate, onDelete].map((action) => (action === 'RESTRICT' ? 'NO ACTION' : action)),
		]);
	return form(a) === form(b);
}

/** The name that a server would make up, short enough for each of them. */
function makeName(table: string, columns: readonly string[], word: string): string {
	const plain = [table, ...columns].join('_').replaceAll(/[^\p{L}\p{N}_]/gu, '_');
	return `${plain.slice(0, longestName - word.length - 1)}_${word}`;
}

const longestName = 60;
