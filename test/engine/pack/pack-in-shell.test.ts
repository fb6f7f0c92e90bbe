import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import test from 'node:test';
import {decide, everything, execute, pack, plan, query, startWalk} from '../walk.ts';

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
const rows = (file: string) => [
	...query(file, 'SELECT * FROM artist ORDER BY id'),
	...query(file, 'SELECT * FROM album ORDER BY id'),
	...query(file, 'SELECT * FROM note ORDER BY text, stars'),
];

test('the shell of the database gets the same result from the pack as apply', async (context) => {
	const walk = await startWalk(context, {both, dev});
	decide(walk, 'theirs');
	await plan(walk, everything);
	const paths = await pack(walk);
	const before = rows(walk.prod);
	runAsShell(walk.prod, paths.sql);
	assert.deepEqual(rows(walk.prod), rows(walk.dev));
	runAsShell(walk.prod, paths.undoSql);
	assert.deepEqual(rows(walk.prod), before);
});

test('the shell of the database changes nothing when a statement fails', async (context) => {
	const walk = await startWalk(context, {both, dev});
	decide(walk, 'theirs');
	await plan(walk, everything);
	const paths = await pack(walk);
	execute(walk.prod, `INSERT INTO artist VALUES (4, 'Chet', 1929)`);
	const before = rows(walk.prod);
	assert.throws(() => runAsShell(walk.prod, paths.sql), /UNIQUE constraint failed/);
	assert.deepEqual(rows(walk.prod), before);
});

/** As the shell runs a file whose first line tells it to stop at an error. */
function runAsShell(file: string, pack: string): void {
	const [first = '', ...statements] = readFileSync(pack, 'utf8').split(/^(?=\.bail on$)/m);
	assert.match(first, /^-- /);
	execute(file, statements.join('').replace('.bail on', ''));
}
