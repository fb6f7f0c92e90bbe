import assert from 'node:assert/strict';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import SQLite from 'better-sqlite3';
import {runSchemaDiff, type SchemaDiffOptions} from '../../source/commands/schema-diff.ts';
import {makeDatabase, makeFolder, makePair, makeWorld, namePair} from './fixture.ts';

async function show(
	folder: string,
	flags: Parameters<typeof makeWorld>[1],
	options: SchemaDiffOptions,
) {
	const {context, stdout} = makeWorld(folder, flags);
	const code = await runSchemaDiff(context, options);
	return {code, text: stdout.text};
}

function makeHostile(context: TestContext) {
	const folder = makeFolder(context);
	const prod = makeDatabase(
		path.join(folder, 'prod.db'),
		`CREATE TABLE same (a); CREATE VIRTUAL TABLE texts USING fts5(body);`,
	);
	const dev = makeDatabase(
		path.join(folder, 'dev.db'),
		`CREATE TABLE same (a); CREATE VIRTUAL TABLE texts USING fts5(body);
		CREATE TABLE "<b>&""'" (a TEXT DEFAULT '\`\`\`', "]]>" INT);`,
	);
	return {folder, flags: {prod, dev}};
}

test('JUnit has a case for each object, which fails where it differs', async (context) => {
	const pair = makePair(context);
	const {code, text} = await show(pair.folder, namePair(pair), {format: 'junit'});
	assert.equal(code, 1);
	assert.match(
		text,
		/<testsuites name="deepdiff-db" tests="3" failures="2" errors="0" skipped="0">/,
	);
	assert.match(text, /<testcase classname="table" name="log"\/>/);
	assert.match(text, /name="album"><failure type="drift" message="create column album\.year">/);
	assert.match(
		text,
		/name="artist"><failure type="drift" message="drop index artist_name on artist">/,
	);
});

test('JUnit stays XML whatever the names are, and skips what is not compared', async (context) => {
	const {folder, flags} = makeHostile(context);
	const {text} = await show(folder, flags, {format: 'junit'});
	assert.match(text, /name="&lt;b&gt;&amp;&quot;&#39;"><failure/);
	assert.match(text, /name="texts"><skipped message=/);
});

test('Markdown keeps a definition inside its fence', async (context) => {
	const {folder, flags} = makeHostile(context);
	const {text} = await show(folder, flags, {format: 'markdown'});
	assert.match(text, /^````diff\n\+ CREATE TABLE .*```.*\n````$/ms);
	assert.match(text, /^## table \\<b\\>\\&"' only on dev$/m);
	assert.match(text, /^## Not compared$/m);
});

test('the SQL runs in the shell and leaves only what is commented', async (context) => {
	const pair = makePair(context);
	const {text} = await show(pair.folder, namePair(pair), {format: 'sql'});
	assert.match(text, /^-- DROP INDEX "artist_name";$/m);
	const database = new SQLite(pair.prod);
	database.exec(text.replaceAll(/^\..*$/gm, ''));
	database.close();
	const again = await show(pair.folder, namePair(pair), {format: 'text'});
	assert.equal(again.code, 1);
	assert.match(again.text, /1 change: - 1 only on prod/);
	const all = await show(pair.folder, namePair(pair), {format: 'sql', allow: 'dropIndex'});
	assert.match(all.text, /^DROP INDEX "artist_name";$/m);
});

test('an unknown format is told with the known ones', async (context) => {
	const pair = makePair(context);
	await assert.rejects(show(pair.folder, namePair(pair), {format: 'xml'}), {
		name: 'UsageError',
		hint: 'Known: text, json, markdown, junit, sql.',
	});
});
