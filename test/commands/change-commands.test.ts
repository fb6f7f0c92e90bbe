import assert from 'node:assert/strict';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import SQLite from 'better-sqlite3';
import {z} from 'zod';
import {runApply} from '../../source/commands/apply.ts';
import type {GlobalFlags} from '../../source/commands/context.ts';
import {runDiff} from '../../source/commands/diff.ts';
import {runPlan} from '../../source/commands/plan.ts';
import {runResolve} from '../../source/commands/resolve.ts';
import {runRows} from '../../source/commands/rows.ts';
import {makePair, makeWorld, namePair} from './fixture.ts';

/** A compared pair, and commands on it. */
async function makeCompared(context: TestContext) {
	const pair = makePair(context);
	const world = (flags: Partial<GlobalFlags> = {}, options = {}) =>
		makeWorld(pair.folder, {...namePair(pair), ...flags}, options);
	await runDiff(world().context, {});
	const plan = async (allow?: string) => {
		const made = world({json: true});
		assert.equal(await runPlan(made.context, {allow}), 0);
		return planSchema.parse(made.json());
	};
	const readNames = () => {
		const database = new SQLite(pair.prod, {readonly: true});
		const names = database.prepare('SELECT name FROM artist ORDER BY id').pluck().all();
		database.close();
		return names;
	};
	return {...pair, world, plan, readNames};
}

const planSchema = z.strictObject({
	version: z.literal(1),
	run: z.string(),
	pack: z.strictObject({
		sql: z.string(),
		manifest: z.string(),
		undoSql: z.string(),
		undoManifest: z.string(),
		digest: z.string(),
		undoDigest: z.string(),
	}),
	summary: z.looseObject({statements: z.number(), notAllowed: z.number()}),
});
const before = ['Aerosmith', 'Björk', 'Cher', 'only prod'];

test('a plan with open conflicts is refused with 3, their number and what to do', async (context) => {
	const {world} = await makeCompared(context);
	await assert.rejects(runPlan(world().context, {}), (error) => {
		assert.ok(error instanceof Error && 'exitCode' in error && 'hint' in error);
		assert.equal(error.exitCode, 3);
		assert.match(error.message, /^2 conflicts have no resolution: 2 in artist\.$/);
		assert.match(String(error.hint), /resolve --all/);
		return true;
	});
});

test('resolve settles everything one way and keeps what was decided by itself', async (context) => {
	const {world, folder} = await makeCompared(context);
	writeFileSync(
		path.join(folder, 'r.json'),
		JSON.stringify([{table: 'artist', key: {id: 1}, take: 'ours'}]),
	);
	const byFile = world({json: true});
	assert.equal(await runResolve(byFile.context, {file: 'r.json'}), 0);
	const numbers = {version: 1, conflicts: 2};
	const {run, ...first} = z.looseObject({run: z.string()}).parse(byFile.json());
	assert.deepEqual(first, {...numbers, settled: 1, kept: 0, unresolved: 1});
	const all = world({json: true});
	assert.equal(await runResolve(all.context, {all: 'theirs'}), 0);
	assert.deepEqual(all.json(), {...numbers, run, settled: 1, kept: 1, unresolved: 0});
});

test('states other than conflicts are settled only when they are named', async (context) => {
	const {world} = await makeCompared(context);
	const taken = async () => {
		const {context: command, stdout} = world({json: true});
		await runRows(command, {});
		return stdout.text
			.trim()
			.split('\n')
			.map((line) => (JSON.parse(line) as {resolution: {take: string} | null}).resolution?.take);
	};
	await runResolve(world().context, {all: 'theirs'});
	assert.deepEqual(await taken(), ['theirs', 'theirs', 'ours', 'theirs']);
	await runResolve(world().context, {all: 'theirs', state: 'removed'});
	assert.deepEqual(await taken(), ['theirs', 'theirs', 'theirs', 'theirs']);
	await runResolve(world().context, {all: 'ours', state: 'added'});
	assert.deepEqual(await taken(), ['theirs', 'theirs', 'theirs', 'ours']);
});

test('the lines of rows --json are a file of resolutions', async (context) => {
	const {world, folder, plan, readNames} = await makeCompared(context);
	const lines = world({json: true});
	await runRows(lines.context, {unresolved: true});
	const [first, second] = lines.stdout.text
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Record<string, unknown>);
	const text = [
		{...first, take: 'manual', cells: {name: 'composed', rating: 3}},
		{...second, take: 'theirs'},
	]
		.map((line) => JSON.stringify(line))
		.join('\n');
	writeFileSync(path.join(folder, 'lines.jsonl'), text);
	await runResolve(world().context, {file: 'lines.jsonl'});
	const {pack} = await plan();
	assert.equal(await runApply(world().context, 'migration', {pack: pack.sql, yes: true}), 0);
	assert.deepEqual(readNames(), ['composed', 'Björk', 'Cher', 'only prod', 'only dev']);
	const database = new SQLite(path.join(folder, 'prod.db'));
	const cells = database.prepare('SELECT rating, typeof(rating) FROM artist').raw().all();
	database.close();
	assert.deepEqual(cells.slice(0, 2), [
		[3, 'real'],
		[9, 'real'],
	]);
});

test('a file that does not fit settles nothing', async (context) => {
	const {world, folder} = await makeCompared(context);
	const refuse = async (entries: readonly unknown[], message: RegExp) => {
		writeFileSync(path.join(folder, 'r.json'), JSON.stringify(entries));
		await assert.rejects(runResolve(world().context, {file: 'r.json'}), {
			name: 'UsageError',
			message,
		});
	};
	const good = {table: 'artist', key: {id: 1}, take: 'ours'};
	await refuse([good, {...good, key: {id: 99}}], /rows that do not differ in this run: entry 2/);
	await refuse([good, {...good, table: 'nothing'}], /entry 2 \(nothing\)/);
	await refuse([{...good, take: 'manual', cells: {nam: 'x'}}], /no compared column nam/);
	await refuse([{...good, take: 'manual', cells: {name: {hex: 'f'}}}], /is no value/);
	const {context: command, stdout} = world();
	await runRows(command, {unresolved: true});
	assert.equal(stdout.text.match(/needs a decision/g)?.length, 2);
});

test('without a flag the rules of the configuration settle', async (context) => {
	const {world, folder} = await makeCompared(context);
	await assert.rejects(runResolve(world().context, {}), {name: 'UsageError'});
	writeFileSync(path.join(folder, '.deepdiffrc'), 'conflicts: {tables: {artist: theirs}}');
	const {context: command, stdout} = world();
	assert.equal(await runResolve(command, {}), 0);
	assert.match(stdout.text, /^Settled 2 rows\.$/m);
});

test('wrong words for resolve and apply are told', async (context) => {
	const {world} = await makeCompared(context);
	const usage = {name: 'UsageError'};
	await assert.rejects(runResolve(world().context, {all: 'mine'}), usage);
	await assert.rejects(runResolve(world().context, {all: 'ours', file: 'x'}), usage);
	await assert.rejects(runResolve(world().context, {state: 'added'}), usage);
	await assert.rejects(runResolve(world({tables: 'zzz'}).context, {all: 'ours'}), usage);
	await assert.rejects(runPlan(world().context, {allow: 'deleteRow'}), {
		...usage,
		hint: 'Did you mean "deleteRows"?',
	});
	const pack = {pack: 'none.sql', dryRun: true};
	await assert.rejects(runApply(world().context, 'migration', {...pack, triggers: 'on'}), usage);
	await assert.rejects(runApply(world().context, 'migration', pack), {name: 'PackError'});
});

test('planning the same decisions twice gives the same bytes', async (context) => {
	const {world, plan} = await makeCompared(context);
	await runResolve(world().context, {all: 'theirs'});
	const {pack} = await plan();
	const files = [pack.sql, pack.manifest, pack.undoSql, pack.undoManifest];
	const first = files.map((file) => readFileSync(file, 'utf8'));
	await plan();
	assert.deepEqual(
		files.map((file) => readFileSync(file, 'utf8')),
		first,
	);
});

test('the pack goes to --output when the run is kept elsewhere', async (context) => {
	const {world, folder} = await makeCompared(context);
	await runResolve(world().context, {all: 'theirs'});
	assert.equal(await runPlan(world({output: 'packs'}).context, {}), 0);
	assert.ok(existsSync(path.join(folder, 'packs', 'migration_pack.sql')));
	assert.ok(existsSync(path.join(folder, 'packs', 'undo_pack.json')));
});

test('what is commented out names the kind that allows it', async (context) => {
	const {world} = await makeCompared(context);
	await runResolve(world().context, {all: 'theirs', state: 'conflict,removed'});
	const closed = world();
	await runPlan(closed.context, {});
	assert.match(closed.stdout.text, /^ {2}1 statement {2}--allow deleteRows$/m);
	assert.match(closed.stdout.text, /^ {2}1 statement {2}--allow dropIndex$/m);
	const open = world();
	await runPlan(open.context, {allow: 'deleteRows,dropIndex'});
	assert.doesNotMatch(open.stdout.text, /Commented out/);
	assert.match(open.stderr.text, /apply \S+ --allow deleteRows,dropIndex --prod/);
});

test('rehearse, apply, apply again, compare, undo', async (context) => {
	const {world, plan, readNames} = await makeCompared(context);
	await runResolve(world().context, {all: 'theirs'});
	const {pack} = await plan();
	const folder = path.dirname(pack.sql);

	const rehearsal = world({json: true});
	assert.equal(await runApply(rehearsal.context, 'migration', {pack: folder, dryRun: true}), 0);
	assert.equal((rehearsal.json() as {result: string}).result, 'rehearsed');
	assert.deepEqual(readNames(), before);
	assert.equal(existsSync(path.join(folder, 'report.html')), false);

	const applied = world();
	assert.equal(await runApply(applied.context, 'migration', {pack: pack.sql, yes: true}), 0);
	assert.match(applied.stdout.text, /^Applied to prod\.db\.$/m);
	assert.match(applied.stdout.text, /^ {2}artist +1 +2 +0$/m);
	assert.deepEqual(readNames(), ['AEROSMITH', 'Björk', 'Cher', 'only prod', 'only dev']);
	for (const name of ['receipt.json', 'report.md', 'report.html']) {
		assert.ok(existsSync(path.join(folder, name)), name);
	}

	const again = runApply(world().context, 'migration', {pack: pack.sql, yes: true});
	await assert.rejects(again, {name: 'TargetChangedError', exitCode: 4});
	const after = world({json: true});
	assert.equal(await runDiff(after.context, {}), 1);
	const {tables} = after.json() as {tables: {table: string; removed: number; conflicts: number}[]};
	assert.deepEqual(
		tables.map(({table, removed, conflicts}) => [table, removed, conflicts]),
		[
			['album', 0, 0],
			['artist', 1, 0],
			['log', 0, 0],
		],
	);

	const undone = world();
	// The folder names the migration; its undo lies beside it.
	assert.equal(await runApply(undone.context, 'undo', {pack: folder, yes: true}), 0);
	assert.match(undone.stdout.text, /^Undone on prod\.db\.$/m);
	assert.deepEqual(readNames(), before);

	// What was undone is there to be decided and applied again.
	assert.equal(await runApply(world().context, 'migration', {pack: folder, yes: true}), 0);
	assert.deepEqual(readNames(), ['AEROSMITH', 'Björk', 'Cher', 'only prod', 'only dev']);
	assert.ok(existsSync(path.join(folder, 'undo_report.md')));
});

test('an undo pack is not applied by mistake', async (context) => {
	const {world, plan} = await makeCompared(context);
	await runResolve(world().context, {all: 'theirs'});
	const {pack} = await plan();
	const mistake = runApply(world().context, 'migration', {pack: pack.undoSql, yes: true});
	await assert.rejects(mistake, {name: 'UsageError', message: /is an undo pack/});
});

test('applying asks for the name of the target and takes no other', async (context) => {
	const {world, plan, readNames} = await makeCompared(context);
	await runResolve(world().context, {all: 'theirs'});
	const {pack} = await plan();
	const wrong = world({}, {answers: ['prod']});
	await assert.rejects(runApply(wrong.context, 'migration', {pack: pack.sql}), {
		message: /nothing was changed/,
	});
	assert.match(
		wrong.stderr.text,
		/4 statements for prod\.db \(SQLite .*All of it is one transaction\./,
	);
	assert.match(wrong.stderr.text, /Type prod\.db to go on: $/);
	assert.deepEqual(readNames(), before);
	const right = world({}, {answers: ['prod.db']});
	assert.equal(await runApply(right.context, 'migration', {pack: pack.sql}), 0);
	assert.notDeepEqual(readNames(), before);
});

test('without a terminal and without --yes nothing is applied', async (context) => {
	const {world, plan, readNames} = await makeCompared(context);
	await runResolve(world().context, {all: 'theirs'});
	const {pack} = await plan();
	await assert.rejects(runApply(world().context, 'migration', {pack: pack.sql}), {
		name: 'UsageError',
		hint: /--yes/,
	});
	assert.deepEqual(readNames(), before);
});

test('a row that changed since the review stops the apply with 4 and nothing is written', async (context) => {
	const {world, plan, prod, readNames} = await makeCompared(context);
	await runResolve(world().context, {all: 'theirs'});
	const {pack} = await plan();
	const database = new SQLite(prod);
	database.exec("UPDATE artist SET name = 'changed meanwhile' WHERE id = 1");
	database.close();
	await assert.rejects(runApply(world().context, 'migration', {pack: pack.sql, yes: true}), {
		name: 'TargetChangedError',
		exitCode: 4,
	});
	assert.deepEqual(readNames(), ['changed meanwhile', ...before.slice(1)]);
});

test('an edited pack is refused', async (context) => {
	const {world, plan, readNames} = await makeCompared(context);
	await runResolve(world().context, {all: 'theirs'});
	const {pack} = await plan();
	writeFileSync(pack.sql, readFileSync(pack.sql, 'utf8').replace('AEROSMITH', 'AEROSMYTH'));
	const edited = runApply(world().context, 'migration', {pack: pack.sql, yes: true});
	await assert.rejects(edited, {name: 'PackError', exitCode: 2});
	assert.deepEqual(readNames(), before);
});

test('a pack is applied without its run too', async (context) => {
	const {world, plan, folder, readNames} = await makeCompared(context);
	await runResolve(world().context, {all: 'theirs'});
	const {pack} = await plan();
	for (const name of ['sql', 'manifest', 'undoSql', 'undoManifest'] as const) {
		const copy = path.join(folder, path.basename(pack[name]));
		writeFileSync(copy, readFileSync(pack[name]));
	}
	const applied = world({output: 'elsewhere', json: true});
	const place = path.join(folder, 'migration_pack.json');
	assert.equal(await runApply(applied.context, 'migration', {pack: place, yes: true}), 0);
	assert.notDeepEqual(readNames(), before);
	assert.ok(existsSync(path.join(folder, 'report.md')));
});

test('a comparison whose structure changed since is not planned', async (context) => {
	const {world, prod} = await makeCompared(context);
	await runResolve(world().context, {all: 'theirs'});
	const database = new SQLite(prod);
	database.exec('ALTER TABLE log ADD COLUMN more TEXT');
	database.close();
	await assert.rejects(runPlan(world().context, {}), {
		name: 'SchemaChangedError',
		hint: /diff --fresh/,
	});
});

test('a signal stops every long command with 130 and nothing is written', async (context) => {
	const {world, plan, readNames} = await makeCompared(context);
	const interrupted = (flags: Partial<GlobalFlags> = {}) => {
		const made = world(flags);
		made.interruption.abort();
		return made.context;
	};
	const stopped = {name: 'InterruptedError', exitCode: 130};
	await assert.rejects(runDiff(interrupted(), {}), {
		...stopped,
		hint: /Continue with: .*diff --prod/,
	});
	// What was stopped before its first segment is an unfinished run now.
	await assert.rejects(runPlan(world().context, {}), {message: /is not finished/});
	assert.equal(await runDiff(world().context, {}), 1);
	await runResolve(world().context, {all: 'theirs'});
	await assert.rejects(runPlan(interrupted(), {}), stopped);
	const {pack} = await plan();
	await assert.rejects(runApply(interrupted(), 'migration', {pack: pack.sql, yes: true}), stopped);
	assert.deepEqual(readNames(), before);
	assert.equal(await runApply(world().context, 'migration', {pack: pack.sql, yes: true}), 0);
});
