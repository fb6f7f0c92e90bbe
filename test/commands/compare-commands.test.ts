import assert from 'node:assert/strict';
import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {z} from 'zod';
import {runCheck} from '../../source/commands/check.ts';
import {describeCheck} from '../../source/commands/describe-check.ts';
import {printLines} from '../../source/commands/print.ts';
import {openSide} from '../../source/engine/session.ts';
import {runDiff} from '../../source/commands/diff.ts';
import {printWalk} from '../../source/commands/print-walk.ts';
import {runRows} from '../../source/commands/rows.ts';
import {runSchemaDiff} from '../../source/commands/schema-diff.ts';
import {makeDatabase, makeFolder, makePair, makeWorld, namePair} from './fixture.ts';

const count = z.number().int().nonnegative();
const tableSchema = z.strictObject({
	table: z.string(),
	status: z.enum(['waiting', 'scanning', 'done', 'skipped', 'not compared']),
	reason: z.string(),
	prodRows: count.nullable(),
	devRows: count.nullable(),
	same: count.nullable(),
	added: count,
	removed: count,
	conflicts: count,
	devOnly: count,
	prodOnly: count,
	merged: count,
	resolved: count,
	columnsLeftOut: z.array(z.strictObject({column: z.string(), reason: z.string()})),
	where: z.string().nullable(),
});
const changeSchema = z.strictObject({
	id: z.string(),
	action: z.enum(['create', 'drop', 'alter']),
	object: z.string(),
	table: z.string(),
	name: z.string(),
	prod: z.string().nullable(),
	dev: z.string().nullable(),
	details: z.array(z.string()),
	needs: z.string().nullable(),
	hazards: z.array(z.object({kind: z.string(), message: z.string()})),
});
const diffSchema = z.strictObject({
	version: z.literal(1),
	run: z.string(),
	createdAt: z.string(),
	prod: z.string(),
	dev: z.string(),
	base: z.string().nullable(),
	complete: z.boolean(),
	schema: z.strictObject({changes: z.array(changeSchema)}),
	tables: z.array(tableSchema),
	conflicts: count,
	unresolved: count,
	identical: z.boolean(),
	changedMeanwhile: z.boolean(),
	notes: z.array(z.string()),
	comparingSeconds: z.number().nonnegative(),
});

test('diff finds every difference and says 1', async (context) => {
	const pair = makePair(context);
	const {context: command, stdout, stderr} = makeWorld(pair.folder, namePair(pair));
	assert.equal(await runDiff(command, {}), 1);
	assert.match(stdout.text, /\+ column album\.year/);
	assert.match(stdout.text, /- index artist_name on artist {2}\(needs --allow dropIndex\)/);
	assert.match(stdout.text, /^ {2}artist +4 +4 +1 +1 +1 +2$/m);
	assert.match(stdout.text, /the same in 2 tables \(4 rows\): album, log/);
	assert.match(stdout.text, /log {2}it has no key/);
	assert.match(stdout.text, /2 conflicts without a decision/);
	assert.match(stdout.text, /deepdiff-db resolve --all theirs --prod /);
	assert.match(stderr.text, /^artist: 4 rows, 4 differences$/m);
});

test('diff --json is one document of the promised shape, and stdout holds nothing else', async (context) => {
	const pair = makePair(context);
	const world = makeWorld(pair.folder, {...namePair(pair), json: true}, {isTerminal: true});
	assert.equal(await runDiff(world.context, {}), 1);
	const document = diffSchema.parse(world.json());
	assert.equal(document.identical, false);
	assert.equal(document.changedMeanwhile, false);
	const artist = document.tables.find(({table}) => table === 'artist');
	assert.deepEqual(
		artist && [
			artist.prodRows,
			artist.devRows,
			artist.same,
			artist.added,
			artist.removed,
			artist.conflicts,
		],
		[4, 4, 1, 1, 1, 2],
	);
});

test('two databases with the same content say 0', async (context) => {
	const folder = makeFolder(context);
	const sql = 'CREATE TABLE a (id INTEGER PRIMARY KEY, x); INSERT INTO a VALUES (1, 1), (2, NULL)';
	const prod = makeDatabase(path.join(folder, 'p.db'), sql);
	const dev = makeDatabase(path.join(folder, 'd.db'), sql);
	const {context: command, stdout, stderr} = makeWorld(folder, {prod, dev, quiet: true});
	assert.equal(await runDiff(command, {}), 0);
	assert.match(stdout.text, /Nothing differs in 1 table and 2 rows\.$/m);
	assert.equal(stderr.text, '');
	assert.equal(await runSchemaDiff(makeWorld(folder, {prod, dev}).context), 0);
	const walk = makeWorld(folder, {prod, dev});
	assert.equal(await printWalk(walk.context, await walk.context.loadConfig()), 0);
});

test('with a base, equal rows are counted right whatever the states', async (context) => {
	const folder = makeFolder(context);
	const make = (name: string, rows: string) =>
		makeDatabase(
			path.join(folder, name),
			`CREATE TABLE a (id INTEGER PRIMARY KEY, x, y); INSERT INTO a VALUES ${rows}`,
		);
	const base = make(
		'b.db',
		"(1, 'x', 'y'), (2, 'x', 'y'), (3, 'x', 'y'), (4, 'x', 'y'), (5, 'x', 'y')",
	);
	// 2 changed by both in other columns, 3 by prod, 4 deleted by prod, 5 deleted by dev, 6 only prod's.
	const prod = make(
		'p.db',
		"(1, 'x', 'y'), (2, 'X', 'y'), (3, 'X', 'y'), (5, 'x', 'y'), (6, 'n', 'n')",
	);
	const dev = make('d.db', "(1, 'x', 'y'), (2, 'x', 'Y'), (3, 'x', 'y'), (4, 'x', 'y')");
	const world = makeWorld(folder, {prod, dev, base, json: true});
	assert.equal(await runDiff(world.context, {}), 1);
	const [table] = diffSchema.parse(world.json()).tables;
	assert.deepEqual(
		table && [table.same, table.merged, table.prodOnly, table.devOnly],
		[1, 1, 3, 1],
	);
});

test('a table without a key counts its copies', async (context) => {
	const folder = makeFolder(context);
	const make = (name: string, rows: string) =>
		makeDatabase(path.join(folder, name), `CREATE TABLE a (x); INSERT INTO a VALUES ${rows}`);
	const prod = make('p.db', '(1), (1), (1), (2)');
	const dev = make('d.db', '(1), (2), (3), (3)');
	const world = makeWorld(folder, {prod, dev, json: true});
	await runDiff(world.context, {});
	const [table] = diffSchema.parse(world.json()).tables;
	assert.deepEqual(table && [table.prodRows, table.same, table.removed, table.added], [4, 2, 1, 1]);
});

test('rows --json is one exact line a row', async (context) => {
	const pair = makePair(context);
	await runDiff(makeWorld(pair.folder, namePair(pair)).context, {});
	const {context: command, stdout} = makeWorld(pair.folder, {...namePair(pair), json: true});
	assert.equal(await runRows(command, {}), 0);
	const lines = stdout.text
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as Record<string, unknown>);
	assert.deepEqual(
		lines.map(({table, key, state, changed}) => [table, key, state, changed]),
		[
			['artist', {id: 1}, 'conflict', ['name']],
			['artist', {id: 2}, 'conflict', ['rating']],
			['artist', {id: 4}, 'removed', []],
			['artist', {id: 5}, 'added', []],
		],
	);
	assert.deepEqual(lines[0]?.['prod'], {id: 1, name: 'Aerosmith', rating: 1});
	assert.deepEqual(lines[0]['kinds'], {prod: {rating: 'real'}, dev: {rating: 'real'}});
	assert.equal(lines[0]['resolution'], null);
	assert.deepEqual(lines[2]?.['dev'], null);
});

test('rows for people can be narrowed by table, state and open conflicts', async (context) => {
	const pair = makePair(context);
	await runDiff(makeWorld(pair.folder, namePair(pair)).context, {});
	const show = async (options: Parameters<typeof runRows>[1], tables?: string) => {
		const {context: command, stdout} = makeWorld(pair.folder, {...namePair(pair), tables});
		await runRows(command, options);
		return stdout.text.split('\n').filter((line) => /^\S/.test(line)).length;
	};
	assert.equal(await show({}), 4);
	assert.equal(await show({table: 'ARTIST'}), 4);
	assert.equal(await show({state: 'added,removed'}), 2);
	assert.equal(await show({unresolved: true}), 2);
	assert.equal(await show({}, 'al*'), 0);
	await assert.rejects(show({table: 'artits'}), {
		name: 'UsageError',
		hint: 'Did you mean "artist"?',
	});
	await assert.rejects(show({state: 'adde'}), {name: 'UsageError', hint: 'Did you mean "added"?'});
});

test('schema-diff shows both definitions, and its JSON has the promised shape', async (context) => {
	const pair = makePair(context);
	const {context: command, stdout} = makeWorld(pair.folder, namePair(pair));
	assert.equal(await runSchemaDiff(command), 1);
	assert.match(stdout.text, /^ {2}\+ column album\.year\n {6}\+ .*year.*INTEGER/m);
	assert.match(stdout.text, /^ {6}- CREATE INDEX artist_name/m);
	const json = makeWorld(pair.folder, {...namePair(pair), json: true, tables: 'album'});
	assert.equal(await runSchemaDiff(json.context), 1);
	const document = z
		.strictObject({
			version: z.literal(1),
			prod: z.literal('prod.db'),
			dev: z.literal('dev.db'),
			changes: z.array(changeSchema).length(1),
			ignored: z.literal(1),
			identical: z.literal(false),
		})
		.safeParse(json.json());
	assert.equal(document.error, undefined);
	assert.equal(existsSync(path.join(pair.folder, '.deepdiff')), false);
});

test('check tells what answers and what can not be compared', async (context) => {
	const pair = makePair(context);
	const {context: command, stdout} = makeWorld(pair.folder, namePair(pair));
	assert.equal(await runCheck(command), 0);
	assert.match(
		stdout.text,
		/^prod {2}prod\.db {2}SQLite 3\.\S+, 3 tables, \d+ KB, can be written to$/m,
	);
	assert.match(stdout.text, /3 tables of 3 will be compared/);
	assert.match(stdout.text, /^ {2}log: it has no key/m);
});

test('check tells which rights the account lacks, and the statement that gives each', async (context) => {
	const pair = makePair(context);
	const {context: command, stdout} = makeWorld(pair.folder, namePair(pair));
	const open = await openSide({
		driver: 'sqlite',
		file: pair.prod,
		lockTimeout: 1000,
		snapshot: true,
	});
	context.after(() => open.connection.close());
	const read = [{right: 'SELECT on artist', grant: 'GRANT SELECT ON artist TO me'}];
	const write = [{right: 'INSERT on log', grant: 'GRANT INSERT ON log TO me'}];
	const side = {side: 'prod', open, rights: {read, write}, problem: null} as const;
	await printLines(stdout, describeCheck(command, [side], {tables: null, problem: null}));
	assert.match(
		stdout.text,
		/to compare, the account lacks SELECT on artist:\n +GRANT SELECT ON artist TO me;/,
	);
	assert.match(
		stdout.text,
		/to apply, the account lacks INSERT on log:\n +GRANT INSERT ON log TO me;/,
	);
});

test('check goes on after a side that fails, and says 2', async (context) => {
	const pair = makePair(context);
	writeFileSync(
		path.join(pair.folder, 'text.db'),
		'just a long enough text, but no database '.repeat(30),
	);
	const flags = {prod: pair.prod, dev: path.join(pair.folder, 'text.db'), json: true};
	const world = makeWorld(pair.folder, flags);
	assert.equal(await runCheck(world.context), 2);
	const side = z.object({name: z.string(), server: z.string(), readOnly: z.boolean()});
	const document = z
		.strictObject({
			version: z.literal(1),
			ok: z.literal(false),
			prod: side.loose(),
			dev: z.strictObject({error: z.string(), hint: z.string()}),
			base: z.null(),
			tables: z.null(),
		})
		.parse(world.json());
	assert.match(document.dev.error, /text\.db/);
});

test('without a terminal the walk prints comparison and plan and leaves the run as it is', async (context) => {
	const pair = makePair(context);
	const {context: command, stdout} = makeWorld(pair.folder, namePair(pair));
	assert.equal(await printWalk(command, await command.loadConfig()), 1);
	assert.match(stdout.text, /^Structure {2}2 changes/m);
	assert.match(stdout.text, /^Plan {2}2 statements, 1 more commented out$/m);
	assert.match(stdout.text, /^ALTER TABLE .*album.* ADD COLUMN/m);
	assert.match(stdout.text, /^INSERT INTO "artist"/m);
	assert.match(stdout.text, /^-- DROP INDEX/m);
	assert.match(stdout.text, /2 conflicts without a decision: their rows stay as on prod/);
	const rows = makeWorld(pair.folder, namePair(pair));
	await runRows(rows.context, {unresolved: true});
	assert.equal(rows.stdout.text.match(/needs a decision/g)?.length, 2);
});

test('a misspelt --tables does not look like two equal databases', async (context) => {
	const pair = makePair(context);
	const diff = async (tables: string) =>
		runDiff(makeWorld(pair.folder, {...namePair(pair), tables}).context, {});
	await assert.rejects(diff('artits'), {name: 'UsageError', hint: 'Did you mean "artist"?'});
	await assert.rejects(diff('log,artits'), {name: 'UsageError'});
	await assert.rejects(diff('zzz*'), {name: 'UsageError'});
	assert.equal(await diff('zzz*,log'), 0);
	assert.equal(await diff('ART*'), 1);
});

test('a database that is written to while it is compared is told', async (context) => {
	const pair = makePair(context);
	const world = makeWorld(pair.folder, {...namePair(pair), json: true});
	const {stderr} = world.context;
	const write = stderr.write.bind(stderr);
	// A table's line is shown before the scan looks at the databases for the last time.
	stderr.write = async (text) => {
		if (text.startsWith('album:')) {
			makeDatabase(pair.dev, "INSERT INTO log VALUES ('meanwhile')");
		}
		return write(text);
	};
	await runDiff(world.context, {});
	assert.equal(diffSchema.parse(world.json()).changedMeanwhile, true);
	assert.match(world.stderr.text, /^warning: A database was written to while it was compared/m);
});
