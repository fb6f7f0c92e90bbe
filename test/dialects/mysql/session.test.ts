import assert from 'node:assert/strict';
import test from 'node:test';
import {MysqlSession} from '../../../source/dialects/mysql/session.ts';
import type {ServerSettings} from '../../../source/model/connection-settings.ts';
import {DeepDiffError} from '../../../source/model/errors.ts';
import {servers, startServer} from '../../servers/servers.ts';
import {testOnEach} from './row-fixture.ts';

/** What a person reads: the message and the hint. */
async function refusal(settings: ServerSettings): Promise<string> {
	try {
		const session = await MysqlSession.open(settings, {access: 'read'});
		await session.close();
	} catch (error) {
		assert.ok(error instanceof DeepDiffError, String(error));
		return `${error.message} ${error.hint}`;
	}
	assert.fail('It was let in.');
}

test('a session spells values alike, whatever the server is set to', async (context) => {
	const server = await startServer(context, 'mariadb', {
		args: [
			'--sql-mode=ANSI,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH,NO_ZERO_DATE',
			'--default-time-zone=+05:30',
			'--character-set-server=latin1',
			'--group-concat-max-len=4',
			'--sql-safe-updates=1',
		],
	});
	const database = await server.createDatabase(context, 'CHARACTER SET latin2');
	await database.query(`CREATE TABLE t (id int PRIMARY KEY, c char(5), ts timestamp NULL);
		SET time_zone = '+00:00'; INSERT INTO t VALUES (1, 'é', '2024-05-06 07:08:09')`);
	const session = await MysqlSession.open(database.settings, {access: 'write'});
	context.after(() => session.close());

	const [row] = await session.run(
		`SELECT CONVERT(c USING utf8mb4) AS c, ts, '\\\\' AS slash, CHAR_LENGTH("a'b") AS length,
			CAST('0000-00-00' AS DATE) AS none, 'é' AS e FROM t`,
	);
	assert.deepEqual(
		{...row},
		{c: 'é', ts: '2024-05-06 07:08:09', slash: '\\', length: '3', none: '0000-00-00', e: 'é'},
	);
	assert.deepEqual(await session.change(["UPDATE t SET c = 'x'"]), [1]);
});

testOnEach('a session knows which server it speaks to', async (database, name, context) => {
	const session = await MysqlSession.open(database.settings, {access: 'read'});
	context.after(() => session.close());
	assert.equal(session.version.flavour, name);
	assert.ok(session.maxPacket >= 1_048_576);
});

test('a Unix socket leads to the server too', async (context) => {
	const server = await servers.mariadb();
	const database = await server.createDatabase(context);
	const {socketPath} = server.address;
	assert.ok(socketPath !== undefined);
	const session = await MysqlSession.open({...database.settings, socketPath}, {access: 'read'});
	await session.close();
});

test('TLS proves what it is asked to prove', async (context) => {
	const server = await startServer(context, 'mariadb', {tls: 'client certificate'});
	const {certificates} = server;
	assert.ok(certificates);
	const database = await server.createDatabase(context);
	const own = {cert: certificates.clientCert, key: certificates.clientKey};
	const withTls = (tls: ServerSettings['tls'], host = 'localhost') => ({
		...database.settings,
		host,
		tls,
	});
	const session = await MysqlSession.open(
		withTls({mode: 'verify-full', ca: certificates.ca, ...own}),
		{access: 'read'},
	);
	const [row] = await session.run("SHOW STATUS LIKE 'Ssl_version'");
	assert.match(row?.['Value'] ?? '', /^TLS/);
	await session.close();

	assert.match(await refusal(withTls({mode: 'verify-full', ...own})), /not signed by an authority/);
	assert.match(await refusal(withTls({mode: 'require'})), /client certificate/);
	assert.match(await refusal(withTls({mode: 'disable'})), /insist on TLS/);
});

test('a server without TLS is told apart from one that is down', async (context) => {
	const server = await servers.mysql();
	const database = await server.createDatabase(context);
	const preferring = {...database.settings, tls: {mode: 'prefer'}} as const;
	const session = await MysqlSession.open(preferring, {access: 'read'});
	await session.close();
	assert.match(await refusal({...database.settings, tls: {mode: 'require'}}), /has no TLS/);
});
