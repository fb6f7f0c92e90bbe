import type {ServerSettings} from '../../model/connection-settings.ts';

/**
What decides how SQL is read and how values are spelled: those of a pack too, so that it means the
same in everybody's shell. The mode is strict, so that a value that does not fit is an error, and
takes every date that a column can hold; a backslash escapes, as it does in the server's own
definitions. (Manuals, "Server SQL Modes" and "SQL_MODE".)
*/
export const spellingSettings = [
	'SET NAMES utf8mb4 COLLATE utf8mb4_bin',
	"SET SESSION sql_mode = 'STRICT_ALL_TABLES,ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00'",
] as const;

/** A day in seconds: a scan that is paused reads nothing for as long as a person likes. */
const patience = 86_400;

/** Statements for the start of a session. */
export function pinSession(settings: ServerSettings, access: 'read' | 'write'): string[] {
	const {lockTimeout, statementTimeout} = settings;
	const lockSeconds = lockTimeout === 0 ? 31_536_000 : Math.ceil(lockTimeout / 1000);
	return [
		...spellingSettings,
		// Text comes as the bytes that are kept: the SQL says what is to be converted.
		`SET SESSION character_set_results = NULL, group_concat_max_len = 1073741824, sql_safe_updates = 0, sql_select_limit = DEFAULT, sql_auto_is_null = 0, autocommit = 1, net_read_timeout = ${patience}, net_write_timeout = ${patience}, wait_timeout = ${patience}, lock_wait_timeout = ${lockSeconds}, innodb_lock_wait_timeout = ${lockSeconds}`,
		// The one is of MySQL since 5.7.8, for SELECT, in milliseconds; the other of MariaDB since
		// 10.1, in seconds. MariaDB skips comments for MySQL 5.7.
		`SET SESSION sql_big_selects = 1 /*!50708 , max_execution_time = ${statementTimeout} */ /*M!100101 , max_statement_time = ${statementTimeout / 1000} */`,
		'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ',
		`SET SESSION TRANSACTION READ ${access === 'read' ? 'ONLY' : 'WRITE'}`,
	];
}
