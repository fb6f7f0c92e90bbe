import pg from 'pg';
import type {Address, Kind, Session, TextRow} from './address.ts';

export const postgres: Kind = {
	name: 'PostgreSQL',
	scheme: 'postgres',
	open: openSession,
	async readVersion(session) {
		const [row] = await session.query('SHOW server_version');
		return row?.['server_version']?.split(' ')[0] ?? '';
	},
	async create(session, name, clauses) {
		await session.query(`CREATE DATABASE ${name} TEMPLATE template0 ${clauses}`);
	},
	async drop(session, name) {
		// WITH (FORCE) is not there before version 13.
		await session.query(
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
		);
		await session.query(`DROP DATABASE IF EXISTS ${name}`);
	},
};

async function openSession(address: Address, database = address.database): Promise<Session> {
	const {host, port, socketPath, user, password} = address;
	const client = new pg.Client({
		host: socketPath ?? host,
		port,
		user,
		password,
		database,
		types: {getTypeParser: () => (text: unknown) => text},
	});
	// Tests kill servers; what is asked next then says so.
	client.on('error', () => undefined);
	let isOpen = true;
	client.on('end', () => (isOpen = false));
	await client.connect();
	return {
		async query(sql) {
			const results: unknown = await client.query(sql);
			return readRows(Array.isArray(results) ? results.at(-1) : results);
		},
		isOpen: () => isOpen,
		close: () => client.end(),
	};
}

function readRows(result: unknown): readonly TextRow[] {
	// No parser touched the values: pg gives the text of each, or null.
	return (result as pg.QueryResult<TextRow>).rows;
}
