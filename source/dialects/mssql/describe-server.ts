import type {ServerFacts} from '../dialect.ts';
import type {Row} from '../server/session.ts';
import {nameServer} from './server-version.ts';
import type {MssqlSession} from './session.ts';

export async function describeServer(session: MssqlSession): Promise<ServerFacts> {
	const {settings, version} = session;
	const [facts = {}] = await session.run(
		`SELECT CONVERT(nvarchar(128), SERVERPROPERTY('Edition')) AS edition,
			CONVERT(nvarchar(128), SERVERPROPERTY('ServerName')) AS server,
			CONVERT(nvarchar(128), DATABASEPROPERTYEX(DB_NAME(), 'Collation')) AS collation,
			CONVERT(nvarchar(128), DATABASEPROPERTYEX(DB_NAME(), 'Updateability')) AS updates,
			DB_NAME() AS name, DB_ID() AS id`,
	);
	const [database = {}] = await session.run(
		`SELECT snapshot_isolation_state AS snapshot, CONVERT(varchar(30), create_date, 126) AS created
		FROM sys.databases WHERE database_id = DB_ID()`,
	);
	const [sizes = {}] = await session.run(
		`SELECT (SELECT COUNT(*) FROM sys.tables WHERE is_ms_shipped = 0) AS tables,
			(SELECT SUM(CONVERT(bigint, size)) FROM sys.database_files WHERE type = 0) AS pages`,
	);
	return {
		server: nameServer(version),
		version: version.text,
		tables: Number(sizes['tables']),
		// Pages have 8 KB.
		bytes: Number(sizes['pages'] ?? 0) * 8192,
		readOnly: facts['updates'] === 'READ_ONLY',
		notes: listNotes(facts, database, settings.snapshot),
		identity: [facts['server'], facts['name'], facts['id'], database['created']].join('/'),
	};
}

function listNotes(facts: Row, database: Row, wantsSnapshot: boolean): string[] {
	const isAllowed = database['snapshot'] === '1';
	return [
		...(facts['edition'] === undefined ? [] : [String(facts['edition'])]),
		`collation ${facts['collation'] ?? 'unknown'}`,
		...(wantsSnapshot && !isAllowed
			? [
					'it allows no snapshot isolation: what others write while rows are compared may show (ALTER DATABASE … SET ALLOW_SNAPSHOT_ISOLATION ON)',
				]
			: []),
	];
}
