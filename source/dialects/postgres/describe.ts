import type {ServerFacts} from '../dialect.ts';
import {quoteText} from './names.ts';
import type {PostgresSession} from './session.ts';

/** What a person should know of the server and the database before going on. */
export async function describeServer(session: PostgresSession): Promise<ServerFacts> {
	const schemas = session.schemas.map(quoteText).join(', ');
	const [row = {}] = await session.run(`
		WITH own AS (
			SELECT c.oid, c.relname FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
			WHERE n.nspname IN (${schemas}) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
		)
		SELECT pg_catalog.current_setting('server_version') AS version,
			(SELECT count(*) FROM own) AS tables,
			pg_catalog.pg_database_size(pg_catalog.current_database()) AS bytes,
			pg_catalog.pg_is_in_recovery() AS standby,
			(SELECT s.reset_val FROM pg_catalog.pg_settings AS s WHERE s.name = 'default_transaction_read_only') AS readonly,
			(SELECT pg_catalog.string_agg(own.relname, ', ' ORDER BY own.relname) FROM own WHERE pg_catalog.row_security_active(own.oid)) AS secured,
			(SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database()) AS database`);
	const version = (row['version'] ?? '').split(' ')[0] ?? '';
	const isStandby = row['standby'] === 't';
	const secured = row['secured'];
	return {
		server: `PostgreSQL ${version}`,
		version,
		tables: Number(row['tables']),
		bytes: Number(row['bytes']),
		readOnly: isStandby,
		notes: [
			...(isStandby ? ['a standby, which can only be read'] : []),
			...(!isStandby && row['readonly'] === 'on'
				? ['read-only unless a session says otherwise']
				: []),
			...(session.isUtf8 ? [] : [`keeps its text as ${session.encoding}`]),
			...(secured ? [`row-level security may hide rows of ${secured} from this account`] : []),
			...(row['tables'] === '0' ? [`no tables in ${session.schemas.join(', ')}`] : []),
		],
		identity: JSON.stringify([
			'postgres',
			await identifyCluster(session),
			row['database'],
			session.schemas,
		]),
	};
}

/**
A cluster's own number, and where its server listens: a copy of the files on another machine has
the same number and is another database.
*/
async function identifyCluster(session: PostgresSession): Promise<string> {
	const [row = {}] = await session.run(
		`SELECT pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') AS allowed,
			pg_catalog.host(pg_catalog.inet_server_addr()) || ':' || pg_catalog.inet_server_port() AS address`,
	);
	const {host, port} = session.settings;
	const address = row['address'] ?? `socket:${port}`;
	if (row['allowed'] !== 't') return `${host} ${address}`;
	const [system] = await session.run(
		'SELECT system_identifier AS id FROM pg_catalog.pg_control_system()',
	);
	return `${system?.['id'] ?? ''} ${address}`;
}
