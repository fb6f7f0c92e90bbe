import {hash} from 'node:crypto';
import type {
	Catalog,
	ObjectReference,
	SchemaObject,
	Table,
	Trigger,
	View,
} from '../../../model/catalog.ts';
import {quoteText} from '../names.ts';
import {CatalogNames} from './catalog-names.ts';
import {askRows, type CatalogSession} from './catalog-session.ts';
import {listNotCompared} from './list-not-compared.ts';
import {
	databaseQuery,
	dependencyQuery,
	extensionQuery,
	otherQuery,
	policyQuery,
	routineQuery,
	ruleQuery,
	schemaQuery,
	sequenceQuery,
	statisticsQuery,
	typeQuery,
	type DatabaseRow,
	type DependencyRow,
	type ExtensionRow,
	type OtherRow,
	type PolicyRow,
	type RoutineRow,
	type RuleRow,
	type SchemaRow,
	type SequenceRow,
	type StatisticsRow,
	type TypeRow,
} from './object-queries.ts';
import {objectKey, readDependencies} from './read-dependencies.ts';
import {
	readExclusion,
	readExtension,
	readMaterializedView,
	readObjectIndex,
	readPartition,
	readPolicy,
	readRoutine,
	readRule,
	readSchema,
	readStatistics,
	readType,
} from './read-objects.ts';
import {isBehindColumn, readSequence} from './read-sequences.ts';
import {readTable} from './read-tables.ts';
import {
	columnQuery,
	constraintQuery,
	indexQuery,
	relationQuery,
	triggerQuery,
	type ColumnRow,
	type ConstraintRow,
	type IndexRow,
	type RelationRow,
	type TriggerRow,
} from './relation-queries.ts';

/**
Reads everything structural of the session's schemas, with one query for each of the server's
catalogs. Names of the default schema come bare, whatever the session's search path is.
*/
export async function readCatalog(session: CatalogSession): Promise<Catalog> {
	const [defaultSchema = 'public'] = session.schemas;
	const [path] = await session.run("SELECT pg_catalog.current_setting('search_path') AS path");
	const setPath = (value: string) =>
		session.run(`SELECT pg_catalog.set_config('search_path', ${quoteText(value)}, false)`);
	// What the server prints is spelled as seen from the search path.
	await setPath(`"${defaultSchema.replaceAll('"', '""')}"`);
	try {
		return assemble(await readSources(session), session.schemas, new CatalogNames(defaultSchema));
	} finally {
		await setPath(path?.['path'] ?? '');
	}
}

type Sources = Awaited<ReturnType<typeof readSources>>;

async function readSources(session: CatalogSession) {
	const schemas = session.schemas.map(quoteText).join(', ');
	const ask = <Row>(sql: string) => askRows<Row>(session, sql);
	const [database] = await ask<DatabaseRow>(databaseQuery);
	return {
		database: database ?? {provider: 'c', locale: 'C', version: null},
		relations: await ask<RelationRow>(relationQuery(schemas)),
		columns: groupByRelation(await ask<ColumnRow>(columnQuery(schemas))),
		constraints: groupByRelation(await ask<ConstraintRow>(constraintQuery(schemas))),
		indexes: groupByRelation(await ask<IndexRow>(indexQuery(schemas))),
		triggers: await ask<TriggerRow>(triggerQuery(schemas)),
		types: await ask<TypeRow>(typeQuery),
		sequences: await ask<SequenceRow>(sequenceQuery(schemas)),
		routines: await ask<RoutineRow>(routineQuery(schemas)),
		policies: await ask<PolicyRow>(policyQuery(schemas)),
		rules: await ask<RuleRow>(ruleQuery(schemas)),
		statistics: await ask<StatisticsRow>(statisticsQuery(schemas)),
		extensions: await ask<ExtensionRow>(extensionQuery),
		schemas: await ask<SchemaRow>(schemaQuery(schemas)),
		others: await ask<OtherRow>(otherQuery(schemas)),
		dependencies: await ask<DependencyRow>(dependencyQuery),
	};
}

function groupByRelation<Row extends {readonly relation: number}>(
	rows: readonly Row[],
): Map<number, Row[]> {
	const groups = new Map<number, Row[]>();
	for (const row of rows) {
		const group = groups.get(row.relation);
		if (group) group.push(row);
		else groups.set(row.relation, [row]);
	}
	return groups;
}

function assemble(sources: Sources, schemas: readonly string[], names: CatalogNames): Catalog {
	const types = new Map(sources.types.map((type) => [type.oid, type]));
	const tableSources = {...sources, names, types};
	const tables: Table[] = sources.relations
		.filter(({kind, isPartition}) => (kind === 'r' || kind === 'p') && !isPartition)
		.map((row) => readTable(row, tableSources));
	const views = sources.relations
		.filter(({kind}) => kind === 'v')
		.map((row) => readView(row, names));
	const triggers = readTriggers(sources, names);
	const objects = readObjects(sources, schemas, names);
	const notCompared = listNotCompared({
		...sources,
		names,
		types: sources.types.filter(({schema}) => schemas.includes(schema)),
	});
	const dependencies = readDependencies(
		sources.dependencies,
		mapObjects(sources, names),
		(relation, number) =>
			sources.columns.get(relation)?.find(({position}) => position === number)?.name ?? null,
	);
	const described = {schemas, tables, views, triggers, objects, notCompared};
	const fingerprint = hash('sha256', JSON.stringify(described), 'hex');
	return {engine: 'PostgreSQL', ...described, dependencies, fingerprint};
}

function readView(row: RelationRow, names: CatalogNames): View {
	const text = (row.text ?? '').trim().replace(/;$/, '');
	const options = row.options ? ` WITH (${row.options.join(', ')})` : '';
	return {
		name: names.spell(row),
		definition: `CREATE VIEW ${names.quote(row)}${options} AS\n${text}`,
		...(row.comment === null ? {} : {comment: row.comment}),
	};
}

const firing: Readonly<Record<string, string>> = {D: 'never', R: 'on a replica', A: 'always'};

function readTriggers({triggers, relations}: Sources, names: CatalogNames): Trigger[] {
	const owners = new Map(relations.map((row) => [row.oid, row]));
	return triggers.flatMap((row): Trigger[] => {
		const owner = owners.get(row.relation);
		// One of a partition alone: it is listed with that.
		if (!owner) return [];
		const fires = firing[row.enabled];
		return [
			{
				name: row.name,
				table: names.spell(owner),
				definition: row.definition,
				...(row.comment === null ? {} : {comment: row.comment}),
				...(fires === undefined ? {} : {facts: [{name: 'fires', value: fires}]}),
			},
		];
	});
}

function readObjects(
	sources: Sources,
	schemas: readonly string[],
	names: CatalogNames,
): SchemaObject[] {
	const {relations, indexes, constraints} = sources;
	const relation = new Map(relations.map((row) => [row.oid, row]));
	const onRelation = <Row extends {readonly relation: number}>(
		rows: readonly Row[],
		read: (row: Row, owner: RelationRow, names: CatalogNames) => SchemaObject,
	) =>
		rows.flatMap((row) => {
			const owner = relation.get(row.relation);
			return owner ? [read(row, owner, names)] : [];
		});
	const isPresent = (object: SchemaObject | null): object is SchemaObject => object !== null;
	const objects = [
		...sources.schemas.filter(({name}) => name !== schemas[0]).map(readSchema),
		...sources.extensions.map((row) => readExtension(row, names)),
		...sources.types
			.filter(({schema, isOwn}) => isOwn && schemas.includes(schema))
			.map((row) => readType(row, names))
			.filter(isPresent),
		...sources.sequences
			.filter((row) => !isBehindColumn(row, {...sources, names}))
			.map((row) => readSequence(row, names)),
		...sources.routines.map((row) => readRoutine(row, names)).filter(isPresent),
		...relations
			.filter(({kind}) => kind === 'm')
			.flatMap((row) => [
				readMaterializedView(row, names),
				...(indexes.get(row.oid) ?? []).map((index) => readObjectIndex(index, names.spell(row))),
			]),
		...relations
			.filter(({isPartition}) => isPartition)
			.map((row) => readPartition(row, findRoot(row, relations), names)),
		...onRelation(
			[...constraints.values()].flat().filter(({kind}) => kind === 'x'),
			readExclusion,
		),
		...onRelation(sources.policies, readPolicy),
		...onRelation(sources.rules, readRule),
		...onRelation(sources.statistics, readStatistics),
	];
	const key = ({kind, table, name}: SchemaObject) => JSON.stringify([kind, table ?? '', name]);
	return objects.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The partitioned table that a partition is part of, over all levels. */
function findRoot(row: RelationRow, relations: readonly RelationRow[]): RelationRow {
	const [parent] = row.parents ?? [];
	const above = relations.find(
		({schema, name}) => schema === parent?.schema && name === parent.name,
	);
	if (!row.isPartition || !above) return row;
	return findRoot(above, relations);
}

/** What of a dependency's ends is an object of the catalog. */
function mapObjects(sources: Sources, names: CatalogNames): Map<string, ObjectReference> {
	const kinds = {
		r: 'table',
		p: 'table',
		v: 'view',
		m: 'materialized view',
		S: 'sequence',
		f: 'table',
	} as const;
	const typeKinds: Readonly<Record<string, ObjectReference['kind']>> = {
		e: 'enum',
		d: 'domain',
		c: 'composite type',
		r: 'range type',
	};
	const map = new Map<string, ObjectReference>();
	const add = (catalog: string, oid: number, kind: ObjectReference['kind'], name: string) =>
		map.set(objectKey(catalog, oid), {kind, name});
	const behind = new Set(
		sources.sequences.filter((row) => isBehindColumn(row, {...sources, names})).map(({oid}) => oid),
	);
	for (const row of sources.relations) {
		if (behind.has(row.oid)) continue;
		add('pg_class', row.oid, row.isPartition ? 'partition' : kinds[row.kind], names.spell(row));
	}
	for (const row of sources.types.filter(({isOwn}) => isOwn)) {
		const kind = typeKinds[row.kind];
		if (kind === undefined) continue;
		add('pg_type', row.oid, kind, names.spell(row));
		if (row.kind === 'c') add('pg_class', row.relation, kind, names.spell(row));
	}
	for (const row of sources.routines) {
		const name = `${names.spell(row)}(${row.arguments})`;
		add('pg_proc', row.oid, row.kind === 'p' ? 'procedure' : 'function', name);
	}
	for (const row of sources.extensions) add('pg_extension', row.oid, 'extension', row.name);
	return map;
}
