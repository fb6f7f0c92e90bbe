import assert from 'node:assert/strict';
import fc from 'fast-check';
import type {TestContext} from 'node:test';
import type {Layout} from '../../../../source/model/layout.ts';
import type {MysqlSideReader} from '../../../../source/dialects/mysql/side-reader.ts';
import type {Database} from '../../../servers/server.ts';
import {layOut, openReader, readRows, testOnEach, whole} from '../row-fixture.ts';

/** Keys whose order, equality or spelling has a trap in it. */
const keys: readonly {
	readonly title: string;
	readonly columns: string;
	readonly key: readonly string[];
	readonly primary?: string;
	readonly rows: readonly string[];
	readonly isNew?: true;
}[] = [
	{
		title: 'an integer with and without a sign',
		columns: 'a bigint, b bigint unsigned',
		key: ['a', 'b'],
		rows: [
			'-9223372036854775808, 0',
			'-1, 18446744073709551615',
			'-1, 1',
			'0, 0',
			'2, 10',
			'10, 2',
		],
	},
	{
		title: 'text without letter case',
		columns: 'a varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci',
		key: ['a'],
		rows: [
			"''",
			"'a'",
			"'B'",
			"'c'",
			"'É'",
			"'f'",
			"'ab'",
			"'日本'",
			"'~'",
			"'a_b'",
			"'0'",
			"'😀'",
		],
	},
	{
		title: 'text with letter case in latin1, and a number',
		columns: 'a varchar(20) CHARACTER SET latin1 COLLATE latin1_bin, b int',
		key: ['a', 'b'],
		rows: ["'a', 1", "'A', 1", "'á', 1", "'á', 2", "'a\\t', 1", "'€', -5", "'ÿ', 0"],
	},
	{
		title: 'text in a charset of Japan',
		columns: 'a varchar(20) CHARACTER SET cp932',
		key: ['a'],
		rows: ["'a'", "'日'", "'本'", "'ｱ'", "'z'"],
	},
	{
		title: 'text by its start',
		columns: 'a varchar(200) CHARACTER SET utf8mb4',
		key: ['a'],
		primary: 'a(3)',
		rows: ["'abc1'", "'abd'", "'ab'", "'z'", "'b'"],
	},
	{
		title: 'bytes',
		columns: 'a varbinary(20)',
		key: ['a'],
		rows: ["x''", "x'00'", "x'0000'", "x'0a'", "x'61'", "x'6120'", "x'ff'"],
	},
	{
		title: 'a label, which sorts by its number',
		columns: "a enum('z','m','a'), b set('y','x')",
		key: ['a', 'b'],
		rows: ["'z', ''", "'z', 'x'", "'m', 'x,y'", "'a', 'y'", "'a', 'x'", "'a', 'x,y'"],
	},
	{
		title: 'dates, also those that are none, and times beyond a day',
		columns: 'a date, b time(3), c datetime(6)',
		key: ['a', 'b', 'c'],
		rows: [
			"'0000-00-00', '-100:00:00', '0000-00-00'",
			"'2024-02-31', '-00:00:00.5', '2024-01-01'",
			"'2024-02-31', '00:00:00', '2024-01-01'",
			"'2024-02-31', '9:00:00', '2024-01-01 00:00:00.000001'",
			"'2024-02-31', '100:00:00', '2024-01-01'",
			"'9999-12-31', '100:00:00', '2024-01-01'",
		],
	},
	{
		title: 'decimals, bits and years',
		columns: 'a decimal(30,10), b bit(9), c year',
		key: ['a', 'b', 'c'],
		rows: ['-1.5, 1, 0', '-1.5, 2, 1999', '-1.5, 300, 0', '0, 0, 2155', '10, 0, 0', '9, 0, 0'],
	},
	{
		title: 'floats',
		columns: 'a float, b double',
		key: ['a', 'b'],
		rows: ['0.1, 0.1', '0.1, 0.3', '-1e30, 5e-324', '0, 0', '16777216, 1e16', '0.2, 0'],
	},
	{
		title: 'a key that is sorted backwards',
		columns: 'a int, b varchar(9) CHARACTER SET utf8mb4',
		key: ['a', 'b'],
		primary: 'a DESC, b',
		rows: ["1, 'x'", "1, 'y'", "2, 'a'", "3, 'z'", "3, 'zz'"],
	},
	{
		title: 'a uuid and an address',
		columns: 'a uuid, b inet6',
		key: ['a', 'b'],
		isNew: true,
		rows: [
			"'00000000-0000-1000-8000-000000000002', '::2'",
			"'10000000-0000-1000-8000-000000000001', '::10'",
			"'00000001-0000-4000-8000-000000000001', '::1'",
			"'00000001-0000-4000-8000-000000000001', '1::'",
		],
	},
];

for (const {title, columns, key, primary = key.join(', '), rows, isNew} of keys) {
	testOnEach(`ranges of ${title} follow the server's order`, async (database, name, context) => {
		if (isNew && name === 'mysql') {
			context.skip('MySQL 5.6 has no such types');
			return;
		}
		await database.query(
			`SET NAMES utf8mb4, time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,ALLOW_INVALID_DATES';
			CREATE TABLE t (${columns}, v int, PRIMARY KEY (${primary})) CHARACTER SET utf8mb4;
			INSERT INTO t VALUES ${rows.map((row, at) => `(${row}, ${at})`).join(', ')}`,
		);
		const layout = layOut('t', [...key, 'v'], {key});
		const reader = await openReader(context, database);

		const ordered = (await readRows(reader, {layout, segment: whole})).map((row) => row.key);

		assert.equal(new Set(ordered).size, rows.length);
		await checkRanges(reader, layout, ordered);
		await checkGroups(reader, layout, ordered);
		await checkKeys(reader, layout, ordered);
		await checkBuckets(context, database, layout, ordered);
	});
}

/** Every range of two keys holds what lies between them, and `findKey` counts it. */
async function checkRanges(reader: MysqlSideReader, layout: Layout, ordered: readonly string[]) {
	for (let from = -1; from < ordered.length; from++) {
		const after = from < 0 ? null : (ordered[from] ?? null);
		for (let to = from + 1; to <= ordered.length; to++) {
			const upTo = to === ordered.length ? null : (ordered[to] ?? null);
			const slice = {layout, segment: {after, upTo}};
			const between = ordered.slice(from + 1, to === ordered.length ? to : to + 1);
			const found = (await readRows(reader, slice)).map((row) => row.key);
			assert.deepEqual(found, between, `between ${String(after)} and ${String(upTo)}`);
			for (const [at, wanted] of between.entries()) {
				assert.equal(await reader.findKey(slice, at + 1), wanted);
			}
			assert.equal(await reader.findKey(slice, between.length + 1), upTo);
		}
	}
}

/** Groups take each row once, and naming some gives their rows. */
async function checkGroups(reader: MysqlSideReader, layout: Layout, ordered: readonly string[]) {
	for (const segment of [whole, {after: ordered[0] ?? null, upTo: ordered.at(-1) ?? null}]) {
		const slice = {layout, segment};
		const sums = (await reader.sumDigests(slice, 3)) ?? [];
		const [all] = (await reader.sumDigests(slice, 1)) ?? [];
		assert.equal(
			sums.reduce((rows, sum) => rows + sum.rows, 0),
			all?.rows,
		);
		assert.equal(String(sums.reduce((sum, part) => sum + BigInt(part.sum), 0n)), all?.sum);
		for (const {group, rows, sum} of sums) {
			assert.ok(group >= 0 && group < 3);
			const digests: string[] = [];
			for await (const batch of reader.readDigests(slice, {count: 3, wanted: [group]})) {
				digests.push(...batch.map(({digest}) => digest));
			}
			assert.equal(digests.length, rows);
			assert.equal(String(digests.reduce((total, hex) => total + BigInt(`0x${hex}`), 0n)), sum);
		}
	}
}

async function checkKeys(reader: MysqlSideReader, layout: Layout, ordered: readonly string[]) {
	const found = await reader.readRowsByKey(layout, ordered.toReversed());
	assert.deepEqual(
		found.map((row) => row?.key),
		ordered.toReversed(),
	);
	for (let at = 1; at < ordered.length; at++) {
		const [a = '', b = ''] = ordered.slice(at - 1, at + 1);
		assert.equal(await reader.pickFirst(layout, a, b), a);
		assert.equal(await reader.pickFirst(layout, b, a), a);
	}
	const cuts = await reader.splitKeys(layout, 3);
	assert.ok(cuts.length <= 2);
}

/** The server and JavaScript agree on every bucket. */
async function checkBuckets(
	context: TestContext,
	database: Database,
	{columns, key}: Layout,
	ordered: readonly string[],
) {
	const names = columns.map(({name}) => name);
	const layout = layOut('t', names, {key: key.columns, paging: 'buckets'});
	const reader = await openReader(context, database);
	const half = {after: null, upTo: 'i5:32767'};
	const rest = {after: 'i5:32767', upTo: null};
	const found: string[] = [];
	for (const segment of [half, rest]) {
		const rows = await readRows(reader, {layout, segment});
		const sums = await reader.sumDigests({layout, segment}, 4);
		const counted = sums?.reduce((count, sum) => count + sum.rows, 0) ?? rows.length;
		assert.equal(counted, rows.length);
		found.push(...rows.map((row) => row.key));
	}
	assert.deepEqual(found.toSorted(), ordered.toSorted());
}

testOnEach('any number of rows is cut into the same segments', async (database, _, context) => {
	await database.query(
		'CREATE TABLE t (a int, b varchar(3) CHARACTER SET latin1, v int, PRIMARY KEY (a, b))',
	);
	const layout = layOut('t', ['a', 'b', 'v'], {key: ['a', 'b']});
	const row = fc.tuple(fc.integer({min: -3, max: 3}), fc.stringMatching(/^[a-cA-C]{0,2}$/));
	await fc.assert(
		fc.asyncProperty(
			fc.uniqueArray(row, {
				selector: ([a, b]) => `${a} ${b.toLowerCase()}`,
				minLength: 1,
				maxLength: 20,
			}),
			fc.integer({min: 1, max: 7}),
			async (rows, step) => {
				const values = rows.map(([a, b], at) => `(${a}, '${b}', ${at})`).join(', ');
				await database.query(`DELETE FROM t; INSERT INTO t VALUES ${values}`);
				const reader = await openReader(context, database);
				const all = (await readRows(reader, {layout, segment: whole})).map(({key}) => key);
				const found: string[] = [];
				let after: string | null = null;
				do {
					const upTo: string | null = await reader.findKey(
						{layout, segment: {after, upTo: null}},
						step,
					);
					const part = await readRows(reader, {layout, segment: {after, upTo}});
					assert.ok(part.length <= step);
					found.push(...part.map(({key}) => key));
					after = upTo;
				} while (after !== null);
				assert.deepEqual(found, all);
				await reader.close();
			},
		),
		{numRuns: 25},
	);
});
