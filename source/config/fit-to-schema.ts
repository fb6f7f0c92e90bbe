import {formatOriginalPath} from './draft.ts';
import {formatPath, isMapping, type KeyPath, type Mapping} from './key-path.ts';
import {findChild, listKeys, listKinds, type SchemaNode} from './schema-tree.ts';

/**
Brings harmless variations into the one form that the schema knows:
- `snake_case` and `kebab-case` keys become camelCase where that is the known key;
- `"5432"` and `"true"`, as they come out of `${ENV}`, become a number and a boolean where
  no text is wanted;
- a key without a value (YAML's null) is left out: all that stands under it is commented out.

@param renamed Is added to: new key path → the one in the file.
*/
export function fitToSchema(
	document: Mapping,
	schema: SchemaNode,
	renamed: Map<string, string>,
	path: KeyPath = [],
): Mapping {
	const keys = listKeys(schema);
	const fitted = new Map<string, unknown>();
	for (const [written, value] of Object.entries(document)) {
		const camel = toCamelCase(written);
		const isOther = !keys.includes(written) && keys.includes(camel) && !(camel in document);
		const key = isOther ? camel : written;
		if (isOther) {
			const original = formatOriginalPath([...path, written], renamed);
			renamed.set(formatPath([...path, key]), original);
		}
		const child = findChild(schema, key);
		if (value === null && child !== undefined) continue;
		fitted.set(key, fitValue(value, child, renamed, [...path, key]));
	}
	return Object.fromEntries(fitted);
}

function fitValue(
	value: unknown,
	schema: SchemaNode | undefined,
	renamed: Map<string, string>,
	path: KeyPath,
): unknown {
	if (schema === undefined) return value;
	if (isMapping(value)) return fitToSchema(value, schema, renamed, path);
	if (Array.isArray(value)) {
		const item = findChild(schema, '0');
		return value.map((part, index) => fitValue(part, item, renamed, [...path, index]));
	}
	return typeof value === 'string' ? fitText(value, listKinds(schema)) : value;
}

function fitText(text: string, kinds: readonly string[]): unknown {
	if (kinds.includes('number') && /^-?\d{1,15}(\.\d+)?$/.test(text)) return Number(text);
	if (kinds.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
	return text;
}

function toCamelCase(key: string): string {
	return key.replaceAll(/[-_]+([A-Za-z\d])/g, (_, letter: string) => letter.toUpperCase());
}
