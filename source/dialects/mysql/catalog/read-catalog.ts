import {hash} from 'node:crypto';
import type {Catalog, NotCompared, SchemaObject, Table, View} from '../../../model/catalog.ts';
import type {ServerSettings} from '../../../model/connection-settings.ts';
import {foldName} from './fold-name.ts';
import {groupKey, InformationRow, type CatalogQuery} from './information-schema.ts';
import {listDependencies} from './list-dependencies.ts';
import {listGrants} from './list-grants.ts';
import {spellLocally} from './local-names.ts';
import {explainExclusion, explainMode} from './not-compared.ts';
import {readFulltextParsers} from './read-fulltext-parsers.ts';
import {readEvent, readRoutine} from './read-routines.ts';
import {readRows, type SchemaRows} from './read-rows.ts';
import {readSequences} from './read-sequences.ts';
import {readTable} from './read-table.ts';
import {readViewAlgorithms} from './read-view-algorithms.ts';
import {makeNamer, readTriggers, readView, type NameOf} from './read-views.ts';
import {parseServerVersion, type ServerVersion} from './server-version.ts';

export type CatalogScope = Pick<ServerSettings, 'database' | 'schemas'>;

/**
Reads everything structural of the settings' databases, each kind of object in one query for all
tables. Tables, views, triggers and the rest come in the order of their names.

@param engine What the catalog says it was read from: the trait `title`.
*/
export async function readCatalog(
	query: CatalogQuery,
	settings: CatalogScope,
	engine: string,
): Promise<Catalog> {
	const [facts] = await query('SELECT VERSION() AS version');
	const serverVersion = facts ? new InformationRow(facts).text('version') : '';
	const version = parseServerVersion(serverVersion);
	const wanted = settings.schemas.length > 0 ? settings.schemas : [settings.database];
	const [own, schemas] = await findSchemas(query, settings.database, wanted);
	const scope = {query, schemas};
	const rows = await readRows(scope);
	const reading: Reading = {
		query,
		version,
		own,
		rows,
		nameOf: makeNamer(own),
		notCompared: [],
	};
	const read = {
		tables: await readTables(reading),
		views: await readViews(reading),
		triggers: readTriggers(select(rows.triggers, 'trigger', reading), reading.nameOf).sort(byName),
		objects: await readObjects(reading),
	};
	return {
		engine,
		serverVersion,
		schemas,
		...read,
		dependencies: listDependencies(read),
		notCompared: [...reading.notCompared, ...(await listGrants(scope, reading.nameOf))],
		fingerprint: hash('sha256', JSON.stringify(read), 'hex'),
	};
}

type Reading = {
	readonly query: CatalogQuery;
	readonly version: ServerVersion;
	/** The session's own database. */
	readonly own: string;
	readonly rows: SchemaRows;
	readonly nameOf: NameOf;
	readonly notCompared: NotCompared[];
};

/** The server's own names of the databases: which letter case they are asked in may not matter. */
async function findSchemas(
	query: CatalogQuery,
	database: string,
	wanted: readonly string[],
): Promise<readonly [string, readonly string[]]> {
	const rows = await query('SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA');
	const names = rows.map((row) => new InformationRow(row).text('name'));
	const find = (name: string) =>
		names.find((each) => each === name) ??
		names.find((each) => foldName(each) === foldName(name)) ??
		name;
	return [find(database), wanted.map(find)];
}

async function readTables(reading: Reading): Promise<Table[]> {
	const {query, rows, nameOf, version, own, notCompared} = reading;
	const tables: Table[] = [];
	for (const row of rows.tables) {
		const schema = row.text('table_schema');
		const name = nameOf(schema, row.text('table_name'));
		const excluded = explainExclusion(row, rows.isDistinct(row));
		if (excluded) notCompared.push({name, ...excluded});
		else if (/^(?:BASE TABLE|SYSTEM VERSIONED)$/.test(row.text('table_type'))) {
			const spell = makeSpeller(reading, schema);
			tables.push(readTable(rows.rowsOf(row), name, {version, own, spell}));
		}
	}
	return readFulltextParsers(query, tables.sort(byName), version);
}

async function readViews(reading: Reading): Promise<View[]> {
	const {query, rows, nameOf, version} = reading;
	const algorithms = await readViewAlgorithms(query, rows.views, version);
	return rows.views
		.map((row): View => {
			const schema = row.text('table_schema');
			const algorithm = algorithms.get(groupKey(schema, row.text('table_name'))) ?? '';
			return readView(row, algorithm, nameOf, makeSpeller(reading, schema));
		})
		.sort(byName);
}

async function readObjects(reading: Reading): Promise<SchemaObject[]> {
	const {query, rows, nameOf} = reading;
	const sequences = rows.tables.filter((row) => row.text('table_type') === 'SEQUENCE');
	const objects = [
		...select(rows.routines, 'routine', reading).map((row) =>
			readRoutine(row, rows.parametersOf(row), nameOf),
		),
		...select(rows.events, 'event', reading).map((row) => readEvent(row, nameOf)),
		...(await readSequences(query, sequences, nameOf)),
	];
	return objects.sort((a, b) => (a.kind === b.kind ? byName(a, b) : a.kind < b.kind ? -1 : 1));
}

/** Those whose bodies can be compared; the others are told of by name. */
function select(
	rows: readonly InformationRow[],
	kind: 'trigger' | 'routine' | 'event',
	{nameOf, notCompared}: Reading,
): InformationRow[] {
	return rows.filter((row) => {
		const reason = explainMode(row);
		if (reason === null) return true;
		const name = nameOf(row.text(`${kind}_schema`), row.text(`${kind}_name`));
		const sort = kind === 'routine' ? row.text('routine_type').toLowerCase() : kind;
		notCompared.push({kind: sort, name, reason});
		return false;
	});
}

/** Expressions of the session's own database must not name it: the other side's has another name. */
function makeSpeller({own, rows}: Reading, schema: string): (text: string) => string {
	if (schema !== own) return (text) => text;
	return (text) => spellLocally(text, own, (name) => rows.hasObject(own, name));
}

function byName(a: {readonly name: string}, b: {readonly name: string}): number {
	return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
