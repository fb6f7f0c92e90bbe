import type {Catalog, Table, Trigger} from '../model/catalog.ts';
import type {Hazard} from '../model/hazard.ts';
import type {SchemaChange} from '../model/schema-change.ts';
import {compareTable} from './schema/compare-table.ts';
import {SchemaSide, type SchemaRules} from './schema/comparison.ts';
import {makeAlter, makeCreate, makeDrop} from './schema/make-change.ts';

/**
Tells what must happen to prod so that it has dev's structure: tables in the order of
their names with their parts, then views, then triggers. What means the same is no
difference. A trigger of a table or view that only one side has is part of that object.
*/
export function compareSchemas(prod: Catalog, dev: Catalog, dialect: SchemaRules): SchemaChange[] {
	const prodSide = new SchemaSide(prod, dev, dialect);
	const devSide = new SchemaSide(dev, prod, dialect);
	const changes = [
		...compareTables(prodSide, devSide),
		...compareViews(prodSide, devSide),
		...compareTriggers(prodSide, devSide),
	];
	return withDistinctIds(changes);
}

type Named = {readonly name: string};

/** Objects of one sort by folded name, in its order: prod's beside dev's. */
function pairByName<Part extends Named>(
	prodParts: readonly Part[],
	devParts: readonly Part[],
	fold: (name: string) => string,
): (readonly [Part | undefined, Part | undefined])[] {
	const [prod, dev] = [prodParts, devParts].map(
		(parts) => new Map(parts.map((part) => [fold(part.name), part])),
	);
	const names = [...new Set([...(prod?.keys() ?? []), ...(dev?.keys() ?? [])])].sort();
	return names.map((name) => [prod?.get(name), dev?.get(name)] as const);
}

function compareTables(prodSide: SchemaSide, devSide: SchemaSide): SchemaChange[] {
	const fold = (name: string) => prodSide.fold(name);
	// What can't be compared on one side must not look as if it were missing there.
	const unknown = new Set(
		[...prodSide.catalog.notCompared, ...devSide.catalog.notCompared].map(({name}) => fold(name)),
	);
	return pairByName(prodSide.catalog.tables, devSide.catalog.tables, fold).flatMap(
		([prod, dev]): SchemaChange[] => {
			const {name} = prod ?? dev ?? {name: ''};
			if (unknown.has(fold(name))) return [];
			if (prod && dev) return compareTable(prod, dev, prodSide, devSide);
			const object = {object: 'table', table: name, name} as const;
			if (prod) return [makeDrop(object, defineWhole(prod, prodSide, devSide))];
			if (!dev) return [];
			const whole = defineWhole(dev, devSide, prodSide);
			return [makeCreate(object, whole, warnOfName(name, prodSide))];
		},
	);
}

function compareViews(prodSide: SchemaSide, devSide: SchemaSide): SchemaChange[] {
	const fold = (name: string) => prodSide.fold(name);
	return pairByName(prodSide.catalog.views, devSide.catalog.views, fold).flatMap(
		([prod, dev]): SchemaChange[] => {
			const {name} = prod ?? dev ?? {name: ''};
			const object = {object: 'view', table: name, name} as const;
			if (prod && dev) {
				const isSame =
					prodSide.normaliseText(prod.definition) === devSide.normaliseText(dev.definition);
				const definitions = {prod: prod.definition, dev: dev.definition};
				return isSame ? [] : [makeAlter(object, definitions, ['definition'])];
			}
			if (prod) return [makeDrop(object, joinDefinitions(prod, prodSide, devSide))];
			if (!dev) return [];
			const whole = joinDefinitions(dev, devSide, prodSide);
			return [makeCreate(object, whole, warnOfName(name, prodSide))];
		},
	);
}

function compareTriggers(prodSide: SchemaSide, devSide: SchemaSide): SchemaChange[] {
	const fold = (name: string) => prodSide.fold(name);
	return pairByName(prodSide.catalog.triggers, devSide.catalog.triggers, fold).flatMap(
		([prod, dev]): SchemaChange[] => {
			const {name, table} = prod ?? dev ?? {name: '', table: ''};
			const object = {object: 'trigger', table, name} as const;
			if (prod && dev) {
				const isSame =
					prodSide.normaliseText(prod.definition) === devSide.normaliseText(dev.definition);
				const definitions = {prod: prod.definition, dev: dev.definition};
				return isSame ? [] : [makeAlter(object, definitions, ['definition'])];
			}
			if (prod) {
				return hasObject(devSide, prod.table) ? [makeDrop(object, prod.definition)] : [];
			}
			if (!dev || !hasObject(prodSide, dev.table)) return [];
			return [makeCreate(object, dev.definition)];
		},
	);
}

function hasObject({catalog, fold}: SchemaSide, name: string): boolean {
	return [...catalog.tables, ...catalog.views, ...catalog.notCompared].some(
		(each) => fold(each.name) === fold(name),
	);
}

/** A table that one side has, with its indexes and triggers. */
function defineWhole(table: Table, own: SchemaSide, other: SchemaSide): string {
	const indexes = table.indexes.map(({definition}) => definition);
	return joinDefinitions(table, own, other, indexes);
}

function joinDefinitions(
	{name, definition}: Named & {readonly definition: string},
	own: SchemaSide,
	other: SchemaSide,
	indexes: readonly string[] = [],
): string {
	const hasTrigger = ({catalog, fold}: SchemaSide, trigger: Trigger) =>
		catalog.triggers.some((each) => fold(each.name) === fold(trigger.name));
	const triggers = own.catalog.triggers.filter(
		(trigger) => own.fold(trigger.table) === own.fold(name) && !hasTrigger(other, trigger),
	);
	return [definition, ...indexes, ...triggers.map((trigger) => trigger.definition)].join(';\n');
}

/** Tables and views share their names. */
function warnOfName(name: string, {catalog, fold}: SchemaSide): Hazard[] {
	const isTaken = [...catalog.tables, ...catalog.views, ...catalog.notCompared].some(
		(each) => fold(each.name) === fold(name),
	);
	if (!isTaken) return [];
	const message = `Prod has something else named ${name}, which must be dropped first.`;
	return [{kind: 'mayViolate', message}];
}

/** Parts that differ in letter case alone would share an identifier. */
function withDistinctIds(changes: readonly SchemaChange[]): SchemaChange[] {
	const counts = new Map<string, number>();
	return changes.map((change) => {
		const count = (counts.get(change.id) ?? 0) + 1;
		counts.set(change.id, count);
		return count === 1 ? change : {...change, id: `${change.id} (${count})`};
	});
}
