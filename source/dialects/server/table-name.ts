/** A table's name in parts; a null schema is the default one. */
export type TableName = {readonly schema: string | null; readonly name: string};

/**
Spells a table as the catalog does: bare in the default schema, else `schema.name`, with double
quotes around a part that holds a dot, a quote or nothing.
*/
export function spellTableName({schema, name}: TableName): string {
	return schema === null ? spellPart(name) : `${spellPart(schema)}.${spellPart(name)}`;
}

/**
Takes apart what `spellTableName` made.

@throws {RangeError} When it is no such spelling.
*/
export function parseTableName(text: string): TableName {
	const parts = wholeName.exec(text)?.slice(1).map(parsePart);
	const [first, second] = parts ?? [];
	if (typeof first !== 'string') throw new RangeError(`Not the name of a table: ${text}`);
	return typeof second === 'string' ? {schema: first, name: second} : {schema: null, name: first};
}

const part = '("(?:[^"]|"")*"|[^".]+)';
const wholeName = new RegExp(`^${part}(?:\\.${part})?$`, 'u');

function spellPart(name: string): string {
	return /[".]|^$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

function parsePart(text: string | undefined): string | undefined {
	return text?.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
}
