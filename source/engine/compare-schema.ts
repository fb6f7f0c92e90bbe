import type {Catalog} from '../model/catalog.ts';
import type {SchemaChange} from '../model/schema-change.ts';
import {
	compareObjects,
	compareTriggers,
	compareViews,
	warnOfName,
} from './schema/compare-objects.ts';
import {compareTable} from './schema/compare-table.ts';
import {SchemaSide, type SchemaRules} from './schema/comparison.ts';
import {defineWhole} from './schema/define-whole.ts';
import {makeCreate, makeDrop} from './schema/make-change.ts';
import {pairByKey} from './schema/pair-by-key.ts';

/**
Tells what must happen to prod so that it has dev's structure: tables in the order of
their names with their parts, then views, triggers and all other objects. What means the same
is no difference. What belongs to a table or view that only one side has is part of that.
*/
export function compareSchemas(prod: Catalog, dev: Catalog, dialect: SchemaRules): SchemaChange[] {
	const prodSide = new SchemaSide(prod, dev, dialect);
	const devSide = new SchemaSide(dev, prod, dialect);
	const changes = [
		...compareTables(prodSide, devSide),
		...compareViews(prodSide, devSide),
		...compareTriggers(prodSide, devSide),
		...compareObjects(prodSide, devSide),
	];
	return withDistinctIds(changes);
}

function compareTables(prodSide: SchemaSide, devSide: SchemaSide): SchemaChange[] {
	const fold = (name: string) => prodSide.fold(name);
	// What can't be compared on one side must not look as if it were missing there.
	const unknown = new Set(
		[...prodSide.catalog.notCompared, ...devSide.catalog.notCompared]
			.filter(({kind}) => kind.includes('table'))
			.map(({name}) => fold(name)),
	);
	const key = ({name}: {readonly name: string}) => fold(name);
	return pairByKey(prodSide.catalog.tables, devSide.catalog.tables, key).flatMap(
		([prod, dev]): SchemaChange[] => {
			const {name} = prod ?? dev;
			if (unknown.has(fold(name))) return [];
			if (prod && dev) return compareTable(prod, dev, prodSide, devSide);
			const object = {object: 'table', table: name, name} as const;
			if (prod) return [makeDrop(object, defineWhole(prod, prodSide, devSide))];
			return [makeCreate(object, defineWhole(dev, devSide, prodSide), warnOfName(name, prodSide))];
		},
	);
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
