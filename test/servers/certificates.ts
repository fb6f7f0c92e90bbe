import {execFileSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {chownAll} from './server-folder.ts';

/** Absolute paths of PEM files. */
export type Certificates = {
	readonly ca: string;
	readonly serverCert: string;
	readonly serverKey: string;
	readonly clientCert: string;
	readonly clientKey: string;
};

/**
Makes an authority with a certificate for a server and one for a client.

@param folder Is made.
@param hosts Whom the server's certificate is for. @default localhost and 127.0.0.1
@throws {Error} When there is no `openssl` to make them with.
*/
export function makeCertificates(
	folder: string,
	hosts = ['DNS:localhost', 'IP:127.0.0.1'],
): Certificates {
	mkdirSync(folder);
	const file = (name: string) => path.join(folder, name);
	openssl(
		'req',
		'-x509',
		...newKey(file('ca.key')),
		'-subj',
		'/CN=test authority',
		...[
			...['-days', '2', '-out', file('ca.pem')],
			...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
		],
	);
	const sign = (name: string, subject: string, extension: string) => {
		writeFileSync(file(`${name}.ext`), extension);
		openssl('req', ...newKey(file(`${name}.key`)), '-subj', subject, '-out', file(`${name}.csr`));
		openssl(
			...['x509', '-req', '-in', file(`${name}.csr`), '-days', '2', '-out', file(`${name}.pem`)],
			...['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial'],
			...['-extfile', file(`${name}.ext`)],
		);
	};
	sign('server', '/CN=test server', `subjectAltName=${hosts.join(',')}\n`);
	sign('client', '/CN=postgres', 'extendedKeyUsage=clientAuth\n');
	// Servers refuse a key that isn't theirs.
	chownAll(folder);
	return {
		ca: file('ca.pem'),
		serverCert: file('server.pem'),
		serverKey: file('server.key'),
		clientCert: file('client.pem'),
		clientKey: file('client.key'),
	};
}

function newKey(file: string): string[] {
	return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file];
}

function openssl(...args: string[]): void {
	try {
		execFileSync('openssl', args, {stdio: ['ignore', 'ignore', 'pipe']});
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new Error(`The tests' certificates are made by openssl, which failed: ${reason}`, {
			cause,
		});
	}
}
