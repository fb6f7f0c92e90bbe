import {parseTableName} from '../server/table-name.ts';

/** An identifier in backticks: no SQL mode gives them another meaning. */
export function quoteName(name: string): string {
	return `\`${name.replaceAll('`', '``')}\``;
}

/**
A table of the catalog as SQL names it.

@param table As the catalog spells it: bare in the session's own database.
*/
export function quoteTable(table: string): string {
	const {schema, name} = parseTableName(table);
	return schema === null ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`;
}

const escapes = new Map([
	["'", "''"],
	['\\', '\\\\'],
	['\0', '\\0'],
	['\n', '\\n'],
	['\r', '\\r'],
	['\x1A', '\\Z'],
]);

/**
A string in single quotes, on one line, for a session with backslash escapes: that is how the
server itself writes the texts inside its definitions, whatever the session's mode.
*/
export function quoteText(text: string): string {
	let quoted = '';
	for (const character of text) quoted += escapes.get(character) ?? character;
	return `'${quoted}'`;
}
