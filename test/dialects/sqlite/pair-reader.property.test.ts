import assert from 'node:assert/strict';
import {rmSync} from 'node:fs';
import {test} from 'node:test';
import fc from 'fast-check';
import SQLite from 'better-sqlite3';
import {SqlitePairReader} from '../../../source/dialects/sqlite/pair-reader.ts';
import type {Row} from '../../../source/model/cell.ts';
import {decodeRow, digest, encodeRow} from '../../../source/model/encoding.ts';
import type {Layout} from '../../../source/model/layout.ts';
import type {RowPair} from '../../../source/model/segment.ts';
import {downloadRows, identifyKey} from './oracle.ts';
import {tablePairs, type TablePair} from './pair-tables.ts';
import {drain} from './read-pairs.ts';
import {makeLayout, Scratch, settingsFor} from './scratch.ts';

test('keyed or not, cut anywhere, the pair reader finds what a full download finds', async () => {
	await using scratch = new AsyncScratch();
	const cases = fc.record({
		tables: tablePairs,
		sizes: fc.array(fc.integer({min: 1, max: 7}), {minLength: 1, maxLength: 4}),
		parts: fc.integer({min: 1, max: 4}),
	});
	await fc.assert(
		fc.asyncProperty(cases, async ({tables, sizes, parts}) => {
			const prod = build(scratch.path('prod.db'), tables.prod);
			const dev = build(scratch.path('dev.db'), tables.dev);
			const layout = makeLayout('t', tables.columns, tables.key);
			const reader = SqlitePairReader.open(settingsFor(prod), settingsFor(dev));
			try {
				const whole = await readKeyed(reader, layout, [1_000_000], 1);
				const cut = await readKeyed(reader, layout, sizes, parts);
				assert.deepEqual(cut, whole, 'the list depends on where it is cut');
				const unkeyed = await drain(reader.compareUnkeyed(layout));
				const expected = compareDownloads(prod, dev, tables);
				assert.deepEqual(cut.pairs.map(describe).sort(), expected.pairs);
				assert.deepEqual(unkeyed.pairs.map(describe).sort(), expected.unkeyed);
				assert.deepEqual(cut.counts, expected.counts);
				assert.deepEqual(unkeyed.counts, expected.unkeyedCounts);
				for (const pair of [...cut.pairs, ...unkeyed.pairs]) checkDigests(pair);
			} finally {
				await reader.close();
			}
		}),
		{numRuns: Number(process.env['RUNS'] ?? 150)},
	);
});

class AsyncScratch extends Scratch {
	[Symbol.asyncDispose](): Promise<void> {
		this.remove();
		return Promise.resolve();
	}
}

/** Statement by statement: a row that the table refuses is left out. */
function build(file: string, sql: string): string {
	rmSync(file, {force: true});
	const database = new SQLite(file);
	database.pragma('synchronous = OFF');
	for (const statement of sql.split(';\n')) {
		try {
			database.exec(statement);
		} catch (error) {
			if (!statement.startsWith('INSERT')) throw error;
		}
	}
	database.close();
	return file;
}

type Total = {pairs: RowPair[]; counts: {prodRows: number; devRows: number}};

async function readKeyed(
	reader: SqlitePairReader,
	layout: Layout,
	sizes: readonly number[],
	parts: number,
): Promise<Total> {
	const outcome: Total = {pairs: [], counts: {prodRows: 0, devRows: 0}};
	if (layout.key.kind === 'rows') return outcome;
	const cuts = await reader.splitKeys(layout, parts);
	assert.ok(cuts.length < parts);
	let turn = 0;
	for (const [index, end] of [...cuts, null].entries()) {
		let after = cuts[index - 1] ?? null;
		for (;;) {
			const size = sizes[turn++ % sizes.length] ?? 1;
			const upTo = await reader.findBoundary(layout, {after, upTo: end}, size);
			const segment = await drain(reader.compareSegment(layout, {after, upTo}));
			assert.ok(upTo === end || Math.max(segment.counts.prodRows, segment.counts.devRows) <= size);
			outcome.pairs.push(...segment.pairs);
			outcome.counts.prodRows += segment.counts.prodRows;
			outcome.counts.devRows += segment.counts.devRows;
			if (upTo === end) break;
			after = upTo;
		}
	}
	return outcome;
}

function describe({key, prod, dev, copies}: RowPair): string {
	const ours = prod === null ? null : decodeRow(prod);
	const theirs = dev === null ? null : decodeRow(dev, ours ?? undefined);
	return JSON.stringify({key: decodeRow(key), prod: ours, dev: theirs, copies});
}

function checkDigests({prod, dev, prodDigest, devDigest}: RowPair): void {
	const ours = prod === null ? null : decodeRow(prod);
	const theirs = dev === null ? null : decodeRow(dev, ours ?? undefined);
	assert.equal(prodDigest, ours && digest(encodeRow(ours)));
	assert.equal(devDigest, theirs && digest(encodeRow(theirs)));
}

/** What differs, from two full downloads, in memory. */
function compareDownloads(prodFile: string, devFile: string, tables: TablePair) {
	const {columns, key, collations} = tables;
	const agreed = key.map((_, at) =>
		collations.prod[at] === collations.dev[at] ? (collations.prod[at] ?? 'BINARY') : 'BINARY',
	);
	const keyOf = (row: Row) => row.slice(0, key.length);
	const isKeyed = (row: Row) => key.length > 0 && keyOf(row).every(({kind}) => kind !== 'null');
	const [prod, dev] = [prodFile, devFile].map((file) => downloadRows(file, 't', columns));
	const index = (rows: readonly Row[] = []) =>
		new Map(rows.filter(isKeyed).map((row) => [identifyKey(keyOf(row), agreed), row]));
	const [ours, theirs] = [index(prod), index(dev)];
	const pairs: string[] = [];
	for (const id of new Set([...ours.keys(), ...theirs.keys()])) {
		const [a, b] = [ours.get(id) ?? null, theirs.get(id) ?? null];
		if (JSON.stringify(a) === JSON.stringify(b)) continue;
		pairs.push(JSON.stringify({key: keyOf(a ?? b ?? []), prod: a, dev: b, copies: 1}));
	}
	const count = (rows: readonly Row[] = []) => {
		const counts = new Map<string, number>();
		for (const row of rows.filter((candidate) => !isKeyed(candidate))) {
			const id = JSON.stringify(row);
			counts.set(id, (counts.get(id) ?? 0) + 1);
		}
		return counts;
	};
	const [oursUnkeyed, theirsUnkeyed] = [count(prod), count(dev)];
	const unkeyed: string[] = [];
	for (const id of new Set([...oursUnkeyed.keys(), ...theirsUnkeyed.keys()])) {
		const surplus = (oursUnkeyed.get(id) ?? 0) - (theirsUnkeyed.get(id) ?? 0);
		if (surplus === 0) continue;
		const row: unknown = JSON.parse(id);
		const sides = surplus > 0 ? {prod: row, dev: null} : {prod: null, dev: row};
		unkeyed.push(JSON.stringify({key: row, ...sides, copies: Math.abs(surplus)}));
	}
	const sum = (counts: Map<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
	return {
		pairs: pairs.sort(),
		unkeyed: unkeyed.sort(),
		counts: {prodRows: ours.size, devRows: theirs.size},
		unkeyedCounts: {prodRows: sum(oursUnkeyed), devRows: sum(theirsUnkeyed)},
	};
}
