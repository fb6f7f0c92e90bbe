import type {Dependency, ObjectReference} from '../../model/catalog.ts';

/** Puts what others need before them, else in the order given; circles are cut anywhere. */
export function orderByNeeds<Part extends ObjectReference>(
	parts: readonly Part[],
	dependencies: readonly Dependency[],
	areNamesEqual: (a: string, b: string) => boolean,
): Part[] {
	const ordered: Part[] = [];
	const seen = new Set<Part>();
	const is = (part: Part, {kind, name}: ObjectReference) =>
		part.kind === kind && areNamesEqual(part.name, name);
	const visit = (part: Part) => {
		if (seen.has(part)) return;
		seen.add(part);
		for (const {object, on} of dependencies) {
			if (!is(part, object)) continue;
			const needed = parts.find((each) => is(each, on));
			if (needed) visit(needed);
		}
		ordered.push(part);
	};
	for (const part of parts) visit(part);
	return ordered;
}
