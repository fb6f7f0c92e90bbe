import type {MssqlSession} from './session.ts';

/** Whether the database lets a session read from a snapshot: `ALLOW_SNAPSHOT_ISOLATION`. */
export async function allowsSnapshot(session: MssqlSession): Promise<boolean> {
	const [row] = await session.run(
		'SELECT snapshot_isolation_state AS state FROM sys.databases WHERE database_id = DB_ID()',
	);
	return row?.['state'] === '1';
}
