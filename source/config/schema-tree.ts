import type {z} from 'zod';

/** A place in the schema. */
export type SchemaNode = z.core.$ZodTypes;

/** The node below `key`, or undefined where the schema knows none. */
export function findChild(node: SchemaNode, key: string): SchemaNode | undefined {
	const {def} = node._zod;
	if (def.type === 'object') {
		return Object.hasOwn(def.shape, key) ? asNode(def.shape[key]) : undefined;
	}
	if (def.type === 'record') {
		const isKnown = isFreeRecord(node) || listKeys(node).includes(key);
		return isKnown ? asNode(def.valueType) : undefined;
	}
	if (def.type === 'array') return asNode(def.element);
	return firstDefined(listInner(node), (inner) => findChild(inner, key));
}

/** The keys that a mapping may have here; empty where any name goes, or none. */
export function listKeys(node: SchemaNode): readonly string[] {
	const {def} = node._zod;
	if (def.type === 'object') return Object.keys(def.shape);
	if (def.type === 'record') {
		const keys = asNode(def.keyType)._zod.def;
		return keys.type === 'enum' ? Object.values(keys.entries).map(String) : [];
	}
	return listInner(node).flatMap(listKeys);
}

/** The kinds of plain value that may stand here, e.g. `number`, `string`, `boolean`. */
export function listKinds(node: SchemaNode): readonly string[] {
	const inner = listInner(node);
	return inner.length === 0 ? [node._zod.def.type] : inner.flatMap(listKinds);
}

/**
Every key of the schema as a path; `*` stands for a name that the person chooses.
Lists do not show: `conflicts.rules.take`.
*/
export function listKeyPaths(node: SchemaNode): readonly string[] {
	const {def} = node._zod;
	if (def.type === 'array') return listKeyPaths(asNode(def.element));
	const keys = isFreeRecord(node) ? ['*'] : listKeys(node);
	return keys.flatMap((key) => {
		const child = findChild(node, key);
		const below = child === undefined ? [] : listKeyPaths(child);
		return [key, ...below.map((path) => `${key}.${path}`)];
	});
}

function isFreeRecord(node: SchemaNode): boolean {
	const {def} = node._zod;
	return def.type === 'record' && listKeys(node).length === 0;
}

/** What a wrapper (optional, default, transformation) or a choice holds. */
function listInner({_zod: {def}}: SchemaNode): readonly SchemaNode[] {
	if (def.type === 'union') return def.options.map(asNode);
	if (def.type === 'pipe') return [asNode(def.in)];
	const isWrapper = def.type === 'optional' || def.type === 'default' || def.type === 'prefault';
	return isWrapper ? [asNode(def.innerType)] : [];
}

/** Zod declares the parts of a schema by their base class; each is one of its own classes. */
function asNode(part: z.core.$ZodType | undefined): SchemaNode {
	return part as SchemaNode;
}

function firstDefined<In, Out>(
	items: readonly In[],
	map: (item: In) => Out | undefined,
): Out | undefined {
	for (const item of items) {
		const found = map(item);
		if (found !== undefined) return found;
	}
	return undefined;
}
