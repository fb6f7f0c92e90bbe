import type {
	Catalog,
	Dependency,
	ObjectReference,
	SchemaObject,
	Table,
} from '../../../model/catalog.ts';
import type {Statement} from '../../../model/plan.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import {quoteTable} from '../names.ts';
import {ColumnMigration} from './column-migration.ts';
import {createTable, finishTable} from './create-table.ts';
import {AttachedMigration} from './attached-migration.ts';
import {findDefinable, referenceTo, type Definable} from './definable.ts';
import {ForeignKeyMigration} from './foreign-key-migration.ts';
import {CodeMigration, describe, referenceOf, spellCreation, spellDrop} from './code-migration.ts';
import {commentOnObject, createObject, createTrigger} from './object-sql.ts';
import {listNames} from './mentions.ts';
import {PartMigration} from './part-migration.ts';
import {migratePartition} from './partition-migration.ts';
import {findDependents, keyOf, orderByDependencies, type Seed} from './references.ts';
import {migrateSequence} from './sequence-migration.ts';
import {settleConstraints} from './settle-constraints.ts';
import {StatementList} from './statement-list.ts';
import {tableAfter} from './table-after.ts';
import {migrateOptions} from './table-options.ts';
import {
	beginSwap,
	endSwap,
	findSwappedTypes,
	quoteAside,
	spellDomainChange,
	type SwappedType,
} from './type-swap.ts';

/**
The statements that make the changes, all of which run in one transaction. Whatever could refuse
rows of dev goes before the rows, whatever rows of prod could fail comes after them. What stands
on what changes lets go first and is made again last; new triggers come last of all, so that they
do not fire for what is brought over. Equal inputs give equal statements.
*/
export function migrate(
	changes: readonly SchemaChange[],
	prod: Catalog,
	dev: Catalog,
): Statement[] {
	return new SchemaMigration(changes, prod, dev).run();
}

type TableMigration = {
	readonly before: Table;
	readonly after: Table;
	readonly columns: ColumnMigration;
	readonly parts: PartMigration;
};

class SchemaMigration {
	readonly #prod: Catalog;
	readonly #dev: Catalog;
	readonly #changes: readonly SchemaChange[];
	readonly #list = new StatementList();
	readonly #swaps: readonly SwappedType[];
	readonly #tables: readonly TableMigration[];
	readonly #newTables: readonly Table[];
	readonly #keys: ForeignKeyMigration;
	readonly #code: CodeMigration;
	readonly #attached: AttachedMigration;

	constructor(changes: readonly SchemaChange[], prod: Catalog, dev: Catalog) {
		this.#prod = prod;
		this.#dev = dev;
		this.#changes = changes;
		this.#swaps = findSwappedTypes(changes, prod, dev);
		this.#tables = prod.tables.flatMap((table) => this.#planTable(table));
		this.#newTables = this.#select('create', 'table').flatMap(
			({name}) => dev.tables.find((table) => table.name === name) ?? [],
		);
		const after = new Map(prod.tables.map((table) => [table.name, table]));
		for (const change of this.#select('drop', 'table')) after.delete(change.name);
		for (const table of [...this.#tables.map((each) => each.after), ...this.#newTables]) {
			after.set(table.name, table);
		}
		this.#keys = new ForeignKeyMigration(prod, after, changes, (table, columns) =>
			this.#isReleased(table, columns),
		);
		this.#code = new CodeMigration(changes, prod, dev, this.#listSeeds());
		this.#attached = new AttachedMigration(changes, prod, dev, (table, text) =>
			this.#isHeld(table, text),
		);
	}

	run(): Statement[] {
		const list = this.#list;
		const dropped = new Set(this.#select('drop', 'table').map(({name}) => name));
		this.#keys.drop(list, (table) => dropped.has(table));
		this.#attached.release(list);
		this.#code.release(list);
		this.#createEarly();
		for (const {parts} of this.#tables) parts.loosen(list);
		for (const {before, after, columns} of this.#tables) {
			columns.loosen(list);
			migrateOptions(list, before, after);
		}
		this.#changeObjects();

		settleConstraints(list, this.#prod, this.#dev);
		for (const {columns} of this.#tables) columns.tighten(list);
		this.#finishTables();
		this.#keys.create(list);
		const early = new Set(this.#listEarly().map((item) => keyOf(referenceTo(item))));
		this.#code.finish(list, (reference) => early.has(keyOf(reference)));
		this.#attached.finish(
			list,
			(owner) =>
				this.#code.isRemade({kind: 'view', name: owner}) ||
				this.#code.isRemade({kind: 'materialized view', name: owner}),
		);
		this.#createTriggers();

		const [readers, others] = this.#listDrops();
		this.#dropObjects(readers);
		for (const {parts} of this.#tables) parts.drop(list);
		for (const {columns} of this.#tables) columns.drop(list);
		this.#dropObjects(others);
		for (const swap of this.#swaps) endSwap(list, swap);
		return list.statements;
	}

	#select(action: SchemaChange['action'], object: SchemaChange['object']): SchemaChange[] {
		return this.#changes.filter((change) => change.action === action && change.object === object);
	}

	#planTable(before: Table): TableMigration[] {
		const dev = this.#dev.tables.find(({name}) => name === before.name);
		const changes = this.#changes.filter(
			({table, object, action}) =>
				table === before.name && (object !== 'table' || action === 'alter'),
		);
		const swapped = new Map(
			this.#swaps.flatMap((swap) =>
				swap.columns
					.filter(({table}) => table === before.name)
					.map(({column}) => {
						const type = before.columns.find(({name}) => name === column)?.type ?? '';
						const suffix = type.endsWith('[]') ? '[]' : '';
						return [column, `${quoteAside(swap.before)}${suffix}`] as const;
					}),
			),
		);
		if (changes.length === 0 && swapped.size === 0) return [];
		const after = dev ? tableAfter(changes, before, dev) : before;
		const columns = new ColumnMigration(before, after, changes, swapped);
		const touched = new Set([...columns.remade, ...columns.converted]);
		return [{before, after, columns, parts: new PartMigration(before, after, changes, touched)}];
	}

	/** Whether a foreign key on these columns, or to them, can't stay while they change. */
	#isReleased(table: string, columns: readonly string[]): boolean {
		const own = this.#tables.find(({before}) => before.name === table);
		if (!own) return false;
		if (columns.some((name) => own.columns.retyped.has(name) || own.columns.remade.has(name))) {
			return true;
		}
		const spell = (names: readonly string[]) => [...names].sort().join('\n');
		return own.parts.listReleasedKeys().some((key) => spell(key) === spell(columns));
	}

	/** Whether a text on a table speaks of columns that change, of that table or one that it names. */
	#isHeld(table: string, text: string): boolean {
		const names = new Set(listNames(text));
		return this.#tables.some(({before, columns}) => {
			const isNear = before.name === table || names.has(before.name);
			const changed = [...columns.retyped, ...columns.remade];
			return isNear && changed.some((column) => names.has(column));
		});
	}

	#listSeeds(): Seed[] {
		return [
			...this.#tables.flatMap(({before, columns}) =>
				[...columns.retyped, ...columns.remade].map((column): Seed => ({
					object: {kind: 'table', name: before.name},
					column,
				})),
			),
			...this.#swaps.map(({change}): Seed => ({object: referenceOf(change), column: null})),
		];
	}

	/** Objects that stand for themselves, new ones that tables need, and new tables. */
	#createEarly(): void {
		for (const swap of this.#swaps) beginSwap(this.#list, swap);
		for (const item of orderByDependencies(this.#listEarly(), this.#dev.dependencies)) {
			if (item.kind === 'table') {
				const {name} = item.object;
				const change = this.#select('create', 'table').find((each) => each.name === name);
				createTable(this.#list, item.object, change?.hazards ?? []);
			} else this.#createObject(item);
		}
	}

	#listEarly(): Definable[] {
		const plain = earlyKinds.flatMap((kind) => this.#select('create', kind));
		const partitions = this.#select('create', 'partition');
		const find = (changes: readonly SchemaChange[]) =>
			changes.flatMap((change) => findDefinable(this.#dev, referenceOf(change)) ?? []);
		const tables = this.#newTables.map((object): Definable => ({kind: 'table', object}));
		return [
			...find(plain),
			...this.#code.listEarly((reference) => this.#isLate(reference)),
			...tables,
			...find(partitions),
			// Those of new tables are part of them.
			...this.#dev.objects
				.filter(({kind, table}) => kind === 'partition' && this.#isNewTable(table))
				.map((object): Definable => ({kind: 'object', object})),
		];
	}

	#isNewTable(name: string | null): boolean {
		return this.#newTables.some((table) => table.name === name);
	}

	/** A routine that reads views or new columns can only be made after those. */
	#isLate(reference: ObjectReference): boolean {
		const lateTables = new Set(this.#tables.map(({before}) => before.name));
		const needs = listNeeds(reference, this.#dev.dependencies);
		return needs.some(
			({kind, name}) =>
				kind === 'view' ||
				kind === 'materialized view' ||
				(kind === 'table' && lateTables.has(name)),
		);
	}

	#createObject(item: Definable): void {
		const change = this.#changes.find(
			(each) => keyOf(referenceOf(each)) === keyOf(referenceTo(item)),
		);
		const statements = spellCreation(item);
		for (const [at, sql] of statements.entries()) {
			// Its owner may not be there yet.
			const isBinding = /^ALTER SEQUENCE .* OWNED BY /s.test(sql);
			this.#list.add({
				phase: isBinding ? 'indexes and foreign keys' : 'create',
				table: change?.table ?? item.object.name,
				summary: at === 0 ? `create ${describe(item)}` : `finish ${describe(item)}`,
				sql,
				undo:
					at === 0
						? [spellDrop(item)]
						: isBinding
							? [sql.replace(/OWNED BY .*$/s, 'OWNED BY NONE')]
							: [],
				hazards: at === 0 ? (change?.hazards ?? []) : [],
			});
		}
	}

	/** Objects of both sides that become others where they are. */
	#changeObjects(): void {
		for (const change of this.#changes.filter(({action}) => action === 'alter')) {
			const [before, after] = [
				findDefinable(this.#prod, referenceOf(change)),
				findDefinable(this.#dev, referenceOf(change)),
			];
			if (before?.kind !== 'object' || after?.kind !== 'object') continue;
			const [was, is] = [before.object, after.object];
			if (was.kind === 'sequence') migrateSequence(this.#list, change, was, is);
			else if (was.kind === 'partition') migratePartition(this.#list, change, was, is);
			else if (was.kind === 'domain') this.#changeDomain(change, was, is);
			if (commentedKinds.has(was.kind) && was.comment !== is.comment) this.#comment(was, is);
		}
	}

	#changeDomain(change: SchemaChange, was: SchemaObject, is: SchemaObject): void {
		if (this.#swaps.some((swap) => swap.change === change)) return;
		const back = spellDomainChange(is, was);
		for (const [at, sql] of spellDomainChange(was, is).entries()) {
			const isStrict = /(?:SET NOT NULL|ADD CONSTRAINT .*)$/s.test(sql);
			this.#list.add({
				phase: isStrict ? 'indexes and foreign keys' : 'alter',
				table: change.table,
				summary: `alter domain ${was.name}`,
				sql,
				undo: at === 0 ? back : [],
				hazards: isStrict
					? [{kind: 'mayViolate', message: `Fails if a value of ${was.name} does not satisfy it.`}]
					: [],
			});
		}
	}

	#comment(was: SchemaObject, is: SchemaObject): void {
		if (this.#swaps.some(({before}) => before === was)) return;
		this.#list.add({
			phase: 'indexes and foreign keys',
			table: is.name,
			summary: `comment on ${is.kind} ${is.name}`,
			sql: commentOnObject(is, is.comment),
			undo: [commentOnObject(was, was.comment)],
		});
	}

	/** Keys, checks and indexes, and whatever hangs on a new table. */
	#finishTables(): void {
		for (const {parts} of this.#tables) parts.tighten(this.#list);
		for (const table of this.#newTables) finishTable(this.#list, table, this.#dev.objects);
	}

	/** A view's triggers are made with it. */
	#createTriggers(): void {
		for (const trigger of this.#dev.triggers.filter(({table}) => this.#isNewTable(table))) {
			const {name, table} = trigger;
			for (const [at, sql] of createTrigger(trigger).entries()) {
				this.#list.add({
					phase: 'indexes and foreign keys',
					table,
					summary: `${at === 0 ? 'create' : 'finish'} trigger ${name} of ${table}`,
					sql,
					undo: [],
				});
			}
		}
	}

	/** What is to go, whatever needs others before them: what reads columns, and what columns may need. */
	#listDrops(): [readers: Definable[], others: Definable[]] {
		const kinds: readonly SchemaChange['object'][] = [
			...earlyKinds,
			'function',
			'procedure',
			'table',
			'partition',
			'view',
			'materialized view',
		];
		const changes = kinds.flatMap((kind) => this.#select('drop', kind));
		const items = changes.flatMap((change): Definable[] => {
			const item = findDefinable(this.#prod, referenceOf(change));
			return item && !this.#code.isRemade(referenceOf(change)) ? [item] : [];
		});
		const ordered = orderByDependencies(items, this.#prod.dependencies).toReversed();
		const isView = ({kind}: ObjectReference) => kind === 'view' || kind === 'materialized view';
		const isReader = (item: Definable) =>
			[referenceTo(item), ...listNeeds(referenceTo(item), this.#prod.dependencies)].some(isView);
		return [ordered.filter((item) => isReader(item)), ordered.filter((item) => !isReader(item))];
	}

	#dropObjects(items: readonly Definable[]): void {
		for (const item of items) {
			const change = this.#changes.find(
				(each) => keyOf(referenceOf(each)) === keyOf(referenceTo(item)),
			);
			const isData =
				item.kind === 'table' || (item.kind === 'object' && item.object.kind === 'partition');
			const belongings =
				item.kind === 'object' || item.kind === 'view' ? this.#listBelongings(item) : [];
			this.#list.add({
				phase: 'drop',
				table: change?.table ?? item.object.name,
				summary: `drop ${describe(item)}`,
				sql: item.kind === 'table' ? `DROP TABLE ${quoteTable(item.object.name)}` : spellDrop(item),
				undo: isData ? null : [...spellCreation(item), ...belongings],
				needs: change?.needs ?? null,
				hazards: change?.hazards ?? [],
			});
		}
	}

	#listBelongings({object}: Definable): string[] {
		const isOwn = ({table}: {readonly table: string | null}) => table === object.name;
		return [
			...this.#prod.objects.filter(isOwn).flatMap(createObject),
			...this.#prod.triggers.filter(isOwn).flatMap(createTrigger),
		];
	}
}

/** What stands before tables, in the order in which it is made. */
const earlyKinds = [
	'schema',
	'extension',
	'enum',
	'domain',
	'composite type',
	'range type',
	'sequence',
] as const;

/** Kinds whose comment is nobody else's business. */
const commentedKinds: ReadonlySet<SchemaObject['kind']> = new Set<SchemaObject['kind']>([
	'schema',
	'enum',
	'domain',
	'composite type',
	'range type',
	'sequence',
	'partition',
]);

/** Everything that an object needs, over others too. */
function listNeeds(
	reference: ObjectReference,
	dependencies: readonly Dependency[],
): ObjectReference[] {
	const turned = dependencies.map(({object, on}): Dependency => ({
		object: on,
		column: null,
		on: object,
		onColumn: null,
	}));
	return findDependents([{object: reference, column: null}], {dependencies: turned}, () => true);
}
