import {createConnection} from 'mysql2/promise';
import type {Address, Kind, Session, TextRow} from './address.ts';

/** MySQL and MariaDB, which speak the same protocol. */
function makeKind(name: string): Kind {
	return {
		name,
		scheme: 'mysql',
		open: openSession,
		async readVersion(session) {
			const [row] = await session.query('SELECT VERSION() AS version');
			return row?.['version'] ?? '';
		},
		async create(session, database, clauses) {
			await session.query(`CREATE DATABASE ${database} ${clauses}`);
		},
		async drop(session, database) {
			// DROP DATABASE would wait for every transaction that a test left open.
			const others = await session.query(
				`SELECT id AS id FROM information_schema.processlist WHERE db = '${database}'`,
			);
			for (const {id} of others) await killSession(session, String(id));
			await session.query(`DROP DATABASE IF EXISTS ${database}`);
		},
	};
}

export const mysql = makeKind('MySQL');
export const mariadb = makeKind('MariaDB');

async function killSession(session: Session, id: string): Promise<void> {
	try {
		await session.query(`KILL ${id}`);
	} catch (error) {
		// ER_NO_SUCH_THREAD: it went by itself.
		if (!(error instanceof Error && 'errno' in error && error.errno === 1094)) throw error;
	}
}

async function openSession(address: Address, database = address.database): Promise<Session> {
	const {host, port, socketPath, user, password} = address;
	// Over the socket as root, which needs no password and no certificate.
	const account =
		socketPath === undefined ? {host, port, user, password} : {socketPath, user: 'root'};
	const connection = await createConnection({
		...account,
		database,
		multipleStatements: true,
		typeCast: (field) => field.string(),
	});
	let isOpen = true;
	// Tests kill servers, which is told here when no query is waiting.
	connection.on('error', () => (isOpen = false));
	return {
		async query(sql) {
			try {
				const [result] = await connection.query(sql);
				return readRows(result);
			} catch (error) {
				if (error instanceof Error && 'fatal' in error && error.fatal === true) isOpen = false;
				throw error;
			}
		},
		isOpen: () => isOpen,
		close: () => connection.end(),
	};
}

/** Rows, a header, or one of these for each statement. */
function readRows(result: unknown): readonly TextRow[] {
	if (!Array.isArray(result)) return [];
	const last: unknown = result.at(-1);
	if (Array.isArray(last)) return readRows(last);
	if (isHeader(last)) return [];
	return result as readonly TextRow[];
}

function isHeader(value: unknown): boolean {
	return value instanceof Object && value.constructor.name === 'ResultSetHeader';
}
