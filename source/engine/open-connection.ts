import type {Connection} from '../dialects/dialect.ts';
import {loadDialect} from '../dialects/registry.ts';
import type {ConnectionSettings} from '../model/connection-settings.ts';
import {isSnapshotFile} from '../store/snapshot-file.ts';
import {SnapshotConnection} from './snapshot/snapshot-connection.ts';

/**
Opens a side for reading: a database, or a snapshot that was recorded of one.

@throws {ConnectionError | LockedError | StoreError} With a hint for the person.
*/
export async function openConnection(settings: ConnectionSettings): Promise<Connection> {
	if ('file' in settings && isSnapshotFile(settings.file)) return new SnapshotConnection(settings);
	const dialect = await loadDialect(settings);
	return dialect.connect(settings, {access: 'read'});
}
