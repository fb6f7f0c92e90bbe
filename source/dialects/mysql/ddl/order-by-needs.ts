import type {Dependency, ObjectReference} from '../../../model/catalog.ts';
import {areNamesEqual} from '../catalog/fold-name.ts';

/** Puts what others need before them, else in the order given; circles are cut anywhere. */
export function orderByNeeds<Part extends {readonly name: string}>(
	parts: readonly Part[],
	kind: ObjectReference['kind'],
	dependencies: readonly Dependency[],
): Part[] {
	const ordered: Part[] = [];
	const seen = new Set<Part>();
	const visit = (part: Part) => {
		if (seen.has(part)) return;
		seen.add(part);
		for (const {object, on} of dependencies) {
			if (object.kind !== kind || on.kind !== kind || !areNamesEqual(object.name, part.name)) {
				continue;
			}
			const needed = parts.find(({name}) => areNamesEqual(name, on.name));
			if (needed) visit(needed);
		}
		ordered.push(part);
	};
	for (const part of parts) visit(part);
	return ordered;
}
