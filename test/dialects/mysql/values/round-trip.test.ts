import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import {MysqlSession} from '../../../../source/dialects/mysql/session.ts';
import {matchExactly} from '../../../../source/dialects/mysql/values/exact-match.ts';
import {renderRowWrite} from '../../../../source/dialects/mysql/write-row.ts';
import type {Column, Table} from '../../../../source/model/catalog.ts';
import {decodeField} from '../../../../source/model/encoding.ts';
import type {Database} from '../../../servers/server.ts';
import {readDatabase} from '../fixture.ts';
import {layOut, openReader, readRows, testOnEach, whole} from '../row-fixture.ts';
import {hostileColumns} from './hostile-columns.ts';

/** What a server of 2005 let in. */
const lenient = "SET sql_mode = 'ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO', time_zone = '+00:00'";

const layout = layOut('t', ['id', 'v']);

for (const {type, values, isNew} of hostileColumns) {
	testOnEach(`${type} is read, told apart and written exactly`, async (database, name, context) => {
		if (name === 'mysql' && isNew) {
			context.skip(`MySQL 5.6 has no ${type}`);
			return;
		}
		await database.query(
			`SET NAMES utf8mb4; ${lenient};
			CREATE TABLE t (id int PRIMARY KEY, v ${type}); CREATE TABLE copy LIKE t`,
		);
		for (const [at, [sql]] of values.entries()) {
			await database.query(`INSERT INTO t VALUES (${at}, ${sql})`);
		}
		const expected = values.map(([, field]) => field);

		assert.deepEqual(await readValues(context, database, 't'), expected);
		await checkDigests(context, database, expected);
		const session = await MysqlSession.open(database.settings, {access: 'write'});
		context.after(() => session.close());
		const {copy, column} = await findCopy(database);
		await checkMatches(session, column, expected);
		for (const [at, field] of expected.entries()) {
			await session.change([renderInsert(copy, at, field)]);
		}
		assert.deepEqual(await readValues(context, database, 'copy'), expected);
	});
}

async function readValues(context: TestContext, database: Database, table: string) {
	const reader = await openReader(context, database);
	const own = {...layout, table};
	const rows = await readRows(reader, {layout: own, segment: whole});
	const byKey = await reader.readRowsByKey(
		own,
		rows.map(({key}) => key),
	);
	assert.deepEqual(byKey, rows);
	return rows.map(({fields}) => fields[1]);
}

async function findCopy(database: Database): Promise<{copy: Table; column: Column}> {
	const {tables} = await readDatabase(database);
	const copy = tables.find((table) => table.name === 'copy');
	const column = copy?.columns.find((each) => each.name === 'v');
	assert.ok(copy && column);
	return {copy, column};
}

function renderInsert(table: Table, at: number, field: string): string {
	return renderRowWrite({
		kind: 'insert',
		table,
		values: [
			{column: 'id', cell: {kind: 'integer', text: String(at)}},
			{column: 'v', cell: decodeField(field)},
		],
		copies: 1,
	});
}

/** A guard holds for its own value and no other. */
async function checkMatches(session: MysqlSession, column: Column, expected: readonly string[]) {
	for (const field of expected) {
		const matched = await session.run(
			`SELECT id FROM t WHERE ${matchExactly('v', column, decodeField(field))} ORDER BY id`,
		);
		assert.deepEqual(
			matched.map((row) => row['id']),
			expected.flatMap((other, id) => (other === field ? [String(id)] : [])),
			`what is ${field}`,
		);
	}
}

/** Digests of the value alone are equal when the values are. */
async function checkDigests(
	context: TestContext,
	database: Database,
	expected: readonly string[],
): Promise<void> {
	const reader = await openReader(context, database);
	const bare = {...layout, comparedCount: 1, columns: layout.columns.toReversed()};
	const digests: string[] = [];
	for await (const batch of reader.readDigests({layout: bare, segment: whole}, null)) {
		digests.push(...batch.map(({digest}) => digest));
	}
	for (const [at, digest] of digests.entries()) {
		assert.equal(digests.indexOf(digest), expected.indexOf(expected[at] ?? ''));
	}
	assert.equal(digests.length, expected.length);
}
