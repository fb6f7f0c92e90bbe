import type {Catalog, ForeignKey, Table} from '../../../model/catalog.ts';
import {defineForeignKey} from '../../../model/part-definition.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import {quoteName, quoteTable} from '../names.ts';
import {spellComment} from './object-sql.ts';
import {renderForeignKey} from './render-table.ts';
import type {StatementList} from './statement-list.ts';

type Bound = {readonly table: string; readonly key: ForeignKey};

/** A column of a table that its foreign keys must let go of for a while. */
export type Released = (table: string, columns: readonly string[]) => boolean;

/** All foreign keys, which tie tables together in circles too. */
export class ForeignKeyMigration {
	readonly #changes: readonly SchemaChange[];
	readonly #isFree: (bound: Bound) => boolean;
	readonly #dropped: readonly Bound[];
	readonly #created: readonly Bound[];
	readonly #renamed: readonly (readonly [was: Bound, is: Bound])[];
	readonly #validated: readonly (readonly [was: Bound, is: Bound])[];

	/**
	@param isReleased Whether these columns of a table change so that no key can hold on to them.
	*/
	constructor(
		prod: Catalog,
		after: ReadonlyMap<string, Table>,
		changes: readonly SchemaChange[],
		isReleased: Released,
	) {
		this.#changes = changes.filter(({object}) => object === 'foreign key');
		const before = prod.tables.flatMap(listKeys);
		const final = [...after.values()].flatMap(listKeys);
		const isFree = ({table, key}: Bound) =>
			isReleased(table, key.columns) || isReleased(key.referencedTable, key.referencedColumns);
		this.#isFree = isFree;
		const twinOf = (was: Bound) => {
			if (isFree(was)) return undefined;
			const own = final.filter(({table}) => table === was.table);
			return (
				own.find(({key}) => defineForeignKey(key) === defineForeignKey(was.key)) ??
				own.find(({key}) => contentOf(key) === contentOf(was.key) && isWeaker(was.key, key))
			);
		};
		const pairs = before.flatMap((was) => {
			const is = twinOf(was);
			return is ? [[was, is] as const] : [];
		});
		const taken = new Set(pairs.flat());
		this.#renamed = pairs.filter(
			([was, is]) => was.key.name !== is.key.name || was.key.comment !== is.key.comment,
		);
		this.#validated = pairs.filter(
			([was, is]) => was.key.isValidated === false && is.key.isValidated !== false,
		);
		const isKept = (table: string) => after.has(table);
		const isCircular = ({table, key}: Bound) =>
			!isKept(table) && !isKept(key.referencedTable) && table !== key.referencedTable;
		this.#dropped = before.filter(
			(bound) =>
				!taken.has(bound) &&
				(isKept(bound.table)
					? !this.#goesWithColumn(bound, after)
					: isCircular(bound) || isFree(bound)),
		);
		this.#created = final.filter((bound) => !taken.has(bound));
	}

	/** The server drops it with its column. */
	#goesWithColumn({table, key}: Bound, after: ReadonlyMap<string, Table>): boolean {
		const names = after.get(table)?.columns.map(({name}) => name) ?? [];
		const isLost = key.columns.some((name) => !names.includes(name));
		return isLost && this.#changeOf(table, key, 'prod') === undefined;
	}

	#changeOf(table: string, key: ForeignKey, side: 'prod' | 'dev'): SchemaChange | undefined {
		const definition = defineForeignKey(key);
		return this.#changes.find((change) => change.table === table && change[side] === definition);
	}

	drop(list: StatementList, isTableDropped: (table: string) => boolean): void {
		for (const {table, key} of this.#dropped) {
			const change = this.#changeOf(table, key, 'prod');
			const isDrop = change?.action === 'drop';
			list.add({
				phase: isTableDropped(table) && !this.#isFree({table, key}) ? 'drop' : 'drop foreign keys',
				table,
				summary: `drop foreign key ${key.name ?? ''} of ${table}`,
				sql: spellDrop(table, key),
				undo: spellCreation(table, key),
				needs: isTableDropped(table) ? 'dropTable' : isDrop ? change.needs : null,
				hazards: isDrop ? change.hazards : [],
			});
		}
		for (const [was, is] of this.#renamed) {
			if (was.key.name === is.key.name) continue;
			const spell = (from: ForeignKey, to: ForeignKey) =>
				`ALTER TABLE ${quoteTable(was.table)} RENAME CONSTRAINT ${quoteName(from.name ?? '')} TO ${quoteName(to.name ?? '')}`;
			list.add({
				phase: 'alter',
				table: was.table,
				summary: `rename foreign key ${was.key.name ?? ''} of ${was.table}`,
				sql: spell(was.key, is.key),
				undo: [spell(is.key, was.key)],
			});
		}
	}

	create(list: StatementList): void {
		const phase = 'indexes and foreign keys';
		for (const {table, key} of this.#created) {
			const change = this.#changeOf(table, key, 'dev');
			const [create = '', ...comments] = spellCreation(table, key);
			list.add({
				phase,
				table,
				summary: `create foreign key ${key.name ?? ''} of ${table}`,
				sql: create,
				undo: [spellDrop(table, key)],
				hazards: [
					...(change?.hazards ?? []),
					{
						kind: 'locksTable',
						message: `Nobody can write to ${table} and ${key.referencedTable} while every row is checked.`,
					},
				],
			});
			for (const sql of comments) {
				list.add({phase, table, summary: `comment on ${key.name ?? ''}`, sql, undo: []});
			}
		}
		for (const [was, is] of this.#validated) {
			list.add({
				phase,
				table: is.table,
				summary: `validate foreign key ${is.key.name ?? ''} of ${is.table}`,
				sql: `ALTER TABLE ${quoteTable(is.table)} VALIDATE CONSTRAINT ${quoteName(is.key.name ?? '')}`,
				undo: [
					spellDrop(is.table, is.key),
					...spellCreation(was.table, {...was.key, name: is.key.name}),
				],
				hazards: this.#changeOf(is.table, is.key, 'dev')?.hazards ?? [],
			});
		}
		for (const [was, is] of this.#renamed) {
			if (was.key.comment === is.key.comment) continue;
			list.add({
				phase,
				table: is.table,
				summary: `comment on foreign key ${is.key.name ?? ''}`,
				sql: spellKeyComment(is.table, is.key),
				undo: [spellKeyComment(is.table, {...is.key, comment: was.key.comment ?? ''})],
			});
		}
	}
}

function listKeys({name, foreignKeys}: Table): Bound[] {
	return foreignKeys.map((key) => ({table: name, key}));
}

/** Everything but its name, its comment and whether it is validated. */
function contentOf(key: ForeignKey): string {
	return renderForeignKey({...key, name: null, isValidated: true});
}

function isWeaker(was: ForeignKey, is: ForeignKey): boolean {
	return (was.isValidated ?? true) === (is.isValidated ?? true) || is.isValidated !== false;
}

function spellDrop(table: string, {name}: ForeignKey): string {
	return `ALTER TABLE ${quoteTable(table)} DROP CONSTRAINT ${quoteName(name ?? '')}`;
}

function spellCreation(table: string, key: ForeignKey): string[] {
	return [
		`ALTER TABLE ${quoteTable(table)} ADD ${renderForeignKey(key)}`,
		...(key.comment === undefined ? [] : [spellKeyComment(table, key)]),
	];
}

function spellKeyComment(table: string, {name, comment}: ForeignKey): string {
	return `COMMENT ON CONSTRAINT ${quoteName(name ?? '')} ON ${quoteTable(table)} IS ${spellComment(comment)}`;
}
