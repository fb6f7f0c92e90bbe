import type {MissingRight} from '../dialect.ts';
import {quoteName, quoteText} from './names.ts';
import type {MysqlSession} from './session.ts';

/** Without the last two the server hides views and triggers, and says nothing. */
const toCompare = ['SELECT', 'SHOW VIEW', 'TRIGGER'];

const toApply = [
	...['INSERT', 'UPDATE', 'DELETE', 'CREATE', 'ALTER', 'DROP', 'INDEX', 'REFERENCES'],
	'CREATE VIEW',
];

/**
Rights that the account lacks on a whole database. One that it has on single tables counts where
it has it on every table that it can see.
*/
export async function listMissingRights(
	session: MysqlSession,
	access: 'read' | 'write',
): Promise<MissingRight[]> {
	const {database, schemas} = session.settings;
	const own = schemas.length > 0 ? schemas : [database];
	const [account] = await session.run('SELECT CURRENT_USER() AS account');
	const grants = await readGrants(session);
	const missing: MissingRight[] = [];
	for (const schema of own) {
		const tables = await listTables(session, schema);
		for (const right of access === 'read' ? toCompare : [...toCompare, ...toApply]) {
			if (isGranted(grants, right, schema, tables)) continue;
			missing.push({
				right: `${right} on ${schema}`,
				grant: `GRANT ${right} ON ${quoteName(schema)}.* TO ${quoteAccount(account?.['account'] ?? '')}`,
			});
		}
	}
	return missing;
}

type Grant = {
	readonly rights: ReadonlySet<string>;
	/** LIKE patterns as the server keeps them; `*` is all. */
	readonly schema: string;
	readonly table: string;
};

async function readGrants(session: MysqlSession): Promise<Grant[]> {
	const rows = await session.run(`SHOW GRANTS${await usingRoles(session)}`);
	return rows.flatMap((row) => parseGrant(Object.values(row)[0] ?? ''));
}

/** MySQL 8 shows what roles give only when these are named; MariaDB does by itself. */
async function usingRoles(session: MysqlSession): Promise<string> {
	const {flavour, numbers} = session.version;
	if (flavour === 'mariadb' || numbers[0] < 8) return '';
	const [row] = await session.run('SELECT CURRENT_ROLE() AS roles');
	const roles = row?.['roles'] ?? 'NONE';
	return roles === 'NONE' || roles === '' ? '' : ` FOR CURRENT_USER() USING ${roles}`;
}

function parseGrant(text: string): Grant[] {
	const name = '(\\*|`(?:[^`]|``)+`)';
	const match = new RegExp(`^GRANT (.+?) ON (?:TABLE )?${name}\\.${name} TO `).exec(text);
	if (!match) return [];
	const [, rights = '', schema = '', table = ''] = match;
	// A right on single columns stands before its list of columns: it is not one on the table.
	const whole = rights.replaceAll(/\b[A-Z ]+ \([^)]*\)/g, '');
	const unquote = (part: string) => (part === '*' ? part : part.slice(1, -1).replaceAll('``', '`'));
	return [
		{
			rights: new Set(whole.split(',').map((right) => right.trim())),
			schema: unquote(schema),
			table: unquote(table),
		},
	];
}

function isGranted(
	grants: readonly Grant[],
	right: string,
	schema: string,
	tables: readonly string[],
): boolean {
	const fitting = grants.filter(
		({rights, schema: pattern}) =>
			(rights.has(right) || rights.has('ALL PRIVILEGES') || rights.has('ALL')) &&
			matchesPattern(pattern, schema),
	);
	if (fitting.some(({table}) => table === '*')) return true;
	const granted = new Set(fitting.map(({table}) => table));
	return tables.length > 0 && tables.every((table) => granted.has(table));
}

/** In a grant `%` and `_` stand for any characters, unless a backslash stands before. */
function matchesPattern(pattern: string, name: string): boolean {
	if (pattern === '*') return true;
	const source = pattern.replaceAll(/\\?[\s\S]/gu, (part) => {
		if (part === '%') return '.*';
		if (part === '_') return '.';
		return part.slice(-1).replace(/[$()*+.?[\\\]^{|}]/, '\\$&');
	});
	return new RegExp(`^${source}$`, 'isu').test(name);
}

async function listTables(session: MysqlSession, schema: string): Promise<string[]> {
	const rows = await session.run(
		`SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${quoteText(schema)}`,
	);
	return rows.map((row) => row['name'] ?? '');
}

/** `user@host` as an account; a name may hold an @ itself. */
function quoteAccount(account: string): string {
	const at = account.lastIndexOf('@');
	return `${quoteText(account.slice(0, at))}@${quoteText(account.slice(at + 1))}`;
}
