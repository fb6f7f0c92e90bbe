import {parseConnection} from '../../source/config/connection-settings.ts';
import {addVersion, type Address, type KindName} from './address.ts';
import {kinds} from './kinds.ts';
import {starters} from './starters.ts';

/** One of the servers that tests share. */
export type ServerKey = 'postgres' | 'postgres-18' | 'mariadb' | 'mysql' | 'mssql';

const provided = new Map<ServerKey, Promise<Address>>();

/** The server that the environment names, else one that is started, once in this process. */
export async function provide(key: ServerKey): Promise<Address> {
	const known = provided.get(key) ?? findOrStart(key);
	provided.set(key, known);
	return known;
}

async function findOrStart(key: ServerKey): Promise<Address> {
	switch (key) {
		case 'postgres':
			return (await findNamed(key)) ?? (await starters.postgres({})).address;
		case 'postgres-18': {
			const named = await findNamed('postgres');
			if (named?.version.startsWith('18') === true) return named;
			return (await starters.postgres({version: 18})).address;
		}
		case 'mariadb':
		case 'mysql': {
			const named = await findNamed(key);
			const isMariadb = named?.version.toLowerCase().includes('mariadb');
			if (named !== undefined && isMariadb === (key === 'mariadb')) return named;
			return (await starters[key]({})).address;
		}
		case 'mssql': {
			const named = await findNamed(key);
			if (named === undefined) throw new Error(`SQL Server: ${howToName(key)}`);
			return named;
		}
		default:
			throw new Error(`There is no server called ${String(key satisfies never)}.`);
	}
}

/**
Why a test that needs such a server can't run, to give as its `skip`; false: it can. The other
kinds are always there, or their tests fail.
*/
export function whyNot(kind: 'mssql'): string | false {
	return readUrl(kind) === undefined && howToName(kind);
}

/** @throws {Error} When a server that is named does not answer. */
async function findNamed(kind: KindName): Promise<Address | undefined> {
	const url = readUrl(kind);
	if (url === undefined) return undefined;
	const variable = variables[kind];
	const settings = parseConnection(url, variable, process.cwd());
	if (settings.driver === 'sqlite') throw new Error(`${variable} names a file.`);
	const {host, port, database, user = '', password = ''} = settings;
	const address = {kind, version: '', host, port, user, password, database};
	try {
		return await addVersion(kinds[kind], address);
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new Error(`The server that ${variable} names does not answer: ${reason}`, {cause});
	}
}

const variables = {
	postgres: 'DEEPDIFF_TEST_POSTGRES_URL',
	mariadb: 'DEEPDIFF_TEST_MYSQL_URL',
	mysql: 'DEEPDIFF_TEST_MYSQL_URL',
	mssql: 'DEEPDIFF_TEST_MSSQL_URL',
} as const;

function readUrl(kind: KindName): string | undefined {
	const url = process.env[variables[kind]];
	return url === '' ? undefined : url;
}

function howToName(kind: KindName): string {
	const url = `${kinds[kind].scheme}://user:password@host/database`;
	return `name a server that may be written to: ${variables[kind]}=${url}`;
}
