import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {apply, bringInLine, decide, everything} from '../engine/walk.ts';
import {engines, type Engine, type TestDatabase} from './engines.ts';
import {comparePair, listDifferences, listDrift} from './walk-pair.ts';

/* Every type of every engine with its extremes: nothing is invented, nothing is missed. */

/** A table for each type, with one row for each value; `turn` shifts the values. */
async function fill(database: TestDatabase, {types}: Engine, turn: number): Promise<void> {
	for (const [index, {type, values}] of types.entries()) {
		await database.query(`CREATE TABLE t${index} (id integer NOT NULL PRIMARY KEY, v ${type})`);
		const rows = values.map((_, at) => `(${at}, ${values[(at + turn) % values.length] ?? ''})`);
		await database.query(`INSERT INTO t${index} VALUES ${rows.join(', ')}`);
	}
}

/** What every row holds, read without a line of the program. */
async function dump(database: TestDatabase, engine: Engine): Promise<string[]> {
	const lines: string[] = [];
	for (const [index] of engine.types.entries()) {
		const rows = await database.query(
			`SELECT id, ${engine.spell('v')} AS v FROM t${index} ORDER BY id`,
		);
		lines.push(...rows.map(({id, v}) => `t${index} ${String(id)} ${String(v)}`));
	}
	return lines;
}

async function makePair(context: TestContext, engine: Engine) {
	const prod = await engine.makeDatabase(context);
	const dev = await engine.makeDatabase(context);
	return {prod, dev, settings: {prod: prod.settings, dev: dev.settings}};
}

for (const engine of engines) {
	const {name, skip} = engine;

	test(`${name}: equal values of every type are equal`, {skip}, async (context) => {
		const {prod, dev, settings} = await makePair(context, engine);
		await fill(prod, engine, 0);
		await fill(dev, engine, 0);
		const walk = await comparePair(context, settings);
		assert.deepEqual(listDrift(walk), []);
		assert.deepEqual(listDifferences(walk), []);
	});

	test(
		`${name}: different values of every type differ, come over and go back`,
		{skip},
		async (context) => {
			const {prod, dev, settings} = await makePair(context, engine);
			await fill(prod, engine, 0);
			await fill(dev, engine, 1);
			const [ours, theirs] = [await dump(prod, engine), await dump(dev, engine)];
			const walk = await comparePair(context, settings);
			const expected = engine.types.flatMap(({values}, index) =>
				values.map((_, at) => `t${index} (${at}) conflict`),
			);
			assert.deepEqual(listDifferences(walk).sort(), expected.sort());
			decide(walk, 'theirs');
			const {paths} = await bringInLine(walk);
			assert.deepEqual(await dump(prod, engine), theirs);
			assert.deepEqual(listDifferences(await comparePair(context, settings)), []);
			await apply(walk, paths.undoSql, {allow: everything});
			assert.deepEqual(await dump(prod, engine), ours);
		},
	);
}
