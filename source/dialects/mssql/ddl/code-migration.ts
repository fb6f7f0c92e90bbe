import type {
	Catalog,
	ObjectReference,
	SchemaObject,
	Trigger,
	View,
} from '../../../model/catalog.ts';
import type {Phase} from '../../../model/plan.ts';
import type {ObjectKind, SchemaChange} from '../../../model/schema-change.ts';
import {orderByNeeds} from '../../server/order-by-needs.ts';
import {parseTableName} from '../../server/table-name.ts';
import {areNamesEqual, foldName, quoteName, quoteTable, schemaOf} from '../names.ts';
import {alterText, createText} from './code-text.ts';
import {listMentions} from './name-rules.ts';
import {findFact} from './render-table.ts';
import type {SchemaDraft} from './schema-draft.ts';

type Code = ObjectReference & {
	readonly definition: string;
	readonly before: string | null;
	readonly change: SchemaChange;
};

const codeKinds = ['view', 'function', 'procedure'] as const;

/** What holds no rows: types, sequences, synonyms, routines, views and triggers. */
export class CodeMigration {
	readonly #changes: readonly SchemaChange[];
	readonly #prod: Catalog;
	readonly #dev: Catalog;

	constructor(changes: readonly SchemaChange[], prod: Catalog, dev: Catalog) {
		this.#changes = changes;
		this.#prod = prod;
		this.#dev = dev;
	}

	/** What gives up its name to something new. */
	dropEarly(draft: SchemaDraft, isFreed: (name: string) => boolean): void {
		for (const kind of dropOrder) {
			for (const change of this.#select('drop', kind)) {
				if (isFreed(change.name)) this.#drop(draft, change, 'create');
			}
		}
	}

	/** What tables may need. */
	createEarly(draft: SchemaDraft): void {
		for (const kind of ['domain', 'sequence', 'synonym'] as const) {
			for (const change of this.#select('create', kind)) {
				const object = findObject(this.#dev, kind, change.name);
				if (object) this.#create(draft, 'create', change, object.definition);
			}
		}
		for (const code of this.#listCode().filter((each) => this.#isNeededEarly(each))) {
			this.#makeCode(draft, 'create', code);
		}
	}

	alter(draft: SchemaDraft): void {
		for (const change of this.#select('alter', 'sequence')) {
			const after = findObject(this.#dev, 'sequence', change.name);
			const before = findObject(this.#prod, 'sequence', change.name);
			if (!after || !before) continue;
			draft.add({
				phase: 'alter',
				table: change.table,
				summary: `alter sequence ${change.name}`,
				sql: alterSequence(after),
				undo: [alterSequence(before)],
				hazards: change.hazards,
			});
		}
		for (const kind of ['synonym', 'domain'] as const) {
			for (const change of this.#select('alter', kind)) this.#replace(draft, change);
		}
	}

	create(draft: SchemaDraft): void {
		const phase = 'indexes and foreign keys';
		for (const code of this.#listCode().filter((each) => !this.#isNeededEarly(each))) {
			this.#makeCode(draft, phase, code);
		}
		this.#createTriggers(draft, phase);
	}

	/** Before tables and columns that they speak of. */
	dropCode(draft: SchemaDraft, isFreed: (name: string) => boolean): void {
		const code = this.#prod.views
			.map(({name}) => ({kind: 'view' as const, name}))
			.concat()
			.map((each): ObjectReference => each);
		const routines = this.#prod.objects
			.filter(({kind}) => kind === 'function' || kind === 'procedure')
			.map(({kind, name}): ObjectReference => ({kind, name}));
		for (const change of this.#select('drop', 'trigger')) this.#drop(draft, change, 'drop');
		const ordered = orderByNeeds([...code, ...routines], this.#prod.dependencies, areNamesEqual);
		for (const {kind, name} of ordered.toReversed()) {
			const change = this.#changes.find(
				(each) => each.action === 'drop' && each.object === kind && areNamesEqual(each.name, name),
			);
			if (change && !isFreed(name)) this.#drop(draft, change, 'drop');
		}
	}

	/** Columns take their defaults and types from them. */
	dropLate(draft: SchemaDraft, isFreed: (name: string) => boolean): void {
		for (const kind of ['sequence', 'synonym', 'domain'] as const) {
			for (const change of this.#select('drop', kind)) {
				if (!isFreed(change.name)) this.#drop(draft, change, 'drop');
			}
		}
	}

	#select(action: SchemaChange['action'], object: ObjectKind): SchemaChange[] {
		return this.#changes
			.filter((change) => change.action === action && change.object === object)
			.sort((a, b) => (a.name < b.name ? -1 : 1));
	}

	#listCode(): Code[] {
		const list = codeKinds.flatMap((kind) =>
			[...this.#select('create', kind), ...this.#select('alter', kind)].flatMap(
				(change): Code[] => {
					const find = (catalog: Catalog): View | SchemaObject | undefined =>
						kind === 'view'
							? catalog.views.find(({name}) => areNamesEqual(name, change.name))
							: findObject(catalog, kind, change.name);
					const part = find(this.#dev);
					const before = change.action === 'alter' ? (find(this.#prod)?.definition ?? null) : null;
					return part ? [{kind, name: part.name, definition: part.definition, before, change}] : [];
				},
			),
		);
		return orderByNeeds(list, this.#dev.dependencies, areNamesEqual);
	}

	/** A function that stands in a default, a check or a computed column. */
	#isNeededEarly({kind, name}: Code): boolean {
		if (kind !== 'function') return false;
		const bare = foldName(parseTableName(name).name);
		return this.#dev.tables.some(({columns, checks}) =>
			[
				...columns.flatMap((column) => [column.default, column.generated?.expression ?? null]),
				...checks.map(({expression}) => expression),
			].some((text) => text !== null && listMentions(text).has(bare)),
		);
	}

	#makeCode(
		draft: SchemaDraft,
		phase: Phase,
		{kind, name, definition, before, change}: Code,
	): void {
		draft.add({
			phase,
			table: change.table,
			summary: `${before === null ? 'create' : 'alter'} ${kind} ${name}`,
			sql: before === null ? createText(definition) : alterText(definition),
			undo: [before === null ? spellDrop(change) : alterText(before)],
			hazards: change.hazards,
		});
	}

	/** Those that were chosen, and those of tables that are new. */
	#createTriggers(draft: SchemaDraft, phase: Phase): void {
		for (const change of this.#select('alter', 'trigger')) {
			const [before, after] = [findTrigger(this.#prod, change), findTrigger(this.#dev, change)];
			if (!before || !after) continue;
			draft.add({
				phase,
				table: after.table,
				summary: `alter trigger ${after.name}`,
				sql: alterText(after.definition),
				undo: [alterText(before.definition), switchTrigger(before)],
				hazards: change.hazards,
			});
			draft.add({
				phase,
				table: after.table,
				summary: `${isOff(after) ? 'switch off' : 'switch on'} trigger ${after.name}`,
				sql: switchTrigger(after),
				undo: [],
			});
		}
		const created = this.#select('create', 'trigger').flatMap((change) => {
			const trigger = findTrigger(this.#dev, change);
			return trigger ? [{trigger, hazards: change.hazards}] : [];
		});
		const owners = this.#select('create', 'table').concat(this.#select('create', 'view'));
		const owned = this.#dev.triggers
			.filter(
				({name, table}) =>
					owners.some((owner) => areNamesEqual(owner.name, table)) &&
					!created.some(({trigger}) => areNamesEqual(trigger.name, name)) &&
					!this.#prod.triggers.some((each) => areNamesEqual(each.name, name)),
			)
			.map((trigger) => ({trigger, hazards: []}));
		for (const {trigger, hazards} of [...created, ...owned]) {
			draft.add({
				phase,
				table: trigger.table,
				summary: `create trigger ${trigger.name}`,
				sql: createText(trigger.definition),
				undo: [`DROP TRIGGER ${quoteTable(trigger.name)}`],
				hazards,
			});
			if (!isOff(trigger)) continue;
			const summary = `switch off trigger ${trigger.name}`;
			draft.add({phase, table: trigger.table, summary, sql: switchTrigger(trigger), undo: []});
		}
	}

	#create(draft: SchemaDraft, phase: Phase, change: SchemaChange, sql: string): void {
		const {object, name, table, hazards} = change;
		const summary = `create ${object} ${name}`;
		draft.add({phase, table, summary, sql, undo: [spellDrop(change)], hazards});
	}

	/** The server has no ALTER for them. */
	#replace(draft: SchemaDraft, change: SchemaChange): void {
		const {object, name, table, hazards} = change;
		const find = (catalog: Catalog) =>
			catalog.objects.find((each) => each.kind === object && areNamesEqual(each.name, name));
		const [before, after] = [find(this.#prod), find(this.#dev)];
		if (!before || !after) return;
		draft.add({
			phase: 'alter',
			table,
			summary: `drop ${object} ${name} to make it anew`,
			sql: spellDrop(change),
			undo: [before.definition],
		});
		this.#create(draft, 'alter', {...change, hazards}, after.definition);
	}

	#drop(draft: SchemaDraft, change: SchemaChange, phase: Phase): void {
		const {object, name, table, needs, hazards} = change;
		const {views, triggers, objects} = this.#prod;
		const parts =
			object === 'view'
				? views
				: object === 'trigger'
					? triggers
					: objects.filter(({kind}) => kind === object);
		const part = parts.find((each) => areNamesEqual(each.name, name));
		draft.add({
			phase,
			table,
			summary: `drop ${object} ${name}`,
			sql: spellDrop(change),
			undo: part ? [createText(part.definition)] : null,
			needs,
			hazards,
		});
	}
}

const dropOrder = [
	'trigger',
	'view',
	'procedure',
	'function',
	'sequence',
	'synonym',
	'domain',
] as const;

function findObject(
	{objects}: Catalog,
	kind: SchemaObject['kind'],
	name: string,
): SchemaObject | undefined {
	return objects.find((each) => each.kind === kind && areNamesEqual(each.name, name));
}

function findTrigger({triggers}: Catalog, {name}: SchemaChange): Trigger | undefined {
	return triggers.find((trigger) => areNamesEqual(trigger.name, name));
}

function isOff({facts}: Trigger): boolean {
	return findFact(facts, 'enabled') === 'no';
}

function switchTrigger(trigger: Trigger): string {
	const {name} = parseTableName(trigger.name);
	const owner = `${quoteName(schemaOf(trigger.name))}.${quoteName(name)}`;
	return `${isOff(trigger) ? 'DISABLE' : 'ENABLE'} TRIGGER ${owner} ON ${quoteTable(trigger.table)}`;
}

/** Its type and where it began stay as they are ("ALTER SEQUENCE"). */
function alterSequence({definition}: SchemaObject): string {
	return definition
		.replace(/^CREATE SEQUENCE (.*?) AS \S+ START WITH \S+ /, 'ALTER SEQUENCE $1 ')
		.replace(/ CACHE$/, ' CACHE');
}

function spellDrop({object, name}: SchemaChange): string {
	const kind = object === 'domain' ? 'TYPE' : object.toUpperCase();
	return `DROP ${kind} ${quoteTable(name)}`;
}
