import type {Catalog, SchemaObject, Trigger} from '../../../model/catalog.ts';
import type {Hazard} from '../../../model/hazard.ts';
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
export class AttachedMigration {
	readonly #changes: readonly SchemaChange[];
	readonly #prod: Catalog;
	readonly #dev: Catalog;
	/** What of prod's must let go of columns, whether it changes itself or not. */
	readonly #released: readonly Held[];

	/** @param isHeld Whether a text of this table speaks of columns that change. */
	constructor(
		changes: readonly SchemaChange[],
		prod: Catalog,
		dev: Catalog,
		isHeld: (table: string, text: string) => boolean,
	) {
		this.#changes = changes.filter(
			({object, table, name}) =>
				object === 'trigger' || (attachedKinds.has(object) && table !== name),
		);
		this.#prod = prod;
		this.#dev = dev;
		const all: Held[] = [
			...prod.triggers.map((one) => ({...triggerSql(one), ...place('trigger', one)})),
			...prod.objects.flatMap((one) => {
				const {kind, table} = one;
				if (table === null || !holdingKinds.has(kind)) return [];
				return [{...objectSql(one), ...place(kind, {...one, table})}];
			}),
		];
		this.#released = all.filter(({table, definition}) => isHeld(table, definition));
	}

	release(list: StatementList): void {
		for (const {object, table, name, drop, create} of this.#released) {
			const change = this.#changeOf({object, table, name});
			const isDropped = change?.action === 'drop';
			list.add({
				phase: 'drop foreign keys',
				table,
				summary: `drop ${object} ${name} of ${table}${isDropped ? '' : ', which is made anew'}`,
				sql: drop,
				undo: create,
				needs: isDropped ? change.needs : null,
				hazards: isDropped ? change.hazards : [],
			});
		}
	}

	/** @param isCovered Whether this view is made anew, with all that hangs on it. */
	finish(list: StatementList, isCovered: (owner: string) => boolean): void {
		for (const held of this.#released) {
			if (!this.#changeOf(held)) addCreation(list, held, held, []);
		}
		for (const change of this.#changes) {
			if (isCovered(change.table)) continue;
			const was = this.#find(this.#prod, change);
			const is = this.#find(this.#dev, change);
			if (!this.#released.some((held) => isSamePlace(held, change))) {
				migrateOne(list, change, was, is);
			} else if (is && change.action !== 'drop') addCreation(list, change, is, change.hazards);
		}
	}

	#changeOf(held: Place): SchemaChange | undefined {
		return this.#changes.find((change) => isSamePlace(held, change));
	}

	#find({triggers, objects}: Catalog, {object, table, name}: SchemaChange): ObjectSql | undefined {
		if (object === 'trigger') {
			const trigger = triggers.find((each) => each.table === table && each.name === name);
			return trigger && triggerSql(trigger);
		}
		const found = objects.find(
			(each) => each.kind === object && each.table === table && each.name === name,
		);
		return found && objectSql(found);
	}
}

/** What the server does not let go of columns by itself (manual, "ALTER TABLE", Notes). */
const holdingKinds: ReadonlySet<SchemaObject['kind']> = new Set<SchemaObject['kind']>([
	'policy',
	'rule',
]);

type Place = Pick<SchemaChange, 'object' | 'table' | 'name'>;
type Held = ObjectSql & Place;

function place(
	object: SchemaChange['object'],
	{table, name}: {readonly table: string; readonly name: string},
): Place {
	return {object, table, name};
}

function isSamePlace(a: Place, b: Place): boolean {
	return a.object === b.object && a.table === b.table && a.name === b.name;
}

function addCreation(
	list: StatementList,
	{object, table, name}: Place,
	{create, drop}: ObjectSql,
	hazards: readonly Hazard[],
): void {
	const what = `${object} ${name} of ${table}`;
	for (const [at, sql] of create.entries()) {
		list.add({
			phase: 'indexes and foreign keys',
			table,
			summary: `${at === 0 ? 'create' : 'finish'} ${what}`,
			sql,
			undo: at === 0 ? [drop] : [],
			hazards: at === 0 ? hazards : [],
		});
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
): void {
	const {object, table, name, action, needs, hazards} = change;
	const what = `${object} ${name} of ${table}`;
	const phase = 'indexes and foreign keys';
	if (action === 'alter' && was && is && was.definition === is.definition) {
		list.add({phase, table, summary: `comment on ${what}`, sql: is.comment, undo: [was.comment]});
		return;
	}
	if (was && action !== 'create') {
		const isDropped = action === 'drop';
		// What refuses rows goes before them.
		const isStrict = object === 'exclusion constraint';
		list.add({
			phase: isStrict ? 'alter' : isDropped ? 'drop' : phase,
			table,
			summary: `drop ${what}`,
			sql: was.drop,
			undo: was.create,
			needs: isDropped ? needs : null,
			hazards: isDropped ? hazards : [],
		});
	}
	if (is && action !== 'drop') addCreation(list, change, is, hazards);
}
