import assert from 'node:assert/strict';
import {test} from 'node:test';
import {displayName, type ServerSettings} from '../../source/model/connection-settings.ts';

const server: ServerSettings = {
	driver: 'postgres',
	host: 'db1',
	port: 5432,
	user: 'shop',
	password: 'hunter2',
	passwordPrompt: false,
	database: 'orders',
	schemas: [],
	tls: {mode: 'prefer'},
	connectTimeout: 0,
	statementTimeout: 0,
	lockTimeout: 0,
	snapshot: true,
};

test('a server is named by account, address and database, never by password', () => {
	assert.equal(displayName(server), 'shop@db1:5432/orders');
	assert.equal(displayName({...server, host: '::1'}), 'shop@[::1]:5432/orders');
	assert.equal(displayName({...server, socketPath: '/run/pg'}), 'shop@/run/pg/orders');
});

test("a file is named by its last part, and a name can't drive the terminal", () => {
	const sqlite = {driver: 'sqlite', lockTimeout: 0, snapshot: true} as const;
	assert.equal(displayName({...sqlite, file: '/data/shop.db'}), 'shop.db');
	assert.equal(displayName({...sqlite, file: '/data/a\u001B[2Jb\n.db'}), 'a[2Jb.db');
});
