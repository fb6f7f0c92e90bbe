import type {MissingRight} from '../dialect.ts';
import {quoteName} from './names.ts';
import type {MssqlSession} from './session.ts';
import {quoteText} from './values/quote-text.ts';
import {findSchemas} from './catalog/find-schemas.ts';

/** Without the second the server hides definitions, and says nothing. */
const toCompare = ['SELECT', 'VIEW DEFINITION'];
const toApply = ['INSERT', 'UPDATE', 'DELETE', 'ALTER', 'REFERENCES'];
/** On the database as a whole ("GRANT Database Permissions"). */
const toCreate = ['CREATE TABLE', 'CREATE VIEW', 'CREATE PROCEDURE', 'CREATE FUNCTION'];

/** Rights that the account lacks on the schemas that are read, and for applying on the database. */
export async function listMissingRights(
	session: MssqlSession,
	access: 'read' | 'write',
): Promise<MissingRight[]> {
	const schemas = await findSchemas(session, session.settings.schemas);
	const [account] = await session.run('SELECT USER_NAME() AS name, DB_NAME() AS place');
	const user = quoteName(account?.['name'] ?? '');
	const database = account?.['place'] ?? '';
	const wanted = access === 'read' ? toCompare : [...toCompare, ...toApply];
	const missing: MissingRight[] = [];
	for (const schema of schemas) {
		const name = quoteName(schema);
		const own = await readRights(session, `${quoteText(name)}, 'SCHEMA'`);
		for (const right of wanted.filter((each) => !own.has(each))) {
			missing.push({
				right: `${right} on ${schema}`,
				grant: `GRANT ${right} ON SCHEMA::${name} TO ${user}`,
			});
		}
	}
	if (access === 'read') return missing;
	const own = await readRights(session, "NULL, 'DATABASE'");
	for (const right of toCreate.filter((each) => !own.has(each))) {
		missing.push({right: `${right} in ${database}`, grant: `GRANT ${right} TO ${user}`});
	}
	return missing;
}

/** What the account may do, or nobody can say (NULL), be it granted to itself, to a role or by owning ("HAS_PERMS_BY_NAME"). */
async function readRights(session: MssqlSession, securable: string): Promise<Set<string>> {
	const rights = [...toCompare, ...toApply, ...toCreate];
	const [row = {}] = await session.run(
		`SELECT ${rights.map((right, at) => `HAS_PERMS_BY_NAME(${securable}, '${right}') AS r${at}`).join(', ')}`,
	);
	return new Set(rights.filter((_, at) => row[`r${at}`] !== '0'));
}
