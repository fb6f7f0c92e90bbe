import type {Database} from 'better-sqlite3';
import {absentField, decodeRow} from '../../../model/encoding.ts';
import type {Layout} from '../../../model/layout.ts';
import {foldName} from '../catalog/fold-name.ts';
import {findOwnCollations} from '../pair/key-match.ts';
import {readSideTable, type SideTable} from '../pair/side-table.ts';
import {quoteName} from '../quote-name.ts';
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

@returns Encoded rows in the order of the keys; null where there is none, or no such table.
*/
export function readRowsByKey(
	database: Database,
	layout: Layout,
	keys: readonly string[],
	encoding: TextEncoding,
): (string | null)[] {
	const table = readSideTable(database, 'main', layout.table);
	if (!table) return keys.map(() => null);
	const lookUp = makeLookUp(database, layout, table);
	const isSuspect = makeSuspicion(encoding);
	const isThere = layout.columns.map(({name}) => has(table, name));
	return keys.map((key) => {
		const values = lookUp(key, false);
		if (!values) return null;
		let [row, at] = ['', 0];
		for (const isPresent of isThere) {
			row += isPresent ? encodeValue(values[at++] ?? null) : absentField;
		}
		return isSuspect(row) ? encodeAgain(layout, table, lookUp(key, true) ?? [], encoding) : row;
	});
}

function encodeAgain(
	layout: Layout,
	table: SideTable,
	values: readonly SqliteValue[],
	encoding: TextEncoding,
): string {
	let at = 0;
	return layout.columns
		.map(({name}) =>
			has(table, name)
				? encodeExactly(values[at++] ?? null, values[at++] ?? null, encoding)
				: absentField,
		)
		.join('');
}

type LookUp = (key: string, isExact: boolean) => readonly SqliteValue[] | undefined;

function makeLookUp(database: Database, layout: Layout, table: SideTable): LookUp {
	const names = layout.columns
		.filter(({name}) => has(table, name))
		.map(({name}) => quoteName(name));
	const collations = findOwnCollations(table, layout.key.columns);
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
	return (key, isExact) => {
		const bound = decodeRow(key).map((cell, at) => bindCell(cell, `k${at}`));
		const placeholders = bound.map(({sql}) => sql);
		const id = `${isExact ? 'exact' : 'fast'} ${placeholders.join(' ')}`;
		const statement = prepared.get(id) ?? prepare(placeholders, isExact);
		prepared.set(id, statement);
		return statement.get(Object.fromEntries(bound.map(({value}, at) => [`k${at}`, value])));
	};
}

function has(table: SideTable, name: string): boolean {
	return table.columns.has(foldName(name));
}
