import type {
	Check,
	Column,
	Fact,
	ForeignKey,
	Index,
	PrimaryKey,
	Table,
	UniqueConstraint,
} from '../../../model/catalog.ts';
import type {Row} from '../../server/session.ts';
import {isMadeUp} from '../ddl/made-up-name.ts';
import {defineIndex, renderCreateTable} from '../ddl/render-table.ts';
import {quoteName, spellName} from '../names.ts';
import {readKeyOrder, readValueType} from '../value-types.ts';
import {groupBy, isSet, text, type CatalogRows} from './catalog-rows.ts';
import {spellColumnType} from './spell-column-type.ts';

export function readTables(rows: CatalogRows, collation: string): Table[] {
	const columns = groupBy(rows.columns, 'id');
	const indexes = groupBy(rows.indexes, 'id');
	const indexColumns = groupBy(rows.indexColumns, 'id', 'number');
	const checks = groupBy(rows.checks, 'id');
	const foreignKeys = groupBy(rows.foreignKeys, 'id');
	const keyColumns = groupBy(rows.foreignKeyColumns, 'keyId');
	return rows.tables
		.filter((row) => !isSet(row, 'isExternal'))
		.map((row): Table => {
			const id = text(row, 'id');
			const name = spellName(text(row, 'owner'), text(row, 'name'));
			const keys = (indexes.get(id) ?? [])
				.filter((index) => isCompared(index) && !isSet(index, 'hypothetical'))
				.map((index) => ({
					index,
					columns: indexColumns.get(`${id} ${text(index, 'number')}`) ?? [],
				}));
			const primary = keys.find(({index}) => isSet(index, 'isPrimary'));
			const table: Table = {
				name,
				definition: '',
				columns: (columns.get(id) ?? []).map((column) => readColumn(column, collation)),
				primaryKey: primary ? readPrimaryKey(primary) : null,
				uniques: keys.filter(({index}) => isSet(index, 'isConstraint')).map(readUnique),
				foreignKeys: (foreignKeys.get(id) ?? []).map((key) =>
					readForeignKey(key, keyColumns.get(text(key, 'keyId')) ?? []),
				),
				checks: (checks.get(id) ?? []).map(readCheck),
				indexes: keys
					.filter(({index}) => !isSet(index, 'isPrimary') && !isSet(index, 'isConstraint'))
					.map((key) => readIndex(name, key)),
				options: [],
			};
			return {...table, definition: renderCreateTable(table)};
		});
}

/** The others are told of by name. */
export function isCompared(index: Row): boolean {
	return /^(?:NON)?CLUSTERED(?: COLUMNSTORE)?$/.test(text(index, 'kind'));
}

function readColumn(row: Row, collation: string): Column {
	const type = spellColumnType(row);
	const own = row['collation'] ?? null;
	const facts: Fact[] = [];
	if (isSet(row, 'sparse')) facts.push({name: 'storage', value: 'SPARSE'});
	if (isSet(row, 'guid')) facts.push({name: 'rowguid', value: 'ROWGUIDCOL'});
	if (isSet(row, 'gathered')) {
		facts.push({name: 'column set', value: 'COLUMN_SET FOR ALL_SPARSE_COLUMNS'});
	}
	if (isSet(row, 'aliased') && text(row, 'own') !== text(row, 'base')) {
		const alias = `${quoteName(text(row, 'typeOwner'))}.${quoteName(text(row, 'own'))}`;
		facts.push({name: 'alias type', value: alias});
	}
	const computed = row['computed'] ?? null;
	const isVersion = type === 'rowversion';
	return {
		name: text(row, 'name'),
		type,
		nullable: isSet(row, 'nullable'),
		default: row['fill'] ?? null,
		...(row['fillName'] != null && {defaultName: row['fillName']}),
		// The server gives a rowversion anew with every change: it is computed, of the whole row.
		generated:
			computed !== null
				? {expression: computed, stored: isSet(row, 'persisted')}
				: isVersion
					? {expression: 'rowversion', stored: true}
					: null,
		collation: own,
		identity: isSet(row, 'counted'),
		...(isSet(row, 'counted') && {
			identitySource: {
				how: `IDENTITY(${text(row, 'seed') || '1'},${text(row, 'step') || '1'})`,
				facts: [],
				sequence: null,
			},
		}),
		...(facts.length > 0 && {facts}),
		valueType: readValueType(type),
		keyOrder: readKeyOrder({type, collation: own ?? collation}),
	};
}

type KeyRows = {readonly index: Row; readonly columns: readonly Row[]};

function listKeyColumns({columns}: KeyRows) {
	return columns
		.filter((column) => !isSet(column, 'included'))
		.map((column) => ({
			column: text(column, 'name'),
			expression: null,
			descending: isSet(column, 'descending'),
			collation: null,
		}));
}

function listIndexFacts({index}: KeyRows, usual: 'CLUSTERED' | 'NONCLUSTERED'): Fact[] {
	const facts: Fact[] = [];
	const kind = text(index, 'kind').split(' ', 1)[0] ?? '';
	const fillFactor = text(index, 'filling');
	if (kind !== usual) facts.push({name: 'kind', value: kind});
	if (fillFactor !== '0' && fillFactor !== '100' && fillFactor !== '') {
		facts.push({name: 'fillfactor', value: fillFactor});
	}
	if (isSet(index, 'padded')) facts.push({name: 'pad_index', value: 'ON'});
	if (isSet(index, 'ignoresDuplicates')) facts.push({name: 'ignore_dup_key', value: 'ON'});
	if (isSet(index, 'disabled')) facts.push({name: 'state', value: 'DISABLED'});
	return facts;
}

function tell(facts: readonly Fact[]): {readonly facts?: readonly Fact[]} {
	return facts.length > 0 ? {facts} : {};
}

function readPrimaryKey(key: KeyRows): PrimaryKey {
	return {
		name: text(key.index, 'name'),
		columns: listKeyColumns(key),
		allowsNull: false,
		...(isNamedByServer(key.index) && {isAutoNamed: true}),
		...tell(listIndexFacts(key, 'CLUSTERED')),
	};
}

function readUnique(key: KeyRows): UniqueConstraint {
	return {
		name: text(key.index, 'name'),
		columns: listKeyColumns(key),
		...(isNamedByServer(key.index) && {isAutoNamed: true}),
		...tell(listIndexFacts(key, 'NONCLUSTERED')),
	};
}

function readIndex(table: string, key: KeyRows): Index {
	const {index, columns} = key;
	const isColumnstore = text(index, 'kind').endsWith('COLUMNSTORE');
	const isClustered = text(index, 'kind').startsWith('CLUSTERED');
	const included = columns
		.filter((column) => isSet(column, 'included'))
		.map((column) => text(column, 'name'));
	// A columnstore has no key: all of its columns are carried, a clustered one's are all there are.
	const keyColumns = isColumnstore ? [] : listKeyColumns(key);
	const include = isColumnstore
		? isClustered
			? []
			: columns.map((column) => text(column, 'name'))
		: included;
	const read: Omit<Index, 'definition'> = {
		name: text(index, 'name'),
		unique: isSet(index, 'isUnique'),
		columns: keyColumns,
		where: index['filter'] ?? null,
		...(isColumnstore && {method: 'columnstore'}),
		...(include.length > 0 && {include}),
		...tell(listIndexFacts(key, 'NONCLUSTERED')),
	};
	return {...read, definition: defineIndex(table, read)};
}

function readCheck(row: Row): Check {
	return {
		name: text(row, 'name'),
		expression: text(row, 'definition'),
		...tellConstraint(row),
	};
}

function readForeignKey(row: Row, columns: readonly Row[]): ForeignKey {
	const rule = (name: string) => text(row, name).replaceAll('_', ' ');
	return {
		name: text(row, 'name'),
		columns: columns.map((column) => text(column, 'own')),
		referencedTable: spellName(text(row, 'parentOwner'), text(row, 'parent')),
		referencedColumns: columns.map((column) => text(column, 'referenced')),
		onUpdate: rule('onUpdate'),
		onDelete: rule('onDelete'),
		match: 'SIMPLE',
		deferral: 'not deferrable',
		...tellConstraint(row),
	};
}

/** Disabled, or not checked for rows that were there before (`WITH NOCHECK`). */
function tellConstraint(row: Row) {
	return {
		...(isNamedByServer(row) && {isAutoNamed: true}),
		...(isSet(row, 'disabled') && {isEnforced: false}),
		...(isSet(row, 'untrusted') && {isValidated: false}),
	};
}

/** Or by a pack, in the server's manner. */
function isNamedByServer(row: Row): boolean {
	return isSet(row, 'named') || isMadeUp(text(row, 'name'));
}
