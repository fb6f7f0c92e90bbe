import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import test from 'node:test';
import {applyPack, type ApplyEvent} from '../../../source/engine/apply/apply-pack.ts';
import {readPack} from '../../../source/engine/pack/read-pack.ts';
import {openTarget} from '../../../source/engine/open-target.ts';
import {ApplyError, PackError, TargetChangedError} from '../../../source/model/errors.ts';
import {
	apply,
	bringInLine,
	compareFiles,
	decide,
	everything,
	execute,
	nothing,
	pack,
	plan,
	query,
	startWalk,
} from '../walk.ts';

const both = `
	CREATE TABLE artist (id INTEGER PRIMARY KEY, name TEXT, born);
	CREATE TABLE album (id INTEGER PRIMARY KEY, artist INTEGER NOT NULL REFERENCES artist);
	CREATE TABLE note (text TEXT, stars);
	INSERT INTO artist VALUES (1, 'Ella', 1917), (2, 'Nina', 1933), (3, 'Björk', 1965);
	INSERT INTO album VALUES (1, 1), (2, 2);
	INSERT INTO note VALUES ('good', 5), ('good', 5), ('bad', 1);
`;
const dev = `
	UPDATE artist SET born = 1918 WHERE id = 1;
	DELETE FROM album WHERE id = 2; DELETE FROM artist WHERE id = 2;
	INSERT INTO artist VALUES (4, 'Miles', 1926);
	INSERT INTO album VALUES (3, 4);
	INSERT INTO note VALUES ('good', 5), ('new', NULL);
	DELETE FROM note WHERE text = 'bad';
`;
const shout = `CREATE TRIGGER shout AFTER INSERT ON artist
	BEGIN UPDATE artist SET name = upper(name) WHERE id = new.id; END;`;
const rows = (file: string) => [
	...query(file, 'SELECT * FROM artist ORDER BY id'),
	...query(file, 'SELECT * FROM album ORDER BY id'),
	...query(file, 'SELECT * FROM note ORDER BY text, stars'),
];

test('prod is brought in line, every row is verified, and the undo brings every row back', async (context) => {
	const walk = await startWalk(context, {both, dev});
	const before = rows(walk.prod);
	decide(walk, 'theirs');
	const {paths, receipt} = await bringInLine(walk);
	assert.deepEqual(rows(walk.prod), rows(walk.dev));
	assert.equal(receipt.result, 'committed');
	assert.deepEqual(receipt.tables, [
		{table: 'album', inserted: 1, updated: 0, deleted: 1},
		{table: 'artist', inserted: 1, updated: 1, deleted: 1},
		{table: 'note', inserted: 2, updated: 0, deleted: 1},
	]);
	assert.equal(receipt.verifiedRows, 8);
	assert.deepEqual(receipt.undo, {file: 'undo_pack.sql', digest: paths.undoDigest});

	const undone = await apply(walk, paths.undoSql);
	assert.equal(undone.kind, 'undo');
	assert.deepEqual(rows(walk.prod), before);
});

test('a rehearsal does everything and leaves every byte as it was', async (context) => {
	const walk = await startWalk(context, {both, dev});
	decide(walk, 'theirs');
	await plan(walk, everything);
	const {sql} = await pack(walk);
	const bytes = readFileSync(walk.prod);
	const receipt = await apply(walk, sql, {mode: 'rehearse'});
	assert.equal(receipt.result, 'rehearsed');
	assert.equal(receipt.verifiedRows, 8);
	assert.ok(bytes.equals(readFileSync(walk.prod)));
});

const changes = {
	'was changed': [
		`UPDATE artist SET name = 'Ella F.' WHERE id = 1`,
		/1 row is no longer what was reviewed: artist \(id 1\) has another name\./,
	],
	'has the same number as text': [
		`UPDATE artist SET born = '1917' WHERE id = 1`,
		/artist \(id 1\) has another born\./,
	],
	'is gone': [`DELETE FROM artist WHERE id = 1`, /artist \(id 1\) is gone\./],
	'is there already': [
		`INSERT INTO artist VALUES (4, 'Chet', 1929)`,
		/artist \(id 4\) exists already\./,
	],
	'without a key is gone': [
		`DELETE FROM note WHERE text = 'bad'`,
		/delete note \('bad', 1\) found 0 copies instead of 1\./,
	],
} as const;

for (const [what, [sql, message]] of Object.entries(changes)) {
	test(`a row that ${what} since the review stops everything and is named`, async (context) => {
		const walk = await startWalk(context, {both, dev});
		decide(walk, 'theirs');
		await plan(walk, everything);
		const paths = await pack(walk);
		execute(walk.prod, sql);
		const bytes = readFileSync(walk.prod);
		await assert.rejects(apply(walk, paths.sql), (error) => {
			assert.ok(error instanceof TargetChangedError, String(error));
			assert.match(error.message, message);
			assert.match(error.message, /Nothing was written\.$/);
			assert.equal(error.exitCode, 4);
			return true;
		});
		assert.ok(bytes.equals(readFileSync(walk.prod)));
	});
}

test('at most twenty changed rows are named, the others are counted', async (context) => {
	const many = `CREATE TABLE t (id INTEGER PRIMARY KEY, a);
		WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 30)
		INSERT INTO t SELECT i, 1 FROM n;`;
	const walk = await startWalk(context, {both: many, dev: 'UPDATE t SET a = 2'});
	decide(walk, 'theirs');
	await plan(walk);
	const paths = await pack(walk);
	execute(walk.prod, 'UPDATE t SET a = 3');
	await assert.rejects(apply(walk, paths.sql), /30 rows are no longer .* and 10 more\. Nothing/);
});

test('a statement that the server refuses is named with its row and reason', async (context) => {
	const walk = await startWalk(context, {
		both,
		prod: `CREATE UNIQUE INDEX one_name ON artist (name)`,
		dev: `INSERT INTO artist VALUES (5, 'Ella', 2000); UPDATE artist SET born = 1 WHERE id = 3`,
	});
	decide(walk, 'theirs');
	await plan(walk);
	const paths = await pack(walk);
	const bytes = readFileSync(walk.prod);
	await assert.rejects(apply(walk, paths.sql), (error) => {
		assert.ok(error instanceof ApplyError);
		assert.match(error.message, /^Statement 3 failed: insert artist \(id 5\): UNIQUE constraint/);
		assert.match(error.message, /Nothing was changed\.$/);
		return true;
	});
	assert.ok(bytes.equals(readFileSync(walk.prod)));
});

test('foreign keys that would not hold are named with their rows', async (context) => {
	const walk = await startWalk(context, {
		both,
		prod: `INSERT INTO album VALUES (9, 2)`,
		dev: `DELETE FROM album WHERE id = 2; DELETE FROM artist WHERE id = 2`,
	});
	decide(walk, 'theirs');
	decide(walk, 'ours', {tables: ['album']});
	await plan(walk, everything);
	const paths = await pack(walk);
	await assert.rejects(apply(walk, paths.sql), (error) => {
		assert.ok(error instanceof ApplyError);
		assert.match(
			error.message,
			/foreign keys? would not hold: album \(artist 2 of id 2\) → artist/,
		);
		return true;
	});
});

test('a trigger that rewrites a value is found, and may be accepted or switched off', async (context) => {
	const walk = await startWalk(context, {
		both,
		prod: shout,
		dev,
	});
	decide(walk, 'theirs');
	await plan(walk, new Set(['deleteRows']));
	const paths = await pack(walk);
	await assert.rejects(apply(walk, paths.sql), (error) => {
		assert.ok(error instanceof ApplyError);
		assert.match(error.message, /1 row is not what the plan says .*: artist \(id 4\): name\./);
		assert.match(error.hint, /--triggers accept/);
		return true;
	});
	const off = await apply(walk, paths.sql, {triggers: 'off', mode: 'rehearse'});
	assert.equal(off.rewrittenRows, 0);
	const accepted = await apply(walk, paths.sql, {triggers: 'accept'});
	assert.deepEqual(accepted.rewritten, [
		{table: 'artist', row: 'artist (id 4)', columns: ['name']},
	]);
	assert.deepEqual(query(walk.prod, 'SELECT name FROM artist WHERE id = 4'), ['MILES']);
});

test('triggers that were switched off are there again afterwards', async (context) => {
	const walk = await startWalk(context, {both, prod: shout, dev});
	decide(walk, 'theirs');
	await plan(walk, new Set(['deleteRows']));
	const paths = await pack(walk);
	const receipt = await apply(walk, paths.sql, {triggers: 'off'});
	assert.equal(receipt.catalogAfter, walk.session.prod.catalog.fingerprint);
	assert.deepEqual(query(walk.prod, 'SELECT name FROM artist WHERE id = 4'), ['Miles']);
	execute(walk.prod, `INSERT INTO artist VALUES (5, 'Chet', 1929)`);
	assert.deepEqual(query(walk.prod, 'SELECT name FROM artist WHERE id = 5'), ['CHET']);
});

test('a pack is applied once', async (context) => {
	const walk = await startWalk(context, {both, dev});
	decide(walk, 'theirs');
	const {paths} = await bringInLine(walk);
	await assert.rejects(apply(walk, paths.sql), (error) => {
		assert.ok(error instanceof TargetChangedError);
		assert.match(error.message, /^The pack was applied already: prod\.db is as it leaves it\./);
		return true;
	});
	await apply(walk, paths.undoSql);
	await assert.rejects(apply(walk, paths.undoSql), /undone already/);
	await apply(walk, paths.sql);
});

test('rows without a key alone are not inserted twice either', async (context) => {
	const walk = await startWalk(context, {
		both,
		dev: `INSERT INTO note VALUES ('new', 1), ('new', 1)`,
	});
	const {paths} = await bringInLine(walk);
	await assert.rejects(apply(walk, paths.sql), /applied already/);
	assert.deepEqual(query(walk.prod, `SELECT count(*) FROM note WHERE text = 'new'`), ['2']);
});

test('a gate that is closed now refuses what the pack was written with', async (context) => {
	const walk = await startWalk(context, {both, dev});
	decide(walk, 'theirs');
	await plan(walk, everything);
	const paths = await pack(walk);
	await assert.rejects(apply(walk, paths.sql, {allow: nothing}), (error) => {
		assert.ok(error instanceof ApplyError);
		assert.match(error.message, /needs deleteRows, which is not allowed/);
		assert.match(error.hint, /--allow deleteRows/);
		return true;
	});
});

test('a pack for another database is refused', async (context) => {
	const walk = await startWalk(context, {both, dev});
	const other = await startWalk(context, {both, dev});
	decide(walk, 'theirs');
	await plan(walk, everything);
	const paths = await pack(walk);
	await assert.rejects(apply(other, paths.sql), (error) => {
		assert.ok(error instanceof PackError);
		assert.match(error.message, /made for another database/);
		return true;
	});
});

test('a structure that changed since the review is refused', async (context) => {
	const walk = await startWalk(context, {both, dev});
	decide(walk, 'theirs');
	await plan(walk, everything);
	const paths = await pack(walk);
	execute(walk.prod, 'CREATE INDEX extra ON artist (born)');
	await assert.rejects(apply(walk, paths.sql), (error) => {
		assert.ok(error instanceof TargetChangedError);
		assert.match(error.message, /The structure of prod\.db changed since/);
		return true;
	});
});

test('structure and rows change together, and the second comparison finds nothing', async (context) => {
	const walk = await startWalk(context, {
		both,
		dev: `
			ALTER TABLE artist ADD COLUMN country TEXT DEFAULT 'unknown';
			UPDATE artist SET country = 'US' WHERE id < 3;
			CREATE TABLE label (id INTEGER PRIMARY KEY, name TEXT);
			INSERT INTO label VALUES (1, 'Verve'), (2, 'Blue Note');
			CREATE INDEX by_name ON artist (name);
		`,
	});
	const before = query(walk.prod, 'SELECT sql FROM sqlite_schema ORDER BY name');
	const beforeRows = rows(walk.prod);
	decide(walk, 'theirs');
	const {paths, receipt} = await bringInLine(walk);
	assert.ok(receipt.schemaStatements >= 3);
	const again = await compareFiles(context, walk.folder);
	assert.equal(again.store.rows.count(), 0);
	assert.deepEqual(again.store.schema.list(), []);

	await apply(walk, paths.undoSql);
	assert.deepEqual(query(walk.prod, 'SELECT sql FROM sqlite_schema ORDER BY name'), before);
	assert.deepEqual(rows(walk.prod), beforeRows);
});

test('events walk through the phases with rising counts', async (context) => {
	const walk = await startWalk(context, {both, dev});
	decide(walk, 'theirs');
	await plan(walk, everything);
	const paths = await pack(walk);
	const signal = new AbortController().signal;
	const {connection} = await openTarget(walk.session.prod.settings, signal);
	const events: ApplyEvent[] = [];
	for await (const event of applyPack({
		pack: await readPack(paths.sql),
		connection,
		mode: 'apply',
		allow: everything,
		triggers: 'fire',
		signal,
	})) {
		events.push(event);
	}
	await connection.close();
	const phases = [...new Set(events.map(({phase}) => phase))];
	assert.deepEqual(phases, ['check', 'before', 'run', 'verify', 'foreign keys', 'commit']);
	const last = events.findLast(({phase}) => phase === 'run');
	assert.equal(last?.done, last?.total);
});

test('an undo notices a structure that changed after the migration', async (context) => {
	const walk = await startWalk(context, {both, dev: `ALTER TABLE artist ADD COLUMN country TEXT`});
	const {paths} = await bringInLine(walk);
	execute(walk.prod, 'CREATE INDEX later ON artist (born)');
	await assert.rejects(apply(walk, paths.undoSql), /The structure of prod\.db changed since/);
	execute(walk.prod, 'DROP INDEX later');
	assert.equal((await apply(walk, paths.undoSql)).result, 'committed');
});
