import {parseConnection} from '../../source/config/connection-settings.ts';
import type {Address, KindName} from './address.ts';
import {kinds} from './kinds.ts';
import {starters} from './starters.ts';

/** One of the servers that tests share. */
export type ServerKey = 'postgres' | 'postgres-18' | 'mariadb' | 'mysql';

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
			return (await findNamed('POSTGRES', key)) ?? (await starters.postgres({})).address;
		case 'postgres-18': {
			const named = await findNamed('POSTGRES', 'postgres');
			if (named?.version.startsWith('18') === true) return named;
			return (await starters.postgres({version: 18})).address;
		}
		case 'mariadb':
		case 'mysql': {
			const named = await findNamed('MYSQL', key);
			const isMariadb = named?.version.toLowerCase().includes('mariadb');
			if (named !== undefined && isMariadb === (key === 'mariadb')) return named;
			return (await starters[key]({})).address;
		}
		default:
			throw new Error(`There is no server called ${String(key satisfies never)}.`);
	}
}

/** @throws {Error} The driver's own, when a server that is named does not answer. */
async function findNamed(word: string, kind: KindName): Promise<Address | undefined> {
	const variable = `DEEPDIFF_TEST_${word}_URL`;
	const url = process.env[variable];
	if (url === undefined || url === '') return undefined;
	const settings = parseConnection(url, variable, process.cwd());
	if (settings.driver === 'sqlite') throw new Error(`${variable} names a file.`);
	const {host, port, database, user = '', password = ''} = settings;
	const address = {kind, version: '', host, port, user, password, database};
	const session = await kinds[kind].open(address);
	const version = await kinds[kind].readVersion(session);
	await session.close();
	return {...address, version};
}
