import type {Catalog, Dependency, ObjectReference} from '../../../model/catalog.ts';
import {referenceTo, type Definable} from './definable.ts';

export function keyOf({kind, name}: ObjectReference): string {
	return `${kind} ${name}`;
}

/**
Orders objects so that each comes after what it needs; among equals, and in a circle, the order
in which they were given stays.
*/
export function orderByDependencies<Item extends Definable>(
	items: readonly Item[],
	dependencies: readonly Dependency[],
): Item[] {
	const byKey = new Map(items.map((item) => [keyOf(referenceTo(item)), item]));
	const needs = new Map<string, string[]>();
	for (const {object, on} of dependencies) {
		const list = needs.get(keyOf(object));
		if (list) list.push(keyOf(on));
		else needs.set(keyOf(object), [keyOf(on)]);
	}
	const ordered: Item[] = [];
	const seen = new Set<string>();
	const visit = (key: string): void => {
		if (seen.has(key)) return;
		seen.add(key);
		for (const other of needs.get(key) ?? []) visit(other);
		const item = byKey.get(key);
		if (item) ordered.push(item);
	};
	for (const key of byKey.keys()) visit(key);
	return ordered;
}

/** A column of a table, or an object as a whole. */
export type Seed = {readonly object: ObjectReference; readonly column: string | null};

/**
Everything that needs one of the seeds, directly or over others, in no order.

@param isCarried Whether what an object of this kind needs is passed on to what needs it.
*/
export function findDependents(
	seeds: readonly Seed[],
	{dependencies}: Pick<Catalog, 'dependencies'>,
	isCarried: (object: ObjectReference) => boolean,
): ObjectReference[] {
	const found = new Map<string, ObjectReference>();
	let open = [...seeds];
	while (open.length > 0) {
		const next: Seed[] = [];
		for (const {object, on, onColumn} of dependencies) {
			const isHit = open.some(
				(seed) =>
					keyOf(seed.object) === keyOf(on) &&
					(seed.column === null || onColumn === null || seed.column === onColumn),
			);
			const key = keyOf(object);
			if (!isHit || found.has(key) || !isCarried(object)) continue;
			found.set(key, object);
			next.push({object, column: null});
		}
		open = next;
	}
	return [...found.values()];
}
