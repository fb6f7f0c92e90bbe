import type {Catalog, Dependency, ObjectReference} from '../../../model/catalog.ts';
import type {Hazard} from '../../../model/hazard.ts';
import {isTablePart, type SchemaChange} from '../../../model/schema-change.ts';
import {findDefinable, referenceTo, type Definable} from './definable.ts';
import {
	commentOnObject,
	commentOnView,
	createObject,
	createTrigger,
	createView,
	dropObject,
	dropView,
} from './object-sql.ts';
import {findDependents, keyOf, orderByDependencies, type Seed} from './references.ts';
import type {StatementList} from './statement-list.ts';

/** Kinds that are made anew when what they read changes. */
const remakable = new Set<ObjectReference['kind']>([
	'view',
	'materialized view',
	'function',
	'procedure',
]);

/**
Views and routines: those that change, those that are new, and those that must let go while
something beneath them changes.
*/
export class CodeMigration {
	readonly #prod: Catalog;
	readonly #dev: Catalog;
	readonly #changes: readonly SchemaChange[];
	/** Dropped before anything changes, and made again at the end unless they are to go. */
	readonly #remade: readonly Definable[];
	readonly #order: readonly Dependency[];

	/** @param seeds Columns and types beneath that change so that nothing can hold on to them. */
	constructor(
		changes: readonly SchemaChange[],
		prod: Catalog,
		dev: Catalog,
		seeds: readonly Seed[],
	) {
		this.#prod = prod;
		this.#dev = dev;
		this.#changes = changes;
		const altered = changes.filter(
			({action, object}) => action === 'alter' && remakable.has(toReferenceKind(object)),
		);
		const own = altered
			.filter((change) => this.#mustBeRemade(change))
			.map((change): Seed => ({object: referenceOf(change), column: null}));
		const dependents = findDependents([...seeds, ...own], prod, ({kind}) => remakable.has(kind));
		const references = new Map(
			[...own.map(({object}) => object), ...dependents].map((one) => [keyOf(one), one]),
		);
		const found = [...references.values()].flatMap((one) => findDefinable(prod, one) ?? []);
		const sorted = found.sort((a, b) => (keyOf(referenceTo(a)) < keyOf(referenceTo(b)) ? -1 : 1));
		this.#remade = orderByDependencies(sorted, prod.dependencies);
		this.#order = [...dev.dependencies, ...prod.dependencies];
	}

	/** A text that only differs below its head can be put in the place of the other. */
	#mustBeRemade(change: SchemaChange): boolean {
		if (change.details.every((detail) => detail.startsWith('comment'))) return false;
		if (change.object !== 'function' && change.object !== 'procedure') return true;
		const head = (text: string | null) => /^(.*?)\n LANGUAGE /s.exec(text ?? '')?.[1];
		return head(change.prod) !== head(change.dev);
	}

	isRemade(reference: ObjectReference): boolean {
		return this.#remade.some((each) => keyOf(referenceTo(each)) === keyOf(reference));
	}

	/** Drops what must let go, whoever needs others first. */
	release(list: StatementList): void {
		for (const item of this.#remade.toReversed()) {
			const change = this.#changeOf(item);
			const isDropped = change?.action === 'drop';
			list.add({
				phase: 'drop foreign keys',
				table: item.object.name,
				summary: `drop ${describe(item)}${isDropped ? '' : ', which is made anew'}`,
				sql: spellDrop(item),
				undo: [...spellCreation(item), ...this.#spellBelongings(item, this.#prod)],
				needs: isDropped ? change.needs : null,
				hazards: [...(isDropped ? change.hazards : []), ...this.#warnOfGrants(item)],
			});
		}
	}

	/** Makes what was dropped for a while, and what is new. */
	finish(list: StatementList, isEarly: (reference: ObjectReference) => boolean): void {
		const items = [
			...this.#remade.flatMap((item): Definable[] => {
				const change = this.#changeOf(item);
				if (change?.action === 'drop') return [];
				const own = change?.action === 'alter' ? findDefinable(this.#dev, referenceTo(item)) : item;
				return own ? [own] : [];
			}),
			...this.#listNew().filter((item) => !isEarly(referenceTo(item))),
		];
		for (const item of orderByDependencies(items, this.#order)) {
			const change = this.#changeOf(item);
			const isNew = change?.action === 'create';
			const all = [...spellCreation(item), ...this.#spellFinalBelongings(item, isNew)];
			for (const [at, sql] of all.entries()) {
				list.add({
					phase: 'indexes and foreign keys',
					table: item.object.name,
					summary: at === 0 ? `create ${describe(item)}` : `finish ${describe(item)}`,
					sql,
					undo: at === 0 ? [spellDrop(item)] : [],
					hazards: at === 0 && isNew ? change.hazards : [],
				});
			}
		}
		for (const change of this.#changes.filter(({action}) => action === 'alter')) {
			this.#replace(list, change);
		}
	}

	/** New views and routines. */
	#listNew(): Definable[] {
		return this.#changes
			.filter(({action, object}) => action === 'create' && remakable.has(toReferenceKind(object)))
			.flatMap((change) => findDefinable(this.#dev, referenceOf(change)) ?? []);
	}

	/** New routines that tables or types need, or that need nothing that is made later. */
	listEarly(isLate: (reference: ObjectReference) => boolean): Definable[] {
		return this.#listNew().filter(({kind, object}) => {
			const isRoutine =
				kind === 'object' && (object.kind === 'function' || object.kind === 'procedure');
			return isRoutine && !isLate(referenceTo({kind, object}));
		});
	}

	/** CREATE OR REPLACE, and comments. */
	#replace(list: StatementList, change: SchemaChange): void {
		const reference = referenceOf(change);
		if (!remakable.has(reference.kind) || this.isRemade(reference)) return;
		const [before, after] = [
			findDefinable(this.#prod, reference),
			findDefinable(this.#dev, reference),
		];
		if (!before || !after) return;
		if (before.object.definition !== after.object.definition) {
			list.add({
				phase: 'indexes and foreign keys',
				table: change.table,
				summary: `replace ${describe(after)}`,
				sql: after.object.definition,
				undo: [before.object.definition],
				hazards: change.hazards,
			});
		}
		if (before.object.comment === after.object.comment) return;
		list.add({
			phase: 'indexes and foreign keys',
			table: change.table,
			summary: `comment on ${describe(after)}`,
			sql: spellComment(after),
			undo: [spellComment(before)],
		});
	}

	#changeOf(item: Definable): SchemaChange | undefined {
		const key = keyOf(referenceTo(item));
		return this.#changes.find((change) => keyOf(referenceOf(change)) === key);
	}

	/** Indexes, triggers and rules that a view or materialized view takes with it. */
	#spellBelongings(
		{object, kind}: Definable,
		{objects, triggers}: Catalog,
		isWanted: (sort: string, name: string) => boolean = () => true,
	): string[] {
		if (kind === 'table') return [];
		const own = <Part extends {readonly table: string | null}>(parts: readonly Part[]) =>
			parts.filter(({table}) => table === object.name);
		return [
			...own(objects)
				.filter((each) => isWanted(each.kind, each.name))
				.flatMap(createObject),
			...own(triggers)
				.filter(({name}) => isWanted('trigger', name))
				.flatMap(createTrigger),
		];
	}

	/** Dev's where they were chosen, else prod's. */
	#spellFinalBelongings(item: Definable, isNew: boolean): string[] {
		if (isNew) return this.#spellBelongings(item, this.#dev);
		const own = this.#changes.filter(
			({table, name}) => table === item.object.name && table !== name,
		);
		const find = (sort: string, name: string) =>
			own.find((change) => change.object === sort && change.name === name);
		return [
			...this.#spellBelongings(item, this.#prod, (sort, name) => !find(sort, name)),
			...this.#spellBelongings(item, this.#dev, (sort, name) => {
				const change = find(sort, name);
				return change !== undefined && change.action !== 'drop';
			}),
		];
	}

	#warnOfGrants({object}: Definable): Hazard[] {
		const grants = this.#prod.notCompared.find(
			({kind, name}) => kind.startsWith('grants on') && name === object.name,
		);
		if (!grants) return [];
		const acl = grants.reason.replace(/^not compared: /, '');
		return [
			{
				kind: 'dropsObject',
				message: `${object.name} is made anew and loses its grants (${acl}): give them again.`,
			},
		];
	}
}

export function referenceOf({object, name}: SchemaChange): ObjectReference {
	return {kind: toReferenceKind(object), name};
}

/** Parts of tables stand for nothing in the dependencies: their name is no table's. */
function toReferenceKind(object: SchemaChange['object']): ObjectReference['kind'] {
	return object === 'trigger' || isTablePart(object) ? 'index' : object;
}

export function describe(item: Definable): string {
	return `${referenceTo(item).kind} ${item.object.name}`;
}

export function spellDrop(item: Definable): string {
	if (item.kind === 'view') return dropView(item.object);
	return item.kind === 'object' ? dropObject(item.object) : '';
}

function spellComment(item: Definable): string {
	if (item.kind === 'view') return commentOnView(item.object);
	return item.kind === 'object' ? commentOnObject(item.object, item.object.comment) : '';
}

export function spellCreation(item: Definable): string[] {
	if (item.kind === 'view') return createView(item.object);
	return item.kind === 'object' ? createObject(item.object) : [];
}
