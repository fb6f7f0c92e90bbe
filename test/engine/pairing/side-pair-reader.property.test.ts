import assert from 'node:assert/strict';
import {rmSync} from 'node:fs';
import {test} from 'node:test';
import fc from 'fast-check';
import SQLite from 'better-sqlite3';
import type {PairReader} from '../../../source/dialects/dialect.ts';
import {SqlitePairReader} from '../../../source/dialects/sqlite/pair-reader.ts';
import {SqliteSideReader} from '../../../source/dialects/sqlite/side-reader.ts';
import {SidePairReader} from '../../../source/engine/pairing/side-pair-reader.ts';
import {decodeRow, digest, encodeRow} from '../../../source/model/encoding.ts';
import type {Layout} from '../../../source/model/layout.ts';
import type {RowPair} from '../../../source/model/segment.ts';
import {tablePairs} from '../../dialects/sqlite/pair-tables.ts';
import {drain} from '../../dialects/sqlite/read-pairs.ts';
import {Scratch, settingsFor} from '../../dialects/sqlite/scratch.ts';
import {chooseKey} from './choose-key.ts';
import {openSumming} from './summing-reader.ts';

test('side by side, by lines or by sums, cut anywhere, both sides differ as in the joined reader', async () => {
	using scratch = new Scratch();
	const cases = fc.record({
		tables: tablePairs,
		sizes: fc.array(fc.integer({min: 1, max: 7}), {minLength: 1, maxLength: 4}),
		parts: fc.integer({min: 1, max: 3}),
		chunkLines: fc.integer({min: 1, max: 5}),
		way: fc.constantFrom('lines', 'sums', 'stream', 'bytes'),
	});
	await fc.assert(
		fc.asyncProperty(cases, async ({tables, sizes, parts, chunkLines, way}) => {
			const prod = settingsFor(build(scratch.path('prod.db'), tables.prod));
			const dev = settingsFor(build(scratch.path('dev.db'), tables.dev));
			const layout = await chooseKey(prod, dev, tables.columns, tables.key);
			const joined = SqlitePairReader.open(prod, dev);
			const expected = await readAll(joined, layout, [1000], 1);
			await joined.close();
			const [ours, theirs] = [prod, dev].map((side) =>
				way === 'lines'
					? new SqliteSideReader(side)
					: openSumming(side, chunkLines, way === 'bytes'),
			);
			assert.ok(ours && theirs);
			const reader = new SidePairReader(
				ours,
				theirs,
				way === 'stream' || way === 'bytes' ? 'stream' : 'sums',
			);
			try {
				const found = await readAll(reader, layout, sizes, parts);
				assert.deepEqual(found.pairs.map(describe).sort(), expected.pairs.map(describe).sort());
				assert.deepEqual([found.prodRows, found.devRows], [expected.prodRows, expected.devRows]);
				for (const pair of found.pairs) checkDigests(pair);
			} finally {
				await reader.close();
			}
		}),
		{includeErrorInReport: true, numRuns: Number(process.env['RUNS'] ?? 300)},
	);
});

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

async function readAll(
	reader: PairReader,
	layout: Layout,
	sizes: readonly number[],
	parts: number,
): Promise<{pairs: RowPair[]; prodRows: number; devRows: number}> {
	const unkeyed = await drain(reader.compareUnkeyed(layout, {}));
	const pairs = [...unkeyed.pairs];
	let {prodRows, devRows} = unkeyed.counts;
	if (layout.key.kind === 'rows') return {pairs, prodRows, devRows};
	const cuts = await reader.splitKeys(layout, parts);
	assert.ok(cuts.length < parts);
	let turn = 0;
	for (const [index, end] of [...cuts, null].entries()) {
		let after = cuts[index - 1] ?? null;
		for (;;) {
			const rows = sizes[turn++ % sizes.length] ?? 1;
			const segment = await drain(reader.compareNext(layout, {after, upTo: end}, {rows}));
			pairs.push(...segment.pairs);
			prodRows += segment.counts.prodRows;
			devRows += segment.counts.devRows;
			after = segment.counts.upTo;
			if (after === end) break;
			assert.ok(turn < 10_000);
		}
	}
	return {pairs, prodRows, devRows};
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
