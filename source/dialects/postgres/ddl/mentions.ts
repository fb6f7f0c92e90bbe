import type {IndexedColumn} from '../../../model/catalog.ts';
import {tokenize} from '../sql-tokens.ts';

/** Part of a table that may speak of columns. */
export type Mentioning = {
	readonly columns?: readonly IndexedColumn[];
	readonly include?: readonly string[];
	readonly where?: string | null;
	readonly expression?: string;
};

/** Names that a part speaks of; those of its columns are among them. */
export function listMentions({
	columns = [],
	include = [],
	where,
	expression,
}: Mentioning): string[] {
	const texts = [...columns.map((column) => column.expression), where, expression];
	return [
		...columns.flatMap(({column}) => column ?? []),
		...include,
		...texts.flatMap((text) => (text === null || text === undefined ? [] : listNames(text))),
	];
}

/** Every word of an expression that could be a name. */
export function listNames(sql: string): string[] {
	return tokenize(sql).flatMap(({kind, text}) => {
		if (kind === 'word') return [text.toLowerCase()];
		return kind === 'quoted' ? [text.slice(1, -1).replaceAll('""', '"')] : [];
	});
}
