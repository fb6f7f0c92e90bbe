import assert from 'node:assert/strict';
import test from 'node:test';
import {provide} from './provide.ts';
import {startServer} from './servers.ts';

test('the server that the environment names is used when it is of the kind', async (context) => {
	const named = await startServer(context, 'mariadb');
	context.after(() => delete process.env['DEEPDIFF_TEST_MYSQL_URL']);
	process.env['DEEPDIFF_TEST_MYSQL_URL'] = named.makeUrl('mysql');

	const [mariadb, mysql] = [await provide('mariadb'), await provide('mysql')];

	assert.equal(mariadb.port, named.address.port);
	assert.notEqual(mysql.port, named.address.port);
	assert.match(mysql.version, /^5\.6/);
});

test('a server that is named and does not answer fails the test', async (context) => {
	context.after(() => delete process.env['DEEPDIFF_TEST_POSTGRES_URL']);
	process.env['DEEPDIFF_TEST_POSTGRES_URL'] = 'postgres://nobody:x@127.0.0.1:1/postgres';

	await assert.rejects(provide('postgres'), /DEEPDIFF_TEST_POSTGRES_URL.*ECONNREFUSED/);
});
