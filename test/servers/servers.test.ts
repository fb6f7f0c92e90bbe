import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {connect} from 'node:net';
import {spawn} from 'node:child_process';
import test from 'node:test';
import {fileURLToPath} from 'node:url';
import {whyNot} from './provide.ts';
import {servers, startServer} from './servers.ts';
import {waitUntil} from './wait-until.ts';

for (const kind of ['postgres', 'mariadb', 'mysql'] as const) {
	test(`the shared ${kind} makes a database of one's own and drops it`, async (context) => {
		const server = await servers[kind]();
		const lifetime = collect();
		const database = await server.createDatabase(lifetime);
		await database.query('CREATE TABLE t (id int PRIMARY KEY, name varchar(9))');
		await database.query(`INSERT INTO t VALUES (1, 'é'); INSERT INTO t VALUES (2, NULL)`);

		assert.deepEqual(
			(await database.query('SELECT id, name FROM t ORDER BY id')).map((row) => ({...row})),
			[
				{id: '1', name: 'é'},
				{id: '2', name: null},
			],
		);
		assert.equal(database.settings.database, database.name);
		await lifetime.end();
		await assert.rejects(server.open(database.name));
		context.diagnostic(server.name);
	});
}

test('a database goes while a transaction is open in it', async () => {
	for (const server of [await servers.postgres(), await servers.mariadb()]) {
		const lifetime = collect();
		const database = await server.createDatabase(lifetime);
		await database.query('CREATE TABLE t (id int)');
		const other = await server.open(database.name);
		await other.query('BEGIN');
		await other.query('SELECT * FROM t');

		await lifetime.end();
		await assert.rejects(server.open(database.name));
	}
});

test('SQL Server makes a database of one’s own and drops it', {skip: whyNot('mssql')}, async () => {
	const server = await servers.mssql();
	const lifetime = collect();
	const database = await server.createDatabase(lifetime);
	await database.query('CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1), (2)');

	const rows = await database.query('SELECT id FROM t ORDER BY id');
	assert.deepEqual(rows, [{id: '1'}, {id: '2'}]);
	await lifetime.end();
	await assert.rejects(server.open(database.name));
});

test('PostgreSQL 18 is there beside the machine’s version', async () => {
	const server = await servers.postgres({version: 18});
	assert.match(server.name, /^PostgreSQL 18/);
});

for (const kind of ['postgres', 'mariadb', 'mysql'] as const) {
	test(`a killed ${kind} starts again with what was committed`, async (context) => {
		const server = await startServer(context, kind);
		const database = await server.createDatabase(context);
		await database.query('CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (7)');
		const busy = database.query(kind === 'postgres' ? 'SELECT pg_sleep(600)' : 'SELECT SLEEP(600)');

		const killed = assert.rejects(busy);
		await server.kill();
		await killed;
		await assert.rejects(server.open());
		await server.start();

		const [row] = await database.query('SELECT id FROM t');
		assert.equal(row?.['id'], '7');
	});
}

test('a server is gone when the process that started it is killed', async () => {
	const program = `
		import {startServer} from './servers.ts';
		const started = ['postgres', 'mariadb'].map((kind) => startServer({after() {}}, kind));
		const servers = await Promise.all(started);
		console.log(JSON.stringify(servers.map(({address}) => address)));
		setInterval(() => {}, 1000);`;
	const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
		cwd: fileURLToPath(new URL('.', import.meta.url)),
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const line = await new Promise<string>((resolve) =>
		child.stdout.once('data', (data) => resolve(String(data))),
	);
	const addresses = JSON.parse(line) as {port: number; socketPath: string}[];
	assert.equal(addresses.length, 2);

	child.kill('SIGKILL');
	for (const {port, socketPath} of addresses) {
		await waitUntil(async () => !(await listens(port)), 'nothing listens any more');
		await waitUntil(() => !existsSync(socketPath), 'its files are gone');
	}
});

function listens(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.destroy();
			resolve(true);
		});
		socket.on('error', () => resolve(false));
	});
}

/** A lifetime that ends when it is told to. */
function collect() {
	const stops: (() => Promise<void>)[] = [];
	return {
		after: (stop: () => Promise<void>) => void stops.push(stop),
		end: async () => {
			for (const stop of stops) await stop();
		},
	};
}
