import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'node:test';
import {makePlan} from '../../../source/engine/plan/make-plan.ts';
import {readPlanSummary} from '../../../source/engine/plan/plan-summary.ts';
import {InterruptedError, UnresolvedError} from '../../../source/model/errors.ts';
import {decide, everything, execute, finish, plan, startWalk} from '../walk.ts';

const artists = `
	CREATE TABLE artist (id INTEGER PRIMARY KEY, name TEXT NOT NULL, born INTEGER);
	INSERT INTO artist VALUES (1, 'Ella', 1917), (2, 'Nina', 1933), (3, 'Björk', 1965);
`;

test('a plan is refused while conflicts are open, and says how many and where', async (context) => {
	const walk = await startWalk(context, {
		both: artists,
		dev: `UPDATE artist SET born = born + 1 WHERE id < 3`,
	});
	await assert.rejects(plan(walk), (error) => {
		assert.ok(error instanceof UnresolvedError);
		assert.equal(error.message, '2 conflicts have no resolution: 2 in artist.');
		assert.match(error.hint, /deepdiff-db resolve/);
		return true;
	});
});

test('an update sets changed columns only and is guarded by every compared one', async (context) => {
	const walk = await startWalk(context, {
		both: artists,
		dev: `UPDATE artist SET born = 1918 WHERE id = 1`,
	});
	decide(walk, 'theirs');
	const {statements, summary} = await plan(walk);
	assert.deepEqual(
		statements.map(({sql, summary: line, undo}) => ({sql, line, undo})),
		[
			{
				line: 'update artist (id 1): born',
				sql: `UPDATE "artist" SET "born" = 1918 WHERE "id" = 1 AND "name" IS 'Ella' AND "born" IS 1917`,
				undo: [
					`UPDATE "artist" SET "born" = 1917 WHERE "id" = 1 AND "name" IS 'Ella' AND "born" IS 1918`,
				],
			},
		],
	);
	assert.equal(summary.counts.update, 1);
});

test('every state has its default: added goes in, removed stays', async (context) => {
	const walk = await startWalk(context, {
		both: artists,
		prod: `INSERT INTO artist VALUES (9, 'Own', NULL)`,
		dev: `INSERT INTO artist VALUES (4, 'Miles', 1926)`,
	});
	const {statements} = await plan(walk);
	assert.deepEqual(
		statements.map(({summary}) => summary),
		['insert artist (id 4)'],
	);
});

test('deleting is written out but does not run until it is allowed', async (context) => {
	const walk = await startWalk(context, {
		both: artists,
		dev: `DELETE FROM artist WHERE id = 2`,
	});
	decide(walk, 'theirs');
	const closed = await plan(walk);
	assert.deepEqual(closed.summary.gates, [{kind: 'deleteRows', statements: 1}]);
	assert.deepEqual(closed.summary.hazards, []);
	assert.equal(closed.statements[0]?.allowed, false);
	const open = await plan(walk, everything);
	assert.deepEqual(open.summary.opened, [{kind: 'deleteRows', statements: 1}]);
	assert.equal(open.statements[0]?.allowed, true);
	assert.deepEqual(open.statements[0].undo, [
		`INSERT INTO "artist" ("id", "name", "born") VALUES (2, 'Nina', 1933)`,
	]);
});

test('a composed row writes the cells that were chosen and keeps prod’s others', async (context) => {
	const walk = await startWalk(context, {
		both: artists,
		dev: `UPDATE artist SET name = 'Ella F.', born = 1900 WHERE id = 1`,
	});
	walk.store.decisions.decide({
		filter: {},
		take: 'manual',
		cells: new Map([[1, {kind: 'text', text: 'Ella Fitzgerald'}]]),
		level: 'cell',
		by: 'person',
		summary: '',
	});
	const {statements} = await plan(walk);
	assert.equal(statements.length, 1);
	assert.match(statements[0]?.sql ?? '', /SET "name" = 'Ella Fitzgerald' WHERE/);
});

test('parents go in before their children, children go out before their parents', async (context) => {
	const walk = await startWalk(context, {
		both: `
			CREATE TABLE album (id INTEGER PRIMARY KEY, artist INTEGER REFERENCES zartist);
			CREATE TABLE zartist (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES zartist);
			INSERT INTO zartist VALUES (1, NULL); INSERT INTO album VALUES (1, 1);
		`,
		dev: `
			DELETE FROM album; DELETE FROM zartist;
			INSERT INTO zartist VALUES (2, 3), (3, NULL); INSERT INTO album VALUES (2, 2);
		`,
	});
	decide(walk, 'theirs');
	const {statements} = await plan(walk, everything);
	assert.deepEqual(
		statements.map(({summary}) => summary),
		[
			'delete album (id 1)',
			'delete zartist (id 1)',
			'insert zartist (id 3)',
			'insert zartist (id 2)',
			'insert album (id 2)',
		],
	);
});

test('a column that is left out is left out of inserts and updates as well', async (context) => {
	const walk = await startWalk(context, {
		both: artists,
		dev: `
			ALTER TABLE artist ADD COLUMN country TEXT;
			UPDATE artist SET country = 'IS' WHERE id = 3;
			INSERT INTO artist VALUES (4, 'Miles', 1926, 'US');
		`,
	});
	const [choice] = walk.store.schema.list();
	assert.equal(choice?.change.id, 'create column artist.country');
	walk.store.schema.choose(choice.change.id, false);
	const {statements} = await plan(walk);
	assert.deepEqual(
		statements.map(({sql}) => sql),
		[`INSERT INTO "artist" ("id", "name", "born") VALUES (4, 'Miles', 1926)`],
	);
});

test('hazards name triggers, cascades and columns that can not be filled', async (context) => {
	const walk = await startWalk(context, {
		both: `
			CREATE TABLE artist (id INTEGER PRIMARY KEY, name TEXT);
			CREATE TABLE album (id INTEGER PRIMARY KEY, artist REFERENCES artist ON DELETE CASCADE);
			CREATE TRIGGER log_insert AFTER INSERT ON artist BEGIN SELECT 1; END;
			INSERT INTO artist VALUES (1, 'Ella');
		`,
		prod: `ALTER TABLE artist ADD COLUMN rank INTEGER NOT NULL DEFAULT 0`,
		dev: `DELETE FROM artist; INSERT INTO artist VALUES (2, 'Nina')`,
	});
	decide(walk, 'theirs');
	const {statements} = await plan(walk, new Set(['deleteRows']));
	const messages = (kind: string) =>
		statements.find((statement) => statement.kind === kind)?.hazards.map(({message}) => message);
	assert.deepEqual(messages('insert'), ['Fires the trigger log_insert of artist.']);
	assert.deepEqual(messages('delete'), [
		'Deletes rows of artist.',
		'album.artist says ON DELETE CASCADE: rows that refer to a deleted row of artist are checked at the end, not changed.',
	]);
});

test('the same inputs give the same statements', async (context) => {
	const walk = await startWalk(context, {
		both: artists,
		prod: `DELETE FROM artist WHERE id = 3`,
		dev: `UPDATE artist SET name = upper(name); DELETE FROM artist WHERE id = 2`,
	});
	decide(walk, 'theirs');
	const first = await plan(walk, everything);
	assert.deepEqual(await plan(walk, everything), first);
});

test('an abort leaves no plan behind', async (context) => {
	const walk = await startWalk(context, {both: artists, dev: `DELETE FROM artist`});
	await plan(walk);
	const abort = new AbortController();
	const {dialect, prod, dev} = walk.session;
	const steps = makePlan({
		dialect,
		prodCatalog: prod.catalog,
		devCatalog: dev.catalog,
		store: walk.store,
		allow: everything,
		signal: abort.signal,
	});
	await steps.next();
	abort.abort();
	await assert.rejects(finish(steps), InterruptedError);
	assert.equal(readPlanSummary(walk.store), null);
});

test('with a base each row goes to whoever changed it, cell by cell', async (context) => {
	const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-base-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	const base = path.join(folder, 'base.db');
	const more = `${artists} INSERT INTO artist VALUES (4, 'Miles', 1926), (5, 'Chet', 1929);`;
	execute(base, more);
	const walk = await startWalk(context, {
		both: more,
		prod: `
			UPDATE artist SET name = 'Ella F.' WHERE id = 1;
			UPDATE artist SET name = 'Nina S.' WHERE id = 2;
			DELETE FROM artist WHERE id = 5;
		`,
		dev: `
			UPDATE artist SET born = 1918 WHERE id = 1;
			UPDATE artist SET born = 1900 WHERE id = 3;
			DELETE FROM artist WHERE id = 4;
		`,
		config: {base},
	});
	const {statements} = await plan(walk);
	assert.deepEqual(
		statements.map(({summary, allowed}) => `${summary}${allowed ? '' : ' – not allowed'}`),
		[
			'delete artist (id 4) – not allowed',
			'update artist (id 1): born',
			'update artist (id 3): born',
		],
	);
	assert.match(statements[1]?.sql ?? '', /"name" IS 'Ella F\.'/);
});
