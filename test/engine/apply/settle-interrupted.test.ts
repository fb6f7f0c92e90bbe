import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import test from 'node:test';
import {fileURLToPath} from 'node:url';
import {
	findUnfinishedApply,
	settleInterrupted,
} from '../../../source/engine/apply/settle-interrupted.ts';
import {openTarget} from '../../../source/engine/open-target.ts';
import {readPack} from '../../../source/engine/pack/read-pack.ts';
import {
	apply,
	compareFiles,
	decide,
	everything,
	execute,
	pack,
	plan,
	query,
	startWalk,
} from '../walk.ts';

const child = fileURLToPath(new URL('apply-child.ts', import.meta.url));
const both = `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);
	CREATE TABLE note (text);
	WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
	INSERT INTO t SELECT i, 'some text ' || i, hex(randomblob(40)) FROM n;`;

for (const [phase, from] of [
	['check', 1],
	['run', 1],
	['run', 9000],
	['verify', 1],
	['foreign keys', 0],
	['commit', 0],
	['end', 0],
] as const) {
	test(`an apply killed at "${phase} ${from}" leaves prod whole, and is settled rightly`, async (context) => {
		const walk = await startWalk(context, {both});
		const {prod, dev, folder} = walk;
		execute(
			dev,
			`UPDATE t SET a = 'other ' || id WHERE id % 2 = 0; DELETE FROM t WHERE id % 5 = 0;
			INSERT INTO t SELECT id + 50000, a, b FROM t WHERE id % 3 = 0;
			INSERT INTO note VALUES ('x'), ('x');`,
		);
		const next = await compareFiles(context, folder);
		decide(next, 'theirs');
		await plan(next, everything);
		const paths = await pack(next);
		const all = 'SELECT * FROM t ORDER BY id';
		const [before, after] = [query(prod, all), query(dev, all)];

		await killAt(phase, from, ['--pack', paths.sql, '--prod', prod, '--store', next.store.file]);
		const now = query(prod, all);
		const isCommitted = now.join('\n') === after.join('\n');
		assert.ok(isCommitted || now.join('\n') === before.join('\n'));
		if (phase === 'end') assert.ok(isCommitted);

		const signal = new AbortController().signal;
		const {connection} = await openTarget(next.session.prod.settings, signal);
		const opened = await readPack(paths.sql);
		const outcome = await settleInterrupted(next.store, opened, connection);
		await connection.close();
		if (phase === 'end') assert.equal(outcome, null);
		else assert.equal(outcome, isCommitted ? 'committed' : 'rolled back');
		assert.equal(findUnfinishedApply(next.store), null);
		if (!isCommitted) assert.equal((await apply(next, paths.sql)).result, 'committed');
		assert.deepEqual(query(prod, all), after);
	});
}

/** Runs the child and kills it for good once it says that it is there. */
async function killAt(phase: string, from: number, args: string[]): Promise<void> {
	const running = spawn(process.execPath, ['--import', 'tsx', child, ...args], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const ended = new Promise((resolve) => running.once('exit', resolve));
	for await (const line of createInterface({input: running.stdout})) {
		const [, name, done] = /^(.*) (\d+)$/.exec(line) ?? [];
		if (name === phase && Number(done) >= from) running.kill('SIGKILL');
	}
	await ended;
}
