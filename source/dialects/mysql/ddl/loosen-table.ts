import type {Column, Table} from '../../../model/catalog.ts';
import {parseTableName} from '../../server/table-name.ts';
import {areNamesEqual, foldName} from '../catalog/fold-name.ts';
import {listMentions} from '../catalog/list-dependencies.ts';
import {isNarrowing} from '../is-narrowing.ts';
import {parseType} from '../parse-type.ts';
import {emptyValue} from './empty-value.ts';
import {isOfColumn} from './render-column.ts';
import {
	findColumn,
	listIndexMentions,
	listRetyped,
	mentionsAny,
	makeCheckForm,
	makeColumnsForm,
	settleIdentity,
} from './table-parts.ts';

/**
The table that rows are written to while it turns from prod's into the final one: it has the
columns of both and only those constraints that both have, so it holds prod's rows and dev's. A
type that holds less than prod's waits until the rows are written, any other comes before.

@param formerKey Rows are found by it while they are written, also when it is dropped already.
*/
export function loosenTable(
	prod: Table,
	final: Table,
	formerKey: Table['primaryKey'] = prod.primaryKey,
): Table {
	const changed = listChanged(prod, final);
	const columns = [
		...prod.columns.map((column) => loosenColumn(column, findColumn(final, column.name))),
		...final.columns.filter(({name}) => !findColumn(prod, name)).map(fillColumn),
	];
	const key = isKeyKept(prod, final) ? final.primaryKey : null;
	return settleIdentity({
		...withOptions(prod, final),
		columns,
		primaryKey: key,
		uniques: [
			...final.uniques.filter(
				(unique) =>
					!intersects(listIndexMentions(unique), changed) &&
					prod.uniques.some(({columns: own}) => isSameKey(own, unique.columns)),
			),
		],
		indexes: [...listIndexes(prod, final), ...listFormerKey(prod, formerKey, key)],
		checks: [...listChecks(prod, final, changed), ...listOwnChecks(columns, prod, final)],
	});
}

function withOptions(prod: Table, final: Table): Table {
	// What can't be rolled back on another storage engine is written before it gets there.
	const isLater =
		final.options.some((option) => /^ENGINE=(?!InnoDB)/i.test(option)) &&
		!final.options.every(
			(option) => !option.startsWith('ENGINE=') || prod.options.includes(option),
		);
	return isLater ? prod : {...prod, ...final, name: prod.name, foreignKeys: prod.foreignKeys};
}

function loosenColumn(prod: Column, final: Column | undefined): Column {
	if (!final) return relaxDropped(prod);
	if (prod.generated || final.generated) return mergeGenerated(prod, final);
	const isLater = isNarrowing(prod.type, final.type) || isSmallerSet(prod, final);
	const {type, collation} = isLater ? prod : final;
	return {
		...final,
		name: prod.name,
		type,
		collation,
		// A default of the new type may be none of the old one.
		default: isLater ? prod.default : final.default,
		nullable: prod.nullable || final.nullable,
		identity: prod.identity && final.identity,
	};
}

/** What is computed anew is so when the rows are written; what becomes a value must take theirs. */
function mergeGenerated(prod: Column, final: Column): Column {
	if (prod.generated && final.generated) return prod;
	return prod.generated ? {...final, nullable: true} : prod;
}

/** Rows are written without a value for it from now on. */
function relaxDropped(column: Column): Column {
	if (column.nullable || column.default !== null || column.generated || column.identity) {
		return column;
	}
	const {name} = parseType(column.type);
	// Texts take no constant as a default everywhere.
	const isPlain = !/text$|blob$|^(?:json|geometry|point|linestring|polygon|multi\w+)$/.test(name);
	const value = isPlain ? emptyValue(column) : null;
	return value === null ? {...column, nullable: true} : {...column, default: value};
}

/** Where there must be a value and nobody says which, the rows of prod get an empty one. */
function fillColumn(column: Column): Column {
	if (column.nullable || column.default !== null || column.generated || column.identity) {
		return {...column, identity: false};
	}
	const {name} = parseType(column.type);
	const isRefused = /^(?:date|datetime|timestamp)$/.test(name);
	// The server's own empty date is none that strict mode takes.
	return isRefused ? {...column, default: emptyValue(column)} : column;
}

/** From a character set that has more characters to one that has fewer. */
function isSmallerSet(prod: Column, final: Column): boolean {
	if (prod.collation === null || final.collation === null) return false;
	const [before, after] = [prod, final].map(({collation}) => collation?.split('_', 1)[0] ?? '');
	if (before === after || after === 'utf8mb4') return false;
	return before !== 'ascii';
}

/** Folded names of columns whose values are told apart otherwise, or computed otherwise. */
function listChanged(prod: Table, final: Table): Set<string> {
	const changed = prod.columns.filter((column) => {
		const other = findColumn(final, column.name);
		if (!other) return false;
		return (
			column.type !== other.type ||
			column.collation !== other.collation ||
			column.generated?.expression !== other.generated?.expression
		);
	});
	return new Set(changed.map(({name}) => foldName(name)));
}

function isKeyKept(prod: Table, final: Table): boolean {
	if (!prod.primaryKey || !final.primaryKey) return false;
	return isSameKey(prod.primaryKey.columns, final.primaryKey.columns);
}

/** Rows are still found by prod's key while they are written. */
function listFormerKey(
	{name}: Table,
	formerKey: Table['primaryKey'],
	key: Table['primaryKey'],
): Table['indexes'] {
	if (!formerKey || key) return [];
	const index = {unique: false, columns: formerKey.columns, where: null, definition: ''};
	return [{...index, name: `__deepdiff_key_${parseTableName(name).name}`.slice(0, 60)}];
}

/** What is made anew anyway may not fit the column's new type: it goes before that changes. */
function listIndexes(prod: Table, final: Table): Table['indexes'] {
	const retyped = listRetyped(prod, final);
	const kept = new Set(final.indexes.map(({definition}) => definition));
	const isReplaced = ({name}: Table['indexes'][number]) =>
		final.indexes.some((index) => areNamesEqual(index.name, name));
	return prod.indexes.filter(
		(index) => kept.has(index.definition) || !mentionsAny(index, retyped) || !isReplaced(index),
	);
}

function listChecks(prod: Table, final: Table, changed: ReadonlySet<string>): Table['checks'] {
	const forms = new Set(final.checks.map(makeCheckForm));
	return prod.checks.filter(
		(check) =>
			!prod.columns.some((column) => isOfColumn(check, column)) &&
			forms.has(makeCheckForm(check)) &&
			!intersects(listMentions(check.expression), changed),
	);
}

/** MariaDB's checks at a column: those that both have. */
function listOwnChecks(columns: readonly Column[], prod: Table, final: Table): Table['checks'] {
	const forms = new Set(prod.checks.map(makeCheckForm));
	return final.checks.filter(
		(check) =>
			forms.has(makeCheckForm(check)) &&
			columns.some((column) => isOfColumn(check, column)) &&
			prod.checks.some((own) => areNamesEqual(own.name ?? '', check.name ?? '')),
	);
}

function isSameKey(
	a: Parameters<typeof makeColumnsForm>[0],
	b: Parameters<typeof makeColumnsForm>[0],
): boolean {
	return makeColumnsForm(a) === makeColumnsForm(b);
}

function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
	return [...a].some((each) => b.has(each));
}
