import {decodeRow} from '../../../model/encoding.ts';
import type {Segment} from '../../../model/segment.ts';
import {quoteName} from '../quote-name.ts';
import {bindCell, type SqliteValue} from '../rows/values.ts';
import type {KeyMatch} from './key-match.ts';

/** The ends of a range as SQL, one expression a key column; null is open. */
export type RangeEnds = {
	readonly after: readonly string[] | null;
	readonly upTo: readonly string[] | null;
};

/** Values by parameter name. */
export type Parameters = Record<string, SqliteValue>;

/** A segment's ends as bound parameters. */
export function bindSegment({after, upTo}: Segment): {ends: RangeEnds; parameters: Parameters} {
	const parameters: Parameters = {};
	const bind = (key: string | null, prefix: string) =>
		key === null ? null : bindKey(key, prefix, parameters);
	return {ends: {after: bind(after, 'after'), upTo: bind(upTo, 'upTo')}, parameters};
}

/** Binds an encoded key's cells as `prefix0`, `prefix1` …; gives the SQL that stands for each. */
export function bindKey(key: string, prefix: string, parameters: Parameters): string[] {
	return decodeRow(key).map((cell, index) => {
		const name = `${prefix}${index}`;
		const {sql, value} = bindCell(cell, name);
		parameters[name] = value;
		return sql;
	});
}

/**
Conditions for the half-open range `(after, upTo]` in key order. A composite key is compared
as a row value of bare columns: with COLLATE in it no index would be used, so the columns' own
collation must be the key's (findKeyPath sees to that).
*/
export function renderRange(alias: string, key: KeyMatch, {after, upTo}: RangeEnds): string[] {
	const row = renderKey(alias, key);
	const compare = (operator: string, values: readonly string[] | null) =>
		values === null ? [] : [`${row} ${operator} ${asRow(values)}`];
	return [...compare('>', after), ...compare('<=', upTo)];
}

/** The key in its order, ascending whatever the index. */
export function renderOrder(alias: string, key: KeyMatch): string {
	if (key.columns.length === 1) return renderKey(alias, key);
	return key.columns.map(({name}) => `${alias}.${quoteName(name)}`).join(', ');
}

function renderKey(alias: string, {columns}: KeyMatch): string {
	const [first, ...others] = columns.map(({name}) => `${alias}.${quoteName(name)}`);
	if (others.length > 0) return asRow([first ?? '', ...others]);
	return `${first ?? ''} COLLATE ${quoteName(columns[0]?.collation ?? 'BINARY')}`;
}

export function asRow(values: readonly string[]): string {
	return values.length === 1 ? values.join('') : `(${values.join(', ')})`;
}
