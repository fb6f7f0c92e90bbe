import type {Check, Column, ForeignKey, Table} from '../../../model/catalog.ts';
import {foldName} from '../catalog/fold-name.ts';
import {acceptsDefaults} from './accepts-defaults.ts';
import {findAffinityIn, listAddedColumns, loosenColumns, makeEnds} from './loosen-columns.ts';
import type {Ends} from './loosen-columns.ts';
import {makeColumnsForm, makeSpeller} from './table-form.ts';
import {
	findColumn,
	hasOption,
	listIndexMentions,
	listMentions,
	settleTable,
} from './table-traits.ts';

/**
The table that rows are written to while it turns from prod's into the final one. It has
the columns of both and only those constraints that both have, so it holds prod's rows and
dev's; and no column of it converts a value that the two would keep differently.

@param preferred Whose form to take where rows can't tell the difference (a foreign key, a
default, the words of a type): the nearer the result is to one of the two, the less to do.
*/
export function loosenTable(prod: Table, final: Table, preferred: 'prod' | 'final'): Table {
	const ends = makeEnds(prod, final, preferred);
	const added = listAddedColumns(ends);
	const columns = [...loosenColumns(ends), ...added];
	const keepsKey = isKeyKept(ends);
	const loose = {
		name: prod.name,
		definition: '',
		columns,
		primaryKey: keepsKey ? ends.preferred.primaryKey : null,
		uniques: listUniques(ends),
		foreignKeys: listForeignKeys(ends, columns),
		checks: [...listCommonChecks(ends), ...listChecksOfAdded(ends, added)],
		indexes: [],
		options: listOptions(ends, keepsKey),
	};
	return withoutNewRowId(loose, ends);
}

function isKeyKept({prod, final}: Ends): boolean {
	if (!prod.primaryKey || !final.primaryKey) return false;
	return makeColumnsForm(prod.primaryKey.columns) === makeColumnsForm(final.primaryKey.columns);
}

function listOptions({prod, final, preferred}: Ends, keepsKey: boolean): string[] {
	const isCommon = (option: string) => hasOption(prod, option) && hasOption(final, option);
	return [
		...(hasOption(preferred, 'AUTOINCREMENT') ? ['AUTOINCREMENT'] : []),
		...(isCommon('STRICT') ? ['STRICT'] : []),
		...(isCommon('WITHOUT ROWID') && keepsKey ? ['WITHOUT ROWID'] : []),
	];
}

/** What was no row id on both sides must not become one in between: INT never does. */
function withoutNewRowId(table: Table, {prod, final}: Ends): Table {
	const settled = settleTable(table);
	const isNew = ({name}: Column) =>
		findColumn(settled, name)?.identity === true &&
		[prod, final].some((end) => findColumn(end, name)?.identity !== true);
	if (!table.columns.some(isNew)) return settled;
	const columns = table.columns.map((column) =>
		isNew(column) ? {...column, type: 'INT'} : column,
	);
	return settleTable({...table, columns});
}

function listUniques({prod, final, preferred, recomputed}: Ends): Table['uniques'] {
	const other = preferred === prod ? final : prod;
	const forms = new Set(other.uniques.map(({columns}) => makeColumnsForm(columns)));
	return preferred.uniques.filter(
		(unique) =>
			forms.has(makeColumnsForm(unique.columns)) &&
			!intersects(listIndexMentions(unique), recomputed),
	);
}

/** They are not enforced while rows are written. */
function listForeignKeys(
	{prod, final, preferred}: Ends,
	columns: readonly Column[],
): readonly ForeignKey[] {
	const isPossible = (key: ForeignKey) => key.columns.every((name) => findColumn({columns}, name));
	if (preferred === final) return final.foreignKeys.filter(isPossible);
	// Those that ADD COLUMN can bring along.
	const isAdded = ({columns: names}: ForeignKey) =>
		names.length === 1 && !findColumn(prod, names[0] ?? '');
	return [
		...prod.foreignKeys,
		...final.foreignKeys.filter((key) => isPossible(key) && isAdded(key)),
	];
}

function listCommonChecks(ends: Ends): Check[] {
	const {prod, final, preferred} = ends;
	const changed = listChanged(ends);
	const [own, other] = preferred === prod ? [prod, final] : [final, prod];
	const [spellOwn, spellOther] = [makeSpeller(own), makeSpeller(other)];
	const forms = new Set(other.checks.map(({expression}) => spellOther(expression)));
	return own.checks.filter(
		({expression}) =>
			forms.has(spellOwn(expression)) && !intersects(listMentions(expression), changed),
	);
}

/** Checks of new columns alone that their defaults satisfy hold from the start. */
function listChecksOfAdded({final, isStrict}: Ends, added: readonly Column[]): Check[] {
	return final.checks.filter((check) => {
		const mentions = listMentions(check.expression);
		const isMentioned = ({name}: Column) => mentions.has(foldName(name));
		const columns = added.filter(isMentioned);
		return (
			columns.length > 0 &&
			columns.length === final.columns.filter(isMentioned).length &&
			acceptsDefaults(columns, [check], isStrict)
		);
	});
}

/** Folded names of columns whose values a check may now see otherwise. */
function listChanged({prod, final, recomputed}: Ends): Set<string> {
	const changed = prod.columns.filter((column) => {
		const other = findColumn(final, column.name);
		if (!other) return false;
		const isSame =
			findAffinityIn(prod, column) === findAffinityIn(final, other) &&
			column.collation === other.collation;
		return !isSame || recomputed.has(foldName(column.name));
	});
	return new Set(changed.map(({name}) => foldName(name)));
}

function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
	return [...a].some((each) => b.has(each));
}
