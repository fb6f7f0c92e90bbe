import {startMariadb, startMysql} from './start-mysql.ts';
import {startPostgres} from './start-postgres.ts';

/** The kinds that the tests can start by themselves. */
export const starters = {
	postgres: startPostgres,
	mariadb: startMariadb,
	mysql: startMysql,
} as const;
