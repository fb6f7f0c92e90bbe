import type {Column, Table} from '../../model/catalog.ts';
import type {Hazard} from '../../model/hazard.ts';
import {defineColumn} from '../../model/part-definition.ts';
import type {AllowKind, SchemaChange} from '../../model/schema-change.ts';
import {compareFacts, type Told} from './compare-facts.ts';
import type {SchemaSide} from './comparison.ts';
import {findRenames, makeRenameHazard} from './find-renames.ts';
import {makeAlter, makeCreate, makeDrop} from './make-change.ts';

/** Compares the columns of a table by name; their order is no difference. */
export function compareColumns(
	prod: Table,
	dev: Table,
	prodSide: SchemaSide,
	devSide: SchemaSide,
): SchemaChange[] {
	const rest = new Map(prod.columns.map((column) => [prodSide.fold(column.name), column]));
	const changes: SchemaChange[] = [];
	const created: Column[] = [];
	const followsKey = makeKeyTest(prod, dev, prodSide, devSide);
	for (const column of dev.columns) {
		const other = rest.get(devSide.fold(column.name));
		rest.delete(devSide.fold(column.name));
		const name = {object: 'column', table: prod.name, name: other?.name ?? column.name} as const;
		if (!other) {
			created.push(column);
			changes.push(makeCreate(name, defineColumn(column), listCreateHazards(column)));
			continue;
		}
		const details = [
			...compareValues(other, column, prodSide, followsKey(column)),
			...compareGenerated(other, column, prod, dev, prodSide, devSide),
		];
		if (details.length === 0) continue;
		const definitions = {prod: defineColumn(other), dev: defineColumn(column)};
		changes.push(makeAlter(name, definitions, details, judgeAlteration(other, column, prodSide)));
	}
	const dropped = [...rest.values()];
	const renames = findRenames(prod, dev, {dropped, created}, (before, after) => {
		const details = compareValues(before, after, prodSide, false);
		details.push(...compareGenerated(before, after, prod, dev, prodSide, devSide));
		return details.length === 0;
	});
	for (const column of dropped) {
		const name = {object: 'column', table: prod.name, name: column.name} as const;
		const heir = renames.get(column);
		const hazards = heir ? [makeRenameHazard(column, heir)] : [];
		changes.push(makeDrop(name, defineColumn(column), hazards));
	}
	return changes;
}

function listCreateHazards({name, nullable, generated, identity, ...column}: Column): Hazard[] {
	if (nullable || generated || identity || column.default !== null) return [];
	const message = `${name} is NOT NULL without a default: rows that dev does not have get no value for it.`;
	return [{kind: 'mayViolate', message}];
}

/**
Tells for which columns it follows from another change whether NULL may stand in them: those
of a primary key that changes, and where the table's options decide, of any key.
*/
function makeKeyTest(
	prod: Table,
	dev: Table,
	prodSide: SchemaSide,
	devSide: SchemaSide,
): (column: Column) => boolean {
	const [before, after] = [prod.primaryKey?.columns ?? [], dev.primaryKey?.columns ?? []];
	const isMoved =
		prodSide.normaliseColumns(before, prod, dev) !== devSide.normaliseColumns(after, dev, prod);
	const isOtherKind =
		prodSide.rules.traits.identityFollowsKey &&
		[...prod.options].sort().join() !== [...dev.options].sort().join();
	const names = new Set([...before, ...after].map(({column}) => prodSide.fold(column ?? '')));
	return ({name}) => (isMoved || isOtherKind) && names.has(prodSide.fold(name));
}

function compareValues(
	prod: Column,
	dev: Column,
	{rules}: SchemaSide,
	followsKey: boolean,
): string[] {
	const {normalise, traits} = rules;
	const details: string[] = [];
	const note = (what: string, before: string, after: string) =>
		details.push(`${what} ${before} → ${after}`.trim());
	if (normalise.type(prod.type) !== normalise.type(dev.type)) {
		note('type', prod.type || 'none', dev.type || 'none');
	}
	if (!followsKey) {
		if (prod.nullable !== dev.nullable) note('', spellNull(prod), spellNull(dev));
		else if (prod.onNull !== dev.onNull) {
			note('ON CONFLICT', prod.onNull ?? 'ABORT', dev.onNull ?? 'ABORT');
		}
	}
	const normaliseDefault = (column: Column) =>
		column.default === null ? null : normalise.default(column.default, column.type);
	const normaliseUpdate = ({onUpdate, type}: Column) =>
		onUpdate === undefined ? null : normalise.default(onUpdate, type);
	if (normaliseDefault(prod) !== normaliseDefault(dev)) {
		note('default', prod.default ?? 'none', dev.default ?? 'none');
	}
	if (prod.collation?.toUpperCase() !== dev.collation?.toUpperCase()) {
		note('collation', prod.collation ?? 'none', dev.collation ?? 'none');
	}
	if (!traits.identityFollowsKey && prod.identity !== dev.identity) {
		details.push(dev.identity ? 'identity added' : 'identity removed');
	} else if (prod.identitySource && dev.identitySource) {
		const [before, after] = [prod.identitySource, dev.identitySource];
		if (before.how !== after.how) note('identity', before.how, after.how);
		details.push(...compareFacts({facts: before.facts}, {facts: after.facts}));
	}
	if (prod.characterSet !== dev.characterSet) {
		note('character set', prod.characterSet ?? 'none', dev.characterSet ?? 'none');
	}
	if (normaliseUpdate(prod) !== normaliseUpdate(dev)) {
		note('ON UPDATE', prod.onUpdate ?? 'none', dev.onUpdate ?? 'none');
	}
	return [...details, ...compareFacts(listTold(prod), listTold(dev))];
}

function listTold({facts = [], comment}: Column): Told {
	return {facts, ...(comment === undefined ? {} : {comment})};
}

function spellNull({nullable}: Column): string {
	return nullable ? 'NULL' : 'NOT NULL';
}

function compareGenerated(
	prod: Column,
	dev: Column,
	prodTable: Table,
	devTable: Table,
	prodSide: SchemaSide,
	devSide: SchemaSide,
): string[] {
	const spell = ({generated}: Column, side: SchemaSide, table: Table) =>
		generated &&
		`${side.normaliseExpression(generated.expression, table)} ${generated.stored ? 'stored' : ''}`;
	if (spell(prod, prodSide, prodTable) === spell(dev, devSide, devTable)) return [];
	const show = ({generated}: Column) =>
		generated ? `(${generated.expression}) ${generated.stored ? 'STORED' : 'VIRTUAL'}` : 'no';
	return [`generated ${show(prod)} → ${show(dev)}`];
}

/** What a changed column destroys, and what may stand against it. */
function judgeAlteration(
	prod: Column,
	dev: Column,
	{rules}: SchemaSide,
): {needs: AllowKind | null; hazards: Hazard[]} {
	const hazards: Hazard[] = [];
	if (prod.nullable && !dev.nullable && !dev.generated) {
		const message = `Fails if a row still has no value in ${prod.name} when the rows are done.`;
		hazards.push({kind: 'mayViolate', message});
	}
	if (!prod.generated && dev.generated) {
		const message = `The values in ${prod.name} are replaced by computed ones.`;
		return {needs: 'dropColumn', hazards: [...hazards, {kind: 'dropsData', message}]};
	}
	if (prod.generated || !rules.normalise.isNarrowing(prod.type, dev.type)) {
		return {needs: null, hazards};
	}
	const message = `Values in ${prod.name} may be changed or lost: ${prod.type || 'no type'} → ${dev.type || 'no type'}.`;
	return {needs: 'narrowType', hazards: [{kind: 'narrowsType', message}, ...hazards]};
}
