import type {Database} from 'better-sqlite3';
import type {Cell} from '../../../model/cell.ts';
import {absentField, decodeRow} from '../../../model/encoding.ts';
import type {Layout} from '../../../model/layout.ts';
import {foldName} from '../catalog/fold-name.ts';
import {findOwnCollations} from '../pair/key-match.ts';
import {readSideTable, type SideTable} from '../pair/side-table.ts';
import {quoteName} from '../quote-name.ts';
import {castField} from './cast-field.ts';
import {listStoredForms} from './stored-forms.ts';
import {
	bindCell,
	encodeExactly,
	encodeValue,
	makeSuspicion,
	selectExactly,
	type SqliteValue,
	type TextEncoding,
} from './values.ts';

/**
Reads rows by key, one look-up each: in process that is as fast as any batch. A key matches
under the collation of the table's own unique index, and never by conversion.

@returns Encoded fields in the layout's order for each of the keys; null where there is no such
row, or no such table.
*/
export function readRowsByKey(
	database: Database,
	layout: Layout,
	keys: readonly string[],
	encoding: TextEncoding,
): (string[] | null)[] {
	const table = readSideTable(database, 'main', layout.table);
	if (!table) return keys.map(() => null);
	const lookUp = makeLookUp(database, layout, table);
	const isSuspect = makeSuspicion(encoding);
	const present = layout.columns.map(({name}) => has(table, name));
	return keys.map((key) => {
		const {values, cells} = lookUp(key) ?? {};
		if (!values || !cells) return null;
		const fields = encodeFields(layout, present, values, (value) => encodeValue(value));
		if (!fields.some(isSuspect)) return fields;
		const exact = lookUp(key, cells)?.values ?? [];
		return encodeFields(layout, present, exact, (value, isText) =>
			encodeExactly(value, isText() ?? null, encoding),
		);
	});
}

function encodeFields(
	layout: Layout,
	present: readonly boolean[],
	values: readonly SqliteValue[],
	encode: (value: SqliteValue, next: () => SqliteValue | undefined) => string,
): string[] {
	let at = 0;
	return layout.columns.map((column, index) =>
		present[index]
			? castField(
					encode(values[at++] ?? null, () => values[at++]),
					column,
				)
			: absentField,
	);
}

type Found = {
	readonly values: readonly SqliteValue[];
	/** The key as it is kept. */
	readonly cells: readonly Cell[];
};

/** Finds a row; given its key's cells as they are kept, reads it again with text as bytes. */
type LookUp = (key: string, exactly?: readonly Cell[]) => Found | undefined;

function makeLookUp(database: Database, layout: Layout, table: SideTable): LookUp {
	const names = layout.columns
		.filter(({name}) => has(table, name))
		.map(({name}) => quoteName(name));
	const collations = findOwnCollations(table, layout.key.columns);
	const isCast = layout.key.columns.map(
		(name) => layout.columns.find((column) => column.name === name)?.as !== undefined,
	);
	const prepare = (placeholders: readonly string[], isExact: boolean) => {
		const conditions = layout.key.columns.map((name, at) => {
			const right = `COLLATE ${quoteName(collations[at] ?? 'BINARY')} = ${placeholders[at] ?? 'NULL'}`;
			// The first half finds it by the index; the second, without affinity, must agree.
			return `${quoteName(name)} ${right} AND +${quoteName(name)} ${right}`;
		});
		const columns = names.length === 0 ? ['NULL'] : isExact ? names.map(selectExactly) : names;
		return database
			.prepare<[Record<string, SqliteValue>], SqliteValue[]>(
				`SELECT ${columns.join(', ')} FROM main.${quoteName(table.name)} WHERE ${conditions.join(' AND ')}`,
			)
			.raw()
			.safeIntegers();
	};
	const prepared = new Map<string, ReturnType<typeof prepare>>();
	const find = (cells: readonly Cell[], isExact: boolean): Found | undefined => {
		const bound = cells.map((cell, at) => bindCell(cell, `k${at}`));
		const placeholders = bound.map(({sql}) => sql);
		const id = `${isExact ? 'exact' : 'fast'} ${placeholders.join(' ')}`;
		const statement = prepared.get(id) ?? prepare(placeholders, isExact);
		prepared.set(id, statement);
		const values = statement.get(Object.fromEntries(bound.map(({value}, at) => [`k${at}`, value])));
		return values && {values, cells};
	};
	return (key, exactly) => {
		if (exactly) return find(exactly, true);
		const forms = decodeRow(key).map((cell, at) => listStoredForms(cell, isCast[at] ?? false));
		for (const cells of combine(forms)) {
			const found = find(cells, false);
			if (found) return found;
		}
		return undefined;
	};
}

/** Every choice of one item of each list, those of the first items first. */
function* combine(lists: readonly (readonly Cell[])[]): Generator<Cell[]> {
	const [first, ...others] = lists;
	if (!first) {
		yield [];
		return;
	}
	for (const cell of first) for (const rest of combine(others)) yield [cell, ...rest];
}

function has(table: SideTable, name: string): boolean {
	return table.columns.has(foldName(name));
}
