import assert from 'node:assert/strict';
import {homedir} from 'node:os';
import {inspect} from 'node:util';
import {test} from 'node:test';
import fc from 'fast-check';
import {parseConnection} from '../../source/config/connection-settings.ts';
import type {ServerSettings} from '../../source/model/connection-settings.ts';
import {ConfigurationError} from '../../source/model/errors.ts';

const parse = (text: string) => parseConnection(text, '--prod', '/work');

function parseServer(text: string): ServerSettings {
	const settings = parse(text);
	assert.ok(settings.driver !== 'sqlite');
	return settings;
}

function catchMistake(text: string): ConfigurationError {
	try {
		parse(text);
	} catch (error) {
		assert.ok(error instanceof ConfigurationError, inspect(error));
		return error;
	}
	return assert.fail(`${text} was read`);
}

test('the path of an SQLite file may be written in many ways', () => {
	const cases: [text: string, file: string][] = [
		['a.db', '/work/a.db'],
		['./a.db', '/work/a.db'],
		['../a%20b?.db', '/a%20b?.db'],
		['/data/a.db', '/data/a.db'],
		['~/a.db', `${homedir()}/a.db`],
		['sqlite:a.db', '/work/a.db'],
		['sqlite:./a%20b.db', '/work/a b.db'],
		['SQLITE:./a.db', '/work/a.db'],
		['sqlite3:a.db', '/work/a.db'],
		['sqlite://a.db', '/work/a.db'],
		['sqlite:///data/a.db', '/data/a.db'],
		['sqlite:////data/a.db', '/data/a.db'],
		['file:a.db', '/work/a.db'],
		['file:/data/a.db', '/data/a.db'],
		['file:///data/a%3Fb.db', '/data/a?b.db'],
		['file://localhost/data/a.db', '/data/a.db'],
		['./shop:2024.db', '/work/shop:2024.db'],
	];
	for (const [text, file] of cases) {
		const settings = parse(text);
		assert.ok(settings.driver === 'sqlite', text);
		assert.equal(settings.file, file, text);
	}
});

test('an SQLite URL may carry what a session can be told', () => {
	assert.deepEqual(parse('sqlite:a.db?snapshot=false&lockTimeout=2s'), {
		driver: 'sqlite',
		file: '/work/a.db',
		lockTimeout: 2000,
		snapshot: false,
	});
});

test("a server's URL is taken apart and its defaults are filled in", () => {
	assert.deepEqual(parse('postgres://shop@db1/shop'), {
		driver: 'postgres',
		host: 'db1',
		port: 5432,
		user: 'shop',
		passwordPrompt: false,
		database: 'shop',
		schemas: [],
		tls: {mode: 'prefer'},
		connectTimeout: 10_000,
		statementTimeout: 0,
		lockTimeout: 10_000,
		snapshot: true,
	});
	const drivers: [scheme: string, driver: string, port: number][] = [
		['postgresql', 'postgres', 5432],
		['mysql', 'mysql', 3306],
		['mariadb', 'mysql', 3306],
		['mssql', 'mssql', 1433],
		['sqlserver', 'mssql', 1433],
		['oracle', 'oracle', 1521],
	];
	for (const [scheme, driver, port] of drivers) {
		const settings = parseServer(`${scheme}://db1/shop`);
		assert.deepEqual([settings.driver, settings.port], [driver, port]);
		assert.equal(parseServer(`${scheme}://db1:77/shop`).port, 77);
	}
});

test('percent-encoding is undone in every part', () => {
	const settings = parseServer('mysql://s%40p:%2F%3A%23+%25@h%2E1/my%20shop');
	assert.equal(settings.user, 's@p');
	assert.equal(settings.password, '/:#+%');
	assert.equal(settings.host, 'h.1');
	assert.equal(settings.database, 'my shop');
});

test('any user, password and database survive a URL', () => {
	const text = fc.string({unit: 'binary', minLength: 1}).filter((part) => part !== '/');
	fc.assert(
		fc.property(text, text, text, (user, password, database) => {
			const [account, secret, name] = [user, password, database].map(encodeURIComponent);
			const settings = parseServer(`postgres://${account}:${secret}@h/${name}`);
			assert.deepEqual(
				[settings.user, settings.password, settings.database],
				[user, password, database],
			);
			const form = parseServer(`postgres:///x?user=${account}&password=${secret}&dbname=${name}`);
			assert.deepEqual([form.user, form.password, form.database], [user, password, database]);
		}),
	);
});

test('addresses of every kind are understood', () => {
	assert.equal(parseServer('postgres://[2001:db8::1]:5433/shop').host, '2001:db8::1');
	assert.equal(parseServer('postgres:///shop').host, 'localhost');
	assert.equal(parseServer('postgres://%2Frun%2Fpg/shop').socketPath, '/run/pg');
	assert.equal(parseServer('postgres:///shop?host=/run/pg').socketPath, '/run/pg');
	assert.equal(parseServer('mysql://u@localhost/shop?socket=my.sock').socketPath, '/work/my.sock');
});

test("parameters by a server's own names and by ours mean the same", () => {
	const own = parseServer(
		'postgres://h/d?sslmode=verify-full&sslrootcert=/a.pem&connect_timeout=3&schema=a,b',
	);
	const ours = parseServer('postgres://h/d?tls=verify-full&connectTimeout=3s&schema=a,b');
	assert.deepEqual(own.tls, {mode: 'verify-full', ca: '/a.pem'});
	assert.equal(ours.tls.mode, 'verify-full');
	assert.equal(own.connectTimeout, 3000);
	assert.equal(ours.connectTimeout, 3000);
	assert.deepEqual(own.schemas, ['a', 'b']);
	assert.equal(parseServer('mysql://h/d?ssl-mode=VERIFY_IDENTITY').tls.mode, 'verify-full');
	assert.equal(parseServer('mysql://h/d?statementTimeout=1500').statementTimeout, 1500);
	assert.equal(parseServer('mysql://h/d?passwordPrompt=true').passwordPrompt, true);
});

test('what is not understood is told in one sentence that names the place', () => {
	const cases: [text: string, message: RegExp, hint: RegExp][] = [
		['', /--prod names no file/, /path/],
		['sqlite:', /--prod names no file/, /path/],
		[':memory:', /in memory/, /file/],
		['sqlite::memory:', /in memory/, /file/],
		['postgrse://h/d', /unknown kind of database, "postgrse"/, /Did you mean "postgres"/],
		['http://h/d', /unknown kind of database, "http"/, /Known: sqlite/],
		['shop:2024.db', /neither a URL nor a path/, /\.\//],
		['postgres:shop', /not a complete URL/, /postgres:\/\//],
		['postgres://h', /no "database"/, /name/],
		['postgres://h:0/d', /"port" must be at least 1, but is the number 0/, /^$/],
		['postgres://h:99999/d', /"port" must be at most 65535/, /^$/],
		['postgres://h:x/d', /not a URL that can be taken apart/, /encode/],
		['postgres://h/d#x', /not a URL that can be taken apart/, /encode/],
		['postgres://h/d?sslmode=maybe', /gives sslmode a value/, /object form/],
		[
			'postgres://h/d?application_name=x',
			/unknown parameter, application_name/,
			/Known: .*sslmode/,
		],
		['sqlite:a.db?mode=ro', /unknown parameter, mode/, /Known: snapshot/],
		['file://server/a.db', /another host/, /file:\/\/\//],
	];
	for (const [text, message, hint] of cases) {
		const error = catchMistake(text);
		assert.match(error.message, message, text);
		assert.match(error.hint, hint, text);
		assert.match(error.message, /--prod/, text);
	}
});

test('a URL whose password is not encoded is refused without a trace of that password', () => {
	const urls = [
		'postgres://shop:hun/ter@host/db',
		'postgres://shop:12/hunter@host/db',
		'postgres://shop:12?hunter@host/db',
		'postgres://shop:12?hunter=1@host/db',
		'postgres://shop:12#hunter@host/db',
		'postgres://shop:a@hunter/x@host/db',
		'postgres://shop:a@12/x?hunter@host/db',
		'postgres://shop:hunter%@host/db',
		'postgres://shop:%hunter@host/db',
		'postgres://shop:hunter2@host/db?x@hunter=1',
		'shop:hunter@host/db',
		'postgresss://shop:hunter@host/db',
		'nothing://shop:hunter@host/db',
		'postgres:shop:hunter@host',
		'postgres://shop:hunter@host',
		'postgres://shop:hunter@host:99999/db',
		'postgres://shop:hunter@host/db?connectTimeout=hunter',
		'postgres://shop:hunter@host/db?sslmode=hunter',
	];
	for (const url of urls) assert.doesNotMatch(inspect(catchMistake(url), {depth: 10}), /hunter/);
});
