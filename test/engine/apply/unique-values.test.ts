import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {apply, bringInLine, compareFiles, decide, execute, query, startWalk} from '../walk.ts';

const table = `CREATE TABLE seat (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	guest TEXT COLLATE NOCASE UNIQUE,
	row TEXT NOT NULL, place REAL,
	code BLOB,
	UNIQUE (row, place)
);
CREATE UNIQUE INDEX by_code ON seat (hex(code));
`;

type Seat = {id: number; number: number; guest: string | null; place: number; code: number};

const fill = (seats: readonly Seat[]) =>
	seats
		.map(({id, number, guest, place, code}) => {
			const name = guest === null ? 'NULL' : `'${guest}'`;
			const spot = `'${'AB'[place % 2] ?? 'A'}', ${place}.5`;
			return `INSERT INTO seat VALUES (${id}, ${number}, ${name}, ${spot}, x'${String(code).padStart(4, '0')}');\n`;
		})
		.join('');

/** Tables over the same few values, so that rows exchange them all the time. */
const seats = fc
	.integer({min: 1, max: 8})
	.chain((size) => {
		const pick = <Value>(values: readonly Value[]) =>
			fc.shuffledSubarray([...values], {minLength: size, maxLength: size});
		const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9];
		const guests = ['ann', 'Bob', 'cy', 'Dee', 'eve', 'Fay', 'gus', 'Hal', 'ivy'];
		return fc.record({
			id: pick(numbers),
			number: pick(numbers),
			guest: pick(guests),
			place: pick(numbers),
			code: pick(numbers),
			shout: fc.array(fc.constantFrom('as is', 'upper', 'none'), {
				minLength: size,
				maxLength: size,
			}),
		});
	})
	.map(({id, number, guest, place, code, shout}) =>
		id.map((own, at): Seat => {
			const name = guest[at] ?? 'x';
			return {
				id: own,
				number: number[at] ?? 0,
				guest: shout[at] === 'none' ? null : shout[at] === 'upper' ? name.toUpperCase() : name,
				place: place[at] ?? 0,
				code: code[at] ?? 0,
			};
		}),
	);

test('rows may exchange unique values in any way, and back again', async (context) => {
	await fc.assert(
		fc.asyncProperty(seats, seats, async (prod, dev) => {
			const walk = await startWalk(context, {both: table, prod: fill(prod), dev: fill(dev)});
			const all = 'SELECT * FROM seat ORDER BY id';
			const before = query(walk.prod, all);
			decide(walk, 'theirs');
			const {paths} = await bringInLine(walk);
			assert.deepEqual(query(walk.prod, all), query(walk.dev, all));
			await apply(walk, paths.undoSql);
			assert.deepEqual(query(walk.prod, all), before);
		}),
		{numRuns: 20},
	);
});

test('a key that is only spelled differently is spelled anew', async (context) => {
	const both = `CREATE TABLE t (name TEXT COLLATE NOCASE PRIMARY KEY, n) WITHOUT ROWID;`;
	const walk = await startWalk(context, {
		both,
		prod: `INSERT INTO t VALUES ('abc', 1)`,
		dev: `INSERT INTO t VALUES ('ABC', 1)`,
	});
	decide(walk, 'theirs');
	const {paths} = await bringInLine(walk);
	assert.deepEqual(query(walk.prod, 'SELECT * FROM t'), ['ABC|1']);
	await apply(walk, paths.undoSql);
	assert.deepEqual(query(walk.prod, 'SELECT * FROM t'), ['abc|1']);
});

test('a swap that no column can hold a value for is told as a hazard', async (context) => {
	const both = `CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE CHECK (n < 100));
		INSERT INTO t VALUES (1, 1), (2, 2);`;
	const walk = await startWalk(context, {both});
	execute(walk.dev, 'UPDATE t SET n = n + 10; UPDATE t SET n = 13 - n');
	const swapped = await compareFiles(context, walk.folder);
	decide(swapped, 'theirs');
	await assert.rejects(bringInLine(swapped), /CHECK constraint failed/);
	const [parked] = swapped.store.statements.iterate();
	assert.match(
		parked?.hazards[0]?.message ?? '',
		/value in between in n, which a CHECK may refuse/,
	);
});
