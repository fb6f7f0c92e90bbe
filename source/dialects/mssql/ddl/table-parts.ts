import type {Column, Table} from '../../../model/catalog.ts';
import {defineCheck, definePrimaryKey, defineUnique} from '../../../model/part-definition.ts';
import {findColumn as find, listIndexMentions} from '../../server/table-after.ts';
import {foldName, quoteName, quoteTable} from '../names.ts';
import {findOwnName, makeUpName} from './made-up-name.ts';
import {listMentions, nameRules} from './name-rules.ts';
import {
	defineIndex,
	findFact,
	renderCheck,
	renderPrimaryKey,
	renderUnique,
} from './render-table.ts';

export function findColumn(table: Pick<Table, 'columns'>, name: string): Column | undefined {
	return find(table, name, foldName);
}

/** A constraint or index of a table, with what makes and drops it. */
export type TablePart = {
	readonly sort: 'primary key' | 'unique' | 'check' | 'index';
	readonly name: string;
	/** Two parts of the same form are one. */
	readonly form: string;
	/** Its definition as schema changes have it. */
	readonly definition: string;
	/** Folded names of the columns that it speaks of. */
	readonly mentions: ReadonlySet<string>;
	readonly create: readonly string[];
	readonly drop: string;
};

/** @param table As prod spells its name. */
export function listParts(table: string, parts: Table): TablePart[] {
	const alter = `ALTER TABLE ${quoteTable(table)}`;
	const name = <Part extends {readonly name: string | null; readonly isAutoNamed?: boolean}>(
		kind: string,
		part: Part,
		content: string,
	) => {
		const own = findOwnName(part) ?? makeUpName(kind, table, content);
		return {...part, name: own, isAutoNamed: false};
	};
	const {primaryKey, uniques, checks, indexes} = parts;
	const constraint = (
		sort: TablePart['sort'],
		own: string,
		definition: string,
		form: string,
		mentions: ReadonlySet<string>,
		create: readonly string[],
	): TablePart => ({
		...{sort, name: own, form, definition, mentions, create},
		drop: `${alter} DROP CONSTRAINT ${quoteName(own)}`,
	});
	return [
		...(primaryKey ? [primaryKey] : []).map((key) => {
			const definition = definePrimaryKey(key);
			const named = name('PK', key, definition);
			const sql = renderPrimaryKey(named);
			const mentions = listIndexMentions(key, nameRules);
			return constraint(
				'primary key',
				key.name ?? named.name,
				definition,
				formOf(key, sql),
				mentions,
				[`${alter} ADD ${sql}`],
			);
		}),
		...uniques.map((unique) => {
			const definition = defineUnique(unique);
			const named = name('UQ', unique, definition);
			const sql = renderUnique(named);
			const mentions = listIndexMentions(unique, nameRules);
			return constraint(
				'unique',
				unique.name ?? named.name,
				definition,
				formOf(unique, sql),
				mentions,
				[`${alter} ADD ${sql}`],
			);
		}),
		...checks.map((check) => {
			const definition = defineCheck(check);
			const named = name('CK', check, definition);
			const sql = renderCheck(named);
			const isLoose = check.isValidated === false || check.isEnforced === false;
			const state = `${check.isEnforced ?? true} ${check.isValidated ?? true}`;
			return constraint(
				'check',
				check.name ?? named.name,
				definition,
				`${formOf(check, sql)} ${state}`,
				listMentions(check.expression),
				[
					`${alter}${isLoose ? ' WITH NOCHECK' : ''} ADD ${sql}`,
					...(check.isEnforced === false
						? [`${alter} NOCHECK CONSTRAINT ${quoteName(named.name)}`]
						: []),
				],
			);
		}),
		...indexes.map((index): TablePart => {
			const definition = defineIndex(table, index);
			const isDisabled = findFact(index.facts, 'state') === 'DISABLED';
			const place = `${quoteName(index.name)} ON ${quoteTable(table)}`;
			return {
				sort: 'index',
				name: index.name,
				form: `${definition} ${isDisabled}`,
				definition: index.definition,
				mentions: new Set([
					...listIndexMentions(index, nameRules),
					...(index.include ?? []).map(foldName),
					...listMentions(index.where ?? ''),
				]),
				create: [definition, ...(isDisabled ? [`ALTER INDEX ${place} DISABLE`] : [])],
				drop: `DROP INDEX ${place}`,
			};
		}),
	];
}

/** Whether two of one name are made the same. */
function formOf(part: {readonly name: string | null; readonly isAutoNamed?: boolean}, sql: string) {
	return part.isAutoNamed === true ? sql.replace(/^CONSTRAINT \[(?:[^\]]|\]\])*\] /, '') : sql;
}
