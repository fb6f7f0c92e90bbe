import {ConfigurationError} from '../model/errors.ts';
import type {Driver} from '../model/connection-settings.ts';
import type {Mapping} from './key-path.ts';

/** Gives the value of the object form, or undefined when the parameter can't say that. */
type Translate = (value: string) => unknown;

type Parameter = {
	/** Where it belongs in the object form; `tls.` in front: inside `tls`. */
	readonly key: string;
	readonly translate?: Translate;
};

const tlsModeNames: Readonly<Record<string, string>> = {
	disable: 'disable',
	disabled: 'disable',
	allow: 'prefer',
	prefer: 'prefer',
	preferred: 'prefer',
	require: 'require',
	required: 'require',
	'verify-ca': 'verify-ca',
	'verify-full': 'verify-full',
	'verify-identity': 'verify-full',
};

const toTlsMode: Translate = (value) => tlsModeNames[value.toLowerCase().replaceAll('_', '-')];
const toList: Translate = (value) => value.split(',').filter((part) => part !== '');
const fromSeconds: Translate = (value) =>
	/^\d{1,6}$/.test(value) ? Number(value) * 1000 : undefined;

const ofEverySession: Readonly<Record<string, Parameter>> = {
	snapshot: {key: 'snapshot'},
	lockTimeout: {key: 'lockTimeout'},
};

const ofEveryServer: Readonly<Record<string, Parameter>> = {
	...ofEverySession,
	schema: {key: 'schema', translate: toList},
	socketPath: {key: 'socketPath'},
	passwordFile: {key: 'passwordFile'},
	passwordPrompt: {key: 'passwordPrompt'},
	connectTimeout: {key: 'connectTimeout'},
	statementTimeout: {key: 'statementTimeout'},
	tls: {key: 'tls.mode', translate: toTlsMode},
	sslmode: {key: 'tls.mode', translate: toTlsMode},
};

/** The names that each server's own tools use, beside the names of the object form. */
const parametersOf: Readonly<Record<Driver, Readonly<Record<string, Parameter>>>> = {
	sqlite: ofEverySession,
	postgres: {
		...ofEveryServer,
		// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
		host: {key: 'host'},
		port: {key: 'port'},
		user: {key: 'user'},
		password: {key: 'password'},
		dbname: {key: 'database'},
		sslrootcert: {key: 'tls.ca'},
		sslcert: {key: 'tls.cert'},
		sslkey: {key: 'tls.key'},
		connect_timeout: {key: 'connectTimeout', translate: fromSeconds},
	},
	mysql: {
		...ofEveryServer,
		// https://dev.mysql.com/doc/refman/8.4/en/connection-options.html
		'ssl-mode': {key: 'tls.mode', translate: toTlsMode},
		'ssl-ca': {key: 'tls.ca'},
		'ssl-cert': {key: 'tls.cert'},
		'ssl-key': {key: 'tls.key'},
		socket: {key: 'socketPath'},
		'connect-timeout': {key: 'connectTimeout', translate: fromSeconds},
	},
	mssql: {...ofEveryServer, database: {key: 'database'}},
	oracle: ofEveryServer,
};

/**
Turns a URL's parameters into keys of the object form.

@param query Without its question mark.
@param decode Undoes percent-encoding; a plus sign is a plus sign.
@param label What the URL is for.
@throws {ConfigurationError} Naming a parameter that is not known; never its value.
*/
export function readUrlParameters(
	driver: Driver,
	query: string,
	decode: (text: string) => string,
	label: string,
): Mapping {
	const mapping: Record<string, unknown> = {};
	const tls: Record<string, unknown> = {};
	const known = parametersOf[driver];
	for (const pair of query.split('&').filter((part) => part !== '')) {
		const [name = '', ...rest] = pair.split('=').map(decode);
		const value = rest.join('=');
		const parameter = Object.hasOwn(known, name) ? known[name] : undefined;
		if (parameter === undefined) {
			// A name with other characters may be the rest of a password that was not encoded.
			const shown = /^[\w-]+$/.test(name) ? `, ${name}` : '';
			throw new ConfigurationError(`The URL of ${label} has an unknown parameter${shown}.`, {
				hint: `Known: ${Object.keys(known).join(', ')}.`,
			});
		}
		const translated = parameter.translate === undefined ? value : parameter.translate(value);
		if (translated === undefined) {
			throw new ConfigurationError(`The URL of ${label} gives ${name} a value that is not known.`, {
				hint: 'Use the object form to say it another way.',
			});
		}
		const [, tlsKey] = parameter.key.split('.');
		if (tlsKey === undefined) mapping[parameter.key] = translated;
		else tls[tlsKey] = translated;
	}
	return Object.keys(tls).length === 0 ? mapping : {...mapping, tls};
}
