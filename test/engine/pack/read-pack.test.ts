import assert from 'node:assert/strict';
import {copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {readPack} from '../../../source/engine/pack/read-pack.ts';
import {PackError, StoreError} from '../../../source/model/errors.ts';
import {decide, everything, nothing, pack, plan, startWalk} from '../walk.ts';

const both = `CREATE TABLE "odd -- name
; x" (id INTEGER PRIMARY KEY, text TEXT);
	INSERT INTO "odd -- name
; x" VALUES (1, 'a'), (2, 'b');`;
const dev = `UPDATE "odd -- name
; x" SET text = 'semi; colon' || char(10) || '-- no comment' WHERE id = 1;
	DELETE FROM "odd -- name
; x" WHERE id = 2;
	INSERT INTO "odd -- name
; x" VALUES (3, 'Zoë 🎷 ' || char(0) || ''';');
	CREATE VIEW v AS SELECT 1 -- ends in a comment`;

async function makePack(context: TestContext, allow = everything) {
	const walk = await startWalk(context, {both, dev});
	decide(walk, 'theirs');
	const {statements} = await plan(walk, allow);
	return {walk, statements, paths: await pack(walk)};
}

const rejects = async (place: string, message: RegExp) =>
	assert.rejects(readPack(place), (error) => {
		assert.ok(error instanceof PackError, String(error));
		assert.match(error.message, message);
		assert.notEqual(error.hint, '');
		return true;
	});

test('statements come back from the file byte by byte, whatever is in them', async (context) => {
	const {statements, paths} = await makePack(context);
	const opened = await readPack(paths.sql);
	assert.equal(opened.digest, paths.digest);
	const found = Array.from(opened.steps(), (step) => step.readWhole());
	assert.deepEqual(
		found.map(({sql, summary, number, row}) => ({sql, summary, number, row})),
		statements.map(({sql, summary, number, row}) => ({sql, summary, number, row})),
	);
	assert.deepEqual(
		found.map(({hazards}) => hazards),
		statements.map(({hazards}) => hazards),
	);
});

test('a pack is found by either file and by its folder', async (context) => {
	const {paths} = await makePack(context);
	for (const place of [paths.sql, paths.manifest, path.dirname(paths.sql)]) {
		assert.equal((await readPack(place)).digest, paths.digest);
	}
	assert.equal((await readPack(paths.undoManifest)).header.reverts, paths.digest);
});

test('the manifest is JSON as a whole, one statement a line', async (context) => {
	const {paths, statements} = await makePack(context);
	const text = readFileSync(paths.manifest, 'utf8');
	const document = JSON.parse(text) as {statements: unknown[]; count: number};
	assert.equal(document.count, statements.length);
	assert.equal(document.statements.length, statements.length);
	assert.equal(
		text.split('\n').filter((line) => line.startsWith('{"number"')).length,
		statements.length,
	);
});

test('equal inputs give equal bytes', async (context) => {
	const {paths, walk} = await makePack(context);
	await plan(walk, everything);
	const again = await pack(walk, 'again');
	for (const file of ['sql', 'manifest', 'undoSql', 'undoManifest'] as const) {
		assert.ok(readFileSync(paths[file]).equals(readFileSync(again[file])), file);
	}
});

test('what is not allowed stands in the file as comments only', async (context) => {
	const {paths} = await makePack(context, nothing);
	const sql = readFileSync(paths.sql, 'utf8');
	assert.match(sql, /^-- .*not allowed: needs deleteRows$/m);
	assert.match(sql, /^-- DELETE FROM /m);
	assert.doesNotMatch(sql, /^DELETE/m);
	assert.match(sql, /^-- Not allowed, and so commented: 1\. They need deleteRows \(1\)\.$/m);
});

test('characters of several bytes may lie anywhere in the files', async (context) => {
	const many = `CREATE TABLE t (id TEXT PRIMARY KEY, a);
		WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 40)
		INSERT INTO t SELECT '🎷é' || i || substr('xxxx', 1, i % 4) || '漢🎷', '🎷' FROM n;`;
	const walk = await startWalk(context, {dev: many});
	for (let rows = 40; rows > 30; rows--) {
		decide(walk, 'ours', {ids: [...walk.store.rows.iterate()].slice(rows).map(({id}) => id)});
		const {statements} = await plan(walk, everything);
		const opened = await readPack((await pack(walk)).sql);
		assert.deepEqual(
			Array.from(opened.steps(), ({sql}) => sql),
			statements.map(({sql}) => sql),
		);
	}
});

test('a pack that was edited is refused', async (context) => {
	const {paths} = await makePack(context);
	for (const file of [paths.sql, paths.manifest]) {
		const original = readFileSync(file);
		const edited = Buffer.from(original);
		// One bit in the middle of the file.
		const middle = original.length >> 1;
		edited[middle] = (edited[middle] ?? 0) ^ 1;
		writeFileSync(file, edited);
		await rejects(paths.sql, /was edited after it was written|is cut off/);
		writeFileSync(file, Buffer.concat([original, Buffer.from('\n')]));
		await rejects(paths.sql, /was edited|is cut off/);
		writeFileSync(file, original);
	}
	await readPack(paths.sql);
});

test('a pack that is cut off anywhere is refused', async (context) => {
	const {paths} = await makePack(context);
	for (const file of [paths.sql, paths.manifest]) {
		const original = readFileSync(file);
		for (const part of [0, 0.01, 0.5, 0.9, 0.999]) {
			truncateSync(file, Math.floor(original.length * part));
			await rejects(paths.sql, /is cut off|is not the manifest|was edited/);
			writeFileSync(file, original);
		}
	}
});

test('a pack with a file missing, of another version or that is none is refused', async (context) => {
	const {paths, walk} = await makePack(context);
	await rejects(path.join(walk.folder, 'nowhere.sql'), /There is no pack/);
	const text = readFileSync(paths.manifest, 'utf8');
	writeFileSync(paths.manifest, text.replace('"version": 1,', '"version": 99,'));
	await rejects(paths.sql, /has version 99, this program reads 1/);
	writeFileSync(paths.manifest, '{"name": "something else"}');
	await rejects(paths.sql, /is not the manifest of a pack/);
	rmSync(paths.manifest);
	await rejects(paths.sql, /migration_pack\.json is missing beside migration_pack\.sql/);
});

test('the manifest of one pack does not pass for another’s', async (context) => {
	const {paths} = await makePack(context);
	copyFileSync(paths.undoSql, paths.sql);
	await rejects(paths.sql, /was edited|is cut off/);
});

test('a pack that is written to after it was read is noticed', async (context) => {
	const {paths} = await makePack(context);
	const opened = await readPack(paths.sql);
	opened.assertUntouched();
	writeFileSync(paths.sql, `${readFileSync(paths.sql, 'utf8')} `);
	assert.throws(() => opened.assertUntouched(), PackError);
});

test('a folder that can not be made is told in one sentence', async (context) => {
	const {walk} = await makePack(context);
	writeFileSync(path.join(walk.folder, 'file'), '');
	await assert.rejects(pack(walk, 'file/out'), (error) => {
		assert.ok(error instanceof StoreError);
		assert.match(error.message, /^The folder .*file\/out for the pack can't be made\.$/);
		return true;
	});
});

test('without a complete plan there is no pack', async (context) => {
	const walk = await startWalk(context, {both, dev});
	await assert.rejects(pack(walk), (error) => error instanceof PackError && error.hint !== '');
});
