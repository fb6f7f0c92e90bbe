import type {Catalog, ForeignKey, Table} from '../../../model/catalog.ts';
import {defineForeignKey} from '../../../model/part-definition.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import {areNamesEqual, foldName, quoteName, quoteTable} from '../names.ts';
import {findOwnName, makeUpName} from './made-up-name.ts';
import {renderForeignKey} from './render-table.ts';
import type {SchemaDraft} from './schema-draft.ts';
import type {TableMigration} from './table-migration.ts';

/** A foreign key of a table; without a change of its own it is in the way of another. */
type OwnedKey = {
	readonly table: string;
	readonly key: ForeignKey;
	readonly change: SchemaChange | null;
};

export type ForeignKeyInput = {
	readonly changes: readonly SchemaChange[];
	readonly prod: Catalog;
	readonly dev: Catalog;
	readonly tables: readonly TableMigration[];
	readonly newTables: readonly Table[];
	readonly isDropped: (table: string) => boolean;
};

/**
What happens to foreign keys: those that go or stand in the way of what changes are dropped before
anything else, those that come or come again are made when all else is done, and hold for all rows
from then on.
*/
export class ForeignKeyMigration {
	readonly #drops: OwnedKey[] = [];
	readonly #creations: OwnedKey[] = [];

	constructor({changes, prod, dev, tables, newTables, isDropped}: ForeignKeyInput) {
		const find = (name: string) => tables.find(({final}) => areNamesEqual(final.name, name));
		const own = changes.filter(({object}) => object === 'foreign key');
		for (const {name: table, foreignKeys} of prod.tables) {
			const migration = find(table);
			for (const key of foreignKeys) {
				const change =
					own.find(
						(each) => areNamesEqual(each.table, table) && each.prod === defineForeignKey(key),
					) ?? null;
				const owned = {table, key, change};
				const isLost = isDropped(key.referencedTable);
				const isInTheWay =
					migration?.isInTheWay(key.columns) === true ||
					find(key.referencedTable)?.isInTheWay(key.referencedColumns) === true;
				const after = migration?.final.foreignKeys.find(
					(each) => defineForeignKey(each) === (change ? change.dev : defineForeignKey(key)),
				);
				if (isDropped(table)) {
					// It goes with its table, but two tables may hold each other.
					if (isLost) this.#drops.push(owned);
				} else if (change || isLost || isInTheWay || (migration && !after)) {
					this.#drops.push(owned);
					const next = migration ? after : key;
					if (next && !isLost) this.#creations.push({...owned, key: next});
				}
			}
		}
		for (const change of own.filter(({action}) => action === 'create')) {
			const table = dev.tables.find(({name}) => areNamesEqual(name, change.table));
			const key = table?.foreignKeys.find((each) => defineForeignKey(each) === change.dev);
			if (key) this.#creations.push({table: change.table, key, change});
		}
		for (const {name, foreignKeys} of newTables) {
			for (const key of foreignKeys) this.#creations.push({table: name, key, change: null});
		}
	}

	drop(draft: SchemaDraft): void {
		for (const {table, key, change} of this.#drops) {
			const isGone = change?.action === 'drop';
			draft.add({
				phase: 'drop foreign keys',
				table,
				summary: `drop foreign key ${key.name ?? ''} of ${table}`,
				sql: renderDrop(table, key.name ?? ''),
				undo: renderAddition(table, {...key, isAutoNamed: false}),
				needs: isGone ? change.needs : null,
				hazards: isGone ? change.hazards : [],
			});
		}
	}

	create(draft: SchemaDraft): void {
		for (const {table, key, change} of this.#creations) {
			const name =
				findOwnName(key) ??
				makeUpName('FK', foldName(table), defineForeignKey({...key, name: null}));
			const [first = '', ...rest] = renderAddition(table, {...key, name, isAutoNamed: false});
			const phase = 'indexes and foreign keys';
			draft.add({
				phase,
				table,
				summary: `add foreign key ${name} to ${table}`,
				sql: first,
				undo: [renderDrop(table, name)],
				hazards: [
					...(change?.hazards ?? []),
					{kind: 'locksTable', message: `Nobody can write to ${table} while its rows are checked.`},
				],
			});
			for (const sql of rest) {
				const summary = `switch off foreign key ${name} of ${table}`;
				draft.add({phase, table, summary, sql, undo: []});
			}
		}
	}
}

function renderDrop(table: string, name: string): string {
	return `ALTER TABLE ${quoteTable(table)} DROP CONSTRAINT ${quoteName(name)}`;
}

/** One that was not checked for all rows, or is switched off, is made so again. */
function renderAddition(table: string, key: ForeignKey): string[] {
	const alter = `ALTER TABLE ${quoteTable(table)}`;
	const isLoose = key.isValidated === false || key.isEnforced === false;
	return [
		`${alter}${isLoose ? ' WITH NOCHECK' : ''} ADD ${renderForeignKey(key)}`,
		...(key.isEnforced === false
			? [`${alter} NOCHECK CONSTRAINT ${quoteName(key.name ?? '')}`]
			: []),
	];
}
