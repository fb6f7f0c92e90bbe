import type {Database} from 'better-sqlite3';
import {foldName} from '../catalog/fold-name.ts';
import {quoteName} from '../quote-name.ts';
import type {KeyMatch} from './key-match.ts';
import {renderOrder, renderRange, type Parameters} from './key-range.ts';
import type {SideIndex, SideTable} from './side-table.ts';

/**
Finds what makes SQLite read ranges of a key in its order without sorting: `NOT INDEXED` for
the table itself, `INDEXED BY` for an index. Null when there is no such way.

The planner is asked instead of guessed: an index with mixed directions, or with another
collation than its column in a composite key, does not do.
*/
export function findKeyPath(database: Database, key: KeyMatch, side: SideTable): string | null {
	const first = key.columns[0];
	if (!first) return null;
	const isAlias = key.columns.length === 1 && side.rowidAlias === foldName(first.name);
	const paths = [
		...(isAlias ? [' NOT INDEXED'] : []),
		...side.indexes
			.filter((index) => startsWithKey(index, key))
			.map(({isTable, name}) => (isTable ? ' NOT INDEXED' : ` INDEXED BY ${quoteName(name)}`)),
	];
	return paths.find((path) => isOrderedPath(database, key, side, path)) ?? null;
}

function startsWithKey({columns, isPartial}: SideIndex, key: KeyMatch): boolean {
	if (isPartial) return false;
	return key.columns.every(({name, collation}, at) => {
		const indexed = columns[at];
		return (
			typeof indexed?.name === 'string' &&
			foldName(indexed.name) === foldName(name) &&
			indexed.collation === collation
		);
	});
}

function isOrderedPath(
	database: Database,
	key: KeyMatch,
	{schema, name}: SideTable,
	path: string,
): boolean {
	const names = key.columns.map((_, at) => `@key${at}`);
	const range = renderRange('p', key, {after: names, upTo: names});
	const sql = `EXPLAIN QUERY PLAN SELECT 1 FROM ${quoteName(schema)}.${quoteName(name)} AS p${path}
		WHERE ${range.join(' AND ')} ORDER BY ${renderOrder('p', key)}`;
	let details: string[];
	try {
		details = database
			.prepare<[Parameters], {readonly detail: string}>(sql)
			.all(Object.fromEntries(key.columns.map((_, at) => [`key${at}`, null])))
			.map(({detail}) => detail);
	} catch {
		// `no query solution`: the index can't answer it.
		return false;
	}
	const isRange = key.columns.length === 1 ? /^SEARCH .*>\? AND / : /^SEARCH .*\(\(.*\)>\(/;
	return details.length === 1 && isRange.test(details[0] ?? '');
}
