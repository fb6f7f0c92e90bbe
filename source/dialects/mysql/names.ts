/**
How tables are named above this dialect: one of the session's own database by its bare name, one
of another by `database.table`; a part that holds a dot or a double quote, or nothing, stands in
double quotes, doubled inside.
*/
export type TableName = {
	/** Null: the session's own database. */
	readonly schema: string | null;
	readonly table: string;
};

/** An identifier in backticks: no SQL mode gives them another meaning. */
export function quoteName(name: string): string {
	return `\`${name.replaceAll('`', '``')}\``;
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

export function encodeTableName({schema, table}: TableName): string {
	return schema === null ? encodePart(table) : `${encodePart(schema)}.${encodePart(table)}`;
}

/** @throws {RangeError} When the text is no name that `encodeTableName` makes. */
export function decodeTableName(name: string): TableName {
	const match = /^(?:("(?:[^"]|"")*"|[^."]+)\.)?("(?:[^"]|"")*"|[^."]+)$/u.exec(name);
	if (match?.[2] === undefined) throw new RangeError(`${name} names no table`);
	return {
		schema: match[1] === undefined ? null : decodePart(match[1]),
		table: decodePart(match[2]),
	};
}

/** A table's name as SQL, each part in backticks. */
export function quoteTableName(name: string): string {
	const {schema, table} = decodeTableName(name);
	return schema === null ? quoteName(table) : `${quoteName(schema)}.${quoteName(table)}`;
}

function encodePart(part: string): string {
	return part === '' || /[."]/u.test(part) ? `"${part.replaceAll('"', '""')}"` : part;
}

function decodePart(part: string): string {
	return part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part;
}
