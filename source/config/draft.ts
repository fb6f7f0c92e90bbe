import {formatPath, type KeyPath, type Mapping} from './key-path.ts';

/** A configuration on its way from the file to the schema. */
export type Draft = {
	readonly document: Mapping;
	/** New key path → the one in the file, for keys that were given their present name. */
	readonly renamed: ReadonlyMap<string, string>;
	/** What a person should know although nothing is wrong. */
	readonly notices: readonly string[];
};

/** The key path as the file has it. */
export function formatOriginalPath(path: KeyPath, renamed: ReadonlyMap<string, string>): string {
	for (let length = path.length; length > 0; length--) {
		const original = renamed.get(formatPath(path.slice(0, length)));
		if (original !== undefined) {
			const rest = formatPath(path.slice(length));
			return rest === '' || rest.startsWith('[') ? original + rest : `${original}.${rest}`;
		}
	}
	return formatPath(path);
}
