import {ConfigurationError} from '../model/errors.ts';
import {readUrlParameters} from './connection-url-parameters.ts';
import {findNearest} from './find-nearest.ts';
import type {Mapping} from './key-path.ts';
import {driverNames, type DriverName} from './schema.ts';

/**
Takes a URL or the path of an SQLite file apart into the keys of the object form.

`sqlite:./a.db`, `sqlite:///absolute/a.db`, `file:…` (percent-decoded), a bare path (as it
is), and `postgres: postgresql: mysql: mariadb: mssql: sqlserver: oracle:` with
`//user:password@host:port/database?parameter=…`.

No message quotes the text, nor anything after its scheme: where a password contains a
special character, any part may be the rest of that password.

@param label What the text is for, e.g. `prod` or `--dev`.
@throws {ConfigurationError}
*/
export function parseConnectionText(text: string, label: string): Mapping {
	// One letter and a colon is a Windows drive.
	const [, scheme, rest = ''] = /^([a-z][a-z\d+.-]+):(.*)$/is.exec(text) ?? [];
	if (scheme === undefined) return {driver: 'sqlite', file: checkFile(text, label)};
	const driver = scheme.toLowerCase();
	if (driver === 'file' || isFileDriver(driver)) return parseFileUrl(driver, rest, label);
	if (!isDriverName(driver)) throw explainScheme(driver, rest, label);
	if (!rest.startsWith('//')) {
		throw new ConfigurationError(`${label} is not a complete URL.`, {
			hint: `Write ${driver}://user@host/database, or ./ in front of a file's name.`,
		});
	}
	return parseServerUrl(driver, rest, label);
}

function isDriverName(scheme: string): scheme is DriverName {
	return Object.hasOwn(driverNames, scheme);
}

function isFileDriver(scheme: string): boolean {
	return isDriverName(scheme) && driverNames[scheme] === 'sqlite';
}

function explainScheme(scheme: string, rest: string, label: string): ConfigurationError {
	const known = Object.keys(driverNames);
	const nearest = findNearest(scheme, known);
	if (!rest.startsWith('//') && nearest === undefined) {
		return new ConfigurationError(`${label} is neither a URL nor a path that is clear.`, {
			hint: 'A URL begins like postgres://; put ./ in front of a file name that has a colon.',
		});
	}
	return new ConfigurationError(`${label} names an unknown kind of database, "${scheme}".`, {
		hint: nearest === undefined ? `Known: ${known.join(', ')}.` : `Did you mean "${nearest}"?`,
	});
}

function parseFileUrl(scheme: string, rest: string, label: string): Mapping {
	const [, slashes, path = '', query = ''] =
		/^(\/\/(?:localhost(?=\/))?)?([^?]*)\??(.*)$/is.exec(rest) ?? [];
	if (scheme === 'file' && slashes !== undefined && !path.startsWith('/')) {
		throw new ConfigurationError(`${label} names a file on another host.`, {
			hint: 'Write file:./name.db for a relative path, file:///folder/name.db for an absolute one.',
		});
	}
	const decodePart = (text: string) => decode(text, label);
	return {
		driver: 'sqlite',
		file: checkFile(decodePart(path), label),
		...readUrlParameters('sqlite', query, decodePart, label),
	};
}

function checkFile(file: string, label: string): string {
	if (file === ':memory:') {
		throw new ConfigurationError(
			`${label} names a database in memory, which nobody else can see.`,
			{
				hint: 'Name a file.',
			},
		);
	}
	if (file !== '' && !file.includes('\0')) return file;
	throw new ConfigurationError(`${label} names no file.`, {
		hint: 'Write a path, or a URL such as sqlite:./shop.db or postgres://user@host/database.',
	});
}

function parseServerUrl(driver: DriverName, rest: string, label: string): Mapping {
	const [, login, address = '', path = '', query = '', fragment] =
		/^\/\/(?:([^/?#]*)@)?([^/?#]*)(\/[^?#]*)?(?:\?([^#]*))?(#.*)?$/s.exec(rest) ?? [];
	const place = /^(?:\[([\d:a-f.%]+)\]|([^:[\]]*))(?::(\d*))?$/i.exec(address);
	const isCut = path.includes('@') || (login === undefined && query.includes('@'));
	if (place === null || isCut || fragment !== undefined) {
		throw new ConfigurationError(`${label} is not a URL that can be taken apart.`, {
			hint: 'Percent-encode the special characters of a name or password (/ is %2F, @ is %40, # is %23, ? is %3F, % is %25), or use the object form, where nothing is encoded.',
		});
	}
	const decodePart = (text: string) => decode(text, label);
	const [, bracketed, name = '', port] = place;
	const [user = '', password = ''] = splitOnce(login ?? '', ':').map(decodePart);
	const parameters = readUrlParameters(driverNames[driver], query, decodePart, label);
	const {host, ...others} = {
		user,
		password,
		host: bracketed ?? decodePart(name),
		port,
		database: decodePart(path.replace(/^\/|\/$/g, '')),
		...parameters,
	};
	// PostgreSQL's tools take the folder of a socket where a host is asked for.
	const isSocket = host.startsWith('/');
	return dropEmpty({driver, ...others, [isSocket ? 'socketPath' : 'host']: host});
}

function dropEmpty(mapping: Mapping): Mapping {
	return Object.fromEntries(
		Object.entries(mapping).filter(([, value]) => value !== undefined && value !== ''),
	);
}

function splitOnce(text: string, separator: string): readonly string[] {
	const index = text.indexOf(separator);
	return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function decode(text: string, label: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		// The error's message would quote nothing, but its input stays reachable: not kept as cause.
		throw new ConfigurationError(`${label} has a "%" that is not percent-encoding.`, {
			hint: 'Write %25 for a plain %, or use the object form, where nothing is encoded.',
		});
	}
}
