import assert from 'node:assert/strict';
import test, {type TestContext} from 'node:test';
import {StatementError} from '../../../source/dialects/dialect.ts';
import {mysql} from '../../../source/dialects/mysql/mysql.ts';
import {encodeRow} from '../../../source/model/encoding.ts';
import {
	ApplyError,
	ConnectionError,
	ConnectionLostError,
	DeepDiffError,
	InterruptedError,
	LockedError,
} from '../../../source/model/errors.ts';
import type {ServerSettings} from '../../../source/model/connection-settings.ts';
import type {Database} from '../../servers/server.ts';
import {servers, startServer} from '../../servers/servers.ts';
import {layOut, testOnEach} from './row-fixture.ts';

async function connect(
	context: TestContext,
	settings: ServerSettings,
	access: 'read' | 'write' = 'write',
) {
	const connection = await mysql.connect(settings, {access});
	context.after(() => connection.close());
	return connection;
}

async function readIds(database: Database, table = 't'): Promise<string> {
	const rows = await database.query(`SELECT id FROM ${table} ORDER BY id`);
	return rows.map(({id}) => id).join(' ');
}

testOnEach('a server tells what it is', async (database, name, context) => {
	await database.query(
		'CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE m (id int) ENGINE=MyISAM; CREATE VIEW v AS SELECT 1',
	);
	const connection = await connect(context, database.settings, 'read');

	const facts = await connection.describe();

	assert.match(facts.server, name === 'mysql' ? /^MySQL 5\.6/ : /^MariaDB \d/);
	assert.equal(facts.tables, 2);
	assert.equal(facts.readOnly, false);
	assert.match(facts.notes.join('; '), /structure can’t be rolled back; 1 table has an engine/);
	const again = await connect(context, database.settings, 'read');
	assert.equal((await again.describe()).identity, facts.identity);
	assert.deepEqual(
		(await connection.readCatalog()).tables.map((table) => table.name),
		['m', 't'],
	);
	assert.equal(await connection.countRows('t'), 0);
});

testOnEach('statements are counted by the rows that they find', async (database, _, context) => {
	await database.query('CREATE TABLE t (id int PRIMARY KEY, v int); INSERT INTO t VALUES (1, 1)');
	const connection = await connect(context, database.settings);
	await connection.begin({triggers: true});

	const counts = await connection.run([
		'INSERT INTO `t` (`id`, `v`) VALUES (2, 2), (3, 3)',
		'UPDATE `t` SET `v` = 1 WHERE `id` = 1',
		'UPDATE `t` SET `v` = 9 WHERE `id` = 99',
		'DELETE FROM `t` WHERE `id` > 1',
	]);

	assert.deepEqual(counts, [2, 1, 0, 2]);
	await connection.rollback();
	assert.equal(await readIds(database), '1');
	await connection.begin({triggers: true});
	await connection.run(['INSERT INTO `t` (`id`) VALUES (4)']);
	await connection.commit();
	assert.equal(await readIds(database), '1 4');
});

testOnEach('a batch names the statement that failed', async (database, _, context) => {
	await database.query('CREATE TABLE t (id int PRIMARY KEY, v varchar(3))');
	const connection = await connect(context, database.settings);
	for (const [statements, index] of [
		[['INSERT INTO `t` (`id`) VALUES (1)', 'INSERT INTO `t` (`id`) VALUES (1)'], 1],
		[['INSERT INTO `t` (`id`) VALUES (NULL)'], 0],
		[
			[
				"INSERT INTO `t` VALUES (1, 'a;b')",
				'DELETE FROM `t`',
				"INSERT INTO `t` VALUES (1, 'long')",
			],
			2,
		],
		[['INSERT INTO `t` (`id`) VALUES (1)', 'INSERT INTO `gone` (`id`) VALUES (1)'], 1],
	] as const) {
		await connection.begin({triggers: true});
		await assert.rejects(connection.run(statements), (error) => {
			assert.ok(error instanceof StatementError, String(error));
			assert.equal(error.index, index);
			return true;
		});
		await connection.rollback();
	}
	assert.equal(await readIds(database), '');
});

test('a statement that no packet holds is refused before it is sent', async (context) => {
	const server = await startServer(context, 'mariadb', {args: ['--max-allowed-packet=1048576']});
	const database = await server.createDatabase(context);
	await database.query('CREATE TABLE t (id int PRIMARY KEY, v longtext)');
	const connection = await connect(context, database.settings);
	const large = `INSERT INTO \`t\` VALUES (2, '${'x'.repeat(1_100_000)}')`;
	const many = Array.from(
		{length: 6},
		(_, at) => `INSERT INTO \`t\` VALUES (${at + 10}, '${'x'.repeat(300_000)}')`,
	);

	await assert.rejects(
		connection.run(['INSERT INTO `t` VALUES (1, 1)', large]),
		(error) =>
			error instanceof StatementError &&
			error.index === 1 &&
			/max_allowed_packet/.test(error.message),
	);
	assert.equal(await readIds(database), '');
	assert.deepEqual(await connection.run(many), [1, 1, 1, 1, 1, 1]);
});

testOnEach(
	'a change of structure leaves a transaction for the rows after it',
	async (database, _, context) => {
		await database.query('CREATE TABLE t (id int PRIMARY KEY)');
		const connection = await connect(context, database.settings);
		await connection.begin({triggers: true});
		await connection.run(['ALTER TABLE `t` ADD v int', 'INSERT INTO `t` VALUES (1, 1)']);
		await connection.rollback();
		assert.equal(await readIds(database), '');
	},
);

const family = `CREATE TABLE parent (id int PRIMARY KEY);
	CREATE TABLE child (id int PRIMARY KEY, parent int,
		CONSTRAINT refers FOREIGN KEY (parent) REFERENCES parent (id) ON DELETE CASCADE);
	INSERT INTO parent VALUES (1), (2); INSERT INTO child VALUES (10, 1), (20, 2), (21, 2)`;

testOnEach(
	'foreign keys that a transaction broke are named, older ones are not',
	async (database, _, context) => {
		await database.query(`${family}; SET foreign_key_checks = 0; INSERT INTO child VALUES (90, 9)`);
		const connection = await connect(context, database.settings);
		await connection.begin({triggers: true});

		await connection.run([
			'DELETE FROM `parent` WHERE `id` = 2',
			'INSERT INTO `child` VALUES (70, 7), (80, NULL)',
		]);

		assert.deepEqual(await connection.findNewViolations(), [
			{table: 'child', row: 'parent 2 of id 20', referencedTable: 'parent'},
			{table: 'child', row: 'parent 7 of id 70', referencedTable: 'parent'},
		]);
		await connection.run(['INSERT INTO `parent` VALUES (2), (7)']);
		assert.deepEqual(await connection.findNewViolations(), []);
		await connection.rollback();
	},
);

testOnEach('rows that refer to each other may come in any order', async (database, _, context) => {
	await database.query(family);
	const connection = await connect(context, database.settings);
	await connection.begin({triggers: true});
	await connection.run(['INSERT INTO `child` VALUES (30, 3)', 'INSERT INTO `parent` VALUES (3)']);
	assert.deepEqual(await connection.findNewViolations(), []);
	await connection.commit();
	assert.equal(await readIds(database, 'child'), '10 20 21 30');
});

test('triggers can’t be switched off', async (context) => {
	const server = await servers.mariadb();
	const database = await server.createDatabase(context);
	const connection = await connect(context, database.settings);
	await assert.rejects(connection.begin({triggers: false}), ApplyError);
});

testOnEach('equal rows are counted to the byte', async (database, _, context) => {
	await database.query(
		"CREATE TABLE t (a varchar(9), b int); INSERT INTO t VALUES ('x', 1), ('x', 1), ('X', 1), ('x ', 1), (NULL, 1), ('x', NULL)",
	);
	const connection = await connect(context, database.settings, 'read');
	const one = {kind: 'integer', text: '1'} as const;
	const none = {kind: 'null', text: ''} as const;
	const rows = [
		encodeRow([{kind: 'text', text: 'x'}, one]),
		encodeRow([none, one]),
		encodeRow([{kind: 'text', text: 'y'}, one]),
		encodeRow([{kind: 'text', text: 'x'}, one]),
	];
	const layout = layOut('t', ['a', 'b'], {key: []});
	assert.deepEqual(await connection.countCopies(layout, rows), [2, 1, 0, 2]);
});

test('rights that an account lacks are listed with the statements that give them', async (context) => {
	const server = await servers.mariadb();
	const database = await server.createDatabase(context);
	const {name} = database;
	const user = `reader_${name.slice(-6)}`;
	await database.query(`CREATE TABLE t (id int); CREATE TABLE u (id int);
		CREATE USER ${user}@'%' IDENTIFIED BY 'secret';
		GRANT SHOW VIEW, INSERT ON \`${name}\`.* TO ${user};
		GRANT SELECT, UPDATE ON \`${name}\`.t TO ${user}; GRANT SELECT (id) ON \`${name}\`.u TO ${user};
		GRANT UPDATE ON \`${name}\`.u TO ${user}`);
	context.after(async () => {
		const session = await server.open();
		await session.query(`DROP USER ${user}`);
		await session.close();
	});
	const connection = await connect(
		context,
		{...database.settings, user, password: 'secret'},
		'read',
	);

	const missing = await connection.listMissingRights('read');

	assert.deepEqual(missing, [
		{right: `SELECT on ${name}`, grant: `GRANT SELECT ON \`${name}\`.* TO '${user}'@'%'`},
		{right: `TRIGGER on ${name}`, grant: `GRANT TRIGGER ON \`${name}\`.* TO '${user}'@'%'`},
	]);
	for (const {grant} of await connection.listMissingRights('write')) await database.query(grant);
	const again = await connect(context, {...database.settings, user, password: 'secret'}, 'read');
	assert.deepEqual(await again.listMissingRights('write'), []);
});

testOnEach('what keeps a connection from being made is told', async (database, _, context) => {
	const {settings} = database;
	const refusal = async (changes: Partial<ServerSettings>) => {
		const error: unknown = await mysql
			.connect({...settings, ...changes}, {access: 'read'})
			.then(() => assert.fail('It was let in.'))
			.catch((reason: unknown) => reason);
		assert.ok(error instanceof ConnectionError, String(error));
		const text = `${error.message} ${error.hint}`;
		assert.ok(!text.includes('wrong-password'), text);
		return text;
	};
	assert.match(await refusal({password: 'wrong-password'}), /refuses the account or its password/);
	assert.match(await refusal({database: 'nowhere_at_all'}), /no database nowhere_at_all/);
	assert.match(await refusal({port: 1}), /nothing listens there/);
	assert.match(await refusal({socketPath: '/nowhere/socket'}), /no socket at \/nowhere\/socket/);
	context.diagnostic(settings.host);
});

test('a lock that is held too long is an error of its own', async (context) => {
	const server = await servers.mariadb();
	const database = await server.createDatabase(context);
	await database.query('CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)');
	const other = await server.open(database.name);
	context.after(() => other.close());
	await other.query('START TRANSACTION; UPDATE t SET id = 2');
	const connection = await connect(context, {...database.settings, lockTimeout: 1000});
	await connection.begin({triggers: true});
	await assert.rejects(connection.run(['DELETE FROM `t` WHERE `id` = 1']), LockedError);
	await connection.rollback();
});

test('a session that only reads may not write', async (context) => {
	const server = await servers.mariadb();
	const database = await server.createDatabase(context);
	await database.query('CREATE TABLE t (id int PRIMARY KEY)');
	const connection = await connect(context, database.settings, 'read');
	await assert.rejects(connection.run(['INSERT INTO `t` VALUES (1)']), DeepDiffError);
});

test('a server that is killed loses the connection, and what was not committed', async (context) => {
	const server = await startServer(context, 'mariadb');
	const database = await server.createDatabase(context);
	await database.query('CREATE TABLE t (id int PRIMARY KEY)');
	const connection = await connect(context, database.settings);
	await connection.begin({triggers: true});
	await connection.run(['INSERT INTO `t` VALUES (1)']);

	await server.kill();

	await assert.rejects(connection.run(['INSERT INTO `t` VALUES (2)']), ConnectionLostError);
	await connection.rollback();
	await server.start();
	assert.equal(await readIds(database), '');
	await assert.rejects(connection.commit(), ConnectionLostError);
});

test('a connection that is killed on the server is lost', async (context) => {
	const server = await servers.mariadb();
	const database = await server.createDatabase(context);
	await database.query('CREATE TABLE t (id int PRIMARY KEY)');
	const connection = await connect(context, database.settings);
	const [row] = await database.query(
		`SELECT id FROM information_schema.processlist WHERE db = '${database.name}' AND id <> CONNECTION_ID()`,
	);
	await database.query(`KILL ${row?.['id']}`);
	await assert.rejects(connection.countRows('t'), ConnectionLostError);
});

test('an abort stops what the server is busy with', async (context) => {
	const server = await servers.mariadb();
	const database = await server.createDatabase(context);
	await database.query('CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)');
	const stop = new AbortController();
	const connection = await mysql.connect(database.settings, {access: 'write', signal: stop.signal});
	context.after(() => connection.close());
	const waiting = connection.run(['UPDATE `t` SET `id` = SLEEP(600) WHERE SLEEP(600) = 0']);
	stop.abort();
	await assert.rejects(waiting, InterruptedError);
});
