import assert from 'node:assert/strict';
import test, {type TestContext} from 'node:test';
import {StatementError, type Connection} from '../../../source/dialects/dialect.ts';
import {postgres} from '../../../source/dialects/postgres/postgres.ts';
import type {ServerSettings} from '../../../source/model/connection-settings.ts';
import {encodeField} from '../../../source/model/encoding.ts';
import {
	ApplyError,
	ConnectionLostError,
	InterruptedError,
	LockedError,
} from '../../../source/model/errors.ts';
import {openLink} from '../../servers/link.ts';
import {Database} from '../../servers/server.ts';
import {servers, startServer} from '../../servers/servers.ts';
import {waitUntil} from '../../servers/wait-until.ts';
import {makeLayout, versions} from './fixture.ts';

async function connect(
	context: TestContext,
	settings: ServerSettings,
	options: Partial<Parameters<typeof postgres.connect>[1]> = {},
): Promise<Connection> {
	const connection = await postgres.connect(settings, {access: 'write', ...options});
	context.after(() => connection.close());
	return connection;
}

const integer = (value: number) => encodeField('integer', String(value));

for (const {name, get} of versions) {
	test(`${name}: the facts of a database are told`, async (context) => {
		const server = await get();
		const database = await server.createDatabase(context);
		const other = await server.createDatabase(context);
		const connection = await connect(context, database.settings);
		const empty = await connection.describe();
		assert.match(empty.server, /^PostgreSQL \d+\.\d+$/);
		assert.deepEqual([empty.tables, empty.readOnly], [0, false]);
		assert.deepEqual(empty.notes, ['no tables in public']);
		assert.ok(empty.bytes > 1_000_000);

		await database.query(
			'CREATE TABLE t (id int); CREATE TABLE p (id int) PARTITION BY LIST (id); CREATE TABLE p1 PARTITION OF p DEFAULT',
		);
		const facts = await connection.describe();
		assert.deepEqual([facts.tables, facts.notes], [2, []]);
		const again = await connect(context, database.settings, {access: 'read'});
		assert.equal((await again.describe()).identity, facts.identity);
		const elsewhere = await connect(context, other.settings);
		assert.notEqual((await elsewhere.describe()).identity, facts.identity);
	});
}

test('rows are counted, and those of large tables estimated', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query('CREATE TABLE t AS SELECT generate_series(1, 1000) AS id');
	const connection = await connect(context, database.settings);
	assert.equal(await connection.countRows('t'), 1000);
	assert.equal(await connection.countRows('gone'), 0);
	await database.query(`UPDATE pg_class SET reltuples = 5000000 WHERE relname = 't'`);
	assert.equal(await connection.countRows('t'), 5_000_000);
});

test('what the account may not do is told with the statements that let it', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	const role = `limited_${database.name}`;
	await database.query(`CREATE ROLE ${role} LOGIN PASSWORD 'test-only';
		CREATE SCHEMA hr; CREATE TABLE hr."Staff" (id serial); CREATE TABLE t (id int);
		REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO ${role}; GRANT SELECT ON t TO ${role}`);
	context.after(async () => {
		const server = await servers.postgres();
		const session = await server.open();
		await session.query(`DROP ROLE IF EXISTS ${role}`);
		await session.close();
	});
	const settings = {
		...database.settings,
		user: role,
		password: 'test-only',
		schemas: ['public', 'hr'],
	};
	const connection = await connect(context, settings, {access: 'read'});

	assert.deepEqual(await connection.listMissingRights('read'), [
		{right: 'USAGE on schema hr', grant: `GRANT USAGE ON SCHEMA hr TO ${role}`},
		{right: 'SELECT on hr.Staff', grant: `GRANT SELECT ON TABLE hr."Staff" TO ${role}`},
	]);
	const missing = await connection.listMissingRights('write');
	const own = missing.filter(
		({grant}) => !grant.endsWith('TO ' + role) || grant.startsWith('GRANT postgres'),
	);
	assert.deepEqual(
		own.map(({right}) => right),
		['changing the structure of hr.Staff', 'changing the structure of t'],
	);
	for (const {grant} of missing) await database.query(grant);
	assert.deepEqual(await connection.listMissingRights('write'), []);
	await connection.close();
	await database.query(`REVOKE postgres FROM ${role}; DROP OWNED BY ${role}`);
});

test('a batch tells what each statement affected, in one round trip', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query('CREATE TABLE t (id int PRIMARY KEY, v text)');
	const link = await openLink(context, database.server.address, {roundTrip: 40});
	const far = new Database(database.server.at(link.address), database.name);
	const connection = await connect(context, far.settings);
	await connection.begin({triggers: true});
	const inserts = Array.from(
		{length: 500},
		(_, id) => `INSERT INTO "t" VALUES (${id}, '; ? $1 \\')`,
	);

	const began = performance.now();
	const counts = await connection.run([
		...inserts,
		'UPDATE "t" SET v = NULL WHERE id < 10',
		'SELECT 1',
		'CREATE TABLE u ()',
	]);

	// Fifty times less than a round trip each would take.
	assert.ok(performance.now() - began < 40 * 50);
	assert.deepEqual(counts, [...inserts.map(() => 1), 10, 0, 0]);
	await connection.commit();
	assert.deepEqual(await database.query('SELECT count(*) AS n FROM t'), [{n: '500'}]);
});

test('the statement that the server refuses is named, and all is rolled back', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query('CREATE TABLE t (id int PRIMARY KEY)');
	const connection = await connect(context, database.settings);
	const failure = async (statements: string[]) => {
		await connection.begin({triggers: true});
		try {
			await connection.run(statements);
		} catch (error) {
			assert.ok(error instanceof StatementError, String(error));
			return {index: error.index, message: error.message};
		} finally {
			await connection.rollback();
		}
		return assert.fail('Nothing failed.');
	};
	const one = 'INSERT INTO "t" VALUES (1)';

	assert.deepEqual(await failure(['INSERT INTO "t" VALUES (0)', one, one, 'SELECT 1']), {
		index: 2,
		message: 'duplicate key value violates unique constraint "t_pkey". Key (id)=(1) already exists',
	});
	assert.equal((await failure([one, 'ALTER TABLE gone ADD COLUMN x int'])).index, 1);
	// Several in one text would be counted as one.
	assert.equal((await failure([`${one}; ${one}`])).index, 0);
	assert.deepEqual(await database.query('TABLE t'), []);
});

test('a commit after something failed is no commit', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query('CREATE TABLE t (id int PRIMARY KEY)');
	const connection = await connect(context, database.settings);
	await connection.begin({triggers: true});
	await assert.rejects(
		connection.run(['INSERT INTO "t" VALUES (1)', 'SELECT 1/0']),
		StatementError,
	);
	await assert.rejects(connection.commit(), ApplyError);
	assert.deepEqual(await database.query('TABLE t'), []);
});

test('foreign keys that wait for the commit are checked before it', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query(`CREATE TABLE p (id int PRIMARY KEY);
		CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p DEFERRABLE INITIALLY DEFERRED)`);
	const connection = await connect(context, database.settings);
	await connection.begin({triggers: true});
	await connection.run(['INSERT INTO "c" VALUES (1, 7)']);
	assert.deepEqual(await connection.findNewViolations(), [
		{table: 'c', row: '(p)=(7)', referencedTable: 'p'},
	]);
	await connection.rollback();

	await connection.begin({triggers: true});
	await connection.run(['INSERT INTO "c" VALUES (1, 7)', 'INSERT INTO "p" VALUES (7)']);
	assert.deepEqual(await connection.findNewViolations(), []);
	await connection.commit();
	assert.deepEqual(await database.query('TABLE c'), [{id: '1', p: '7'}]);
});

test('switched-off triggers do not fire, foreign keys hold, and all are as before afterwards', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query(`CREATE TABLE log (what text);
		CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES (TG_NAME); RETURN NEW; END $$;
		CREATE TABLE p (id int PRIMARY KEY);
		CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p DEFERRABLE INITIALLY DEFERRED);
		CREATE TRIGGER fires AFTER INSERT ON c FOR EACH ROW EXECUTE FUNCTION note();
		CREATE TRIGGER always AFTER INSERT ON c FOR EACH ROW EXECUTE FUNCTION note();
		CREATE TRIGGER never AFTER INSERT ON c FOR EACH ROW EXECUTE FUNCTION note();
		ALTER TABLE c ENABLE ALWAYS TRIGGER always; ALTER TABLE c DISABLE TRIGGER never;
		CREATE TABLE parts (id int) PARTITION BY LIST (id); CREATE TABLE p1 PARTITION OF parts DEFAULT;
		CREATE TRIGGER part AFTER INSERT ON parts FOR EACH ROW EXECUTE FUNCTION note()`);
	const states = () =>
		database.query(
			`SELECT tgname, tgenabled, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 3`,
		);
	const before = await states();
	const connection = await connect(context, database.settings);
	const fingerprint = (await connection.readCatalog()).fingerprint;

	await connection.begin({triggers: false});
	await connection.run([
		'INSERT INTO "p" VALUES (1)',
		'INSERT INTO "c" VALUES (1, 1)',
		'INSERT INTO "parts" VALUES (1)',
	]);
	await connection.run(['ALTER TABLE c ADD COLUMN v int']);
	await connection.run(['INSERT INTO "c" VALUES (2, 1)']);
	await assert.rejects(connection.run(['INSERT INTO "c" VALUES (1, 1)']), StatementError);
	await connection.rollback();
	assert.deepEqual(await states(), before);

	await connection.begin({triggers: false});
	await connection.run([
		'INSERT INTO "p" VALUES (1)',
		'INSERT INTO "c" VALUES (1, 1)',
		'INSERT INTO "parts" VALUES (1)',
	]);
	assert.deepEqual(await connection.findNewViolations(), []);
	await connection.commit();
	assert.deepEqual(await database.query('TABLE log'), []);
	assert.deepEqual(await states(), before);
	assert.equal((await connection.readCatalog()).fingerprint, fingerprint);
	await connection.begin({triggers: true});
	await connection.run(['INSERT INTO "c" VALUES (2, 1)']);
	await connection.commit();
	assert.deepEqual(await database.query('SELECT what FROM log ORDER BY 1'), [
		{what: 'always'},
		{what: 'fires'},
	]);
});

test('rows are read back inside the transaction, by the keys as they are then', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query(
		`CREATE TABLE t (at date PRIMARY KEY, v numeric(6,2)); INSERT INTO t VALUES ('2024-01-01', 1.50)`,
	);
	const connection = await connect(context, database.settings);
	const layout = makeLayout('t', ['at', 'v']);
	const day = (text: string) => encodeField('date', text);
	await connection.begin({triggers: true});
	await connection.run([`INSERT INTO "t" VALUES ('2024-01-02', NULL)`]);
	assert.deepEqual(
		await connection.readRows(layout, [day('2024-01-02'), day('2024-02-31'), day('2024-01-01')]),
		[`${day('2024-01-02')}~`, null, `${day('2024-01-01')}n3:1.5`],
	);
	await connection.run(['ALTER TABLE t DROP COLUMN v', 'ALTER TABLE t ADD COLUMN v int DEFAULT 3']);
	assert.deepEqual(await connection.readRows(layout, [day('2024-01-02')]), [
		`${day('2024-01-02')}i1:3`,
	]);
	await connection.rollback();
	assert.deepEqual(await connection.readRows(layout, [day('2024-01-01')]), [
		`${day('2024-01-01')}n3:1.5`,
	]);
});

test('copies of rows without a key are counted', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query(
		`CREATE TABLE t (a int, b text, c int); INSERT INTO t VALUES (1, 'x', 1), (1, 'x', 2), (1, NULL, 3)`,
	);
	const connection = await connect(context, database.settings);
	const layout = makeLayout('t', ['a', 'b', 'c'], {kind: 'rows', key: [], comparedCount: 2});
	const rows = ['i1:1t1:xi1:1', 'i1:1~i1:9', 'i1:2~~'];
	assert.deepEqual(await connection.countCopies(layout, rows), [2, 1, 0]);
});

test('a lock that somebody else holds is waited for as long as the settings say', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	await database.query('CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)');
	const connection = await connect(context, {...database.settings, lockTimeout: 50});
	await database.query('BEGIN; UPDATE t SET id = 2');
	await connection.begin({triggers: true});
	await assert.rejects(connection.run(['UPDATE "t" SET id = 3']), LockedError);
	await connection.rollback();
	await database.query('ROLLBACK');
});

test('after a lost transaction the connection is made again', async (context) => {
	const server = await startServer(context, 'postgres');
	const database = await server.createDatabase(context);
	await database.query('CREATE TABLE t (id int PRIMARY KEY)');
	const connection = await connect(context, database.settings);
	await connection.begin({triggers: true});
	await connection.run(['INSERT INTO "t" VALUES (1)']);
	await server.kill();
	await assert.rejects(connection.commit(), ConnectionLostError);
	await connection.rollback();
	await server.start();
	assert.deepEqual(await connection.readRows(makeLayout('t', ['id']), [integer(1)]), [null]);
});

test('a signal stops a statement, and the transaction can be rolled back', async (context) => {
	const database = await (await servers.postgres()).createDatabase(context);
	const abort = new AbortController();
	const connection = await connect(context, database.settings, {signal: abort.signal});
	await connection.begin({triggers: true});
	const stopped = assert.rejects(
		connection.run(['CREATE TABLE t ()', 'SELECT pg_sleep(60)']),
		InterruptedError,
	);
	await waitUntil(async () => {
		const rows = await database.query(
			`SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'`,
		);
		return rows.length === 1;
	}, 'the statement runs');
	abort.abort();
	await stopped;
	await connection.rollback();
	const [row] = await database.query(`SELECT count(*) AS n FROM pg_class WHERE relname = 't'`);
	assert.equal(row?.['n'], '0');
});
