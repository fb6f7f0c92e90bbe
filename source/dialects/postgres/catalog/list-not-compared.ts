import type {NotCompared} from '../../../model/catalog.ts';
import type {CatalogNames} from './catalog-names.ts';
import type {
	ExtensionRow,
	OtherRow,
	RoutineRow,
	SchemaRow,
	SequenceRow,
	TypeRow,
} from './object-queries.ts';
import type {ColumnRow, IndexRow, RelationRow} from './relation-queries.ts';

export type NotComparedSources = {
	readonly names: CatalogNames;
	readonly relations: readonly RelationRow[];
	readonly columns: ReadonlyMap<number, readonly ColumnRow[]>;
	readonly indexes: ReadonlyMap<number, readonly IndexRow[]>;
	readonly sequences: readonly SequenceRow[];
	readonly routines: readonly RoutineRow[];
	readonly types: readonly TypeRow[];
	readonly extensions: readonly ExtensionRow[];
	readonly schemas: readonly SchemaRow[];
	readonly others: readonly OtherRow[];
};

/** Everything that exists and is not compared, each with the reason. */
export function listNotCompared(sources: NotComparedSources): NotCompared[] {
	const {names, relations, routines, others, extensions} = sources;
	return [
		...relations
			.filter(({kind}) => kind === 'f')
			.map((row) => ({
				kind: 'foreign table',
				name: names.spell(row),
				reason: 'another server keeps its rows',
			})),
		...relations
			.filter(({tablespace, kind}) => tablespace !== null && kind !== 'f')
			.map((row) => ({
				kind: 'place',
				name: names.spell(row),
				reason: `it is kept in tablespace ${row.tablespace ?? ''}, which is a matter of each server`,
			})),
		...listPartitionIndexes(sources),
		...routines
			.filter(({kind}) => kind === 'a')
			.map((row) => ({
				kind: 'aggregate',
				name: `${names.spell(row)}(${row.arguments})`,
				reason: 'the server keeps no text of it',
			})),
		...extensions.map(({name, version}) => ({
			kind: 'version of an extension',
			name,
			reason: `${version}: the server's packages decide it; that the extension is there is compared`,
		})),
		...others.map(({kind, name}) => ({kind, name, reason: `a ${kind} is not compared`})),
		...listGrants(sources),
	];
}

/** Those of the partitioned table are compared there. */
function listPartitionIndexes({relations, indexes, names}: NotComparedSources): NotCompared[] {
	return relations
		.filter(({isPartition}) => isPartition)
		.flatMap((partition) =>
			(indexes.get(partition.oid) ?? [])
				.filter(({isAttached}) => !isAttached)
				.map(({name}) => ({
					kind: 'index of one partition',
					name: `${names.spell(partition)}.${name}`,
					reason: 'it is not part of an index of the whole table',
				})),
		);
}

function listGrants(sources: NotComparedSources): NotCompared[] {
	const {names, relations, columns, sequences, routines, types, schemas} = sources;
	const describe = (kind: string, name: string, acl: string | null): NotCompared[] =>
		acl === null ? [] : [{kind: `grants on ${kind}`, name, reason: `not compared: ${acl}`}];
	return [
		...schemas.flatMap(({name, acl}) => describe('schema', name, acl)),
		...relations.flatMap((row) => describe('relation', names.spell(row), row.acl)),
		...relations.flatMap((row) =>
			(columns.get(row.oid) ?? []).flatMap(({name, acl}) =>
				describe('column', `${names.spell(row)}.${name}`, acl),
			),
		),
		...sequences.flatMap((row) => describe('sequence', names.spell(row), row.acl)),
		...routines.flatMap((row) =>
			describe('routine', `${names.spell(row)}(${row.arguments})`, row.acl),
		),
		...types.flatMap((row) => (row.isOwn ? describe('type', names.spell(row), row.acl) : [])),
	];
}
