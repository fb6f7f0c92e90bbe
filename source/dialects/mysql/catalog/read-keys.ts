import type {
	Check,
	Fact,
	ForeignKey,
	Index,
	IndexedColumn,
	PrimaryKey,
	UniqueConstraint,
} from '../../../model/catalog.ts';
import {spellTableName} from '../../server/table-name.ts';
import {defineIndex} from '../ddl/render-index.ts';
import {unescapeExpression} from './read-columns.ts';
import {groupRows, type InformationRow} from './information-schema.ts';
import type {ServerVersion} from './server-version.ts';

export type Keys = {
	readonly primaryKey: PrimaryKey | null;
	readonly uniques: readonly UniqueConstraint[];
	readonly indexes: readonly Index[];
};

/**
Reads a table's keys. A unique index and a unique constraint are one thing here, and stand as the
constraint; it always has a name.

@param rows Those of STATISTICS, in the order of the index's columns.
*/
export function readKeys(
	table: string,
	rows: readonly InformationRow[],
	{engine, version, spell}: KeyContext,
): Keys {
	let primaryKey: PrimaryKey | null = null;
	const uniques: UniqueConstraint[] = [];
	const indexes: Index[] = [];
	for (const group of groupRows(rows, 'index_name').values()) {
		const [first] = group;
		if (!first) continue;
		const name = first.text('index_name');
		const method = readMethod(first, engine);
		const columns = group.map((row) => readIndexedColumn(row, version, spell));
		const comment = first.text('index_comment');
		const facts = listFacts(first);
		const rest = {
			...(comment !== '' && {comment}),
			...(facts.length > 0 && {facts}),
		};
		if (name === 'PRIMARY') {
			primaryKey = {name: null, columns, allowsNull: false, ...rest};
		} else if (first.text('non_unique') === '0') {
			const own = method === undefined ? facts : [...facts, {name: 'method', value: method}];
			uniques.push({name, columns, ...rest, ...(own.length > 0 && {facts: own})});
		} else {
			const index = {
				name,
				unique: false,
				columns,
				where: null,
				definition: '',
				...(method !== undefined && {method}),
				...rest,
			};
			indexes.push({...index, definition: defineIndex(table, index)});
		}
	}
	return {primaryKey, uniques, indexes};
}

export type KeyContext = {
	/** The table's storage engine. */
	readonly engine: string;
	readonly version: ServerVersion;
	/** Brings an expression of the server into the form that stands by itself. */
	readonly spell: (expression: string) => string;
};

function readIndexedColumn(
	row: InformationRow,
	version: ServerVersion,
	spell: (expression: string) => string,
): IndexedColumn {
	const expression = row.find('expression');
	// Of a spatial index it says the size of a rectangle.
	const prefix = row.text('index_type') === 'SPATIAL' ? null : row.find('sub_part');
	return {
		column: expression === null ? row.text('column_name') : null,
		expression: expression === null ? null : spell(unescapeExpression(expression, version)),
		descending: row.text('collation') === 'D',
		collation: null,
		...(prefix !== null && {prefix: Number(prefix)}),
	};
}

/** Undefined: the usual one of the storage engine. */
function readMethod(row: InformationRow, engine: string): string | undefined {
	const method = row.text('index_type').toLowerCase();
	const usual = engine.toUpperCase() === 'MEMORY' ? 'hash' : 'btree';
	// Some engines tell no method at all, or a tree of their own.
	return method === usual || !/^(?:btree|hash|fulltext|spatial)$/.test(method) ? undefined : method;
}

function listFacts(row: InformationRow): Fact[] {
	if (row.text('is_visible') === 'NO') return [{name: 'visibility', value: 'INVISIBLE'}];
	return row.text('ignored') === 'YES' ? [{name: 'visibility', value: 'IGNORED'}] : [];
}

/**
@param rows Those of KEY_COLUMN_USAGE that refer to another table.
@param rules Those of REFERENTIAL_CONSTRAINTS.
@param schema The session's own database.
*/
export function readForeignKeys(
	table: string,
	rows: readonly InformationRow[],
	rules: readonly InformationRow[],
	schema: string,
): ForeignKey[] {
	return [...groupRows(rows, 'constraint_name').values()].flatMap((group): ForeignKey[] => {
		const [first] = group;
		if (!first) return [];
		const name = first.text('constraint_name');
		const rule = rules.find((row) => row.text('constraint_name') === name);
		const referencedSchema = first.text('referenced_table_schema');
		const isAutoNamed = name.startsWith(`${table}_ibfk_`) && /_ibfk_\d+$/.test(name);
		return [
			{
				name,
				columns: group.map((row) => row.text('column_name')),
				referencedTable: spellTableName({
					schema: referencedSchema === schema ? null : referencedSchema,
					name: first.text('referenced_table_name'),
				}),
				referencedColumns: group.map((row) => row.text('referenced_column_name')),
				onUpdate: foldRule(rule?.text('update_rule')),
				onDelete: foldRule(rule?.text('delete_rule')),
				match: 'SIMPLE',
				deferral: 'not deferrable',
				...(isAutoNamed && {isAutoNamed}),
			},
		];
	});
}

/** InnoDB checks at once under either name. */
function foldRule(rule: string | undefined): string {
	return rule === undefined || rule === 'RESTRICT' ? 'NO ACTION' : rule;
}

/**
@param rows Those of CHECK_CONSTRAINTS.
@param columns Names of the table's columns: where a server does not tell which checks stand at a
column, its name says so.
*/
export function readChecks(
	table: string,
	rows: readonly InformationRow[],
	constraints: readonly InformationRow[],
	columns: readonly string[],
	{version, spell}: Omit<KeyContext, 'engine'>,
): Check[] {
	return rows.map((row): Check => {
		const name = row.text('constraint_name');
		const level = row.find('level');
		const isOfColumn =
			version.flavour === 'mariadb' &&
			(level === null ? columns.includes(name) : level.toLowerCase() === 'column');
		const isNumbered =
			version.flavour === 'mariadb'
				? /^CONSTRAINT_\d+$/.test(name)
				: name.startsWith(`${table}_chk_`) && /_chk_\d+$/.test(name);
		const constraint = constraints.find((one) => one.text('constraint_name') === name);
		const isEnforced = constraint?.text('enforced') !== 'NO';
		return {
			name,
			expression: spell(unescapeExpression(row.text('check_clause'), version)),
			...((isOfColumn || isNumbered) && {isAutoNamed: true}),
			...(!isEnforced && {isEnforced}),
		};
	});
}

/** MariaDB keeps JSON as text with a check of its own: both together are the type. */
export function isJsonCheck({name, expression, isAutoNamed}: Check): boolean {
	if (name === null || isAutoNamed !== true) return false;
	return expression === `json_valid(\`${name.replaceAll('`', '``')}\`)`;
}
