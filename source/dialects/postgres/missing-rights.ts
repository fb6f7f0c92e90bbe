import type {MissingRight} from '../dialect.ts';
import {quoteText} from './names.ts';
import {spellTableName} from '../server/table-name.ts';
import type {PostgresSession} from './session.ts';

/** What the account lacks for comparing or (`write`) for applying, with the statements that give it. */
export async function listMissingRights(
	session: PostgresSession,
	access: 'read' | 'write',
): Promise<MissingRight[]> {
	const rows = await session.run(rightsQuery(session.schemas, access));
	return rows.map((row): MissingRight => {
		const {privilege: right = '', kind = '', schema = '', name = '', account = '', sql = ''} = row;
		const isDefault = schema === session.schemas[0];
		const spelled =
			kind === 'SCHEMA'
				? `schema ${schema ?? ''}`
				: spellTableName({schema: isDefault ? null : schema, name: name ?? ''});
		const rest =
			kind === 'ROLE' ? `changing the structure of ${spelled}` : `${right ?? ''} on ${spelled}`;
		return {
			right: rest,
			grant:
				kind === 'ROLE'
					? `GRANT ${sql ?? ''} TO ${account ?? ''}`
					: `GRANT ${right ?? ''} ON ${kind ?? ''} ${sql ?? ''} TO ${account ?? ''}`,
		};
	});
}

/** Each row one right; `sql` is the object (or the owner) as a statement names it. */
function rightsQuery(schemas: readonly string[], access: 'read' | 'write'): string {
	const names = schemas.map(quoteText).join(', ');
	const rights = access === 'read' ? ['SELECT'] : ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
	const schemaRights = access === 'read' ? ['USAGE'] : ['USAGE', 'CREATE'];
	const list = (values: readonly string[]) =>
		`(VALUES ${values.map((value) => `(${quoteText(value)})`).join(', ')})`;
	const parts = [
		`SELECT 1 AS place, w.privilege AS privilege, 'SCHEMA' AS kind, n.nspname AS schema, '' AS name, pg_catalog.quote_ident(n.nspname) AS sql
		FROM pg_catalog.pg_namespace AS n CROSS JOIN ${list(schemaRights)} AS w (privilege)
		WHERE n.nspname IN (${names}) AND NOT pg_catalog.has_schema_privilege(n.oid, w.privilege)`,
		`SELECT 2, w.privilege, 'TABLE', own.schema, own.name, own.sql
		FROM own CROSS JOIN ${list(rights)} AS w (privilege)
		WHERE own.kind IN ('r', 'p') AND NOT pg_catalog.has_table_privilege(own.oid, w.privilege)`,
	];
	if (access === 'write') {
		parts.push(
			`SELECT 3, 'UPDATE', 'SEQUENCE', own.schema, own.name, own.sql FROM own
			WHERE CASE WHEN own.kind = 'S' THEN NOT pg_catalog.has_sequence_privilege(own.oid, 'UPDATE') ELSE false END`,
			`SELECT 4, '', 'ROLE', own.schema, own.name, pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(own.owner)) FROM own
			WHERE own.kind IN ('r', 'p') AND NOT pg_catalog.pg_has_role(own.owner, 'USAGE')`,
		);
	}
	return `
WITH own AS (
	SELECT c.oid, c.relkind AS kind, c.relowner AS owner, n.nspname AS schema, c.relname AS name,
		pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS sql
	FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
	WHERE n.nspname IN (${names}) AND c.relkind IN ('r', 'p', 'S')
)
SELECT missing.*, pg_catalog.quote_ident(current_user) AS account FROM (
${parts.join('\nUNION ALL\n')}
) AS missing ORDER BY place, schema, name, privilege`;
}
