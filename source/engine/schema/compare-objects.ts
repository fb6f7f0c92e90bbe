import type {SchemaObject, Trigger, View} from '../../model/catalog.ts';
import type {Hazard} from '../../model/hazard.ts';
import type {ObjectKind, SchemaChange} from '../../model/schema-change.ts';
import {compareFacts, type Told} from './compare-facts.ts';
import {defineWhole, nameTrigger} from './define-whole.ts';
import type {SchemaSide} from './comparison.ts';
import {makeAlter, makeCreate, makeDrop} from './make-change.ts';
import {pairByKey} from './pair-by-key.ts';

/** Tables and views share their names. */
export function warnOfName(name: string, {catalog, fold}: SchemaSide): Hazard[] {
	const isTaken = [...catalog.tables, ...catalog.views, ...catalog.notCompared].some(
		(each) => fold(each.name) === fold(name),
	);
	if (!isTaken) return [];
	const message = `Prod has something else named ${name}, which must be dropped first.`;
	return [{kind: 'mayViolate', message}];
}

export function compareViews(prodSide: SchemaSide, devSide: SchemaSide): SchemaChange[] {
	const key = ({name}: View) => prodSide.fold(name);
	return pairByKey(prodSide.catalog.views, devSide.catalog.views, key).flatMap(
		([prod, dev]): SchemaChange[] => {
			const {name} = prod ?? dev;
			const object = {object: 'view', table: name, name} as const;
			if (prod && dev) return compareTexts(object, prod, dev, prodSide, devSide);
			if (prod) return [makeDrop(object, defineWhole(prod, prodSide, devSide))];
			return [makeCreate(object, defineWhole(dev, devSide, prodSide), warnOfName(name, prodSide))];
		},
	);
}

export function compareTriggers(prodSide: SchemaSide, devSide: SchemaSide): SchemaChange[] {
	const key = (trigger: Trigger) => nameTrigger(trigger, prodSide);
	return pairByKey(prodSide.catalog.triggers, devSide.catalog.triggers, key).flatMap(
		([prod, dev]): SchemaChange[] => {
			const {name, table} = prod ?? dev;
			const object = {object: 'trigger', table, name} as const;
			if (prod && dev) return compareTexts(object, prod, dev, prodSide, devSide);
			if (prod) return hasOwner(devSide, table) ? [makeDrop(object, prod.definition)] : [];
			return hasOwner(prodSide, table) ? [makeCreate(object, dev.definition)] : [];
		},
	);
}

/** Compares whatever has no list of its own. What belongs to a table that one side lacks is part of that. */
export function compareObjects(prodSide: SchemaSide, devSide: SchemaSide): SchemaChange[] {
	const key = ({kind, name, table}: SchemaObject) =>
		JSON.stringify([kind, prodSide.fold(table ?? ''), prodSide.fold(name)]);
	// What can't be compared on one side must not look as if it were missing there.
	const unknown = new Set(
		[...prodSide.catalog.notCompared, ...devSide.catalog.notCompared].map(({kind, name}) =>
			JSON.stringify([kind, prodSide.fold(name)]),
		),
	);
	return pairByKey(prodSide.catalog.objects, devSide.catalog.objects, key).flatMap(
		([prod, dev]): SchemaChange[] => {
			const {kind, name, table} = prod ?? dev;
			if (unknown.has(JSON.stringify([kind, prodSide.fold(name)]))) return [];
			const object = {object: kind, table: table ?? name, name} as const;
			if (prod && dev) return compareTexts(object, prod, dev, prodSide, devSide);
			if (prod) {
				if (table !== null && !hasOwner(devSide, table)) return [];
				return [makeDrop(object, defineWhole(prod, prodSide, devSide))];
			}
			if (table !== null && !hasOwner(prodSide, table)) return [];
			return [makeCreate(object, defineWhole(dev, devSide, prodSide))];
		},
	);
}

type Texts = Told & {readonly definition: string};

/** Facts decide where an object has nothing else (null facts: its text decides). */
function compareTexts(
	object: {readonly object: ObjectKind; readonly table: string; readonly name: string},
	prod: Texts & {readonly kind?: string},
	dev: Texts & {readonly kind?: string},
	prodSide: SchemaSide,
	devSide: SchemaSide,
): SchemaChange[] {
	const isToldByFacts = prod.kind !== undefined && prod.facts !== null && dev.facts !== null;
	const isSameText =
		isToldByFacts ||
		prodSide.normaliseText(prod.definition) === devSide.normaliseText(dev.definition);
	const details = [...(isSameText ? [] : ['definition']), ...compareFacts(prod, dev)];
	if (details.length === 0) return [];
	return [makeAlter(object, {prod: prod.definition, dev: dev.definition}, details)];
}

/** Whether there is a table, view or other object on which something of this owner could hang. */
function hasOwner({catalog, fold}: SchemaSide, name: string): boolean {
	const {tables, views, objects, notCompared} = catalog;
	return [...tables, ...views, ...objects.filter(({table}) => table === null), ...notCompared].some(
		(each) => fold(each.name) === fold(name),
	);
}
