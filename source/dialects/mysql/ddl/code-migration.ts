import type {Catalog, SchemaObject, Trigger, View} from '../../../model/catalog.ts';
import type {Hazard} from '../../../model/hazard.ts';
import type {Phase} from '../../../model/plan.ts';
import type {ObjectKind, SchemaChange} from '../../../model/schema-change.ts';
import {areNamesEqual, foldName} from '../catalog/fold-name.ts';
import {quoteName, quoteTable} from '../names.ts';
import {adoptDefiner, orReplace, placeTrigger, readFollowed} from './code-text.ts';
import {orderByNeeds} from './order-by-needs.ts';
import type {SchemaDraft} from './schema-draft.ts';

type Named = {readonly name: string; readonly definition: string};
/** An object that is made or dropped, on account of which change, and what it is on the other side. */
type Step<Part extends Named> = {
	readonly part: Part;
	readonly change: SchemaChange;
	readonly before: Part | null;
};

/** What holds no rows: sequences, routines, views, triggers and events. */
export class CodeMigration {
	readonly #changes: readonly SchemaChange[];
	readonly #prod: Catalog;
	readonly #dev: Catalog;

	constructor(changes: readonly SchemaChange[], prod: Catalog, dev: Catalog) {
		this.#changes = changes;
		this.#prod = prod;
		this.#dev = dev;
	}

	/** Views and sequences that give up their names. */
	dropEarly(draft: SchemaDraft, freed: ReadonlySet<string>): void {
		for (const kind of ['view', 'sequence'] as const) {
			for (const change of this.#select('drop', kind)) {
				if (freed.has(foldName(change.name))) this.#drop(draft, change, 'create');
			}
		}
	}

	/** What tables and views may need. */
	createEarly(draft: SchemaDraft): void {
		for (const kind of ['sequence', 'function', 'procedure'] as const) {
			for (const {part, change} of this.#listObjects('create', kind)) {
				this.#create(draft, 'create', change, adoptDefiner(part.definition, null));
			}
		}
	}

	alter(draft: SchemaDraft): void {
		for (const {part, before, change} of this.#listObjects('alter', 'sequence')) {
			if (!before) continue;
			const alter = ({definition}: SchemaObject) =>
				definition.replace(/^CREATE SEQUENCE (\S+) START WITH/, 'ALTER SEQUENCE $1 START');
			draft.add({
				phase: 'alter',
				table: change.table,
				summary: `alter sequence ${change.name}`,
				sql: alter(part),
				undo: [alter(before)],
				hazards: change.hazards,
			});
		}
	}

	create(draft: SchemaDraft): void {
		const phase = 'indexes and foreign keys';
		for (const kind of ['function', 'procedure'] as const) {
			for (const step of this.#listObjects('alter', kind)) this.#replace(draft, phase, step);
		}
		for (const {part, change, before} of this.#orderViews()) {
			const text = orReplace(adoptDefiner(part.definition, before?.definition ?? null));
			draft.add({
				phase,
				table: part.name,
				summary: `${change.action} view ${part.name}`,
				sql: before ? text : text.replace(/^CREATE OR REPLACE /, 'CREATE '),
				undo: [before ? orReplace(before.definition) : `DROP VIEW ${quoteTable(part.name)}`],
				hazards: change.hazards,
			});
		}
		this.#createTriggers(draft);
		for (const {part, change} of this.#listObjects('create', 'event')) {
			this.#create(draft, phase, change, adoptDefiner(part.definition, null));
		}
		for (const step of this.#listObjects('alter', 'event')) this.#replace(draft, phase, step);
	}

	/** Whoever refers to others goes before them. */
	dropRest(draft: SchemaDraft, freed: ReadonlySet<string>): void {
		const isLeft = ({name}: SchemaChange) => !freed.has(foldName(name));
		for (const kind of ['event', 'trigger'] as const) {
			for (const change of this.#select('drop', kind)) this.#drop(draft, change, 'drop');
		}
		const views = this.#prod.views.filter(({name}) =>
			this.#select('drop', 'view').some((change) => isLeft(change) && isNamed(change, name)),
		);
		for (const {name} of orderByNeeds(views, 'view', this.#prod.dependencies).toReversed()) {
			const change = this.#select('drop', 'view').find((each) => isNamed(each, name));
			if (change) this.#drop(draft, change, 'drop');
		}
		for (const kind of ['procedure', 'function'] as const) {
			for (const change of this.#select('drop', kind)) this.#drop(draft, change, 'drop');
		}
	}

	/** Columns take their defaults from them. */
	dropSequences(draft: SchemaDraft, freed: ReadonlySet<string>): void {
		for (const change of this.#select('drop', 'sequence')) {
			if (!freed.has(foldName(change.name))) this.#drop(draft, change, 'drop');
		}
	}

	#select(action: SchemaChange['action'], object: ObjectKind): SchemaChange[] {
		return this.#changes
			.filter((change) => change.action === action && change.object === object)
			.sort((a, b) => (a.name < b.name ? -1 : 1));
	}

	#listObjects(action: 'create' | 'alter', kind: SchemaObject['kind']): Step<SchemaObject>[] {
		const isOf = (object: SchemaObject) => object.kind === kind;
		return this.#pair(
			this.#select(action, kind),
			this.#prod.objects.filter(isOf),
			this.#dev.objects.filter(isOf),
		);
	}

	#pair<Part extends Named>(
		changes: readonly SchemaChange[],
		prod: readonly Part[],
		dev: readonly Part[],
	): Step<Part>[] {
		return changes.flatMap((change) => {
			const part = dev.find(({name}) => isNamed(change, name));
			const before = prod.find(({name}) => isNamed(change, name)) ?? null;
			return part ? [{part, change, before: change.action === 'alter' ? before : null}] : [];
		});
	}

	#orderViews(): Step<View>[] {
		const changes = [...this.#select('create', 'view'), ...this.#select('alter', 'view')];
		const steps = this.#pair(changes, this.#prod.views, this.#dev.views);
		const ordered = orderByNeeds(
			steps.map(({part}) => part),
			'view',
			this.#dev.dependencies,
		);
		return ordered.flatMap((view) => steps.filter(({part}) => part === view));
	}

	/** Those that were chosen, and those of tables that are new. */
	#createTriggers(draft: SchemaDraft): void {
		const phase = 'indexes and foreign keys';
		const altered = this.#pair(
			this.#select('alter', 'trigger'),
			this.#prod.triggers,
			this.#dev.triggers,
		);
		for (const {before} of altered) {
			if (!before) continue;
			draft.add({
				phase,
				table: before.table,
				summary: `drop trigger ${before.name} to make it anew`,
				sql: `DROP TRIGGER ${quoteTable(before.name)}`,
				undo: [before.definition],
				hazards: [gap(before.table, before.name)],
			});
		}
		const created = this.#pair(
			this.#select('create', 'trigger'),
			this.#prod.triggers,
			this.#dev.triggers,
		);
		const owners = this.#select('create', 'table').map(({name}) => name);
		const owned = this.#dev.triggers.filter(
			({name, table}) =>
				owners.some((owner) => areNamesEqual(owner, table)) &&
				!this.#prod.triggers.some((each) => areNamesEqual(each.name, name)),
		);
		const steps = [
			...altered.map(({part, before, change}) => ({trigger: part, before, change})),
			...created.map(({part, change}) => ({trigger: part, before: null, change})),
			...owned.map((trigger) => ({trigger, before: null, change: null})),
		];
		const present = new Set(
			this.#prod.triggers
				.map(({name}) => foldName(name))
				.filter((name) => !altered.some(({part}) => foldName(part.name) === name)),
		);
		for (const {trigger, before, change} of this.#orderTriggers(steps)) {
			const follows = this.#findPlace(trigger, present);
			const text = adoptDefiner(trigger.definition, before?.definition ?? null);
			draft.add({
				phase,
				table: trigger.table,
				summary: `create trigger ${trigger.name}`,
				sql: placeTrigger(text, follows === null ? null : quoteName(follows)),
				undo: [`DROP TRIGGER ${quoteTable(trigger.name)}`],
				hazards: change?.hazards ?? [],
			});
			present.add(foldName(trigger.name));
		}
	}

	/** As dev's catalog has them, those of one moment come in the order of firing. */
	#orderTriggers<Step extends {readonly trigger: Trigger}>(steps: readonly Step[]): Step[] {
		const depth = ({definition}: Trigger): number => {
			const followed = readFollowed(definition);
			const other = this.#dev.triggers.find(({name}) => areNamesEqual(name, followed ?? ''));
			return followed === null || !other ? 0 : depth(other) + 1;
		};
		return [...steps].sort(
			(a, b) => depth(a.trigger) - depth(b.trigger) || (a.trigger.name < b.trigger.name ? -1 : 1),
		);
	}

	/** The nearest of those that fire before it on dev which prod has; null: it comes last. */
	#findPlace(trigger: Trigger, present: ReadonlySet<string>): string | null {
		let followed = readFollowed(trigger.definition);
		while (followed !== null && !present.has(foldName(followed))) {
			const name = followed;
			const other = this.#dev.triggers.find((each) => areNamesEqual(each.name, name));
			followed = other ? readFollowed(other.definition) : null;
		}
		return followed;
	}

	#create(draft: SchemaDraft, phase: Phase, change: SchemaChange, sql: string): void {
		const {object, name, table, hazards} = change;
		draft.add({
			phase,
			table,
			summary: `create ${object} ${name}`,
			sql,
			undo: [spellDrop(object, name)],
			hazards,
		});
	}

	/** Not all servers replace them in one step. */
	#replace(draft: SchemaDraft, phase: Phase, {part, before, change}: Step<SchemaObject>): void {
		if (!before) return;
		const {object, name, table, hazards} = change;
		draft.add({
			phase,
			table,
			summary: `drop ${object} ${name} to make it anew`,
			sql: spellDrop(object, name),
			undo: [before.definition],
			hazards: [{kind: 'dropsObject', message: `There is no ${name} until it is made again.`}],
		});
		draft.add({
			phase,
			table,
			summary: `create ${object} ${name}`,
			sql: adoptDefiner(part.definition, before.definition),
			undo: [spellDrop(object, name)],
			hazards,
		});
	}

	#drop(draft: SchemaDraft, change: SchemaChange, phase: Phase): void {
		const {object, name, table, needs, hazards} = change;
		const parts: readonly Named[] =
			object === 'view'
				? this.#prod.views
				: object === 'trigger'
					? this.#prod.triggers
					: this.#prod.objects.filter(({kind}) => kind === object);
		const part = parts.find((each) => isNamed(change, each.name));
		draft.add({
			phase,
			table,
			summary: `drop ${object} ${name}`,
			sql: spellDrop(object, name),
			undo: part ? [part.definition] : null,
			needs,
			hazards,
		});
	}
}

function isNamed({name}: SchemaChange, other: string): boolean {
	return areNamesEqual(name, other);
}

function spellDrop(object: ObjectKind, name: string): string {
	return `DROP ${object.toUpperCase()} ${quoteTable(name)}`;
}

function gap(table: string, trigger: string): Hazard {
	const message = `What others write to ${table} meanwhile is not seen by ${trigger}.`;
	return {kind: 'dropsObject', message};
}
