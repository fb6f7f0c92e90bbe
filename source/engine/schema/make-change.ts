import type {Hazard} from '../../model/hazard.ts';
import {
	isTablePart,
	type AllowKind,
	type ObjectKind,
	type SchemaChange,
} from '../../model/schema-change.ts';

/** The kind that must be allowed before an object of this sort is dropped. */
const dropKinds = {
	table: 'dropTable',
	column: 'dropColumn',
	'primary key': 'dropConstraint',
	unique: 'dropConstraint',
	check: 'dropConstraint',
	'foreign key': 'dropForeignKey',
	index: 'dropIndex',
	view: 'dropView',
	trigger: 'dropTrigger',
	'materialized view': 'dropView',
	function: 'dropRoutine',
	procedure: 'dropRoutine',
	aggregate: 'dropRoutine',
	package: 'dropRoutine',
	sequence: 'dropSequence',
	enum: 'dropType',
	domain: 'dropType',
	'composite type': 'dropType',
	'range type': 'dropType',
	// A partition holds rows; the others are parts of their table.
	partition: 'dropTable',
	'exclusion constraint': 'dropConstraint',
	statistics: 'dropIndex',
	policy: 'dropPolicy',
	rule: 'dropTrigger',
	event: 'dropEvent',
	synonym: 'dropView',
	schema: 'dropSchema',
	extension: 'dropExtension',
} as const satisfies Record<ObjectKind, AllowKind>;

export type ObjectName = Pick<SchemaChange, 'object' | 'table' | 'name'>;

export function makeCreate(
	name: ObjectName,
	dev: string,
	hazards: readonly Hazard[] = [],
): SchemaChange {
	const id = makeId('create', name);
	return {id, action: 'create', ...name, prod: null, dev, details: [], needs: null, hazards};
}

export function makeDrop(
	name: ObjectName,
	prod: string,
	hazards: readonly Hazard[] = [],
): SchemaChange {
	return {
		id: makeId('drop', name),
		action: 'drop',
		...name,
		prod,
		dev: null,
		details: [],
		needs: dropKinds[name.object],
		hazards: [...hazards, ...listDropHazards(name)],
	};
}

export function makeAlter(
	name: ObjectName,
	definitions: {readonly prod: string; readonly dev: string},
	details: readonly string[],
	{needs = null, hazards = []}: Partial<Pick<SchemaChange, 'needs' | 'hazards'>> = {},
): SchemaChange {
	const id = makeId('alter', name);
	return {id, action: 'alter', ...name, ...definitions, details, needs, hazards};
}

function makeId(action: string, {object, table, name}: ObjectName): string {
	if (!isPart(object, {table, name}) || object === 'primary key')
		return `${action} ${object} ${table}`;
	return `${action} ${object} ${table}.${name}`;
}

/** A column may be named as its table is; an object that belongs to none always says its name twice. */
function isPart(object: ObjectKind, {table, name}: Pick<ObjectName, 'table' | 'name'>): boolean {
	return isTablePart(object) || object === 'trigger' || table !== name;
}

function listDropHazards({object, table, name}: ObjectName): Hazard[] {
	const noUndo: Hazard = {kind: 'noUndo', message: 'What is in it can not be brought back.'};
	if (object === 'table') {
		return [{kind: 'dropsData', message: `Deletes ${table} with all of its rows.`}, noUndo];
	}
	if (object === 'column') {
		const message = `Deletes the values of ${table}.${name} in every row.`;
		return [{kind: 'dropsData', message}, noUndo];
	}
	if (object === 'partition') {
		return [
			{kind: 'dropsData', message: `Deletes partition ${name} with all of its rows.`},
			noUndo,
		];
	}
	const what = object === 'primary key' ? `the primary key of ${table}` : `${object} ${name}`;
	return [{kind: 'dropsObject', message: `Drops ${what}, which only prod has.`}];
}
