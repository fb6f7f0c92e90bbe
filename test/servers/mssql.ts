import {Connection, Request, type ConnectionConfiguration} from 'tedious';
import type {Address, Kind, Session, TextRow} from './address.ts';

/** SQL Server, which the tests can't start: it is there when the environment names one. */
export const mssql: Kind = {
	name: 'SQL Server',
	scheme: 'mssql',
	open: openSession,
	async readVersion(session) {
		const [row] = await session.query('SELECT @@VERSION AS version');
		return row?.['version']?.split('\n')[0] ?? '';
	},
	async create(session, name, clauses) {
		await session.query(`CREATE DATABASE ${name} ${clauses}`);
	},
	async drop(session, name) {
		const others = await session.query(
			`SELECT session_id AS id FROM sys.dm_exec_sessions WHERE database_id = DB_ID('${name}')`,
		);
		for (const {id} of others) await session.query(`KILL ${id}`);
		await session.query(`DROP DATABASE IF EXISTS ${name}`);
	},
};

async function openSession(address: Address, database = address.database): Promise<Session> {
	const {host, port, user, password} = address;
	const connect = (encrypt: boolean) =>
		connectTo({
			server: host,
			authentication: {type: 'default', options: {userName: user, password}},
			options: {port, database, encrypt, trustServerCertificate: true},
		});
	// Most servers want TLS at least for the password; some have none.
	const connection = await connect(true).catch(() => connect(false));
	let isOpen = true;
	connection.on('end', () => (isOpen = false));
	connection.on('error', () => (isOpen = false));
	return {
		query: (sql) => runBatch(connection, sql),
		isOpen: () => isOpen,
		close: async () => {
			const ended = new Promise((resolve) => connection.once('end', resolve));
			connection.close();
			await ended;
		},
	};
}

function connectTo(configuration: ConnectionConfiguration): Promise<Connection> {
	const connection = new Connection(configuration);
	return new Promise((resolve, reject) => {
		connection.connect((error) => (error ? reject(error) : resolve(connection)));
	});
}

/** The protocol is binary: what isn't text is spelt here, so cast in SQL what must be exact. */
function runBatch(connection: Connection, sql: string): Promise<readonly TextRow[]> {
	let rows: TextRow[] = [];
	return new Promise((resolve, reject) => {
		const request = new Request(sql, (error) => (error ? reject(error) : resolve(rows)));
		request.on('columnMetadata', () => (rows = []));
		request.on('row', (columns: {metadata: {colName: string}; value: unknown}[]) => {
			rows.push(
				Object.fromEntries(columns.map(({metadata, value}) => [metadata.colName, spell(value)])),
			);
		});
		connection.execSqlBatch(request);
	});
}

function spell(value: unknown): string | null {
	if (value === null) return null;
	if (value instanceof Date) return value.toISOString();
	if (Buffer.isBuffer(value)) return `0x${value.toString('hex')}`;
	return typeof value === 'string' ? value : JSON.stringify(value);
}
