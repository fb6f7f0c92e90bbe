import type {Fact, SchemaObject} from '../../../model/catalog.ts';
import {quoteName, quoteText} from '../names.ts';
import type {CatalogNames} from './catalog-names.ts';
import type {
	ExtensionRow,
	PolicyRow,
	RoutineRow,
	RuleRow,
	SchemaRow,
	StatisticsRow,
	TypeRow,
} from './object-queries.ts';
import {readIndex} from './read-parts.ts';
import type {ConstraintRow, IndexRow, RelationRow} from './relation-queries.ts';

/** A type that somebody made; null for one of another sort. */
export function readType(row: TypeRow, names: CatalogNames): SchemaObject | null {
	const name = names.quote(row);
	const object = {name: names.spell(row), table: null, ...withComment(row.comment)} as const;
	switch (row.kind) {
		case 'e': {
			const labels = (row.labels ?? []).map(quoteText).join(', ');
			const facts = [{name: 'labels', value: labels}];
			return {
				kind: 'enum',
				...object,
				definition: `CREATE TYPE ${name} AS ENUM (${labels})`,
				facts,
			};
		}
		case 'd':
			return {
				kind: 'domain',
				...object,
				definition: renderDomain(row, name),
				facts: listDomainFacts(row),
			};
		case 'c': {
			const attributes = (row.attributes ?? []).map(({name: attribute, type, collation}) =>
				[quoteName(attribute), type, ...(collation === null ? [] : [`COLLATE ${collation}`])].join(
					' ',
				),
			);
			const definition = `CREATE TYPE ${name} AS (${attributes.join(', ')})`;
			return {kind: 'composite type', ...object, definition, facts: null};
		}
		case 'r': {
			const {subtype, subtypeDifference, subtypeCollation} = row;
			const parts = [
				`SUBTYPE = ${subtype ?? ''}`,
				...(subtypeCollation === null ? [] : [`COLLATION = ${subtypeCollation}`]),
				...(isPlainMultirange(row)
					? []
					: [`MULTIRANGE_TYPE_NAME = ${quoteName(row.multirange ?? '')}`]),
				...(subtypeDifference === null ? [] : [`SUBTYPE_DIFF = ${subtypeDifference}`]),
			];
			const definition = `CREATE TYPE ${name} AS RANGE (${parts.join(', ')})`;
			const facts = [
				...parts.map((part) => {
					const [fact = '', value = ''] = part.split(' = ');
					return {name: fact.toLowerCase(), value};
				}),
				...(row.multirange === null ? [] : [{name: 'multirange', value: row.multirange}]),
			];
			return {kind: 'range type', ...object, definition, facts};
		}
		default:
			return null;
	}
}

/** The name that the server makes up (manual, "CREATE TYPE"). */
function isPlainMultirange({name, multirange}: TypeRow): boolean {
	const made = name.includes('range') ? name.replace('range', 'multirange') : `${name}_multirange`;
	return multirange === null || multirange === made;
}

function listDomainFacts(row: TypeRow): Fact[] {
	return [
		{name: 'base', value: row.base ?? ''},
		...(row.collation === null ? [] : [{name: 'collation', value: row.collation}]),
		...(row.default === null ? [] : [{name: 'default', value: row.default}]),
		...(row.isNotNull ? [{name: 'not null', value: 'yes'}] : []),
		...row.checks.map(({name, definition}) => ({name: `check ${name}`, value: definition})),
	];
}

function renderDomain(row: TypeRow, name: string): string {
	return [
		`CREATE DOMAIN ${name} AS ${row.base ?? ''}`,
		...(row.collation === null ? [] : [`COLLATE ${row.collation}`]),
		...(row.default === null ? [] : [`DEFAULT ${row.default}`]),
		...(row.isNotNull ? ['NOT NULL'] : []),
		...row.checks
			// NOT VALID can't stand here: it is told below.
			.filter(({isValidated}) => isValidated)
			.map((check) => `CONSTRAINT ${quoteName(check.name)} ${check.definition}`),
	]
		.join(' ')
		.concat(
			...row.checks
				.filter(({isValidated}) => !isValidated)
				.map(
					(check) =>
						`;\nALTER DOMAIN ${name} ADD CONSTRAINT ${quoteName(check.name)} ${check.definition}`,
				),
		);
}

export function readRoutine(row: RoutineRow, names: CatalogNames): SchemaObject | null {
	if (row.definition === null) return null;
	const kind = row.kind === 'p' ? 'procedure' : 'function';
	return {
		kind,
		name: `${names.spell(row)}(${row.arguments})`,
		table: null,
		definition: names.withoutDefault(row.definition.trimEnd(), `${kind.toUpperCase()} `),
		facts: null,
		...withComment(row.comment),
	};
}

export function readMaterializedView(row: RelationRow, names: CatalogNames): SchemaObject {
	const text = (row.text ?? '').trim().replace(/;$/, '');
	const options = row.options ? ` WITH (${row.options.join(', ')})` : '';
	return {
		kind: 'materialized view',
		name: names.spell(row),
		table: null,
		definition: `CREATE MATERIALIZED VIEW ${names.quote(row)}${options} AS\n${text}`,
		facts: null,
		...withComment(row.comment),
	};
}

/** An index of a materialized view. */
export function readObjectIndex(row: IndexRow, owner: string): SchemaObject {
	const {name, definition, comment} = readIndex(row);
	return {
		kind: 'index',
		name,
		table: owner,
		definition,
		facts: null,
		...(comment === undefined ? {} : {comment}),
	};
}

/** @param root The partitioned table at the top, which it goes away with. */
export function readPartition(
	row: RelationRow,
	root: RelationRow,
	names: CatalogNames,
): SchemaObject {
	const [parent] = row.parents ?? [];
	const of = names.quote(parent ?? root);
	const key = row.partitionKey === null ? '' : ` PARTITION BY ${row.partitionKey}`;
	const options = row.options ? ` WITH (${row.options.join(', ')})` : '';
	const bound = row.bound ?? 'DEFAULT';
	const unlogged = row.persistence === 'u' ? 'UNLOGGED ' : '';
	return {
		kind: 'partition',
		name: names.spell(row),
		table: names.spell(root),
		definition: `CREATE ${unlogged}TABLE ${names.quote(row)} PARTITION OF ${of} ${bound}${key}${options}`,
		facts: [
			{name: 'of', value: of},
			{name: 'bound', value: bound},
			...(row.partitionKey === null ? [] : [{name: 'partition by', value: row.partitionKey}]),
			...(row.persistence === 'u' ? [{name: 'unlogged', value: 'yes'}] : []),
			...(row.options ?? []).map((option) => ({name: 'option', value: option})),
		],
		...withComment(row.comment),
	};
}

/** It is no check of one row, and its index is no index for others. */
export function readExclusion(
	row: ConstraintRow,
	owner: RelationRow,
	names: CatalogNames,
): SchemaObject {
	const {name, definition, comment} = row;
	return {
		kind: 'exclusion constraint',
		name,
		table: names.spell(owner),
		definition: `ALTER TABLE ${names.quote(owner)} ADD CONSTRAINT ${quoteName(name)} ${definition}`,
		facts: null,
		...withComment(comment),
	};
}

const commands: Readonly<Record<string, string>> = {
	r: 'SELECT',
	a: 'INSERT',
	w: 'UPDATE',
	d: 'DELETE',
	'*': 'ALL',
};

export function readPolicy(row: PolicyRow, owner: RelationRow, names: CatalogNames): SchemaObject {
	const {using, check} = row;
	const definition = [
		`CREATE POLICY ${quoteName(row.name)} ON ${names.quote(owner)}`,
		`AS ${row.isPermissive ? 'PERMISSIVE' : 'RESTRICTIVE'}`,
		`FOR ${commands[row.command] ?? row.command}`,
		`TO ${row.roles.join(', ')}`,
		...(using === null ? [] : [`USING (${using})`]),
		...(check === null ? [] : [`WITH CHECK (${check})`]),
	].join(' ');
	const table = names.spell(owner);
	return {
		kind: 'policy',
		name: row.name,
		table,
		definition,
		facts: null,
		...withComment(row.comment),
	};
}

export function readRule(row: RuleRow, owner: RelationRow, names: CatalogNames): SchemaObject {
	const definition = row.definition.trim().replace(/;$/, '');
	return {
		kind: 'rule',
		name: row.name,
		table: names.spell(owner),
		definition: names.withoutDefault(definition, 'TO '),
		facts: null,
		...withComment(row.comment),
	};
}

export function readStatistics(
	row: StatisticsRow,
	owner: RelationRow,
	names: CatalogNames,
): SchemaObject {
	return {
		kind: 'statistics',
		name: names.spell(row),
		table: names.spell(owner),
		definition: names.withoutDefault(row.definition, 'STATISTICS '),
		facts: listStatisticsFacts(row.definition),
		...withComment(row.comment),
	};
}

/** The order of its columns is the server's. */
function listStatisticsFacts(definition: string): Fact[] {
	const [, kinds = '', columns = ''] =
		/^CREATE STATISTICS \S+(?: \(([^)]*)\))? ON (.*) FROM /s.exec(definition) ?? [];
	return [
		{name: 'kinds', value: kinds},
		{name: 'columns', value: columns.split(', ').sort().join(', ')},
	];
}

/** Whether it is there counts, not its version, which is the server's matter. */
export function readExtension(row: ExtensionRow, names: CatalogNames): SchemaObject {
	const schema =
		names.spell({schema: row.schema, name: ''}) === '""' ? '' : ` SCHEMA ${quoteName(row.schema)}`;
	return {
		kind: 'extension',
		name: row.name,
		table: null,
		definition: `CREATE EXTENSION ${quoteName(row.name)}${schema}`,
		facts: [],
	};
}

export function readSchema({name, comment}: SchemaRow): SchemaObject {
	return {
		kind: 'schema',
		name,
		table: null,
		definition: `CREATE SCHEMA ${quoteName(name)}`,
		facts: [],
		...withComment(comment),
	};
}

function withComment(comment: string | null): {readonly comment?: string} {
	return comment === null ? {} : {comment};
}
