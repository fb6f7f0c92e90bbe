import {readFile} from 'node:fs/promises';
import type {ServerSettings} from '../../model/connection-settings.ts';
import {ConnectionError} from '../../model/errors.ts';

/** What TLS must prove and bring, as Node's `tls.connect` names it. */
export type TlsOptions = {
	readonly rejectUnauthorized: boolean;
	/** Present where any name of a certificate will do. */
	readonly checkServerIdentity?: () => undefined;
	readonly ca?: string;
	readonly cert?: string;
	readonly key?: string;
};

/**
Reads the files that TLS needs; null where it is switched off or goes through a socket's file.
As with PostgreSQL's own clients, `require` with an authority at hand asks it as `verify-ca` does.

@throws {ConnectionError} When a file can't be read.
*/
export async function readTls({tls, socketPath}: ServerSettings): Promise<TlsOptions | null> {
	const {mode} = tls;
	if (mode === 'disable' || socketPath !== undefined) return null;
	const verifies = mode.startsWith('verify-') || (mode === 'require' && tls.ca !== undefined);
	const [ca, cert, key] = await Promise.all([
		readPem('CA', tls.ca),
		readPem('client certificate', tls.cert),
		readPem('client key', tls.key),
	]);
	return {
		rejectUnauthorized: verifies,
		...(mode === 'verify-full' ? {} : {checkServerIdentity: () => undefined}),
		...(ca !== undefined && {ca}),
		...(cert !== undefined && {cert}),
		...(key !== undefined && {key}),
	};
}

async function readPem(what: string, file: string | undefined): Promise<string | undefined> {
	if (file === undefined) return undefined;
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		throw new ConnectionError(`The ${what} file ${file} can't be read.`, {
			hint: 'Check the path under tls in the configuration, and its permissions.',
			cause: error,
		});
	}
}
