import {basename} from 'node:path';

/**
How one side is reached, in normal form: URLs are taken apart, paths are absolute,
defaults are filled in. Times are milliseconds, 0 is no limit.
*/
export type ConnectionSettings = SqliteSettings | ServerSettings;

export type SqliteSettings = SessionSettings & {
	readonly driver: 'sqlite';
	/** Absolute path. */
	readonly file: string;
};

export type ServerSettings = SessionSettings & {
	/** MariaDB is `mysql`; which of the two answers is asked once connected. */
	readonly driver: 'postgres' | 'mysql' | 'mssql' | 'oracle';
	readonly host: string;
	readonly port: number;
	/** Absolute path of a Unix socket (PostgreSQL: of its folder), used instead of host and port. */
	readonly socketPath?: string;
	readonly user?: string;
	readonly password?: string;
	/** Absolute path of a file whose first line is the password; read when connecting. */
	readonly passwordFile?: string;
	/** The person is asked for the password when connecting. */
	readonly passwordPrompt: boolean;
	/** Oracle: the service name. */
	readonly database: string;
	/** Empty: the account's default schema. */
	readonly schemas: readonly string[];
	readonly tls: TlsSettings;
	readonly connectTimeout: number;
	readonly statementTimeout: number;
};

type SessionSettings = {
	/** How long to wait for a lock before giving up. */
	readonly lockTimeout: number;
	/** Read everything from one consistent snapshot. */
	readonly snapshot: boolean;
};

export type Driver = ConnectionSettings['driver'];

/** What TLS must prove, as in PostgreSQL's `sslmode`; `prefer` takes it when the server has it. */
export const tlsModes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

export type TlsSettings = {
	readonly mode: (typeof tlsModes)[number];
	/** Absolute paths of PEM files. */
	readonly ca?: string;
	readonly cert?: string;
	readonly key?: string;
};

/**
Names one side for a person, never with its password: `shop@db1:5432/shop`, or a file's
base name.
*/
export function displayName(settings: ConnectionSettings): string {
	return stripControls('file' in settings ? basename(settings.file) : nameServer(settings));
}

function nameServer({user, host, port, socketPath, database}: ServerSettings): string {
	const account = user === undefined ? '' : `${user}@`;
	const address = host.includes(':') ? `[${host}]` : host;
	return `${account}${socketPath ?? `${address}:${port}`}/${database}`;
}

/** A name is drawn on a terminal: an escape sequence hidden in it must not drive that. */
function stripControls(text: string): string {
	return text.replaceAll(/\p{Cc}/gu, '');
}
