import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import test from 'node:test';
import {applyPack, type ApplyEvent} from '../../../source/engine/apply/apply-pack.ts';
import {openTarget} from '../../../source/engine/open-target.ts';
import {readPack} from '../../../source/engine/pack/read-pack.ts';
import {InterruptedError} from '../../../source/model/errors.ts';
import {decide, everything, pack, plan, startWalk} from '../walk.ts';

const many = `CREATE TABLE t (id INTEGER PRIMARY KEY, a);
	WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
	INSERT INTO t SELECT i, 1 FROM n;`;

test('an abort at any moment rolls back and says so', async (context) => {
	const walk = await startWalk(context, {both: many, dev: 'UPDATE t SET a = 2'});
	decide(walk, 'theirs');
	await plan(walk);
	const paths = await pack(walk);
	const bytes = readFileSync(walk.prod);
	const opened = await readPack(paths.sql);
	for (const phase of ['check', 'run', 'verify', 'foreign keys'] satisfies ApplyEvent['phase'][]) {
		const abort = new AbortController();
		const {connection} = await openTarget(walk.session.prod.settings, abort.signal);
		const steps = applyPack({
			pack: opened,
			connection,
			mode: 'apply',
			allow: everything,
			triggers: 'fire',
			signal: abort.signal,
			store: walk.store,
		});
		const watch = async () => {
			for (;;) {
				const {value, done} = await steps.next();
				if (done) return;
				if (value.phase === phase) abort.abort();
			}
		};
		await assert.rejects(watch(), (error) => error instanceof InterruptedError);
		await connection.close();
		assert.ok(bytes.equals(readFileSync(walk.prod)), phase);
	}
	assert.equal(walk.store.journal.list().at(-1)?.event, 'rolled back');
});

test('a listener that leaves in the middle leaves nothing behind', async (context) => {
	const walk = await startWalk(context, {both: many, dev: 'UPDATE t SET a = 2'});
	decide(walk, 'theirs');
	await plan(walk, everything);
	const paths = await pack(walk);
	const bytes = readFileSync(walk.prod);
	const signal = new AbortController().signal;
	const {connection} = await openTarget(walk.session.prod.settings, signal);
	const steps = applyPack({
		pack: await readPack(paths.sql),
		connection,
		mode: 'apply',
		allow: everything,
		triggers: 'fire',
		signal,
	});
	for await (const {phase} of steps) if (phase === 'run') break;
	await connection.close();
	assert.ok(bytes.equals(readFileSync(walk.prod)));
});
