import type {Catalog} from '../model/catalog.ts';
import type {SchemaChange} from '../model/schema-change.ts';

/** A comparison of structure, for whoever reads it in a pipeline. */
export type SchemaReport = {
	/** Display names, never with a password. */
	readonly prod: string;
	readonly dev: string;
	readonly changes: readonly SchemaChange[];
	/** Changes that the configuration, `--ignore` or `--tables` leaves out. */
	readonly ignored: number;
	readonly compared: readonly ComparedObject[];
	/** What was not, and why. */
	readonly notCompared: Catalog['notCompared'];
};

/** One object that was compared, with what differs in it and its parts. */
export type ComparedObject = {
	readonly kind: string;
	readonly name: string;
	readonly changes: readonly SchemaChange[];
};

/**
Everything that either side has and that is compared, in the order of kind and name: a table
or view with its parts, indexes and triggers as one. Every change belongs to exactly one.
*/
export function groupByObject(
	prod: Catalog,
	dev: Catalog,
	changes: readonly SchemaChange[],
): ComparedObject[] {
	const groups = new Map<string, {kind: string; name: string; changes: SchemaChange[]}>();
	const open = (kind: string, name: string) => {
		const group = groups.get(`${kind} ${name}`) ?? {kind, name, changes: []};
		groups.set(`${kind} ${name}`, group);
		return group;
	};
	for (const {tables, views, objects} of [prod, dev]) {
		for (const {name} of tables) open('table', name);
		for (const {name} of views) open('view', name);
		for (const {kind, name, table} of objects) if (table === null) open(kind, name);
	}
	for (const change of changes) {
		const {object, table, name} = change;
		const owner = ['table', 'view', 'materialized view'].find(
			(kind) => table !== name && groups.has(`${kind} ${table}`),
		);
		(owner === undefined ? open(object, name) : open(owner, table)).changes.push(change);
	}
	return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
