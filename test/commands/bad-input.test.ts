import assert from 'node:assert/strict';
import {linkSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import Database from 'better-sqlite3';
import {runProgram, startProgram, type Ended, type StartOptions} from '../program.ts';
import {mountTmpfs} from '../tmpfs.ts';
import {makeDatabase, makeFolder} from './fixture.ts';

/*
Whatever a person can hand to the program that it can't use: one clear sentence, what to do
about it, the right exit code, no stack, and nothing on stdout.
*/

type Case = {
	readonly words: readonly string[];
	readonly code: number;
	readonly says: RegExp;
	readonly hints: RegExp;
	readonly options?: StartOptions;
};

function check({code, stdout, stderr}: Ended, wanted: Omit<Case, 'words'>): void {
	const [sentence = '', hint = ''] = stderr.slice(stderr.indexOf('error: ')).split('\n');
	assert.match(sentence, /^error: \S/, stderr);
	assert.match(sentence, wanted.says);
	assert.match(hint, wanted.hints);
	assert.equal(code, wanted.code, stderr);
	assert.doesNotMatch(stderr, /\n +at |node:|undefined|\[object/);
	assert.equal(stdout, '');
}

async function refuse(
	context: TestContext,
	folder: string,
	words: readonly string[],
	wanted: Omit<Case, 'words'>,
): Promise<void> {
	check(await runProgram(context, folder, words, wanted.options), wanted);
}

const rows = (count: number, text: string) =>
	`WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
	SELECT i, '${text} ' || i FROM n`;

/** `prod.db` and `dev.db`: all rows of `first` differ, those of `second` do not. */
function makePair(context: TestContext, count = 2000): string {
	const folder = makeFolder(context);
	for (const side of ['prod', 'dev']) {
		makeDatabase(
			path.join(folder, `${side}.db`),
			`CREATE TABLE first (id INTEGER PRIMARY KEY, a TEXT);
			CREATE TABLE second (id INTEGER PRIMARY KEY, a TEXT);
			INSERT INTO first ${rows(count, side)}; INSERT INTO second ${rows(count, 'same')};`,
		);
	}
	return folder;
}

const both = ['--prod', 'prod.db', '--dev', 'dev.db'];

test('a configuration that can not be used is told with its place', async (context) => {
	const folder = makePair(context);
	const write = (name: string, text: string) => {
		writeFileSync(path.join(folder, name), text);
	};
	await refuse(context, folder, [], {
		code: 78,
		says: /No prod database is configured\.$/,
		hints: /--prod.*deepdiff-db init/,
	});
	write('broken.yaml', 'prod: [a');
	await refuse(context, folder, ['diff', '--config', 'broken.yaml'], {
		code: 78,
		says: /broken\.yaml can't be read as YAML: line 2, column 1/,
		hints: /quotes.*brackets/,
	});
	write('broken.json', '{"prod": "a", }');
	await refuse(context, folder, ['diff', '--config', 'broken.json'], {
		code: 78,
		says: /broken\.json can't be read as JSON: line 1, column 15/,
		hints: /commas/,
	});
	write('unknown.yaml', 'prod: prod.db\ndev: dev.db\nperformence: {}\n');
	await refuse(context, folder, ['diff', '--config', 'unknown.yaml'], {
		code: 78,
		says: /Unknown key "performence" \(in unknown\.yaml\)\.$/,
		hints: /Did you mean "performance"\?/,
	});
	write('unset.yaml', 'prod: prod.db\ndev: "${SHOP_DEV}"\n');
	await refuse(context, folder, ['diff', '--config', 'unset.yaml'], {
		code: 78,
		says: /variable SHOP_DEV is not set; dev in unset\.yaml needs it/,
		hints: /Set SHOP_DEV/,
	});
	await refuse(context, folder, ['diff', '--config', 'missing.yaml'], {
		code: 78,
		says: /no configuration file missing\.yaml/,
		hints: /deepdiff-db init/,
	});
});

test('a file that can not be compared is told with what it is', async (context) => {
	const folder = makePair(context);
	const file = (name: string) => path.join(folder, name);
	const noise = Buffer.from(Array.from({length: 8192}, (_, index) => (index * 7919) % 251));
	writeFileSync(file('encrypted.db'), noise);
	writeFileSync(file('text.db'), 'This is no database at all. '.repeat(200));
	const whole = readFileSync(file('dev.db'));
	writeFileSync(file('corrupt.db'), whole);
	for (const page of [1, 3, 4, 5, 6]) noise.copy(whole, page * 4096, 0, 4096);
	writeFileSync(file('corrupt.db'), whole);
	writeFileSync(file('cut.db'), readFileSync(file('prod.db')));
	truncateSync(file('cut.db'), 20_000);
	symlinkSync('prod.db', file('same.db'));
	linkSync(file('prod.db'), file('linked.db'));
	mkdirSync(file('folder'));
	for (const [dev, says, hints] of [
		['missing.db', /There is no file \S+missing\.db/, /./],
		['text.db', /text\.db is not an SQLite database/, /Check the path/],
		['encrypted.db', /encrypted\.db is not an SQLite database/, /decrypted first/],
		['corrupt.db', /corrupt\.db is damaged/, /backup/],
		['cut.db', /cut\.db is damaged/, /backup/],
		['folder', /folder is a folder, not a database/, /Name a database file/],
		['/dev/null', /null is not a file/, /Name a database file/],
		['prod.db', /prod and dev are the same database: prod\.db/, /two different/],
		['same.db', /prod and dev are the same database/, /two different/],
		['linked.db', /prod and dev are the same database/, /two different/],
	] as const) {
		const words = ['diff', '--prod', 'prod.db', '--dev', dev];
		await refuse(context, folder, words, {code: 2, says, hints});
	}
});

test('a locked database is told, after the time that a lock may take', async (context) => {
	const folder = makePair(context);
	const sides = ['prod', 'dev'].map((side) => `${side}: {file: ${side}.db, lockTimeout: 200ms}\n`);
	writeFileSync(path.join(folder, '.deepdiffrc'), sides.join(''));
	const holder = new Database(path.join(folder, 'prod.db'));
	context.after(() => holder.close());
	holder.exec('BEGIN EXCLUSIVE');
	const wanted = {
		code: 2,
		says: /prod\.db is locked by another process\.$/,
		hints: /Wait until it has finished, or raise the lockTimeout/,
	};
	await refuse(context, folder, ['diff'], wanted);
	await refuse(context, folder, [], wanted);
});

async function makePack(context: TestContext, folder: string): Promise<string> {
	const words = [...both, '--output', 'out', '--quiet'];
	await runProgram(context, folder, ['diff', ...words]);
	await runProgram(context, folder, ['resolve', '--all', 'theirs', ...words]);
	const {stdout} = await runProgram(context, folder, ['plan', '--json', ...words]);
	const {pack} = JSON.parse(stdout) as {pack: {sql: string}};
	return path.resolve(folder, pack.sql);
}

test('a database that can only be read is compared, but nothing is applied to it', async (context) => {
	const folder = makePair(context, 100);
	const disk = mountTmpfs(context, 'size=4m');
	if (!disk) {
		context.skip('needs root and mount, for a file system that is read-only');
		return;
	}
	writeFileSync(path.join(disk.folder, 'prod.db'), readFileSync(path.join(folder, 'prod.db')));
	const prod = ['--prod', path.join(disk.folder, 'prod.db')];
	const words = [...prod, '--dev', 'dev.db', '--quiet'];
	disk.remount('ro');
	assert.equal((await runProgram(context, folder, ['diff', ...words])).code, 1);
	await runProgram(context, folder, ['resolve', '--all', 'theirs', ...words]);
	const {stdout} = await runProgram(context, folder, ['plan', '--json', ...words]);
	const {pack} = JSON.parse(stdout) as {pack: {sql: string}};
	await refuse(context, folder, ['apply', pack.sql, '--yes', ...prod], {
		code: 2,
		says: /prod\.db can't be written to: its file system is read-only\.$/,
		hints: /mounted for writing/,
	});
});

test('a full disk keeps the run, which goes on once there is room', async (context) => {
	// More differences than room, and room for a store to begin in.
	const folder = makePair(context, 20_000);
	const disk = mountTmpfs(context, 'size=600k');
	if (!disk) {
		context.skip('needs root and mount, for a disk that is full');
		return;
	}
	const words = ['diff', ...both, '--output', path.join(disk.folder, 'runs')];
	await refuse(context, folder, words, {
		code: 2,
		says: /The run store \S+\.run can't be used: the disk is full\.$/,
		hints: /Free some space, or name another folder with --output/,
	});
	disk.remount('size=20m');
	const next = await runProgram(context, folder, [...words, '--json']);
	assert.match(next.stderr, /is taken up where it stood/);
	const fresh = await runProgram(context, folder, ['diff', ...both, '--json', '--quiet']);
	const tables = ({stdout}: Ended) => (JSON.parse(stdout) as {tables: unknown}).tables;
	assert.deepEqual(tables(next), tables(fresh));
});

test('a file that may not grow is told like a disk that fails', async (context) => {
	await refuse(context, makePair(context), ['diff', ...both], {
		code: 2,
		says: /The run store \S+ can't be used: the disk reports an error\.$/,
		hints: /Check the disk, or name another folder with --output/,
		options: {before: 'ulimit -f 100'},
	});
});

for (const [what, sql] of [
	['vanishes', 'DROP TABLE second'],
	['gets another structure', 'ALTER TABLE second RENAME COLUMN a TO b'],
] as const) {
	test(`a table that ${what} during the scan stops it, and says so`, async (context) => {
		const folder = makePair(context);
		writeFileSync(path.join(folder, '.deepdiffrc'), 'performance: {maxRowsPerSecond: 1000}\n');
		const scan = startProgram(context, folder, ['diff', ...both]);
		await scan.waitFor('first: comparing');
		makeDatabase(path.join(folder, 'dev.db'), sql);
		const code = await scan.ended;
		check(
			{code, stdout: scan.stdout(), stderr: scan.stderr()},
			{code: 2, says: /second.*dev|dev.*second/, hints: /^Start the comparison anew/},
		);
	});
}

test('a pack that is not what was reviewed is refused before anything runs', async (context) => {
	const folder = makePair(context, 100);
	const sql = await makePack(context, folder);
	const manifest = sql.replace(/\.sql$/, '.json');
	const [text, json] = [readFileSync(sql, 'utf8'), readFileSync(manifest, 'utf8')];
	const before = readFileSync(path.join(folder, 'prod.db'));
	const apply = async (says: RegExp, hints: RegExp, prod = 'prod.db') => {
		const words = ['apply', sql, '--yes', '--quiet', '--prod', prod];
		await refuse(context, folder, words, {code: 2, says, hints});
		writeFileSync(sql, text);
		writeFileSync(manifest, json);
	};
	writeFileSync(sql, text.replace("'dev 7'", "'dev 8'"));
	await apply(/migration_pack\.sql was edited after it was written/, /deepdiff-db plan/);
	truncateSync(sql, 1000);
	await apply(/migration_pack\.sql is cut off/, /deepdiff-db plan/);
	truncateSync(manifest, Math.floor(json.length / 2));
	await apply(/migration_pack\.json is cut off/, /deepdiff-db plan/);
	writeFileSync(manifest, 'hello');
	await apply(/is not the manifest of a pack/, /deepdiff-db plan/);
	await apply(/was made for another database: for prod\.db/, /new plan/, 'dev.db');
	assert.deepEqual(readFileSync(path.join(folder, 'prod.db')), before);
	await refuse(context, folder, ['apply', 'nowhere.sql', '--yes', ...both], {
		code: 2,
		says: /There is no pack \S+nowhere\.sql/,
		hints: /deepdiff-db plan/,
	});
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	test(`${signal} ends a scan with 130 and keeps it`, async (context) => {
		const folder = makePair(context, 20_000);
		writeFileSync(path.join(folder, '.deepdiffrc'), 'performance: {maxRowsPerSecond: 2000}\n');
		const scan = startProgram(context, folder, ['diff', ...both]);
		await scan.waitFor('first: comparing');
		scan.child.kill(signal);
		assert.equal(await scan.ended, 130);
		assert.match(scan.stderr(), /^Interrupted\. Run \S+ keeps what was compared so far/m);
	});

	test(`${signal} ends an apply with 130 and nothing changed, or comes too late`, async (context) => {
		const folder = makePair(context, 20_000);
		const sql = await makePack(context, folder);
		const before = readFileSync(path.join(folder, 'prod.db'));
		const apply = startProgram(context, folder, ['apply', sql, '--yes', '--prod', 'prod.db']);
		await apply.waitFor('running statements');
		apply.child.kill(signal);
		const code = await apply.ended;
		const isUntouched = before.equals(readFileSync(path.join(folder, 'prod.db')));
		assert.deepEqual([code, isUntouched], code === 0 ? [0, false] : [130, true], apply.stderr());
	});
}
