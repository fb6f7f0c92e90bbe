import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {test} from 'node:test';
import {promisify} from 'node:util';
import {compareSchemas} from '../../../../source/engine/compare-schema.ts';
import {servers} from '../../../servers/servers.ts';
import {everyKind} from '../every-kind.ts';
import {readDatabase, rules} from '../structure.ts';
import {planMigration} from './migration.ts';

test('two databases that were made alike do not differ in anything', async (context) => {
	const {changes, prod} = await planMigration(context, everyKind, everyKind);
	assert.deepEqual(changes, []);
	const {objects, notCompared} = await readDatabase(prod);
	assert.deepEqual([...new Set(objects.map(({kind}) => kind))].sort(), [
		'composite type',
		'domain',
		'enum',
		'exclusion constraint',
		'function',
		'index',
		'materialized view',
		'partition',
		'policy',
		'procedure',
		'range type',
		'rule',
		'sequence',
		'statistics',
	]);
	// What is not compared is listed by name.
	assert.deepEqual(
		notCompared.map(({kind, name}) => `${kind}: ${name}`),
		['aggregate: total(integer)', 'grants on schema: public', 'grants on relation: parent'],
	);
});

for (const version of [undefined, 18] as const) {
	test(`an empty database gets one of everything and loses it again (${version ?? 'own'})`, async (context) => {
		const server = await servers.postgres(version === undefined ? {} : {version});
		const {applyAndUndo} = await planMigration(context, '', everyKind, {server});
		await applyAndUndo();
	});
}

test('a database loses one of everything, and each kind has its gate', async (context) => {
	const {apply, prod, statements} = await planMigration(context, everyKind, '');
	await apply();
	const {tables, views, triggers, objects} = await readDatabase(prod);
	assert.deepEqual([...tables, ...views, ...triggers, ...objects], []);
	const ofStructure = statements.filter(({kind}) => kind === 'ddl');
	assert.deepEqual([...new Set(ofStructure.map(({needs}) => needs))].sort(), [
		'dropRoutine',
		'dropSequence',
		'dropTable',
		'dropType',
		'dropView',
	]);
});

test('a database that was dumped and loaded again is the same', async (context) => {
	const server = await servers.postgres();
	const [first, second] = [
		await server.createDatabase(context),
		await server.createDatabase(context),
	];
	await first.query(everyKind);
	const {host, port, user, password} = server.address;
	const connection = ['--host', host, '--port', String(port), '--username', user];
	const run = promisify(execFile);
	const env = {...process.env, PGPASSWORD: password};
	const dump = await run('pg_dump', [...connection, '--schema-only', first.name], {env}).catch(
		(error: unknown) => {
			const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
			if (!isMissing) throw error;
			return null;
		},
	);
	if (!dump) {
		context.skip('pg_dump is not on the path: install PostgreSQL’s client');
		return;
	}
	// What psql alone understands, and what this server has already.
	const sql = dump.stdout.replaceAll(/^(?:\\.*|CREATE SCHEMA public;)$/gm, '');
	await second.query(sql);
	await second.query("SET search_path = 'public'");
	const [before, after] = [await readDatabase(first), await readDatabase(second)];
	assert.deepEqual(compareSchemas(before, after, rules), []);
	assert.deepEqual(after.notCompared, before.notCompared);
});
