import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {TestContext} from 'node:test';
import SQLite from 'better-sqlite3';
import type {ConnectionSettings} from '../../source/model/connection-settings.ts';
import type {Server} from '../servers/server.ts';
import {whyNot} from '../servers/provide.ts';
import {servers} from '../servers/servers.ts';
import {mariadbTypes, mssqlTypes, mysqlTypes, postgresTypes, sqliteTypes} from './types.ts';

/** A database of one test. */
export type TestDatabase = {
	readonly settings: ConnectionSettings;
	/** Runs statements; the last one's rows come back as texts. */
	query(sql: string): Promise<readonly Readonly<Record<string, string | null>>[]>;
};

/** A column type with SQL for values of it that all differ from one another. */
export type TypeCase = {readonly type: string; readonly values: readonly string[]};

/** An engine that the suite runs on. */
export type Engine = {
	readonly name: string;
	/** Why it can't run here; false: it can. */
	readonly skip: string | false;
	readonly types: readonly TypeCase[];
	/** SQL that spells a column's value as text which tells any two values apart. */
	spell(column: string): string;
	makeDatabase(context: TestContext): Promise<TestDatabase>;
};

const sqlite: Engine = {
	name: 'SQLite',
	skip: false,
	types: sqliteTypes,
	spell: (column) => `typeof(${column}) || quote(${column}) || hex(${column})`,
	makeDatabase(context) {
		const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-conformance-'));
		context.after(() => rmSync(folder, {recursive: true, force: true}));
		const file = path.join(folder, 'test.db');
		const database = new SQLite(file);
		database.close();
		return Promise.resolve({
			settings: {driver: 'sqlite', file, lockTimeout: 10_000, snapshot: true},
			query: (sql) => Promise.resolve(querySqlite(file, sql)),
		});
	},
};

function querySqlite(file: string, sql: string): Readonly<Record<string, string | null>>[] {
	const database = new SQLite(file);
	try {
		if (!/^\s*SELECT/i.test(sql)) {
			database.exec(sql);
			return [];
		}
		const rows = database
			.prepare<[], Record<string, string | number | bigint | null>>(sql)
			.safeIntegers()
			.all();
		return rows.map((row) =>
			Object.fromEntries(
				Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]),
			),
		);
	} finally {
		database.close();
	}
}

function onServer(
	engine: Omit<Engine, 'makeDatabase' | 'skip'>,
	start: () => Promise<Server>,
	skip: string | false = false,
): Engine {
	return {
		...engine,
		skip,
		makeDatabase: async (context) => (await start()).createDatabase(context),
	};
}

/** Every engine that the suite knows, in a fixed order. */
export const engines: readonly Engine[] = [
	sqlite,
	onServer({name: 'PostgreSQL', types: postgresTypes, spell: (column) => `${column}::text`}, () =>
		servers.postgres(),
	),
	onServer(
		{name: 'PostgreSQL 18', types: postgresTypes, spell: (column) => `${column}::text`},
		() => servers.postgres({version: 18}),
	),
	onServer(
		{name: 'MariaDB', types: mariadbTypes, spell: (column) => `HEX(CONCAT(${column}, ''))`},
		() => servers.mariadb(),
	),
	onServer(
		{name: 'MySQL', types: mysqlTypes, spell: (column) => `HEX(CONCAT(${column}, ''))`},
		() => servers.mysql(),
	),
	onServer(
		{
			name: 'SQL Server',
			types: mssqlTypes,
			spell: (column) => `CAST(${column} AS nvarchar(max))`,
		},
		() => servers.mssql(),
		whyNot('mssql'),
	),
];
