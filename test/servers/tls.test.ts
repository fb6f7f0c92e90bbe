import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import test from 'node:test';
import {createConnection} from 'mysql2/promise';
import pg from 'pg';
import type {Certificates} from './certificates.ts';
import {startServer, type OwnServer} from './servers.ts';

type Tls = {ca: string; cert?: string; key?: string} | undefined;

const connectors = {
	postgres: async ({address: {port, user, password}}: OwnServer, ssl: Tls) => {
		const client = new pg.Client({
			host: 'localhost',
			port,
			user,
			password,
			database: 'postgres',
			ssl,
		});
		await client.connect();
		await client.end();
	},
	mariadb: async ({address: {port, user, password}}: OwnServer, ssl: Tls) => {
		const tls = ssl && {ssl: {...ssl, verifyIdentity: true}};
		const connection = await createConnection({host: 'localhost', port, user, password, ...tls});
		await connection.end();
	},
};

for (const kind of ['postgres', 'mariadb'] as const) {
	const tryTo = connectors[kind];

	test(`${kind} can require TLS, with a certificate that its authority proves`, async (context) => {
		const server = await startServer(context, kind, {tls: 'required'});
		const {ca} = read(server.certificates);

		await tryTo(server, {ca});
		await assert.rejects(tryTo(server, undefined));
		await assert.rejects(tryTo(server, {ca: read(server.certificates).cert}));
	});

	test(`${kind} can require a client's certificate`, async (context) => {
		const server = await startServer(context, kind, {tls: 'client certificate'});
		const {ca, cert, key} = read(server.certificates);

		await tryTo(server, {ca, cert, key});
		await assert.rejects(tryTo(server, {ca}));
	});
}

function read(certificates: Certificates | undefined) {
	assert.ok(certificates);
	const {ca, clientCert, clientKey} = certificates;
	const text = (file: string) => readFileSync(file, 'utf8');
	return {ca: text(ca), cert: text(clientCert), key: text(clientKey)};
}
