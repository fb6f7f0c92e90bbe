import type {Catalog, SchemaObject, Trigger} from '../../../model/catalog.ts';
import type {Phase} from '../../../model/plan.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import {
	commentOnObject,
	commentOnTrigger,
	createObject,
	createTrigger,
	dropObject,
	dropTrigger,
} from './object-sql.ts';
import type {StatementList} from './statement-list.ts';

/** What hangs on a table or view and is dropped and made by one statement each. */
export function migrateAttached(
	list: StatementList,
	changes: readonly SchemaChange[],
	prod: Catalog,
	dev: Catalog,
	isCovered: (owner: string) => boolean,
): void {
	const ofTrigger = ({triggers}: Catalog, {table, name}: SchemaChange) =>
		triggers.find((each) => each.table === table && each.name === name);
	const ofObject = ({objects}: Catalog, {object, table, name}: SchemaChange) =>
		objects.find((each) => each.kind === object && each.table === table && each.name === name);
	for (const change of changes) {
		if (change.object === 'trigger') {
			const [was, is] = [ofTrigger(prod, change), ofTrigger(dev, change)];
			migrateOne(list, change, was && triggerSql(was), is && triggerSql(is), isCovered);
		} else if (attachedKinds.has(change.object)) {
			const [was, is] = [ofObject(prod, change), ofObject(dev, change)];
			migrateOne(list, change, was && objectSql(was), is && objectSql(is), isCovered);
		}
	}
}

const attachedKinds: ReadonlySet<SchemaChange['object']> = new Set<SchemaChange['object']>([
	'policy',
	'rule',
	'statistics',
	'exclusion constraint',
	'index',
]);

type ObjectSql = {
	readonly create: readonly string[];
	readonly drop: string;
	/** Without the comment. */
	readonly definition: string;
	readonly comment: string;
};

function triggerSql(trigger: Trigger): ObjectSql {
	return {
		create: createTrigger(trigger),
		drop: dropTrigger(trigger),
		definition: createTrigger({...trigger, comment: ''})
			.slice(0, -1)
			.join(';'),
		comment: commentOnTrigger(trigger),
	};
}

function objectSql(object: SchemaObject): ObjectSql {
	return {
		create: createObject(object),
		drop: dropObject(object),
		definition: object.definition,
		comment: commentOnObject(object, object.comment),
	};
}

function migrateOne(
	list: StatementList,
	change: SchemaChange,
	was: ObjectSql | undefined,
	is: ObjectSql | undefined,
	isCovered: (owner: string) => boolean,
): void {
	const {object, table, name, action, needs, hazards} = change;
	if (isCovered(table)) return;
	const what = `${object} ${name} of ${table}`;
	const phase = 'indexes and foreign keys';
	if (action === 'alter' && was && is && was.definition === is.definition) {
		list.add({phase, table, summary: `comment on ${what}`, sql: is.comment, undo: [was.comment]});
		return;
	}
	if (was && action !== 'create') {
		// What refuses rows goes before them.
		const early: Phase = object === 'exclusion constraint' ? 'alter' : phase;
		list.add({
			phase: action === 'drop' && early === phase ? 'drop' : early,
			table,
			summary: `drop ${what}`,
			sql: was.drop,
			undo: was.create,
			needs: action === 'drop' ? needs : null,
			hazards: action === 'drop' ? hazards : [],
		});
	}
	if (!is || action === 'drop') return;
	for (const [at, sql] of is.create.entries()) {
		list.add({
			phase,
			table,
			summary: at === 0 ? `create ${what}` : `finish ${what}`,
			sql,
			undo: at === 0 ? [is.drop] : [],
			hazards: at === 0 ? hazards : [],
		});
	}
}
