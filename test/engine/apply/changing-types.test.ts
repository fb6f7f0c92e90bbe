import assert from 'node:assert/strict';
import test from 'node:test';
import {
	apply,
	bringInLine,
	compareFiles,
	decide,
	everything,
	execute,
	pack,
	plan,
	query,
	startWalk,
} from '../walk.ts';

/* Rows in columns whose type changes with them, or does not. */

const asText = `
	CREATE TABLE price (id INTEGER PRIMARY KEY, cents TEXT);
	CREATE TABLE note (text TEXT, stars TEXT);
	INSERT INTO price VALUES (1, '100'), (2, '200'), (3, '0300');
	INSERT INTO note VALUES ('good', '5'), ('good', '5'), ('bad', '1'), ('own', '7');
`;
const asNumbers = `
	DROP TABLE price; DROP TABLE note;
	CREATE TABLE price (id INTEGER PRIMARY KEY, cents INTEGER);
	CREATE TABLE note (text TEXT, stars INTEGER);
	INSERT INTO price VALUES (1, 101), (2, 200), (4, 400);
	INSERT INTO note VALUES ('good', 5), ('new', 3);
`;
const types = (file: string) => [
	...query(file, 'SELECT id, cents, typeof(cents) FROM price ORDER BY id'),
	...query(file, 'SELECT text, stars, typeof(stars) FROM note ORDER BY text, stars'),
];

test('a type that changes under rows that differ is guarded before anything runs', async (context) => {
	const walk = await startWalk(context, {
		both: `CREATE TABLE price (id INTEGER PRIMARY KEY, cents TEXT);
			INSERT INTO price VALUES (1, '100'), (2, '200');`,
		dev: `
			CREATE TABLE p2 (id INTEGER PRIMARY KEY, cents INTEGER);
			INSERT INTO p2 SELECT id, cents + 1 FROM price;
			DROP TABLE price; ALTER TABLE p2 RENAME TO price;
		`,
	});
	decide(walk, 'theirs');
	await plan(walk, everything);
	const paths = await pack(walk);
	execute(walk.prod, `UPDATE price SET cents = '101' WHERE id = 1`);
	await assert.rejects(apply(walk, paths.sql), /price \(id 1\) has another cents/);
	execute(walk.prod, `UPDATE price SET cents = '100' WHERE id = 1`);
	await apply(walk, paths.sql);
	assert.deepEqual(query(walk.prod, 'SELECT id, cents, typeof(cents) FROM price'), [
		'1|101|integer',
		'2|201|integer',
	]);
});

test('rows are taken over with their new types, and given back in them where they must stay', async (context) => {
	const walk = await startWalk(context, {both: asText, dev: asNumbers});
	decide(walk, 'theirs');
	const {paths, statements} = await bringInLine(walk);
	assert.deepEqual(types(walk.prod), types(walk.dev));
	assert.ok(statements.some(({hazards}) => hazards.some(({kind}) => kind === 'noUndo')));
	await apply(walk, paths.undoSql);
	assert.deepEqual(types(walk.prod), [
		'1|100|integer',
		'2|200|integer',
		'3|300|integer',
		'bad|1|integer',
		'good|5|integer',
		'good|5|integer',
		'own|7|integer',
	]);
});

test('a row that only differs where no undo reaches is not taken for one undone already', async (context) => {
	const walk = await startWalk(context, {
		both: `CREATE TABLE price (id INTEGER PRIMARY KEY, cents TEXT);
			INSERT INTO price VALUES (1, '100');`,
		dev: `DROP TABLE price; CREATE TABLE price (id INTEGER PRIMARY KEY, cents INTEGER);
			INSERT INTO price VALUES (1, 101);`,
	});
	decide(walk, 'theirs');
	const {paths} = await bringInLine(walk);
	execute(walk.prod, 'UPDATE price SET cents = 500');
	await assert.rejects(apply(walk, paths.undoSql), /1 row is no longer what was reviewed/);
	execute(walk.prod, 'UPDATE price SET cents = 101');
	await apply(walk, paths.undoSql);
	assert.deepEqual(query(walk.prod, 'SELECT cents FROM price'), ['100']);
});

test('a type that keeps every value comes and goes with its rows', async (context) => {
	const walk = await startWalk(context, {both: asNumbers.replace(/DROP.*/, ''), dev: ''});
	execute(
		walk.dev,
		`DROP TABLE price; CREATE TABLE price (id INTEGER PRIMARY KEY, cents TEXT);
		INSERT INTO price VALUES (1, '101'), (2, '999'), (5, '5');`,
	);
	const next = await compareFiles(context, walk.folder);
	const before = types(next.prod);
	decide(next, 'theirs');
	const {paths} = await bringInLine(next);
	assert.deepEqual(types(next.prod), types(next.dev));
	await apply(next, paths.undoSql);
	assert.deepEqual(types(next.prod), before);
});

test('a row without a key is taken out before its type changes, and the right one', async (context) => {
	const walk = await startWalk(context, {both: asText, dev: asNumbers});
	const [bad] = [...walk.store.rows.iterate({tables: ['note'], states: ['removed']})].filter(
		({prod}) => prod?.[0]?.text === 'bad',
	);
	assert.ok(bad);
	decide(walk, 'ours', {tables: ['note', 'price']});
	decide(walk, 'theirs', {ids: [bad.id]});
	await bringInLine(walk);
	assert.deepEqual(query(walk.prod, 'SELECT text, stars FROM note ORDER BY text'), [
		'good|5',
		'good|5',
		'own|7',
	]);
});

test('a type that stays another than dev’s stores what it can, and the undo finds it again', async (context) => {
	const walk = await startWalk(context, {both: asText, dev: asNumbers});
	for (const {change} of walk.store.schema.list()) walk.store.schema.choose(change.id, false);
	const before = types(walk.prod);
	decide(walk, 'theirs');
	const {statements} = await plan(walk, everything);
	assert.match(
		statements.find(({kind}) => kind === 'update')?.hazards[0]?.message ?? '',
		/Prod keeps its own type of cents/,
	);
	const paths = await pack(walk);
	await apply(walk, paths.sql);
	assert.deepEqual(query(walk.prod, 'SELECT id, cents, typeof(cents) FROM price'), [
		'1|101|text',
		'2|200|text',
		'4|400|text',
	]);
	await apply(walk, paths.undoSql);
	assert.deepEqual(types(walk.prod), before);
	assert.equal((await compareFiles(context, walk.folder)).store.schema.list().length, 2);
});
