import type {Check, Column, ForeignKey, Table} from '../../../model/catalog.ts';
import {areNamesEqual, foldName} from '../catalog/fold-name.ts';
import {quoteName} from '../quote-name.ts';
import {
	isLiteral,
	join,
	renderCheck,
	renderColumn,
	renderName,
	renderReferences,
} from './render-create-table.ts';
import {areTablesEqual, makeSpeller} from './table-form.ts';
import {findColumn, listMentions} from './table-traits.ts';

/** A column that ALTER TABLE can add, with the constraints that it brings along. */
export type Addition = {
	readonly column: Column;
	readonly checks: readonly Check[];
	readonly foreignKeys: readonly ForeignKey[];
};

/**
The columns that make `to` of `from`; null when there is more to do, or SQLite would refuse
(sqlite.org/lang_altertable.html, section 4): a key, a value that is no constant, NOT NULL
without one, a stored generated column.
*/
export function findAdditions(from: Table, to: Table): Addition[] | null {
	const added = to.columns.filter(({name}) => !findColumn(from, name));
	if (added.length === 0 || !added.every(canBeAdded)) return null;
	const checks = findNew(from.checks, to.checks, ({expression}) => makeSpeller(to)(expression));
	const foreignKeys = findNew(from.foreignKeys, to.foreignKeys, (key) => JSON.stringify(key));
	if (!foreignKeys.every(({columns}) => columns.length === 1)) return null;
	// Plain ones first: a generated column may compute from them.
	const ordered = [
		...added.filter(({generated}) => !generated),
		...added.filter(({generated}) => generated),
	];
	const additions = ordered.map((column, at): Addition => {
		const rest = new Set(ordered.slice(at + 1).map(({name}) => foldName(name)));
		return {
			column,
			// With the last of the columns that it speaks of.
			checks: checks.filter(({expression}) => {
				const mentions = listMentions(expression);
				return mentions.has(foldName(column.name)) && ![...mentions].some((name) => rest.has(name));
			}),
			foreignKeys: foreignKeys.filter(({columns}) => areNamesEqual(columns[0] ?? '', column.name)),
		};
	});
	const rest = {
		...to,
		columns: to.columns.filter((column) => !added.includes(column)),
		checks: to.checks.filter((check) => !additions.some((each) => each.checks.includes(check))),
		foreignKeys: to.foreignKeys.filter(
			(key) => !additions.some((each) => each.foreignKeys.includes(key)),
		),
	};
	return areTablesEqual(from, rest) ? additions : null;
}

export function renderAddition(table: string, {column, checks, foreignKeys}: Addition): string {
	return join(
		`ALTER TABLE ${quoteName(table)} ADD COLUMN ${renderColumn(column)}`,
		...checks.map(renderCheck),
		...foreignKeys.map((key) => join(renderName(key.name), renderReferences(key))),
	);
}

function canBeAdded(column: Column): boolean {
	const {nullable, generated, identity} = column;
	if (identity) return false;
	if (generated) return nullable && !generated.stored;
	return column.default === null ? nullable : isLiteral(column.default);
}

function findNew<Part>(
	from: readonly Part[],
	to: readonly Part[],
	key: (part: Part) => string,
): Part[] {
	const known = new Set(from.map(key));
	return to.filter((part) => !known.has(key(part)));
}
