import assert from 'node:assert/strict';
import path from 'node:path';
import {createServer, type AddressInfo} from 'node:net';
import test, {type TestContext} from 'node:test';
import {PostgresSession} from '../../../source/dialects/postgres/session.ts';
import type {ServerSettings} from '../../../source/model/connection-settings.ts';
import {
	ConnectionError,
	ConnectionLostError,
	DeepDiffError,
	InterruptedError,
	LockedError,
} from '../../../source/model/errors.ts';
import {makeCertificates} from '../../servers/certificates.ts';
import {servers, startServer} from '../../servers/servers.ts';
import {waitUntil} from '../../servers/wait-until.ts';

async function makeDatabase(context: TestContext) {
	const server = await servers.postgres();
	return server.createDatabase(context);
}

async function open(
	context: TestContext,
	settings: ServerSettings,
	options: Partial<Parameters<typeof PostgresSession.open>[1]> = {},
) {
	const session = await PostgresSession.open(settings, {access: 'read', ...options});
	context.after(() => session.close());
	return session;
}

/** What a person reads: the message and the hint. */
async function refusal(settings: ServerSettings): Promise<string> {
	try {
		const session = await PostgresSession.open(settings, {access: 'read'});
		await session.close();
	} catch (error) {
		assert.ok(error instanceof DeepDiffError, String(error));
		const text = `${error.message} ${error.hint}`;
		assert.ok(!text.includes(settings.password ?? 'no password'), text);
		return text;
	}
	assert.fail('It was let in.');
}

test('a session spells values alike, whatever the server is set to', async (context) => {
	const database = await makeDatabase(context);
	await database.query(`ALTER DATABASE ${database.name} SET DateStyle = 'German';
		ALTER DATABASE ${database.name} SET TimeZone = 'Asia/Kolkata';
		ALTER DATABASE ${database.name} SET IntervalStyle = 'postgres_verbose';
		ALTER DATABASE ${database.name} SET bytea_output = 'escape';
		ALTER DATABASE ${database.name} SET extra_float_digits = -5`);
	const session = await open(context, database.settings);

	const [row] = await session.run(`SELECT timestamptz '2024-05-06 07:08:09.123456+00' AS moment,
		interval '1 year 2 days 3.5 s' AS span, bytea '\\x00ff' AS bytes, 0.1::float8 + 0.2 AS real`);

	assert.deepEqual(
		{...row},
		{
			moment: '2024-05-06 07:08:09.123456+00',
			span: 'P1Y2DT3.5S',
			bytes: '\\x00ff',
			real: '0.30000000000000004',
		},
	);
});

test('a session for comparing writes nothing', async (context) => {
	const database = await makeDatabase(context);
	await database.query('CREATE TABLE t (id int)');
	const session = await open(context, database.settings);
	await assert.rejects(session.run('INSERT INTO t VALUES (1)'), /read-only/);
	assert.deepEqual(await session.query('SELECT count(*) AS n FROM t'), [{n: '0'}]);
});

test('values are bound to the question marks of a query', async (context) => {
	const {settings} = await makeDatabase(context);
	const session = await open(context, settings);
	const rows = await session.query('SELECT ?::text AS a, ?::int + 1 AS b, ?::text AS c', [
		`it's`,
		1,
		null,
	]);
	assert.deepEqual(rows, [{a: `it's`, b: '2', c: null}]);
});

test('the schemas of the settings are the search path, with those of extensions behind', async (context) => {
	const database = await makeDatabase(context);
	await database.query(`CREATE SCHEMA "Sales ""1"""; CREATE SCHEMA hr; CREATE SCHEMA ext;
		CREATE EXTENSION citext SCHEMA ext; CREATE TABLE "Sales ""1""".t (id int); CREATE TABLE hr.u (name ext.citext)`);
	const schemas = ['Sales "1"', 'hr'];
	const session = await open(context, {...database.settings, schemas});

	assert.deepEqual(session.schemas, schemas);
	assert.deepEqual(await session.run('TABLE t'), []);
	const [row] = await session.run(`SELECT 'A'::citext = 'a' AS same FROM (SELECT 1) AS one`);
	assert.equal(row?.['same'], 't');
});

test('without schemas in the settings the account’s default one is compared', async (context) => {
	const {settings} = await makeDatabase(context);
	const session = await open(context, settings);
	assert.deepEqual(session.schemas, ['public']);
	assert.equal(session.isUtf8, true);
	assert.ok(session.version >= 120_000);
});

test('the Unix socket is as good as TCP', async (context) => {
	const database = await makeDatabase(context);
	const {socketPath} = database.server.address;
	if (socketPath === undefined) {
		context.skip('The named server may have no socket here.');
		return;
	}
	const session = await open(context, {...database.settings, socketPath});
	assert.deepEqual(await session.query('SELECT 1 AS one'), [{one: '1'}]);
});

test('a refused connection tells what is wrong and what to do', async (context) => {
	const {settings} = await makeDatabase(context);

	assert.match(
		await refusal({...settings, password: 'wr0ng!'}),
		/refuses the account or its password\..*passwordFile/,
	);
	assert.match(await refusal({...settings, database: 'nowhere'}), /no database nowhere.*spelling/);
	assert.match(
		await refusal({...settings, host: 'no-such-host.invalid'}),
		/host no-such-host\.invalid is not known/,
	);
	assert.match(await refusal({...settings, socketPath: '/nowhere'}), /no socket at \/nowhere/);
	assert.match(await refusal({...settings, tls: {mode: 'require'}}), /has no TLS\..*tls\.mode/);
	assert.match(
		await refusal({...settings, tls: {mode: 'verify-ca', ca: '/nowhere/ca.pem'}}),
		/CA file \/nowhere\/ca\.pem can't be read/,
	);
	const {password, ...without} = settings;
	assert.ok(password);
	assert.match(await refusal(without), /wants a password/);
});

test('a port that nothing listens on is told from one that something else listens on', async (context) => {
	const {settings} = await makeDatabase(context);
	const stranger = createServer((socket) => socket.resume().end('220 mail ready\r\n'));
	await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
	const {port} = stranger.address() as AddressInfo;
	for (const mode of ['prefer', 'disable'] as const) {
		assert.match(await refusal({...settings, port, tls: {mode}}), /closed the connection/);
	}

	await new Promise((resolve) => stranger.close(resolve));
	assert.match(await refusal({...settings, port}), /nothing listens there/);
});

test('a server that says nothing is given up after connectTimeout', async (context) => {
	const {settings} = await makeDatabase(context);
	const silent = createServer(() => undefined);
	await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
	context.after(() => silent.close());
	const {port} = silent.address() as AddressInfo;
	assert.match(
		await refusal({...settings, port, connectTimeout: 200}),
		/does not answer within 0\.2 s/,
	);
});

test('a statement and a lock are waited for as long as the settings say', async (context) => {
	const database = await makeDatabase(context);
	await database.query('CREATE TABLE t (id int)');
	const session = await open(context, {
		...database.settings,
		lockTimeout: 50,
		statementTimeout: 400,
	});

	await assert.rejects(session.run('SELECT pg_sleep(60)'), (error) => {
		assert.ok(error instanceof ConnectionError && !(error instanceof ConnectionLostError));
		assert.match(`${error.message} ${error.hint}`, /statement timeout\. Raise statementTimeout/);
		return true;
	});
	await database.query('BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE');
	await assert.rejects(session.run('TABLE t'), LockedError);
	await database.query('ROLLBACK');
	assert.deepEqual(await session.run('TABLE t'), []);
});

test('a signal stops what is running, and the session stays usable', async (context) => {
	const database = await makeDatabase(context);
	const abort = new AbortController();
	const session = await open(context, database.settings, {signal: abort.signal});
	const stopped = assert.rejects(session.run('SELECT pg_sleep(60)'), InterruptedError);
	await waitUntil(async () => {
		const [row] = await database.query(
			`SELECT count(*) AS n FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'`,
		);
		return row?.['n'] === '1';
	}, 'the query runs');

	abort.abort();
	await stopped;

	assert.deepEqual(await session.query('SELECT 1 AS one'), [{one: '1'}]);
});

test('a killed server loses the connection, in the middle of a query and before the next', async (context) => {
	const server = await startServer(context, 'postgres');
	const database = await server.createDatabase(context);
	const [busy, idle] = [
		await open(context, database.settings),
		await open(context, database.settings),
	];
	const lost = assert.rejects(busy.run('SELECT pg_sleep(60)'), ConnectionLostError);

	await server.kill();

	await lost;
	assert.equal(busy.isLost, true);
	await assert.rejects(idle.query('SELECT 1'), ConnectionLostError);
	assert.match(await refusal(database.settings), /nothing listens there/);
});

test('a server without room for one more connection says so', async (context) => {
	const args = ['-c', 'max_connections=4', '-c', 'superuser_reserved_connections=0'];
	const server = await startServer(context, 'postgres', {args});
	const database = await server.createDatabase(context);
	for (let count = 0; count < 4; count++) await open(context, database.settings);
	assert.match(await refusal(database.settings), /takes no more connections/);
});

test('TLS proves what its mode says', async (context) => {
	const server = await startServer(context, 'postgres', {tls: 'required'});
	const {settings} = await server.createDatabase(context);
	const ca = server.certificates?.ca ?? '';
	const connect = async (tls: ServerSettings['tls'], host = settings.host) => {
		const session = await open(context, {...settings, host, tls});
		const [row] = await session.run('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
		return row?.['ssl'];
	};

	const strange = makeCertificates(`${path.dirname(ca)}-of-others`).ca;

	assert.equal(await connect({mode: 'prefer'}), 't');
	assert.equal(await connect({mode: 'require'}), 't');
	assert.equal(await connect({mode: 'verify-ca', ca}), 't');
	assert.equal(await connect({mode: 'verify-full', ca}), 't');
	assert.match(
		await refusal({...settings, tls: {mode: 'disable'}}),
		/does not let this machine in.*tls\.mode to require/,
	);
	assert.match(
		await refusal({...settings, tls: {mode: 'verify-full'}}),
		/not signed by an authority.*tls\.ca/,
	);
	assert.match(
		await refusal({...settings, tls: {mode: 'require', ca: strange}}),
		/not signed by an authority/,
	);
});

test('a client certificate lets in where the server wants one', async (context) => {
	const server = await startServer(context, 'postgres', {tls: 'client certificate'});
	const {settings} = await server.createDatabase(context);
	const {ca, clientCert, clientKey} = server.certificates ?? assert.fail();

	const tls = {mode: 'verify-full', ca, cert: clientCert, key: clientKey} as const;
	assert.deepEqual(await (await open(context, {...settings, tls})).run('SELECT 1 AS one'), [
		{one: '1'},
	]);
	assert.match(
		await refusal({...settings, tls: {mode: 'require'}}),
		/client certificate.*tls\.cert/,
	);
});
