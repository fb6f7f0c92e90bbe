import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {SideReader, SideRow, Slice} from '../../source/dialects/side-reader.ts';
import {chooseLayouts} from '../../source/engine/choose-layouts.ts';
import {digest} from '../../source/model/encoding.ts';
import {engines, type Engine, type TestDatabase} from './engines.ts';
import {comparePair} from './walk-pair.ts';

/* Digests of the server tell rows apart exactly where our own of the same rows do. */

const segment = {after: null, upTo: null};

/** Each value twice, so that equal ones must be equal. */
async function fill(database: TestDatabase, {types}: Engine): Promise<void> {
	for (const [index, {type, values}] of types.entries()) {
		await database.query(`CREATE TABLE t${index} (id integer NOT NULL PRIMARY KEY, v ${type})`);
		const rows = [...values, ...values].map((value, at) => `(${at}, ${value})`);
		await database.query(`INSERT INTO t${index} VALUES ${rows.join(', ')}`);
	}
}

async function readRows(side: SideReader, slice: Slice): Promise<SideRow[]> {
	const rows: SideRow[] = [];
	for await (const chunk of side.readLines(slice)) {
		for (let from = 0; from < chunk.length;) {
			const end = chunk.indexOf(10, from);
			rows.push(side.decodeLine(slice.layout, chunk.subarray(from, end)));
			from = end + 1;
		}
	}
	return rows;
}

async function readDigests(side: SideReader, slice: Slice): Promise<Map<string, string>> {
	const digests = new Map<string, string>();
	for await (const batch of side.readDigests(slice, null)) {
		for (const one of batch) digests.set(one.key, one.digest);
	}
	return digests;
}

for (const engine of engines) {
	const {name, types, skip} = engine;
	test(`${name}: the server tells rows apart exactly where we do`, {skip}, async (context) => {
		const [prod, dev] = [await engine.makeDatabase(context), await engine.makeDatabase(context)];
		await Promise.all([fill(prod, engine), fill(dev, engine)]);
		const {session} = await comparePair(context, {prod: prod.settings, dev: dev.settings});
		const {config, dialect} = session;
		const choices = chooseLayouts(session.prod.catalog, session.dev.catalog, config, dialect);
		const side = await dialect.openSide(prod.settings, {snapshot: null});
		const other = await dialect.openSide(dev.settings, {snapshot: null});
		context.after(() => Promise.all([side.close(), other.close()]));
		for (const [index, {type, values}] of types.entries()) {
			const layout = choices.find((choice) => choice.name === `t${index}`)?.layout;
			// The key is only carried along: the digest is of the value alone.
			const [id, v] = layout?.columns ?? [];
			const columns = [v ?? assert.fail(type), id ?? assert.fail(type)];
			const slice = {
				layout: {...(layout ?? assert.fail(type)), columns, comparedCount: 1},
				segment,
			};
			const rows = await readRows(side, slice);
			assert.equal(rows.length, 2 * values.length, type);
			const sums = await side.sumDigests(slice, 4);
			if (sums === null) continue;
			assert.deepEqual(sums, await other.sumDigests(slice, 4), type);
			const digests = await readDigests(side, slice);
			assert.deepEqual(digests, await readDigests(other, slice), type);
			assert.deepEqual([...digests.keys()].sort(), rows.map(({key}) => key).sort(), type);
			const pairs = new Set(
				rows.map(({key, fields}) => `${fields[0] ?? ''} ${digests.get(key) ?? ''}`),
			);
			const own = new Set(rows.map(({fields}) => digest(fields[0] ?? '')));
			assert.equal(new Set(digests.values()).size, own.size, type);
			assert.equal(pairs.size, own.size, type);
		}
	});
}
