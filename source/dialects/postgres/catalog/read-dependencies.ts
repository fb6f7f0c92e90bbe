import type {Dependency, ObjectReference} from '../../../model/catalog.ts';
import type {DependencyRow} from './object-queries.ts';

/** The objects of a catalog by the server's own table and number, e.g. `pg_class 16384`. */
export type ObjectMap = ReadonlyMap<string, ObjectReference>;

export function objectKey(catalog: string, oid: number): string {
	return `${catalog.replace('pg_catalog.', '')} ${oid}`;
}

/** @param nameColumn The column of a relation by its number; null for 0. */
export function readDependencies(
	rows: readonly DependencyRow[],
	objects: ObjectMap,
	nameColumn: (relation: number, number: number) => string | null,
): Dependency[] {
	const found = rows.flatMap((row): Dependency[] => {
		const object = objects.get(objectKey(row.catalog, row.oid));
		const on = objects.get(objectKey(row.onCatalog, row.onOid));
		if (!object || !on || (object.kind === on.kind && object.name === on.name)) return [];
		const column = row.catalog === 'pg_class' ? nameColumn(row.oid, row.column) : null;
		const onColumn = row.onCatalog === 'pg_class' ? nameColumn(row.onOid, row.onColumn) : null;
		return [{object, column, on, onColumn}];
	});
	const spell = (dependency: Dependency) => JSON.stringify(dependency);
	return [...new Map(found.map((one) => [spell(one), one])).entries()]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([, one]) => one);
}
