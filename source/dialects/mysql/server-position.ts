import {isAtLeast} from './catalog/server-version.ts';
import type {MysqlSession} from './session.ts';

/**
How far the server's log of changes has come: it moves with every change of any database on it.
Null where there is no log, or the account may not see it.
*/
export async function readServerVersion(session: MysqlSession): Promise<string | null> {
	if (!session.keepsLog) return null;
	try {
		return session.version.flavour === 'mariadb'
			? await readPosition(session, 'SHOW MASTER STATUS')
			: await readPosition(
					session,
					isAtLeast(session.version, 'mysql', 8, 2)
						? 'SHOW BINARY LOG STATUS'
						: 'SHOW MASTER STATUS',
				);
	} catch (error) {
		if (session.isLost) throw error;
		return null;
	}
}

async function readPosition(session: MysqlSession, sql: string): Promise<string | null> {
	const [row] = await session.run(sql);
	if (!row) return null;
	return [row['File'], row['Position'], row['Executed_Gtid_Set'] ?? ''].join(' ');
}
