import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {loadDialect} from '../../source/dialects/registry.ts';
import {chooseLayouts} from '../../source/engine/choose-layouts.ts';
import type {PairWay} from '../../source/engine/pairing/choose-way.ts';
import {SidePairReader} from '../../source/engine/pairing/side-pair-reader.ts';
import type {Layout} from '../../source/model/layout.ts';
import {decodeRow} from '../../source/model/encoding.ts';
import type {RowPair} from '../../source/model/segment.ts';
import {engines, type Engine, type TestDatabase} from './engines.ts';
import {keyCases, type KeyCase} from './key-cases.ts';
import {comparePair} from './walk-pair.ts';

/* Keys of every kind: what was edited is found, all of it and nothing else, by either way. */

const rowCount = 2000;
const isRemoved = (at: number) => at % 97 === 5;
const isChanged = (at: number) => at % 89 === 7 && !isRemoved(at);
/** Rows that only dev has: they lie beside others, and behind the last. */
const isAdded = (at: number) => at % 83 === 11 || at >= rowCount - 10;
const rows = Array.from({length: rowCount}, (_, at) => at);

type Side = 'prod' | 'dev';

async function fill(
	database: TestDatabase,
	cases: readonly KeyCase[],
	side: Side,
	isPostgres: boolean,
): Promise<void> {
	if (isPostgres) {
		await database.query(
			`CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`,
		);
	}
	for (const [index, {columns, devColumns, constraint = 'primary', value}] of cases.entries()) {
		const own = side === 'dev' ? (devColumns ?? columns) : columns;
		const names = own.map((column) => column.slice(0, column.indexOf(' '))).join(', ');
		const isNotNull = constraint === 'primary' || constraint === 'unique';
		const parts = [
			...own.map((column) => `${column}${isNotNull ? ' NOT NULL' : ''}`),
			'n integer NOT NULL',
			'v varchar(40)',
			...(constraint === 'primary' ? [`PRIMARY KEY (${names})`] : []),
			...(constraint.startsWith('unique') ? [`UNIQUE (${names})`] : []),
		];
		await database.query(`CREATE TABLE t${index} (${parts.join(', ')})`);
		const wanted = rows.filter((at) => (side === 'prod' ? !isAdded(at) : !isRemoved(at)));
		const lines = wanted.map((at) => {
			const isEdited = side === 'dev' && isChanged(at);
			return `(${value(at, isEdited)}, ${at}, 'row ${at}${isEdited ? '!' : ''}')`;
		});
		for (let from = 0; from < lines.length; from += 500) {
			const part = lines.slice(from, from + 500).join(', ');
			await database.query(`INSERT INTO t${index} VALUES ${part}`);
		}
	}
}

/** Numbers of the rows that each side holds and the other does not hold so. */
function listEdits(pairs: readonly RowPair[], layout: Layout) {
	const place = layout.columns.findIndex(({name}) => name.toLowerCase() === 'n');
	const ours: number[] = [];
	const theirs: number[] = [];
	for (const {prod, dev} of pairs) {
		const own = prod === null ? null : decodeRow(prod);
		const other = dev === null ? null : decodeRow(dev, own ?? undefined);
		if (own) ours.push(Number(own[place]?.text));
		if (other) theirs.push(Number(other[place]?.text));
	}
	const sort = (numbers: number[]) => numbers.sort((a, b) => a - b);
	return {prod: sort(ours), dev: sort(theirs)};
}

const edits = {
	prod: rows.filter((at) => (isRemoved(at) || isChanged(at)) && !isAdded(at)),
	dev: rows.filter((at) => (isAdded(at) || isChanged(at)) && !isRemoved(at)),
};
const changes = edits.prod.filter((at) => isChanged(at)).length;
const differences = edits.prod.length + edits.dev.length - changes;

/** Compares a table by one way from end to end, in segments of so many rows. */
async function findPairs(
	makeReader: () => SidePairReader,
	layout: Layout,
	size: number,
): Promise<RowPair[]> {
	const pairs: RowPair[] = [];
	for await (const batch of makeReader().compareUnkeyed(layout, {})) pairs.push(...batch);
	if (layout.key.kind === 'rows') return pairs;
	for (let after: string | null = null; ;) {
		// A reader of each segment: it keeps to the way that it begins with.
		const compared = makeReader().compareNext(layout, {after, upTo: null}, {rows: size});
		let step = await compared.next();
		for (; step.done !== true; step = await compared.next()) pairs.push(...step.value);
		after = step.value.upTo;
		if (after === null) return pairs;
	}
}

async function makePair(context: TestContext, engine: Engine) {
	const cases = keyCases[engine.name] ?? [];
	const [prod, dev] = [await engine.makeDatabase(context), await engine.makeDatabase(context)];
	const isPostgres = engine.name.startsWith('PostgreSQL');
	await Promise.all([fill(prod, cases, 'prod', isPostgres), fill(dev, cases, 'dev', isPostgres)]);
	return {cases, sides: {prod: prod.settings, dev: dev.settings}};
}

for (const engine of engines) {
	const {name, skip} = engine;
	test(`${name}: what was edited is found under keys of every kind`, {skip}, async (context) => {
		const {cases, sides} = await makePair(context, engine);
		const {session, store} = await comparePair(context, sides);
		const {dialect} = session;
		const layouts = new Map(
			chooseLayouts(session.prod.catalog, session.dev.catalog, session.config, dialect).map(
				(choice) => [choice.name, choice.layout],
			),
		);
		const [prod, dev] = await Promise.all(
			[sides.prod, sides.dev].map(async (settings) =>
				(await loadDialect(settings)).openSide(settings, {snapshot: null}),
			),
		);
		context.after(() => Promise.all([prod?.close(), dev?.close()]));
		if (!prod || !dev) assert.fail();
		const makeReader = (way: PairWay) => () => new SidePairReader(prod, dev, way);
		for (const [
			index,
			{name: key, constraint = 'primary', columns, devColumns},
		] of cases.entries()) {
			const table = `t${index}`;
			const layout = layouts.get(table) ?? assert.fail(`${key}: no layout`);
			const isKeyed = constraint === 'primary' || constraint === 'unique';
			assert.equal(layout.key.kind === 'rows', !isKeyed, key);
			if (devColumns !== undefined) assert.equal(layout.key.paging, 'buckets', key);
			else if (columns.length > 0 && isKeyed) assert.equal(layout.key.paging, undefined, key);
			for (const way of ['sums', 'stream'] as const) {
				const pairs = await findPairs(makeReader(way), layout, 700);
				assert.deepEqual(listEdits(pairs, layout), edits, `${key} by ${way}`);
				if (isKeyed) assert.equal(pairs.length, differences, `${key} by ${way}`);
			}
			const total = store.rows.count({tables: [table]});
			if (isKeyed) assert.equal(total, differences, `${key} in a run`);
		}
	});
}
