import type {Catalog, ForeignKey, Table} from '../../../model/catalog.ts';
import {defineForeignKey} from '../../../model/part-definition.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import {areNamesEqual, foldName} from '../catalog/fold-name.ts';
import {parseTableName} from '../../server/table-name.ts';
import {quoteName, quoteTable} from '../names.ts';
import type {SchemaDraft} from './schema-draft.ts';
import {renderForeignKey} from './render-table.ts';
import {findColumn, listIndexMentions, makeColumnsForm} from './table-parts.ts';

/** A foreign key of a table; without a change of its own it is in the way of another. */
type OwnedKey = {
	readonly table: string;
	readonly key: ForeignKey;
	readonly change: SchemaChange | null;
};

/**
What happens to foreign keys: those that go or stand in the way of what changes are dropped before
anything else, those that come or come again are made when all else is done, and hold for all rows
from then on.
*/
export class ForeignKeyMigration {
	readonly #drops: OwnedKey[] = [];
	readonly #creations: OwnedKey[] = [];
	readonly #prod: Catalog;

	/** @param finals Prod's tables as they will be, by folded name; those that are dropped are missing. */
	constructor(
		changes: readonly SchemaChange[],
		prod: Catalog,
		dev: Catalog,
		finals: ReadonlyMap<string, Table>,
		newTables: readonly Table[],
	) {
		this.#prod = prod;
		for (const table of prod.tables) {
			const final = finals.get(foldName(table.name));
			for (const key of table.foreignKeys) {
				const change = findChange(changes, table, (each) => each.prod === defineForeignKey(key));
				const after = final?.foreignKeys.find(
					(each) => defineForeignKey(each) === (change ? change.dev : defineForeignKey(key)),
				);
				const owned = {table: table.name, key, change};
				const isLost = this.#isLost(key, finals);
				if (!final) {
					// It goes with its table, but two tables may hold each other.
					if (isLost) this.#drops.push(owned);
				} else if (change || !after || isLost || this.#isInTheWay(table, final, key, finals)) {
					this.#drops.push(owned);
					if (after && !this.#isLost(after, finals)) this.#creations.push({...owned, key: after});
				}
			}
		}
		for (const change of changes) {
			if (change.object !== 'foreign key' || change.action !== 'create') continue;
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
			const isGated = change?.action === 'drop';
			const name = key.name ?? '';
			draft.add({
				phase: 'drop foreign keys',
				table,
				summary: `drop foreign key ${name} of ${table}`,
				sql: `ALTER TABLE ${quoteTable(table)} DROP FOREIGN KEY ${quoteName(name)}`,
				undo: [renderAddition(table, {...key, isAutoNamed: false})],
				needs: isGated ? change.needs : null,
				hazards: isGated ? change.hazards : [],
			});
		}
	}

	create(draft: SchemaDraft): void {
		const taken = new Set(
			this.#prod.tables.flatMap(({foreignKeys}) =>
				foreignKeys
					.filter((key) => !this.#drops.some((drop) => drop.key === key))
					.map(({name}) => foldName(name ?? '')),
			),
		);
		for (const {table, key, change} of this.#creations) {
			const name = key.isAutoNamed === true ? findFreeName(table, taken) : (key.name ?? '');
			taken.add(foldName(name));
			draft.add({
				phase: 'indexes and foreign keys',
				table,
				summary: `add foreign key ${name} to ${table}`,
				sql: renderAddition(table, {...key, name, isAutoNamed: false}),
				undo: [`ALTER TABLE ${quoteTable(table)} DROP FOREIGN KEY ${quoteName(name)}`],
				hazards: [
					...(change?.hazards ?? []),
					{kind: 'locksTable', message: `Nobody can write to ${table} while its rows are checked.`},
				],
			});
		}
	}

	/** Whether what it refers to is dropped. */
	#isLost({referencedTable}: ForeignKey, finals: ReadonlyMap<string, Table>): boolean {
		if (finals.has(foldName(referencedTable))) return false;
		return this.#prod.tables.some(({name}) => areNamesEqual(name, referencedTable));
	}

	/** The server changes no column, and drops no index, that a foreign key needs. */
	#isInTheWay(
		table: Table,
		final: Table,
		{columns, referencedTable, referencedColumns}: ForeignKey,
		finals: ReadonlyMap<string, Table>,
	): boolean {
		const parent = this.#prod.tables.find(({name}) => areNamesEqual(name, referencedTable));
		const parentAfter = finals.get(foldName(referencedTable));
		return (
			isTouched(table, final, columns) ||
			(parent !== undefined &&
				parentAfter !== undefined &&
				isTouched(parent, parentAfter, referencedColumns))
		);
	}
}

function findChange(
	changes: readonly SchemaChange[],
	{name}: Table,
	isIt: (change: SchemaChange) => boolean,
): SchemaChange | null {
	return (
		changes.find(
			(change) =>
				change.object === 'foreign key' && areNamesEqual(change.table, name) && isIt(change),
		) ?? null
	);
}

/** Whether a column, or an index that begins with one, becomes another; also how it is cut. */
function isTouched(before: Table, after: Table, names: readonly string[]): boolean {
	if (before === after) return false;
	if (
		before.partitioning !== after.partitioning ||
		before.options.join() !== after.options.join()
	) {
		return true;
	}
	const folded = new Set(names.map(foldName));
	const isOther = names.some((name) => {
		const [old, now] = [findColumn(before, name), findColumn(after, name)];
		return (
			old?.type !== now?.type ||
			old?.collation !== now?.collation ||
			old?.nullable !== now?.nullable ||
			old?.identity !== now?.identity ||
			old?.generated?.expression !== now?.generated?.expression
		);
	});
	const list = (table: Table) =>
		[table.primaryKey, ...table.uniques, ...table.indexes]
			.filter((key) => key !== null)
			.filter((key) => [...listIndexMentions(key)].some((name) => folded.has(name)))
			.map((key) => `${'name' in key ? (key.name ?? '') : ''} ${makeColumnsForm(key.columns)}`);
	const kept = new Set(list(after));
	return isOther || list(before).some((form) => !kept.has(form));
}

/** As the server makes names up, so that it is one of those to the next comparison. */
function findFreeName(table: string, taken: ReadonlySet<string>): string {
	for (let number = 1; ; number++) {
		const name = `${parseTableName(table).name}_ibfk_${number}`;
		if (!taken.has(foldName(name))) return name;
	}
}

function renderAddition(table: string, key: ForeignKey): string {
	return `ALTER TABLE ${quoteTable(table)} ADD ${renderForeignKey(key)}`;
}
