import type {Column, IdentitySource, Table} from '../../../model/catalog.ts';
import {renderTable} from '../ddl/render-table.ts';
import {readKeyOrder, readValueType, type TypeMap} from '../value-types.ts';
import type {CatalogNames} from './catalog-names.ts';
import type {DatabaseRow, SequenceRow} from './object-queries.ts';
import {
	listOptions,
	readCheck,
	readForeignKey,
	readIndex,
	readPrimaryKey,
	readUnique,
} from './read-parts.ts';
import type {ColumnRow, ConstraintRow, IndexRow, RelationRow} from './relation-queries.ts';
import {findIdentity} from './read-sequences.ts';

/** What tables are put together from. */
export type TableSources = {
	readonly names: CatalogNames;
	readonly types: TypeMap;
	readonly database: DatabaseRow;
	readonly columns: ReadonlyMap<number, readonly ColumnRow[]>;
	readonly constraints: ReadonlyMap<number, readonly ConstraintRow[]>;
	readonly indexes: ReadonlyMap<number, readonly IndexRow[]>;
	readonly sequences: readonly SequenceRow[];
};

/** A table with its parts; exclusion constraints are objects of their own. */
export function readTable(row: RelationRow, sources: TableSources): Table {
	const {names} = sources;
	const constraints = sources.constraints.get(row.oid) ?? [];
	const ofKind = (kind: ConstraintRow['kind']) => constraints.filter((each) => each.kind === kind);
	const [key] = ofKind('p');
	const {comment, partitionKey} = row;
	const table: Table = {
		name: names.spell(row),
		definition: '',
		columns: (sources.columns.get(row.oid) ?? []).map((column) => readColumn(column, sources)),
		primaryKey: key ? readPrimaryKey(key, row.name) : null,
		uniques: ofKind('u').map((each) => readUnique(each, row.name)),
		foreignKeys: ofKind('f').map((each) => readForeignKey(each, row.name, names)),
		checks: ofKind('c').map((each) => readCheck(each, row.name)),
		indexes: (sources.indexes.get(row.oid) ?? []).map(readIndex),
		options: listTableOptions(row, names),
		...(comment === null ? {} : {comment}),
		...(partitionKey === null ? {} : {partitioning: partitionKey}),
	};
	return {...table, definition: renderTable(table)};
}

export function readColumn(row: ColumnRow, sources: TableSources): Column {
	const {types, database} = sources;
	const identity = findIdentity(row, sources);
	const isGenerated = row.generated !== '';
	const facts = [
		...(row.storage === null
			? []
			: [{name: 'storage', value: storages[row.storage] ?? row.storage}]),
		...(row.compression === null
			? []
			: [{name: 'compression', value: compressions[row.compression] ?? row.compression}]),
		...(row.statistics === null ? [] : [{name: 'statistics', value: String(row.statistics)}]),
	];
	return {
		name: row.name,
		type: row.type,
		nullable: !row.isNotNull,
		default: isGenerated || identity?.how === 'serial' ? null : row.expression,
		generated:
			isGenerated && row.expression !== null
				? {expression: row.expression, stored: row.generated === 's'}
				: null,
		collation: row.hasOwnCollation && row.collation ? spellCollation(row, sources) : null,
		identity: identity !== null,
		...withIdentity(identity),
		...(row.comment === null ? {} : {comment: row.comment}),
		...(facts.length > 0 ? {facts} : {}),
		valueType: readValueType({oid: row.typeOid, modifier: row.modifier, spelling: row.type}, types),
		keyOrder: readKeyOrder(row, types, database),
	};
}

function withIdentity(source: IdentitySource | null): {identitySource?: IdentitySource} {
	return source === null ? {} : {identitySource: source};
}

function spellCollation({collation}: ColumnRow, {names}: TableSources): string {
	if (!collation) return '';
	// Those of the server itself are found everywhere.
	const isBuiltIn = collation.schema === 'pg_catalog';
	return isBuiltIn ? `"${collation.name}"` : names.quote(collation);
}

const storages: Readonly<Record<string, string>> = {
	p: 'PLAIN',
	e: 'EXTERNAL',
	x: 'EXTENDED',
	m: 'MAIN',
};

const compressions: Readonly<Record<string, string>> = {p: 'pglz', l: 'lz4'};

function listTableOptions(row: RelationRow, names: CatalogNames): string[] {
	const {persistence, accessMethod, ofType, replicaIdentity, parents, isPartition} = row;
	return [
		...(persistence === 'u' ? ['UNLOGGED'] : []),
		...(accessMethod === null || accessMethod === 'heap' ? [] : [`USING ${accessMethod}`]),
		...(ofType === null ? [] : [`OF ${ofType}`]),
		...(parents && !isPartition ? parents.map((each) => `INHERITS ${names.quote(each)}`) : []),
		...(row.rowSecurity ? ['ROW LEVEL SECURITY'] : []),
		...(row.forcedRowSecurity ? ['FORCE ROW LEVEL SECURITY'] : []),
		...(replicaIdentity === 'f' ? ['REPLICA IDENTITY FULL'] : []),
		...(replicaIdentity === 'n' ? ['REPLICA IDENTITY NOTHING'] : []),
		...listOptions(row.options).map(({name, value}) => `${name}=${value}`),
	];
}
