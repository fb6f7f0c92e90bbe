import {areNamesEqual} from '../names.ts';
import type {MssqlSession} from '../session.ts';

/** The server's own names of the schemas that are read; none asked for is the account's default one. */
export async function findSchemas(
	session: Pick<MssqlSession, 'run'>,
	wanted: readonly string[],
): Promise<string[]> {
	const rows = await session.run(
		'SELECT name, SCHEMA_NAME() AS own FROM sys.schemas ORDER BY name',
	);
	const names = rows.map((row) => row['name'] ?? '');
	const asked = wanted.length > 0 ? wanted : [rows[0]?.['own'] ?? 'dbo'];
	const find = (name: string) =>
		names.find((each) => each === name) ?? names.find((each) => areNamesEqual(each, name)) ?? name;
	return [...new Set(asked.map(find))];
}
