import type {ServerSettings} from '../../model/connection-settings.ts';

/**
What decides how SQL is read: those of a pack too, so that it means the same in everybody's shell.
The first seven are what computed columns, filtered indexes and indexed views insist on ("SET
options that affect results"); the driver sets most of them, sqlcmd does not.
*/
export const spellingSettings = [
	'SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON',
	'SET NUMERIC_ROUNDABORT OFF',
	'SET DATEFORMAT ymd',
	'SET XACT_ABORT ON',
	'SET NOCOUNT ON',
] as const;

/** Statements for the start of a session. */
export function pinSession({lockTimeout}: Pick<ServerSettings, 'lockTimeout'>): string[] {
	return [
		...spellingSettings,
		'SET IMPLICIT_TRANSACTIONS OFF',
		'SET ROWCOUNT 0',
		'SET TEXTSIZE 2147483647',
		`SET LOCK_TIMEOUT ${lockTimeout === 0 ? -1 : lockTimeout}`,
		'SET TRANSACTION ISOLATION LEVEL READ COMMITTED',
	];
}
