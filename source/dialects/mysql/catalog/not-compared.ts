import type {NotCompared} from '../../../model/catalog.ts';
import type {InformationRow} from './information-schema.ts';

/**
Why a table is not compared; null: it is, or it is no table.

@param isTold No other table of its database has its name in another letter case.
*/
export function explainExclusion(
	row: InformationRow,
	isTold: boolean,
): Omit<NotCompared, 'name'> | null {
	const type = row.text('table_type');
	if (type === 'VIEW' || type === 'SEQUENCE') return null;
	if (!isTold) {
		return {kind: 'table', reason: 'another table has the same name in another letter case'};
	}
	if (type !== 'BASE TABLE' && type !== 'SYSTEM VERSIONED') {
		return {kind: type.toLowerCase(), reason: 'it lives in one session or belongs to the server'};
	}
	if (row.find('engine') === null) {
		return {kind: 'table', reason: `the server can't open it: ${row.text('table_comment')}`};
	}
	return null;
}

/** Under these modes of SQL a body means something else than in a session of ours. */
const readingModes = ['ANSI_QUOTES', 'PIPES_AS_CONCAT', 'NO_BACKSLASH_ESCAPES', 'ORACLE', 'MSSQL'];

/** Why the body of a routine, trigger or event is not compared; null: it is. */
export function explainMode(row: InformationRow): string | null {
	const modes = row.text('sql_mode').split(',');
	const mode = readingModes.find((each) => modes.includes(each));
	if (mode !== undefined) return `it is written for the SQL mode ${mode}`;
	const type = row.find('routine_type');
	if (type !== null && type !== 'FUNCTION' && type !== 'PROCEDURE') {
		return `packages are not compared`;
	}
	const body = row.find('routine_definition') ?? row.find('action_statement');
	const isRead = body ?? row.find('event_definition');
	return isRead === null ? 'the account may not read its body' : null;
}
