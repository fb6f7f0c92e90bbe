import type {Catalog, ObjectReference, SchemaObject, Table, View} from '../../../model/catalog.ts';

/** An object that stands in the dependencies. */
export type Definable =
	| {readonly kind: 'table'; readonly object: Table}
	| {readonly kind: 'view'; readonly object: View}
	| {readonly kind: 'object'; readonly object: SchemaObject};

export function referenceTo({kind, object}: Definable): ObjectReference {
	return {kind: kind === 'object' ? object.kind : kind, name: object.name};
}

/** The view, materialized view or routine that a reference names. */
export function findDefinable(
	{tables, views, objects}: Catalog,
	{kind, name}: ObjectReference,
): Definable | null {
	if (kind === 'table') {
		const object = tables.find((table) => table.name === name);
		return object ? {kind, object} : null;
	}
	if (kind === 'view') {
		const object = views.find((view) => view.name === name);
		return object ? {kind, object} : null;
	}
	const object = objects.find((each) => each.kind === kind && each.name === name);
	return object ? {kind: 'object', object} : null;
}
