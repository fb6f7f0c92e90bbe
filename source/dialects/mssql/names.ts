import {parseTableName, spellTableName} from '../server/table-name.ts';

/**
The schema whose objects go by their bare names. A session has no search path that could be set,
so that SQL always names the schema: a pack then means the same whoever runs it.
*/
export const bareSchema = 'dbo';

/** A name of the server as it goes above this dialect. */
export function spellName(schema: string, name: string): string {
	return spellTableName({schema: schema === bareSchema ? null : schema, name});
}

/** In brackets, which no setting gives another meaning. */
export function quoteName(name: string): string {
	return `[${name.replaceAll(']', ']]')}]`;
}

/** An object of the catalog as SQL names it, always with its schema. */
export function quoteTable(table: string): string {
	const {schema, name} = parseTableName(table);
	return `${quoteName(schema ?? bareSchema)}.${quoteName(name)}`;
}

/** What stands before the name of an object, e.g. of a constraint, that shares its table's schema. */
export function schemaOf(table: string): string {
	return parseTableName(table).schema ?? bareSchema;
}

/** Letter case is told apart only where the database's collation does, which two sides seldom share. */
export function foldName(name: string): string {
	return name.toLowerCase();
}

export function areNamesEqual(a: string, b: string): boolean {
	return foldName(a) === foldName(b);
}
