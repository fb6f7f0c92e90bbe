import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {apply, bringInLine, decide, everything} from '../engine/walk.ts';
import {engines, type Engine, type TestDatabase} from './engines.ts';
import {comparePair, listDifferences} from './walk-pair.ts';

/* Two engines: what means the same is the same, and what comes over means the same there. */

/** A column that every engine has in some spelling, with two values in that spelling. */
type Meaning = {
	readonly name: string;
	readonly types: Readonly<Record<string, string>>;
	readonly values: readonly ((engine: string) => string)[];
};

const plain = (...values: string[]) => values.map((value) => () => value);
const bytes = (hex: string) => (engine: string) =>
	engine.startsWith('PostgreSQL')
		? `'\\x${hex}'`
		: engine === 'SQL Server'
			? `0x${hex}`
			: `x'${hex}'`;
const text = (value: string) => (engine: string) => (engine === 'SQL Server' ? `N${value}` : value);
const truth = (value: boolean) => (engine: string) =>
	engine.startsWith('PostgreSQL') ? String(value) : String(Number(value));

const all = (type: string, others: Readonly<Record<string, string>> = {}) => ({
	SQLite: type,
	PostgreSQL: type,
	MariaDB: type,
	MySQL: type,
	'SQL Server': type,
	...others,
});

const meanings: readonly Meaning[] = [
	{name: 'small', types: all('integer'), values: plain('0', '-7')},
	{
		name: 'large',
		types: all('bigint'),
		values: plain('9007199254740993', '-9223372036854775808'),
	},
	{name: 'price', types: all('decimal(12,2)'), values: plain('0.99', '1.10')},
	{
		name: 'share',
		types: all('double precision', {SQLite: 'REAL', 'SQL Server': 'float'}),
		values: plain('0.1', '1e21'),
	},
	{
		name: 'flag',
		types: all('boolean', {MariaDB: 'tinyint(1)', MySQL: 'tinyint(1)', 'SQL Server': 'bit'}),
		values: [truth(true), truth(false)],
	},
	{
		name: 'title',
		types: all('varchar(40)', {
			MariaDB: 'varchar(40) CHARACTER SET utf8mb4',
			MySQL: 'varchar(40) CHARACTER SET utf8mb4',
			'SQL Server': 'nvarchar(40)',
		}),
		values: [text("'naïve 日本 😀'"), text("'it''s '")],
	},
	{
		name: 'raw',
		types: all('varbinary(20)', {SQLite: 'BLOB', PostgreSQL: 'bytea'}),
		values: [bytes('00ff0a'), bytes('61')],
	},
	{name: 'day', types: all('date'), values: plain("'2024-02-29'", "'1999-12-31'")},
	{
		name: 'moment',
		types: all('timestamp', {
			SQLite: 'DATETIME',
			MariaDB: 'datetime(6)',
			MySQL: 'datetime(6)',
			'SQL Server': 'datetime2(6)',
		}),
		values: plain("'2024-01-01 00:00:00'", "'2024-01-01 12:34:56.789012'"),
	},
	{
		name: 'token',
		types: all('char(36)', {
			SQLite: 'UUID',
			PostgreSQL: 'uuid',
			MariaDB: 'uuid',
			'SQL Server': 'uniqueidentifier',
		}),
		values: plain(
			"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
			"'00000000-0000-0000-0000-000000000001'",
		),
	},
];

const kindOf = ({name}: Engine) => (name.startsWith('PostgreSQL') ? 'PostgreSQL' : name);

async function fill(
	database: TestDatabase,
	engine: Engine,
	picks: readonly number[],
): Promise<void> {
	const columns = meanings.map(({name, types}) => `${name} ${types[kindOf(engine)] ?? ''}`);
	await database.query(
		`CREATE TABLE thing (id integer NOT NULL PRIMARY KEY, ${columns.join(', ')})`,
	);
	for (const [id, pick] of picks.entries()) {
		const values = meanings.map(({values}) =>
			pick < 0 ? 'NULL' : (values[pick]?.(engine.name) ?? ''),
		);
		await database.query(`INSERT INTO thing VALUES (${id}, ${values.join(', ')})`);
	}
}

async function makePair(context: TestContext, ours: Engine, theirs: Engine) {
	const prod = await ours.makeDatabase(context);
	const dev = await theirs.makeDatabase(context);
	return {prod, dev, settings: {prod: prod.settings, dev: dev.settings}};
}

for (const ours of engines) {
	for (const theirs of engines) {
		if (kindOf(ours) === kindOf(theirs) && ours.name === theirs.name) continue;
		const skip = ours.skip === false ? theirs.skip : ours.skip;
		const pair = `${ours.name} and ${theirs.name}`;

		test(`${pair}: what means the same is the same`, {skip}, async (context) => {
			const {prod, dev, settings} = await makePair(context, ours, theirs);
			await fill(prod, ours, [0, 1, -1]);
			await fill(dev, theirs, [0, 1, -1]);
			assert.deepEqual(listDifferences(await comparePair(context, settings)), []);
		});

		test(`${pair}: what differs comes over and goes back`, {skip}, async (context) => {
			const {prod, dev, settings} = await makePair(context, ours, theirs);
			await fill(prod, ours, [0, 1, -1, 0]);
			await fill(dev, theirs, [1, -1, 0, 0, 1]);
			const walk = await comparePair(context, settings);
			const found = listDifferences(walk);
			assert.deepEqual(found, [
				'thing (0) conflict',
				'thing (1) conflict',
				'thing (2) conflict',
				'thing (4) added',
			]);
			for (const {change} of walk.store.schema.list()) walk.store.schema.choose(change.id, false);
			decide(walk, 'theirs');
			const {paths} = await bringInLine(walk);
			assert.deepEqual(listDifferences(await comparePair(context, settings)), []);
			await apply(walk, paths.undoSql, {allow: everything});
			assert.deepEqual(listDifferences(await comparePair(context, settings)), found);
		});
	}
}
