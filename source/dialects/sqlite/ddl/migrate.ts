import type {Catalog, Table, Trigger, View} from '../../../model/catalog.ts';
import type {Statement} from '../../../model/plan.ts';
import type {ObjectKind, SchemaChange} from '../../../model/schema-change.ts';
import {areNamesEqual, foldName} from '../catalog/fold-name.ts';
import {compareNames, orderByReferences} from './order-by-references.ts';
import {SchemaDraft} from './schema-draft.ts';
import {TableMigration} from './table-migration.ts';
import {listMentions} from './table-traits.ts';

/**
The statements that make the changes. Whatever could refuse rows of dev goes before the
rows, whatever rows of prod could fail comes after them; new triggers come last, so that
they do not fire for what is brought over. Equal inputs give equal statements.

They run with `foreign_keys` off and `legacy_alter_table` on, see session-pragmas.ts.
*/
export function migrate(
	changes: readonly SchemaChange[],
	prod: Catalog,
	dev: Catalog,
): Statement[] {
	return new SchemaMigration(changes, prod, dev).run();
}

/** What to make of dev's and on account of which change. */
type Creation<Part> = {readonly part: Part; readonly change: SchemaChange};

class SchemaMigration {
	readonly #prod: Catalog;
	readonly #dev: Catalog;
	readonly #changes: readonly SchemaChange[];
	readonly #draft: SchemaDraft;
	readonly #newTables: readonly Creation<Table>[];
	readonly #newViews: readonly Creation<View>[];
	readonly #tables: readonly TableMigration[];

	constructor(changes: readonly SchemaChange[], prod: Catalog, dev: Catalog) {
		this.#prod = prod;
		this.#dev = dev;
		this.#changes = changes;
		this.#draft = new SchemaDraft(prod, dev);
		this.#newTables = this.#findCreations('table', dev.tables, ['create']);
		this.#newViews = this.#findCreations('view', dev.views, ['create', 'alter']);
		this.#tables = [...prod.tables]
			.sort((a, b) => compareNames(a.name, b.name))
			.flatMap((table) => {
				const other = dev.tables.find(({name}) => areNamesEqual(name, table.name));
				const own = changes.filter((change) => isPartOf(change, table));
				return other && own.length > 0 ? [new TableMigration(own, table, other)] : [];
			});
	}

	run(): Statement[] {
		const draft = this.#draft;
		this.#freeNames();
		this.#createTables();
		for (const table of this.#tables) {
			table.indexes.dropEarly(draft, (name) => this.#isNameWanted(name));
			table.loosen(draft);
		}
		this.#dropReplaced();
		for (const table of this.#tables) table.finish(draft);
		this.#createIndexes();
		this.#createViews();
		this.#createTriggers();
		this.#dropRest();
		return draft.statements;
	}

	#select(action: SchemaChange['action'], object: ObjectKind): SchemaChange[] {
		return this.#changes
			.filter((change) => change.action === action && change.object === object)
			.sort((a, b) => compareNames(a.name, b.name));
	}

	#findCreations<Part extends {readonly name: string}>(
		object: ObjectKind,
		parts: readonly Part[],
		actions: readonly SchemaChange['action'][],
	): Creation<Part>[] {
		return actions
			.flatMap((action) => this.#select(action, object))
			.flatMap((change) => {
				const part = parts.find(({name}) => areNamesEqual(name, change.name));
				return part ? [{part, change}] : [];
			});
	}

	/** Tables, views and indexes share their names: what gives one up for another goes first. */
	#freeNames(): void {
		for (const change of [...this.#select('drop', 'view'), ...this.#select('drop', 'table')]) {
			if (this.#isNameWanted(change.name)) this.#drop(change, 'create');
		}
	}

	#isNameWanted(name: string): boolean {
		return [
			...this.#newTables.flatMap(({part}) => [part.name, ...part.indexes.map((one) => one.name)]),
			...this.#newViews.map(({part}) => part.name),
			...this.#select('create', 'index').map((change) => change.name),
		].some((wanted) => areNamesEqual(wanted, name));
	}

	#createTables(): void {
		const ordered = orderByReferences(
			this.#newTables.map(({part}) => part),
			({foreignKeys}) => new Set(foreignKeys.map((key) => foldName(key.referencedTable))),
		);
		for (const table of ordered) {
			const change = this.#newTables.find(({part}) => part === table)?.change;
			this.#draft.createTable(table, {phase: 'create', hazards: change?.hazards ?? []});
		}
	}

	/** Triggers and views that change stay as they are while the rows are written. */
	#dropReplaced(): void {
		const phase = 'indexes and foreign keys';
		for (const {name} of this.#select('alter', 'trigger')) this.#draft.dropTrigger(name, {phase});
		for (const {name} of this.#select('alter', 'view')) this.#draft.dropView(name, {phase});
	}

	#createIndexes(): void {
		for (const {part} of this.#newTables) {
			for (const index of part.indexes) {
				this.#draft.createIndex(index, part, {phase: 'indexes and foreign keys'});
			}
		}
		for (const table of this.#tables) table.indexes.create(this.#draft);
	}

	#createViews(): void {
		const ordered = orderByReferences(
			this.#newViews.map(({part}) => part),
			({definition}) => listMentions(definition),
		);
		for (const view of ordered) {
			const change = this.#newViews.find(({part}) => part === view)?.change;
			this.#draft.createView(view, {
				phase: 'indexes and foreign keys',
				hazards: change?.hazards ?? [],
			});
		}
	}

	/** Those that were chosen, those of new tables and views, and those that a view took along. */
	#createTriggers(): void {
		const chosen = [...this.#select('create', 'trigger'), ...this.#select('alter', 'trigger')];
		const isChosen = (trigger: Trigger) =>
			chosen.some(({name}) => areNamesEqual(name, trigger.name));
		const owners = [...this.#newTables, ...this.#newViews]
			.filter(({change}) => change.action === 'create')
			.map(({part}) => part.name);
		const isOnProd = (trigger: Trigger) =>
			this.#prod.triggers.some(({name}) => areNamesEqual(name, trigger.name));
		const fromDev = this.#dev.triggers.filter((trigger) => {
			const isOwned = owners.some((name) => areNamesEqual(name, trigger.table));
			return isChosen(trigger) || (isOwned && !isOnProd(trigger));
		});
		const altered = this.#select('alter', 'view');
		const kept = this.#prod.triggers.filter((trigger) => {
			const isTakenAlong = altered.some(({name}) => areNamesEqual(name, trigger.table));
			const isDropped = this.#select('drop', 'trigger').some(({name}) =>
				areNamesEqual(name, trigger.name),
			);
			return isTakenAlong && !isChosen(trigger) && !isDropped;
		});
		for (const trigger of [...fromDev, ...kept].sort((a, b) => compareNames(a.name, b.name))) {
			this.#draft.createTrigger(trigger, {phase: 'indexes and foreign keys'});
		}
	}

	#dropRest(): void {
		for (const change of this.#select('drop', 'trigger')) this.#drop(change, 'drop');
		const views = this.#prod.views.filter(({name}) =>
			this.#select('drop', 'view').some((change) => areNamesEqual(change.name, name)),
		);
		// Whoever refers to others goes before them.
		const ordered = orderByReferences(views, ({definition}) => listMentions(definition));
		for (const {name} of ordered.toReversed()) {
			const change = this.#select('drop', 'view').find((each) => areNamesEqual(each.name, name));
			if (change) this.#drop(change, 'drop');
		}
		for (const table of this.#tables) table.indexes.dropRest(this.#draft);
		const tables = this.#prod.tables.filter(({name}) =>
			this.#select('drop', 'table').some((change) => areNamesEqual(change.name, name)),
		);
		const parentsFirst = orderByReferences(
			tables,
			({foreignKeys}) => new Set(foreignKeys.map((key) => foldName(key.referencedTable))),
		);
		for (const {name} of parentsFirst.toReversed()) {
			const change = this.#select('drop', 'table').find((each) => areNamesEqual(each.name, name));
			if (change) this.#drop(change, 'drop');
		}
	}

	/** Does nothing for what is gone already. */
	#drop({object, name, needs, hazards}: SchemaChange, phase: 'create' | 'drop'): void {
		const facts = {phase, needs, hazards};
		if (object === 'trigger') this.#draft.dropTrigger(name, facts);
		else if (object === 'view') this.#draft.dropView(name, facts);
		else if (this.#draft.findTable(name)) this.#draft.dropTable(name, facts);
	}
}

/** Whether a change is about something inside a table that both sides have. */
function isPartOf({object, action, table}: SchemaChange, {name}: Table): boolean {
	if (object === 'view' || object === 'trigger') return false;
	if (object === 'table' && action !== 'alter') return false;
	return areNamesEqual(table, name);
}
