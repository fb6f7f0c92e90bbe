import type {Catalog, Index, Table, Trigger, View} from '../../../model/catalog.ts';
import type {Statement} from '../../../model/plan.ts';
import {foldName} from '../catalog/fold-name.ts';
import {quoteName} from '../quote-name.ts';
import {compareNames} from './order-by-references.ts';
import {
	hasQuotedStrings,
	makeIndexRunnable,
	makeTableRunnable,
	namesItself,
} from './runnable-text.ts';

type StatementFacts = Pick<Statement, 'phase'> & Partial<Pick<Statement, 'needs' | 'hazards'>>;
type HangingIndex = {readonly index: Index; readonly table: string};

/**
A schema on its way from prod's to what was chosen: every statement that is added changes
it, so that each one's inverse is known from what stood there before.
*/
export class SchemaDraft {
	readonly statements: Statement[] = [];
	readonly #tables: Map<string, Table>;
	readonly #indexes: Map<string, HangingIndex>;
	readonly #views: Map<string, View>;
	readonly #triggers: Map<string, Trigger>;
	/** Folded names that no new object may take, whoever has them. */
	readonly #taken: ReadonlySet<string>;

	constructor(prod: Catalog, dev: Catalog) {
		const byName = <Part extends {readonly name: string}>(parts: readonly Part[]) =>
			new Map(parts.map((part) => [foldName(part.name), part]));
		this.#tables = byName(prod.tables);
		this.#views = byName(prod.views);
		this.#triggers = byName(prod.triggers);
		this.#indexes = new Map(
			prod.tables.flatMap((table) =>
				table.indexes.map((index) => [foldName(index.name), {index, table: table.name}]),
			),
		);
		this.#taken = new Set(
			[prod, dev].flatMap(({tables, views, notCompared}) => [
				...[...tables, ...views, ...notCompared].map(({name}) => foldName(name)),
				...tables.flatMap(({indexes}) => indexes.map(({name}) => foldName(name))),
			]),
		);
	}

	add(statement: StatementFacts & Pick<Statement, 'table' | 'summary' | 'sql' | 'undo'>): void {
		this.statements.push({
			kind: 'ddl',
			expects: null,
			needs: null,
			hazards: [],
			row: null,
			...statement,
		});
	}

	findTable(name: string): Table | undefined {
		return this.#tables.get(foldName(name));
	}

	/** Notes that a table has become another; the statements are the caller's. */
	replaceTable(table: Table): void {
		this.#tables.set(foldName(table.name), table);
	}

	listIndexes(table: string): Index[] {
		return [...this.#indexes.values()]
			.filter((each) => foldName(each.table) === foldName(table))
			.map(({index}) => index)
			.sort((a, b) => compareNames(a.name, b.name));
	}

	/** Those that hang on a table or view, in the order of their names. */
	listTriggers(owner: string): Trigger[] {
		return [...this.#triggers.values()]
			.filter(({table}) => foldName(table) === foldName(owner))
			.sort((a, b) => compareNames(a.name, b.name));
	}

	/** The CREATE texts of what goes when the table goes. */
	listAttached(table: Table): string[] {
		return [
			...this.listIndexes(table.name).map((index) => makeIndexRunnable(index, table)),
			...this.listTriggers(table.name).map(({definition}) => definition),
		];
	}

	/** Whether ALTER TABLE … RENAME can be trusted with this table as things stand. */
	canRename(table: Table): boolean {
		return (
			!namesItself(table, this.listIndexes(table.name)) &&
			![...this.#tables.values()].some((each) =>
				hasQuotedStrings(each, this.listIndexes(each.name)),
			)
		);
	}

	findFreeName(stem: string): string {
		let name = stem;
		for (let number = 2; this.#taken.has(foldName(name)); number++) name = `${stem}_${number}`;
		return name;
	}

	createTable(table: Table, facts: StatementFacts): void {
		this.add({
			...facts,
			table: table.name,
			summary: `create table ${table.name}`,
			sql: makeTableRunnable(table),
			undo: [`DROP TABLE ${quoteName(table.name)}`],
		});
		this.#tables.set(foldName(table.name), table);
	}

	dropTable(name: string, facts: StatementFacts): void {
		const sql = `DROP TABLE ${quoteName(name)}`;
		this.add({...facts, table: name, summary: `drop table ${name}`, sql, undo: null});
		for (const index of this.listIndexes(name)) this.#indexes.delete(foldName(index.name));
		for (const trigger of this.listTriggers(name)) this.#triggers.delete(foldName(trigger.name));
		this.#tables.delete(foldName(name));
	}

	createIndex(index: Index, table: Table, facts: StatementFacts): void {
		this.add({
			...facts,
			table: table.name,
			summary: `create index ${index.name} on ${table.name}`,
			sql: makeIndexRunnable(index, table),
			undo: [`DROP INDEX ${quoteName(index.name)}`],
		});
		this.#indexes.set(foldName(index.name), {index, table: table.name});
	}

	/** Does nothing when it is already gone. */
	dropIndex(name: string, facts: StatementFacts): void {
		const hanging = this.#indexes.get(foldName(name));
		const table = hanging && this.findTable(hanging.table);
		if (!table) return;
		this.add({
			...facts,
			table: table.name,
			summary: `drop index ${name} of ${table.name}`,
			sql: `DROP INDEX ${quoteName(name)}`,
			undo: [makeIndexRunnable(hanging.index, table)],
		});
		this.#indexes.delete(foldName(name));
	}

	createView(view: View, facts: StatementFacts): void {
		this.add({
			...facts,
			table: view.name,
			summary: `create view ${view.name}`,
			sql: view.definition,
			undo: [`DROP VIEW ${quoteName(view.name)}`],
		});
		this.#views.set(foldName(view.name), view);
	}

	/** Drops its triggers one by one before it, so that all of them can come back. */
	dropView(name: string, facts: StatementFacts): void {
		const view = this.#views.get(foldName(name));
		if (!view) return;
		const {phase, needs = null} = facts;
		for (const trigger of this.listTriggers(name)) this.dropTrigger(trigger.name, {phase, needs});
		this.add({
			...facts,
			table: view.name,
			summary: `drop view ${view.name}`,
			sql: `DROP VIEW ${quoteName(view.name)}`,
			undo: [view.definition],
		});
		this.#views.delete(foldName(name));
	}

	createTrigger(trigger: Trigger, facts: StatementFacts): void {
		this.add({
			...facts,
			table: trigger.table,
			summary: `create trigger ${trigger.name} on ${trigger.table}`,
			sql: trigger.definition,
			undo: [`DROP TRIGGER ${quoteName(trigger.name)}`],
		});
		this.#triggers.set(foldName(trigger.name), trigger);
	}

	/** Does nothing when it is already gone. */
	dropTrigger(name: string, facts: StatementFacts): void {
		const trigger = this.#triggers.get(foldName(name));
		if (!trigger) return;
		this.add({
			...facts,
			table: trigger.table,
			summary: `drop trigger ${trigger.name} of ${trigger.table}`,
			sql: `DROP TRIGGER ${quoteName(trigger.name)}`,
			undo: [trigger.definition],
		});
		this.#triggers.delete(foldName(name));
	}
}
