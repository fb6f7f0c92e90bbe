import type {ConnectionSettings} from '../../model/connection-settings.ts';
import type {HeldSnapshot} from '../side-reader.ts';
import {readCode} from '../server/explain-network-error.ts';
import {PostgresSession} from './session.ts';

/** `feature_not_supported`, and what a pooler says to a transaction that it can't keep. */
const unsupported = new Set(['0A000', '25001', '55000']);

/**
Exports the snapshot of a transaction that is kept open (manual, "Snapshot Synchronization
Functions"); null where this server can't, or none is wanted.

@throws {ConnectionError} With a hint.
*/
export async function holdSnapshot(settings: ConnectionSettings): Promise<HeldSnapshot | null> {
	if (!settings.snapshot) return null;
	const session = await PostgresSession.open(settings, {access: 'read'});
	try {
		const [row] = await session.run(
			'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT pg_catalog.pg_export_snapshot() AS token',
		);
		return {token: row?.['token'] ?? '', close: () => session.close()};
	} catch (error) {
		await session.close();
		if (unsupported.has(readCode(error) ?? '')) return null;
		throw error;
	}
}
