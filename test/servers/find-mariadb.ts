import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';

const run = promisify(execFile);

export type MariadbPrograms = {readonly server: string; readonly install: string};

/**
The machine's MariaDB; on Debian it is installed when it isn't there and the account may.

@throws {Error} When there is none: these tests fail then, they are not left out.
*/
export async function findMariadb(): Promise<MariadbPrograms> {
	const found = find();
	if (found !== undefined) return found;
	const reason = await installWithApt();
	const installed = find();
	if (installed !== undefined) return installed;
	throw new Error(
		`The tests need MariaDB, and could not install it: ${reason}\n` +
			'Install it (Debian: apt-get install mariadb-server), or name a server that may be written ' +
			'to: DEEPDIFF_TEST_MYSQL_URL=mysql://user:password@host/mysql',
	);
}

function find(): MariadbPrograms | undefined {
	const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/usr/bin'];
	const findProgram = (name: string) =>
		folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
	const [server, install] = [findProgram('mariadbd'), findProgram('mariadb-install-db')];
	return server === undefined || install === undefined ? undefined : {server, install};
}

/** The programs alone, without the service that `mariadb-server` starts. Tells what went wrong. */
async function installWithApt(): Promise<string> {
	if (!existsSync('/usr/bin/apt-get')) return 'there is no apt-get';
	const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
	const apt = (...args: string[]) => {
		const [file = '', ...rest] = [
			...[...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y'],
			...['-o', 'DPkg::Lock::Timeout=300', ...args],
		];
		return run(file, rest, {maxBuffer: 64 * 1024 * 1024});
	};
	try {
		await apt('update');
		await apt('install', '--no-install-recommends', 'mariadb-server-core', 'mariadb-client-core');
		return 'apt-get installed it where it is not found';
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
