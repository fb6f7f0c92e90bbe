import {homedir} from 'node:os';
import {join, resolve} from 'node:path';
import type {
	ConnectionSettings,
	ServerSettings,
	TlsSettings,
} from '../model/connection-settings.ts';
import {ConfigurationError} from '../model/errors.ts';
import {parseConnectionText} from './connection-url.ts';
import {describeFound, explainProblems, wordIssue} from './explain-problems.ts';
import {fitToSchema} from './fit-to-schema.ts';
import {formatPath, isMapping, type Mapping} from './key-path.ts';
import {connectionSchema, driverNames, type ConnectionInput} from './schema.ts';

const defaultPorts = {postgres: 5432, mysql: 3306, mssql: 1433, oracle: 1521} as const;

/**
Reads a URL or the path of an SQLite file as given on the command line or typed in.

@param label What it is for, in messages: `--prod`, `dev`.
@param folder What a relative path starts from.
@throws {ConfigurationError} It never quotes the text, which may hold a password.
*/
export function parseConnection(text: string, label: string, folder: string): ConnectionSettings {
	const document = fitToSchema(parseConnectionText(text, label), connectionSchema, new Map());
	const result = connectionSchema.safeParse(document, {error: wordIssue});
	if (result.success) return buildConnection(result.data, label, folder);
	throw explainProblems(result.error, document, {
		schema: connectionSchema,
		formatKey: formatPath,
		isConnection: () => true,
		source: label,
	});
}

/**
Brings what stands for one side in a configuration into the object form; undefined when
nothing is named. Empty values are none: they come from `${ENV:-}`, and from files of the
Go program of this name.

@throws {ConfigurationError}
*/
export function readConnectionForm(value: unknown, side: string, source: string): unknown {
	if (value === undefined || value === null || value === '') return undefined;
	if (typeof value === 'string') return parseConnectionText(value, `"${side}" in ${source}`);
	if (isMapping(value)) return dropEmpty(value);
	throw new ConfigurationError(
		`"${side}" must be a URL, a path, or a group of keys and values, but is ${describeFound(value, false)} (in ${source}).`,
		{hint: 'For example: postgres://user@host/database, or sqlite:./shop.db.'},
	);
}

/**
Makes settings of one side's validated keys.

@throws {ConfigurationError} When keys are missing, or belong to another kind of database.
*/
export function buildConnection(
	input: ConnectionInput,
	label: string,
	folder: string,
): ConnectionSettings {
	const driver = driverNames[input.driver ?? guessDriver(input, label)];
	const {lockTimeout, snapshot} = input;
	if (driver === 'sqlite') {
		const file = input.file ?? input.database;
		if (file === undefined) throw explainMissing(label, 'file', 'the path of the SQLite file');
		refuseKeys(input, serverKeys, label, 'an SQLite file');
		return {driver, file: resolvePath(folder, file), lockTimeout, snapshot};
	}
	refuseKeys(input, ['file'], label, 'a database server');
	const {database, schema = [], host = 'localhost', port = defaultPorts[driver]} = input;
	if (database === undefined) throw explainMissing(label, 'database', 'its name on the server');
	return {
		driver,
		host,
		port,
		database,
		...pickAccount(input, folder),
		schemas: typeof schema === 'string' ? [schema] : schema,
		tls: resolveTls(input.tls, folder),
		connectTimeout: input.connectTimeout,
		statementTimeout: input.statementTimeout,
		lockTimeout,
		snapshot,
	};
}

function pickAccount(
	input: ConnectionInput,
	folder: string,
): Pick<ServerSettings, 'user' | 'password' | 'passwordFile' | 'passwordPrompt' | 'socketPath'> {
	const {user, password, passwordFile, passwordPrompt, socketPath} = input;
	return {
		...(user !== undefined && {user}),
		...(password !== undefined && {password}),
		...(passwordFile !== undefined && {passwordFile: resolvePath(folder, passwordFile)}),
		...(socketPath !== undefined && {socketPath: resolvePath(folder, socketPath)}),
		passwordPrompt,
	};
}

function resolveTls({mode, ca, cert, key}: ConnectionInput['tls'], folder: string): TlsSettings {
	return {
		mode,
		...(ca !== undefined && {ca: resolvePath(folder, ca)}),
		...(cert !== undefined && {cert: resolvePath(folder, cert)}),
		...(key !== undefined && {key: resolvePath(folder, key)}),
	};
}

/** An absolute path; `~/` is the home folder, as a shell would have it. */
export function resolvePath(folder: string, path: string): string {
	return path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(folder, path);
}

const serverKeys = ['host', 'port', 'user', 'password', 'passwordFile', 'socketPath'] as const;

function refuseKeys(
	input: ConnectionInput,
	keys: readonly (keyof ConnectionInput)[],
	label: string,
	what: string,
): void {
	const wrong = keys.find((key) => input[key] !== undefined);
	if (wrong === undefined) return;
	throw new ConfigurationError(`${label} is ${what} and can't have "${wrong}".`, {
		hint: `Leave "${wrong}" out, or change the driver.`,
	});
}

function guessDriver(input: ConnectionInput, label: string): 'sqlite' {
	if (input.file !== undefined) return 'sqlite';
	throw explainMissing(label, 'driver', 'sqlite, postgres, mysql, mariadb, mssql or oracle');
}

function explainMissing(label: string, key: string, what: string): ConfigurationError {
	return new ConfigurationError(`${label} has no "${key}".`, {hint: `Give ${what}.`});
}

function dropEmpty(mapping: Mapping): Mapping {
	return Object.fromEntries(
		Object.entries(mapping).filter(
			([key, value]) => value !== '' && !(key === 'port' && value === 0),
		),
	);
}
