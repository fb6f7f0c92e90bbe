import {parseTableName} from '../server/table-name.ts';

/** Always quoted: a bare name is folded, and may be a keyword in a later version. */
export function quoteName(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/**
A table of the catalog as SQL names it.

@param table As the catalog spells it: bare in the default schema.
@param defaultSchema Written out where it is given; else the search path finds a bare name.
*/
export function quoteTable(table: string, defaultSchema?: string): string {
	const {schema, name} = parseTableName(table);
	const own = schema ?? defaultSchema;
	return own === undefined ? quoteName(name) : `${quoteName(own)}.${quoteName(name)}`;
}

/** Text as a literal; `standard_conforming_strings` is on in every session and pack. */
export function quoteText(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}
