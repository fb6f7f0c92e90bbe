import type {PrimaryKey, Table} from '../../model/catalog.ts';
import type {Hazard} from '../../model/hazard.ts';
import {definePrimaryKey, describeColumns} from '../../model/part-definition.ts';
import type {SchemaChange} from '../../model/schema-change.ts';
import {compareColumns} from './compare-columns.ts';
import {compareParts} from './compare-parts.ts';
import {compareFacts, listConstraintFacts} from './compare-facts.ts';
import type {SchemaSide} from './comparison.ts';
import {makeAlter, makeCreate, makeDrop} from './make-change.ts';

/** Compares a table that both sides have, part by part. */
export function compareTable(
	prod: Table,
	dev: Table,
	prodSide: SchemaSide,
	devSide: SchemaSide,
): SchemaChange[] {
	return [
		...compareOptions(prod, dev, prodSide, devSide),
		...compareColumns(prod, dev, prodSide, devSide),
		...comparePrimaryKeys(prod, dev, prodSide, devSide),
		...compareParts(prod, dev, prodSide, devSide),
	];
}

function compareOptions(
	prod: Table,
	dev: Table,
	prodSide: SchemaSide,
	devSide: SchemaSide,
): SchemaChange[] {
	const details = [
		...dev.options.filter((option) => !prod.options.includes(option)).map((one) => `${one} added`),
		...prod.options
			.filter((option) => !dev.options.includes(option))
			.map((one) => `${one} removed`),
		...comparePartitioning(prod, dev, prodSide, devSide),
		...compareFacts(
			prod.comment === undefined ? {} : {comment: prod.comment},
			dev.comment === undefined ? {} : {comment: dev.comment},
		),
	];
	if (details.length === 0) return [];
	const name = {object: 'table', table: prod.name, name: prod.name} as const;
	return [makeAlter(name, {prod: prod.definition, dev: dev.definition}, details)];
}

function comparePartitioning(
	prod: Table,
	dev: Table,
	prodSide: SchemaSide,
	devSide: SchemaSide,
): string[] {
	const spell = (table: Table, side: SchemaSide) =>
		table.partitioning === undefined ? '' : side.normaliseExpression(table.partitioning, table);
	if (spell(prod, prodSide) === spell(dev, devSide)) return [];
	return [`partitions ${prod.partitioning ?? 'none'} → ${dev.partitioning ?? 'none'}`];
}

function comparePrimaryKeys(
	prod: Table,
	dev: Table,
	prodSide: SchemaSide,
	devSide: SchemaSide,
): SchemaChange[] {
	const [before, after] = [prod.primaryKey, dev.primaryKey];
	const key = before ?? after;
	if (!key) return [];
	const label = key.name ?? describeColumns(key.columns);
	const name = {object: 'primary key', table: prod.name, name: label} as const;
	const hazards: Hazard[] = [
		{kind: 'mayViolate', message: 'Fails if two rows have the same primary key, or one has none.'},
	];
	if (!before) return after ? [makeCreate(name, definePrimaryKey(after), hazards)] : [];
	if (!after) return [makeDrop(name, definePrimaryKey(before))];

	const details: string[] = [];
	const nameOf = (key: PrimaryKey, side: SchemaSide) =>
		key.name === null || key.isAutoNamed ? null : side.fold(key.name);
	if (nameOf(before, prodSide) !== nameOf(after, devSide)) {
		details.push(`name ${before.name ?? 'none'} → ${after.name ?? 'none'}`);
	}
	if (before.onConflict !== after.onConflict) {
		details.push(`ON CONFLICT ${before.onConflict ?? 'ABORT'} → ${after.onConflict ?? 'ABORT'}`);
	}
	const isMoved =
		prodSide.normaliseColumns(before.columns, prod, dev) !==
		devSide.normaliseColumns(after.columns, dev, prod);
	if (isMoved) details.push('columns');
	const [facts, newFacts] = [listConstraintFacts(before), listConstraintFacts(after)];
	for (const what of new Set([...Object.keys(facts), ...Object.keys(newFacts)])) {
		if (facts[what] !== newFacts[what]) details.push(what);
	}
	if (details.length === 0) return [];
	const definitions = {prod: definePrimaryKey(before), dev: definePrimaryKey(after)};
	return [makeAlter(name, definitions, details, {hazards: isMoved ? hazards : []})];
}
