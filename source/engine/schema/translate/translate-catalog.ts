import type {Dialect} from '../../../dialects/dialect.ts';
import type {Catalog, NotCompared, Table} from '../../../model/catalog.ts';
import {translateColumn} from './translate-column.ts';
import {translateParts} from './translate-parts.ts';

/** What of the two engines a translation goes by. */
export type Engines = {
	readonly prod: Pick<Dialect, 'traits' | 'normalise' | 'spellType' | 'defineTable'>;
	readonly dev: Pick<Dialect, 'traits' | 'normalise' | 'spellType'>;
};

/** Says what of dev's is not compared with prod's, and why. */
export type Report = (kind: string, name: string, reason: string) => void;

/**
Dev's structure in the words of another engine, prod's: a type by what it can hold
(`spellType` of each dialect is the table), a constant default as it is, keys, foreign keys and
plain indexes by their columns. What means the same as prod's is told in prod's own words, so that
only what differs is a difference. What has no counterpart (code, expressions) is taken to be as
prod has it, and listed in `notCompared`.
*/
export function translateCatalog(dev: Catalog, prod: Catalog, engines: Engines): Catalog {
	const notCompared: NotCompared[] = [];
	const report: Report = (kind, name, reason) => notCompared.push({kind, name, reason});
	const names = nameTables(dev, prod);
	const tables = dev.tables.map((table) => {
		const twin = prod.tables.find(({name}) => name === names.get(table.name)) ?? null;
		return translateTable(table, twin, {names, dev, prod, engines, report});
	});
	const elsewhere = `${dev.engine} and ${prod.engine} write it in languages of their own`;
	for (const {name} of dev.views) report('view', name, elsewhere);
	for (const {name, table} of dev.triggers) report('trigger', `${table}.${name}`, elsewhere);
	for (const {kind, name} of dev.objects) report(kind, name, elsewhere);
	return {
		...prod,
		tables,
		notCompared: [...dev.notCompared, ...notCompared],
		fingerprint: dev.fingerprint,
	};
}

/** What a table is translated with. */
export type Context = {
	/** Dev's names of tables to those on prod. */
	readonly names: ReadonlyMap<string, string>;
	readonly dev: Catalog;
	readonly prod: Catalog;
	readonly engines: Engines;
	readonly report: Report;
};

/** Two engines fold names in two ways, but hardly ever to more than another letter case. */
export function areNamesAlike(a: string, b: string): boolean {
	return a.toLowerCase() === b.toLowerCase();
}

function nameTables(dev: Catalog, prod: Catalog): Map<string, string> {
	return new Map(
		dev.tables.map(({name}) => {
			const twin = prod.tables.find((table) => areNamesAlike(table.name, name));
			return [name, twin?.name ?? name];
		}),
	);
}

/** What means the same as in its twin on prod is told in the words of that. */
function translateTable(table: Table, twin: Table | null, context: Context): Table {
	const {names, engines, prod} = context;
	const name = names.get(table.name) ?? table.name;
	const columns = table.columns.flatMap((column) => {
		const own = twin?.columns.find((each) => areNamesAlike(each.name, column.name)) ?? null;
		return translateColumn(column, own, table, context) ?? [];
	});
	const comment = table.comment ?? twin?.comment;
	const translated: Table = {
		name,
		definition: '',
		columns,
		...translateParts(table, twin, columns, context),
		options: twin?.options ?? [],
		...(comment === undefined ? {} : {comment}),
		...(twin?.partitioning === undefined ? {} : {partitioning: twin.partitioning}),
	};
	return engines.prod.defineTable(translated, prod);
}
