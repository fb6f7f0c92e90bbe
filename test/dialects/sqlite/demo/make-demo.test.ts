import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import SQLite from 'better-sqlite3';
import {makeDemo, type Demo} from '../../../../source/dialects/sqlite/demo/make-demo.ts';
import {DeepDiffError} from '../../../../source/model/errors.ts';
import {compareDemo, listTables} from './compare-demo.ts';
import {expectedDifferences, type Counts} from './expected-differences.ts';

const room = mkdtempSync(join(tmpdir(), 'demo-'));
after(() => {
	rmSync(room, {recursive: true});
});

const demo = makeDemo(join(room, 'default'));
const sides = ['prod', 'dev', 'base'] as const;

function query(side: (typeof sides)[number], sql: string, files: Demo = demo): unknown[][] {
	const database = new SQLite(files[side], {readonly: true});
	try {
		// raw() makes an array of each row.
		return database.prepare(sql).safeIntegers().raw().all() as unknown[][];
	} finally {
		database.close();
	}
}

/** A digest of every definition and of every row of every table, shadow tables included. */
function digest(path: string): string {
	const database = new SQLite(path, {readonly: true});
	const hash = createHash('sha256');
	const dump = (sql: string) => {
		for (const row of database.prepare(sql).safeIntegers().raw().iterate()) {
			// raw() makes an array of each row.
			for (const cell of row as unknown[]) {
				hash.update(
					`${typeof cell} ${Buffer.isBuffer(cell) ? cell.toString('hex') : String(cell)}\0`,
				);
			}
		}
	};
	dump('SELECT type, name, tbl_name, sql FROM sqlite_schema');
	const tables = database
		.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")
		.pluck()
		.all();
	for (const table of tables) dump(`SELECT * FROM ${table}`);
	database.close();
	return hash.digest('hex');
}

test('each file has at least twelve tables and fifty thousand rows', () => {
	for (const side of sides) {
		const database = new SQLite(demo[side], {readonly: true});
		const tables = listTables(database);
		const counts = tables.map((table) =>
			Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()),
		);
		database.close();
		const rows = counts.reduce((sum, count) => sum + count, 0);
		assert.ok(tables.length >= 12, `${side} has ${tables.length} tables`);
		assert.ok(rows >= 50_000, `${side} has ${rows} rows`);
		if (side === 'prod') assert.deepEqual([demo.tables, demo.rows], [tables.length, rows]);
	}
});

test('the same seed gives the same content, another seed another', () => {
	const again = makeDemo(join(room, 'again'));
	const other = makeDemo(join(room, 'other'), {seed: 2});
	for (const side of sides) {
		assert.equal(digest(again[side]), digest(demo[side]), side);
		assert.notEqual(digest(other[side]), digest(demo[side]), side);
	}
});

test('the number of rows can be chosen, and the differences stay', () => {
	const small = makeDemo(join(room, 'small'), {rows: 0});
	assert.ok(small.rows > 5_000 && small.rows < 10_000, `${small.rows} rows`);
	const large = makeDemo(join(room, 'large'), {rows: 120_000});
	assert.ok(large.rows > 110_000 && large.rows < 130_000, `${large.rows} rows`);
	for (const files of [small, large]) {
		const conflicts = compareDemo(files).get('customers')?.conflict;
		assert.equal(conflicts, expectedDifferences['customers']?.conflict);
	}
});

test('all three files are sound and closed', () => {
	for (const side of sides) {
		assert.deepEqual(query(side, 'PRAGMA integrity_check'), [['ok']]);
		assert.deepEqual(query(side, 'PRAGMA foreign_key_check'), []);
		assert.deepEqual(query(side, 'PRAGMA journal_mode'), [['delete']]);
		assert.deepEqual(
			query(side, "SELECT name FROM sqlite_schema WHERE name LIKE 'old!_%' ESCAPE '!'"),
			[],
		);
	}
	assert.deepEqual(readdirSync(join(room, 'default')).sort(), ['base.db', 'dev.db', 'prod.db']);
});

const ingredients: Record<string, string> = {
	'composite keys':
		"SELECT 1 FROM pragma_table_list AS t WHERE t.type = 'table' AND (SELECT max(pk) FROM pragma_table_info(t.name)) >= 3",
	'a cycle of foreign keys':
		"SELECT 1 FROM pragma_foreign_key_list('departments') AS d, pragma_foreign_key_list('employees') AS e WHERE d.\"table\" = 'employees' AND e.\"table\" = 'departments'",
	'rows that close the cycle':
		'SELECT 1 FROM departments AS d JOIN employees AS e ON e.id = d.manager_id AND e.department_id = d.id',
	'a table that refers to itself':
		"SELECT 1 FROM pragma_foreign_key_list('categories') WHERE \"table\" = 'categories'",
	'a foreign key of two columns': "SELECT 1 FROM pragma_foreign_key_list('returns') WHERE seq = 1",
	'a table without a key':
		"SELECT 1 FROM pragma_table_list AS t WHERE t.name = 'page_views' AND (SELECT max(pk) FROM pragma_table_info(t.name)) = 0",
	'equal rows in it':
		'SELECT 1 FROM page_views GROUP BY seen_at, path, session, milliseconds HAVING count(*) > 1',
	'only a unique index for a key':
		'SELECT 1 FROM pragma_index_list(\'exchange_rates\') WHERE "unique"',
	'WITHOUT ROWID': 'SELECT 1 FROM pragma_table_list WHERE wr',
	STRICT: 'SELECT 1 FROM pragma_table_list WHERE strict',
	AUTOINCREMENT: "SELECT 1 FROM sqlite_sequence WHERE name = 'orders' AND seq > 0",
	'a virtual generated column': "SELECT 1 FROM pragma_table_xinfo('products') WHERE hidden = 2",
	'a stored generated column': "SELECT 1 FROM pragma_table_xinfo('stock') WHERE hidden = 3",
	'NOCASE in a unique column':
		'SELECT 1 FROM customers WHERE email = upper(email) AND email <> upper(email) COLLATE BINARY',
	'NOCASE in a key': 'SELECT 1 FROM gift_cards WHERE code = upper(code)',
	'a key of bytes': "SELECT 1 FROM payments WHERE typeof(id) = 'blob'",
	'pictures that open': "SELECT 1 FROM products WHERE substr(image, 1, 2) = CAST('BM' AS BLOB)",
	'whole numbers beyond 2^53': 'SELECT 1 FROM customers WHERE account_ref > 9007199254740993',
	'the largest whole number': 'SELECT 1 FROM settings WHERE value = 9223372036854775807',
	'the smallest whole number': 'SELECT 1 FROM settings WHERE value = -9223372036854775808',
	'0.1 + 0.2': 'SELECT 1 FROM payments WHERE fee = 0.1 + 0.2 AND fee <> 0.3',
	'a large real': 'SELECT 1 FROM settings WHERE value = 1.7976931348623157e308',
	'long text': 'SELECT 1 FROM products WHERE length(description) > 3000',
	'dates as text': 'SELECT 1 FROM customers WHERE born_on = date(born_on)',
	'a blank at each end':
		"SELECT 1 FROM settings a, settings b WHERE a.value LIKE ' %' AND b.value LIKE '% '",
	'tabs and line breaks':
		"SELECT 1 FROM settings WHERE value LIKE '%' || char(9) || '%' || char(10) || '%'",
	'a Windows line break': 'SELECT 1 FROM settings WHERE instr(value, char(13, 10)) > 0',
	'NULL, NULL-like and empty text in one column':
		"SELECT 1 FROM customers WHERE note IS NULL OR note IN ('NULL', 'null', '', 'N/A') GROUP BY 1 HAVING count(DISTINCT coalesce(note, 'really NULL')) = 5",
	'every storage class in one column':
		'SELECT 1 FROM settings GROUP BY 1 HAVING count(DISTINCT typeof(value)) = 5',
	'a virtual table with shadows': "SELECT 1 FROM pragma_table_list WHERE type = 'shadow'",
	'a search that finds': "SELECT 1 FROM product_search WHERE product_search MATCH 'nordvind'",
	'a view with rows': 'SELECT 1 FROM open_orders JOIN product_sales',
	'a trigger': "SELECT 1 FROM sqlite_schema WHERE type = 'trigger'",
};

for (const [ingredient, sql] of Object.entries(ingredients)) {
	test(`every file has ${ingredient}`, () => {
		for (const side of sides) assert.ok(query(side, `${sql} LIMIT 1`).length > 0, side);
	});
}

test('every file has text in every script', () => {
	const scripts =
		'Latin Greek Cyrillic Armenian Hebrew Arabic Devanagari Bengali Tamil Thai Georgian Ethiopic Hangul Hiragana Katakana Han';
	for (const side of sides) {
		const names = query(side, 'SELECT given_name || family_name FROM customers').join('\n');
		for (const script of scripts.split(' ')) {
			assert.match(names, new RegExp(`\\p{Script=${script}}`, 'u'), `${side}: ${script}`);
		}
		const texts = query(
			side,
			'SELECT value FROM settings UNION ALL SELECT flag FROM countries',
		).join('\n');
		assert.match(texts, /👨\u200d👩\u200d👧\u200d👦/u, 'a family of joined emoji');
		assert.match(texts, /\p{RI}\p{RI}/u, 'a flag');
		assert.match(texts, /\p{L}\p{M}{3,}/u, 'several marks on one letter');
		assert.match(texts, /e\u0301/u, 'a decomposed letter');
	}
});

test('numbers that a JavaScript number cannot hold are stored exactly', () => {
	const [[stored] = []] = query('prod', "SELECT value FROM settings WHERE name = 'integer.1'");
	const [[other] = []] = query('dev', "SELECT value FROM settings WHERE name = 'integer.1'");
	assert.deepEqual([stored, other], [9_007_199_254_740_993n, 9_007_199_254_740_992n]);
	const [[zero] = []] = query('dev', "SELECT value FROM settings WHERE name = 'tax.rounding'");
	assert.ok(Object.is(zero, -0), 'the negative zero kept its sign');
});

/** The definition of one object, or of one column's share of it. */
function readDefinition(side: (typeof sides)[number], name: string): string | undefined {
	const [row] = query(side, `SELECT sql FROM sqlite_schema WHERE name = '${name}'`);
	return row === undefined ? undefined : String(row[0]);
}

test('dev has objects that prod lacks, and the other way round', () => {
	for (const name of [
		'loyalty_tiers',
		'shipments',
		'loyal_customers',
		'orders_by_customer',
		'reviews_refuse_blank',
	]) {
		assert.ok(readDefinition('dev', name), name);
		assert.equal(readDefinition('prod', name), undefined, name);
		assert.equal(readDefinition('base', name), undefined, name);
	}
	for (const name of ['newsletter_2019', 'customers_by_birthday']) {
		assert.equal(readDefinition('dev', name), undefined, name);
		assert.equal(readDefinition('prod', name), readDefinition('base', name), name);
	}
	assert.ok(readDefinition('prod', 'hotfix_items_by_product'));
	assert.equal(readDefinition('base', 'hotfix_items_by_product'), undefined);
	assert.equal(readDefinition('dev', 'hotfix_items_by_product'), undefined);
	const [[tiers] = [], [shipments] = []] = query(
		'dev',
		'SELECT count(*) FROM loyalty_tiers UNION ALL SELECT count(*) FROM shipments',
	);
	assert.deepEqual([tiers, shipments], [4n, 200n]);
});

test('definitions that dev changed are as they were in prod', () => {
	const changed: Record<string, RegExp> = {
		orders_open: /WHERE status IN \('new', 'paid', 'packed'\)/,
		customers_by_name: /lower\(given_name\)/,
		price_lists_by_day: /DESC/,
		orders_by_customer: /DESC/,
		product_sales: /<> 'cancelled'/,
		gift_cards_log: /WHEN new\.balance_cents <> old\.balance_cents/,
		products: /status TEXT NOT NULL DEFAULT 'draft'/,
		addresses: /'pickup'/,
		service_tickets: /employees \(id\) ON DELETE SET NULL/,
		customers: /locale TEXT NOT NULL DEFAULT 'en'/,
		categories: /icon TEXT/,
		orders: /gift_message TEXT/,
	};
	for (const [name, pattern] of Object.entries(changed)) {
		assert.match(readDefinition('dev', name) ?? '', pattern, name);
		assert.doesNotMatch(readDefinition('prod', name) ?? '', pattern, name);
	}
	assert.match(readDefinition('prod', 'customers') ?? '', /fax/);
	assert.doesNotMatch(readDefinition('dev', 'customers') ?? '', /fax/);
	assert.match(readDefinition('prod', 'service_tickets') ?? '', /escalated_at/);
	assert.doesNotMatch(readDefinition('dev', 'service_tickets') ?? '', /escalated_at/);
});

test('a rebuilt table keeps its triggers and indexes', () => {
	const companions = (side: 'prod' | 'dev') =>
		query(side, "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = 'products'").filter(
			([type]) => type !== 'table',
		);
	assert.ok(companions('prod').length >= 4);
	assert.deepEqual(companions('dev'), companions('prod'));
});

test('each table differs in the ways and numbers that are promised', () => {
	const differences = compareDemo(demo);
	const found: Record<string, Counts> = {};
	for (const [table, {added, removed, conflict}] of differences) {
		found[table] = {added, removed, conflict};
	}
	assert.deepEqual(found, expectedDifferences);
});

test('with a base, every way to part is there', () => {
	const differences = compareDemo(demo);
	const customers = differences.get('customers');
	assert.ok(customers);
	const {devOnly, prodOnly, both, usedTwice, changedAndDeleted} = customers;
	for (const count of [devOnly, prodOnly, both, usedTwice, changedAndDeleted]) assert.ok(count > 0);
	for (const table of ['orders', 'order_items', 'addresses', 'settings']) {
		assert.ok((differences.get(table)?.usedTwice ?? 0) > 0, table);
	}
	// Alone, prod's stock is more than a person walks; all the rest is what a person can.
	const stock = differences.get('stock')?.conflict ?? 0;
	const all = [...differences.values()].reduce((sum, {conflict}) => sum + conflict, 0);
	assert.ok(stock > 2000 && all - stock < 500, `${stock} of ${all}`);
});

test("prod's triggers write to nothing that is compared, and leave the counts alone", () => {
	const database = new SQLite(demo.prod);
	database.exec('BEGIN');
	const read = (sql: string) => database.prepare(sql).pluck().get();
	const logBefore = read('SELECT count(*) FROM gift_card_log');
	const insert = database.prepare(
		"INSERT INTO products (id, sku, category_id, name, price_cents, updated_at) VALUES (999999, 'T', 8, 'Probezelt', 1, '')",
	);
	const update = database.prepare("UPDATE products SET name = 'Testzelt' WHERE id = 999999");
	const remove = database.prepare('DELETE FROM products WHERE id = 999999');
	const find = (word: string) =>
		read(`SELECT count(*) FROM product_search WHERE product_search MATCH '${word}'`);
	assert.deepEqual([insert.run().changes, find('probezelt')], [1, 1]);
	assert.deepEqual([update.run().changes, find('probezelt'), find('testzelt')], [1, 0, 1]);
	assert.deepEqual([remove.run().changes, find('testzelt')], [1, 0]);
	assert.equal(read('SELECT count(*) FROM gift_card_log'), logBefore);
	database.exec('ROLLBACK');
	database.close();
	for (const table of ['gift_cards', 'gift_card_log']) {
		assert.deepEqual(expectedDifferences[table], {added: 0, removed: 0, conflict: 0});
	}
});

test('an older demo is replaced', () => {
	const folder = join(room, 'twice');
	makeDemo(folder, {rows: 0, seed: 7});
	writeFileSync(join(folder, 'prod.db-journal'), 'left over');
	const second = makeDemo(folder, {rows: 0, seed: 8});
	const fresh = makeDemo(join(room, 'fresh'), {rows: 0, seed: 8});
	assert.equal(digest(second.prod), digest(fresh.prod));
	assert.equal(existsSync(join(folder, 'prod.db-journal')), false);
});

test('a file of the same name that is not a demo stays as it is', () => {
	const folder = mkdtempSync(join(room, 'taken-'));
	for (const content of ['', 'somebody’s notes', 'x'.repeat(4096)]) {
		writeFileSync(join(folder, 'dev.db'), content);
		assert.throws(
			() => makeDemo(folder, {rows: 0}),
			(error) =>
				error instanceof DeepDiffError && error.message.includes('dev.db') && error.hint !== '',
		);
		assert.equal(readFileSync(join(folder, 'dev.db'), 'utf8'), content);
		assert.deepEqual(readdirSync(folder), ['dev.db']);
	}
});

test('a folder that cannot be made is told in one sentence', () => {
	const file = join(room, 'a-file');
	writeFileSync(file, '');
	for (const folder of [file, join(file, 'below')]) {
		assert.throws(
			() => makeDemo(folder),
			(error) =>
				error instanceof DeepDiffError && error.message.includes(folder) && error.hint !== '',
		);
	}
});
