import {foldName} from '../catalog/fold-name.ts';

/**
Orders objects so that each comes after those that it refers to, else by name; in a circle
the name decides.
*/
export function orderByReferences<Part extends {readonly name: string}>(
	parts: readonly Part[],
	listReferences: (part: Part) => ReadonlySet<string>,
): Part[] {
	const waiting = [...parts].sort((a, b) => compareNames(a.name, b.name));
	const ordered: Part[] = [];
	while (waiting.length > 0) {
		const isFree = (part: Part) => {
			const references = listReferences(part);
			return waiting.every((other) => other === part || !references.has(foldName(other.name)));
		};
		const at = Math.max(0, waiting.findIndex(isFree));
		ordered.push(...waiting.splice(at, 1));
	}
	return ordered;
}

export function compareNames(a: string, b: string): number {
	const [first, second] = [foldName(a), foldName(b)];
	return first < second ? -1 : first > second ? 1 : 0;
}
