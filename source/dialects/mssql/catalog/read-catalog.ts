import {hash} from 'node:crypto';
import type {Catalog, Dependency, ObjectReference} from '../../../model/catalog.ts';
import type {MssqlSession} from '../session.ts';
import {spellName} from '../names.ts';
import {readCatalogRows, text, type CatalogRows} from './catalog-rows.ts';
import {findSchemas} from './find-schemas.ts';
import {listNotCompared} from './list-not-compared.ts';
import {readAliasTypes, readModules, readSequences, readSynonyms} from './read-objects.ts';
import {readTables} from './read-tables.ts';

/**
Reads everything structural of some schemas of the session's database; none named is the account's
default one. Tables, views, triggers and the rest come in the order of their names.

@param engine What the catalog says it was read from: the trait `title`.
*/
export async function readCatalog(
	session: Pick<MssqlSession, 'run' | 'version'>,
	wanted: readonly string[],
	engine: string,
): Promise<Catalog> {
	const schemas = await findSchemas(session, wanted);
	const [facts] = await session.run(
		`SELECT CONVERT(nvarchar(128), DATABASEPROPERTYEX(DB_NAME(), 'Collation')) AS collation`,
	);
	const rows = await readCatalogRows(session, schemas);
	const modules = readModules(rows);
	const read = {
		tables: readTables(rows, facts?.['collation'] ?? 'unknown').sort(byName),
		views: modules.views.sort(byName),
		triggers: modules.triggers.sort(byName),
		objects: [
			...modules.objects,
			...readSequences(rows),
			...readSynonyms(rows),
			...readAliasTypes(rows),
		].sort((a, b) => (a.kind === b.kind ? byName(a, b) : a.kind < b.kind ? -1 : 1)),
	};
	return {
		engine,
		serverVersion: session.version.text,
		schemas,
		...read,
		dependencies: readDependencies(rows),
		notCompared: [...modules.notCompared, ...listNotCompared(rows)],
		fingerprint: hash('sha256', JSON.stringify(read), 'hex'),
	};
}

const kinds: Readonly<Record<string, ObjectReference['kind']>> = {
	U: 'table',
	V: 'view',
	P: 'procedure',
	FN: 'function',
	IF: 'function',
	TF: 'function',
	SO: 'sequence',
	SN: 'synonym',
};

/** Those of a check or a default are of its table. */
function readDependencies({dependencies}: CatalogRows): Dependency[] {
	return dependencies.flatMap((row): Dependency[] => {
		const [kind, onKind] = [kinds[text(row, 'kind')], kinds[text(row, 'onKind')]];
		if (!kind || !onKind) return [];
		return [
			{
				object: {kind, name: spellName(text(row, 'owner'), text(row, 'name'))},
				column: null,
				on: {kind: onKind, name: spellName(text(row, 'onOwner'), text(row, 'onName'))},
				onColumn: null,
			},
		];
	});
}

function byName(a: {readonly name: string}, b: {readonly name: string}): number {
	return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
