/** What reading the catalog needs of a session. */
export type CatalogSession = {
	/** As `server_version_num`: 150014 is 15.14. */
	readonly version: number;
	/** The schemas that are compared, the default one first. */
	readonly schemas: readonly string[];
	/** Runs SQL as it is; values are the server's text. */
	run(sql: string): Promise<readonly Readonly<Record<string, string | null>>[]>;
};

/** Asks for rows as JSON, which keeps numbers, lists and booleans apart without the driver's parsers. */
export async function askRows<Row>(session: CatalogSession, sql: string): Promise<Row[]> {
	const rows = await session.run(
		`SELECT pg_catalog.row_to_json(q)::text AS row FROM (${sql}) AS q`,
	);
	// The query itself names the columns of the type that it is asked for.
	return rows.map(({row}) => JSON.parse(row ?? 'null') as Row);
}
