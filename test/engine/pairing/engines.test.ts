import assert from 'node:assert/strict';
import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {loadConfig} from '../../../source/config/load-config.ts';
import {compareRun, takeRun} from '../../../source/engine/compare-run.ts';
import {ScanControl} from '../../../source/engine/scan/scan-control.ts';
import {openSession} from '../../../source/engine/session.ts';
import type {ConnectionSettings} from '../../../source/model/connection-settings.ts';
import {settingsFor} from '../../dialects/sqlite/scratch.ts';
import {servers} from '../../servers/servers.ts';
import {makeFolder} from '../../store/fixture.ts';
import {execute, finish} from '../walk.ts';

/* Real databases on both sides: what is found is what was changed, whichever the two are. */

const engines = ['sqlite', 'postgres', 'mariadb'] as const;
type Engine = (typeof engines)[number];

/** Each engine's own words for the same columns. */
const types = {
	sqlite: {text: 'TEXT', moment: 'DATETIME', decimal: 'TEXT', flag: 'BOOLEAN', real: 'REAL'},
	postgres: {
		text: 'text COLLATE "C"',
		moment: 'timestamp',
		decimal: 'numeric(40, 10)',
		flag: 'boolean',
		real: 'double precision',
	},
	mariadb: {
		text: 'varchar(60) COLLATE utf8mb4_bin',
		moment: 'datetime(6)',
		decimal: 'decimal(40, 10)',
		flag: 'boolean',
		real: 'double',
	},
} as const satisfies Record<Engine, unknown>;

type Row = {
	readonly id: number;
	readonly name: string;
	readonly amount: number;
	readonly no: number;
};

function makeRows(count: number): Row[] {
	return Array.from({length: count}, (_, index) => ({
		id: index * 3 + 1,
		name: `näme ${(index * 7919) % 1000} ''${index}`,
		amount: index * 31,
		no: index,
	}));
}

/** Dev's rows, and for each key what became of it. */
function drift(rows: readonly Row[], every: number): {dev: Row[]; changes: Map<number, string>} {
	const changes = new Map<number, string>();
	const dev = rows.flatMap((row): Row[] => {
		switch (row.no % every) {
			case 1:
				changes.set(row.id, 'conflict');
				return [{...row, amount: row.amount + 1}];
			case 2:
				changes.set(row.id, 'removed');
				return [];
			case 3:
				changes.set(row.id + 1, 'added');
				return [row, {...row, id: row.id + 1, name: `${row.name} new`}];
			default:
				return [row];
		}
	});
	return {dev, changes};
}

/** Two keyed tables (by number, and by text and moment) and one without a key, with these rows. */
function renderTables(engine: Engine, rows: readonly Row[]): string[] {
	const {text, moment, decimal, flag, real} = types[engine];
	const at = (no: number) => `2024-01-0${(no % 9) + 1} 12:30:00.25`;
	const isTrue = (no: number) =>
		engine === 'postgres' ? String(no % 2 === 0) : no % 2 === 0 ? 1 : 0;
	const spell = ({amount, no}: Row) =>
		`'${amount}.25', '${at(no)}', ${isTrue(no)}, ${no / 8}, ${no % 5 === 0 ? 'NULL' : no}`;
	const columns = `amount ${decimal}, made ${moment}, ok ${flag}, share ${real}, n bigint`;
	const insert = (table: string, render: (row: Row) => string) => {
		const statements: string[] = [];
		for (let from = 0; from < rows.length; from += 500) {
			const values = rows.slice(from, from + 500).map((row) => `(${render(row)})`);
			statements.push(`INSERT INTO ${table} VALUES ${values.join(', ')}`);
		}
		return statements;
	};
	return [
		`CREATE TABLE numbered (id bigint NOT NULL PRIMARY KEY, name ${text}, ${columns})`,
		...insert('numbered', (row) => `${row.id}, '${row.name}', ${spell(row)}`),
		`CREATE TABLE named (name ${text} NOT NULL, id bigint NOT NULL, ${columns}, PRIMARY KEY (name, id))`,
		...insert('named', (row) => `'${row.name}', ${row.id}, ${spell(row)}`),
		`CREATE TABLE keyless (id bigint, ${columns})`,
		...insert('keyless', (row) => `${row.id}, ${spell(row)}`),
	];
}

async function makeSide(
	context: TestContext,
	folder: string,
	side: string,
	engine: Engine,
	rows: readonly Row[],
): Promise<ConnectionSettings> {
	const statements = renderTables(engine, rows);
	if (engine === 'sqlite') {
		const file = path.join(folder, `${side}.db`);
		execute(file, statements.join(';\n'));
		return settingsFor(file);
	}
	const database = await (await servers[engine]()).createDatabase(context);
	for (const statement of statements) await database.query(statement);
	return database.settings;
}

type Found = {readonly table: string; readonly state: string; readonly id: number};

async function compare(
	folder: string,
	prod: ConnectionSettings,
	dev: ConnectionSettings,
): Promise<{found: Found[]; rows: unknown[]}> {
	mkdirSync(folder, {recursive: true});
	const {config} = await loadConfig({directory: folder, home: folder, environment: {}});
	const session = await openSession({...config, prod, dev});
	const {run} = takeRun(session, {fresh: true});
	try {
		const {tables, changedMeanwhile} = await finish(
			compareRun(session, run.store, new ScanControl()),
		);
		assert.equal(changedMeanwhile, false);
		const found = tables.flatMap(({name, layout}) => {
			const at = layout?.columns.findIndex((column) => column.name === 'id') ?? -1;
			return run.store.rows
				.page({tables: [name]}, 0, 100_000)
				.map(({state, prod: ours, dev: theirs}): Found => ({
					table: name,
					state,
					id: Number((ours ?? theirs)?.[at]?.text),
				}));
		});
		return {found, rows: tables.map(({name, prodRows, devRows}) => [name, prodRows, devRows])};
	} finally {
		run.store.close();
		run.release();
		await session.close();
	}
}

for (const prodEngine of engines) {
	for (const devEngine of engines) {
		if (prodEngine === 'sqlite' && devEngine === 'sqlite') continue;
		test(`${devEngine} against ${prodEngine}: exactly what was changed is found`, async (context) => {
			const folder = makeFolder(context);
			const rows = makeRows(2500);
			const {dev: devRows, changes} = drift(rows, 40);
			const prod = await makeSide(context, folder, 'prod', prodEngine, rows);
			const dev = await makeSide(context, folder, 'dev', devEngine, devRows);
			const {found, rows: counted} = await compare(folder, prod, dev);
			assert.deepEqual(counted, [
				['keyless', rows.length, devRows.length],
				['named', rows.length, devRows.length],
				['numbered', rows.length, devRows.length],
			]);
			const sortedBy = (list: readonly Found[]) =>
				list.map(({table, state, id}) => `${table} ${id} ${state}`).sort();
			const expected = ['named', 'numbered'].flatMap((table) =>
				[...changes].map(([id, state]): Found => ({table, state, id})),
			);
			assert.deepEqual(
				sortedBy(found.filter(({table}) => table !== 'keyless')),
				sortedBy(expected),
			);
			// Without a key a changed row is one that came and one that went.
			const keyless = [...changes].flatMap(([id, state]): Found[] =>
				(state === 'conflict' ? ['added', 'removed'] : [state]).map((each) => ({
					table: 'keyless',
					state: each,
					id,
				})),
			);
			assert.deepEqual(sortedBy(found.filter(({table}) => table === 'keyless')), sortedBy(keyless));
		});
	}
}
