import assert from 'node:assert/strict';
import test from 'node:test';
import {servers} from '../../../servers/servers.ts';
import {readDatabase} from '../fixture.ts';

test('foreign keys come by name, in whatever order InnoDB has opened them', async (context) => {
	const server = await servers.mariadb();
	const database = await server.createDatabase(context);
	const names = ['d', 'a', 'c', 'b', 'f', 'e'];
	const columns = names.map((name) => `${name} int`).join(', ');
	const keys = names.map(
		(name) => `CONSTRAINT refers_${name} FOREIGN KEY (${name}) REFERENCES parent (id)`,
	);
	await database.query(`CREATE TABLE parent (id int PRIMARY KEY);
		CREATE TABLE child (id int PRIMARY KEY, ${columns}, ${keys.join(', ')})`);
	const before = await readDatabase(database);
	await database.query('FLUSH TABLES');
	const after = await readDatabase(database);

	assert.deepEqual(
		after.tables.find(({name}) => name === 'child')?.foreignKeys.map(({name}) => name),
		names.toSorted().map((name) => `refers_${name}`),
	);
	assert.equal(after.fingerprint, before.fingerprint);
});
