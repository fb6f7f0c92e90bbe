/** Asks a server; values as text, numbers or bytes, rows as objects. */
export type CatalogQuery = (
	sql: string,
	bindings?: readonly string[],
) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** One row of a view of information_schema, whose column names differ in letter case by server. */
export class InformationRow {
	readonly #values: ReadonlyMap<string, unknown>;

	constructor(row: Readonly<Record<string, unknown>>) {
		this.#values = new Map(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));
	}

	/** The same row with another value in one column. */
	with(name: string, value: string): InformationRow {
		return new InformationRow({...Object.fromEntries(this.#values), [name]: value});
	}

	/** Empty where there is no value, or the server has no such column. */
	text(name: string): string {
		return this.find(name) ?? '';
	}

	/** Null where there is no value, or the server has no such column. */
	find(name: string): string | null {
		const value = this.#values.get(name);
		if (value === null || value === undefined) return null;
		if (typeof value === 'string') return value;
		if (Buffer.isBuffer(value)) return value.toString('utf8');
		return typeof value === 'number' || typeof value === 'bigint' ? String(value) : null;
	}
}

/** What is read of these schemas, each by the name that the server gives it. */
export type InformationScope = {
	readonly query: CatalogQuery;
	readonly schemas: readonly string[];
};

/**
Reads a view of information_schema for all schemas at once. Which columns it has differs by
server and version, so all are taken.

@param schemaColumn What the server filters by, so that it opens no table of another schema.
@param order Columns, as SQL.
*/
export async function readInformation(
	{query, schemas}: InformationScope,
	view: string,
	order: string,
	schemaColumn = 'TABLE_SCHEMA',
): Promise<InformationRow[]> {
	const places = schemas.map(() => '?').join(', ');
	const rows = await query(
		`SELECT * FROM information_schema.${view} WHERE ${schemaColumn} IN (${places}) ORDER BY ${order}`,
		schemas,
	);
	const wanted = new Set(schemas);
	// The server compares names by a collation without letter case.
	return rows
		.map((row) => new InformationRow(row))
		.filter((row) => wanted.has(row.text(schemaColumn.toLowerCase())));
}

/** Rows by the values of some columns, in their order. */
export function groupRows(
	rows: readonly InformationRow[],
	...columns: readonly string[]
): Map<string, InformationRow[]> {
	const groups = new Map<string, InformationRow[]>();
	for (const row of rows) {
		const key = groupKey(...columns.map((column) => row.text(column)));
		const group = groups.get(key);
		if (group) group.push(row);
		else groups.set(key, [row]);
	}
	return groups;
}

export function groupKey(...values: readonly string[]): string {
	return JSON.stringify(values);
}
