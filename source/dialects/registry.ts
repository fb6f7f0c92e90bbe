import type {ConnectionSettings, Driver} from '../model/connection-settings.ts';
import {ConnectionError} from '../model/errors.ts';
import type {Dialect} from './dialect.ts';

/** The databases that can be reached; a driver is loaded on first use only. */
const loaders: Partial<Record<Driver, () => Promise<Dialect>>> = {
	mysql: async () => (await import('./mysql/mysql.ts')).mysql,
	sqlite: async () => (await import('./sqlite/sqlite.ts')).sqlite,
	postgres: async () => (await import('./postgres/postgres.ts')).postgres,
	mssql: async () => (await import('./mssql/mssql.ts')).mssql,
};

/**
The dialect of a connection.

@throws {ConnectionError} For a database that this version can't speak to.
*/
export async function loadDialect(settings: ConnectionSettings): Promise<Dialect> {
	const load = loaders[settings.driver];
	if (load) return load();
	throw new ConnectionError(`This version can't connect to ${settings.driver} yet.`, {
		hint: `It knows ${Object.keys(loaders).join(', ')}.`,
	});
}
