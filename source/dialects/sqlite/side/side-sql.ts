import {quoteName} from '../quote-name.ts';
import {selectExactly} from '../rows/values.ts';
import {asRow, type RangeEnds} from '../pair/key-range.ts';
import type {SidePlan} from './side-plan.ts';

/*
The queries over one side's rows. The key is never given a collation: its columns' own is what
the layout was made for (value-types.ts, readKeyOrder), and an index answers it.
*/

/** Rows of a range in key order; at most `@rows` of them. */
export function renderRows(plan: SidePlan, ends: RangeEnds, isExact: boolean): string {
	return `SELECT ${renderColumns(plan, isExact)} FROM ${renderFrom(plan)}${renderWhere([
		...renderRange(plan, ends),
		...ifKeyed(plan),
		...ifWithin(plan),
	])} ORDER BY ${renderKey(plan).join(', ')} LIMIT @rows`;
}

/** All rows that have a key, in any order. */
export function renderAllRows(plan: SidePlan, isExact: boolean): string {
	const conditions = [...ifKeyed(plan), ...ifWithin(plan)];
	return `SELECT ${renderColumns(plan, isExact)} FROM ${renderFrom(plan)}${renderWhere(conditions)}`;
}

/** Rows that no key identifies. */
export function renderUnkeyedRows(plan: SidePlan, isExact: boolean): string {
	return `SELECT ${renderColumns(plan, isExact)} FROM ${renderFrom(plan)}${renderWhere([
		...ifUnkeyed(plan),
		...ifWithin(plan),
	])}`;
}

export function renderHasUnkeyed(plan: SidePlan): string {
	const conditions = renderWhere([...ifUnkeyed(plan), ...ifWithin(plan)]);
	return `SELECT EXISTS (SELECT 1 FROM ${renderFrom(plan)}${conditions})`;
}

export function renderCount(plan: SidePlan): string {
	return `SELECT count(*) FROM ${renderFrom(plan)}${renderWhere([
		...ifKeyed(plan),
		...ifWithin(plan),
	])}`;
}

/** The key that is `@offset` rows away from the start of a range; exact, see `selectExactly`. */
export function renderKeyAt(plan: SidePlan, ends: RangeEnds): string {
	return `SELECT ${renderKey(plan).map(selectExactly).join(', ')} FROM ${renderFrom(plan)}${renderWhere(
		[...renderRange(plan, ends), ...ifKeyed(plan), ...ifWithin(plan)],
	)} ORDER BY ${renderKey(plan).join(', ')} LIMIT 1 OFFSET @offset`;
}

/**
Which of two keys comes first: 1 or 2. In a compound query the collation and affinity of a
column are those of its first part (sqlite.org/datatype3.html, 4.2 and 7.1), which here gives
nothing else.
*/
export function renderPickFirst(
	plan: SidePlan,
	a: readonly string[],
	b: readonly string[],
): string {
	const names = a.map((_, at) => `k${at}`);
	return `WITH keys(number, ${names.join(', ')}) AS (
		SELECT 0, ${renderKey(plan).join(', ')} FROM ${renderFrom(plan)} WHERE 0
		UNION ALL SELECT 1, ${a.join(', ')} UNION ALL SELECT 2, ${b.join(', ')}
	) SELECT number FROM keys ORDER BY ${names.join(', ')}, number LIMIT 1`;
}

function renderColumns({columns}: SidePlan, isExact: boolean): string {
	const names = columns.filter((column) => column !== null).map(({name}) => quoteName(name));
	if (names.length === 0) return 'NULL';
	return (isExact ? names.map(selectExactly) : names).join(', ');
}

function renderFrom({table}: SidePlan): string {
	return `main.${quoteName(table.name)}`;
}

function renderKey({layout}: SidePlan): string[] {
	return layout.key.columns.map(quoteName);
}

function renderRange(plan: SidePlan, {after, upTo}: RangeEnds): string[] {
	const row = asRow(renderKey(plan));
	return [
		...(after === null ? [] : [`${row} > ${asRow(after)}`]),
		...(upTo === null ? [] : [`${row} <= ${asRow(upTo)}`]),
	];
}

function ifKeyed({nullable}: SidePlan): string[] {
	return nullable.map((name) => `${quoteName(name)} IS NOT NULL`);
}

function ifUnkeyed({layout, nullable}: SidePlan): string[] {
	if (layout.key.kind === 'rows') return [];
	if (nullable.length === 0) return ['0'];
	return [`(${nullable.map((name) => `${quoteName(name)} IS NULL`).join(' OR ')})`];
}

function ifWithin({layout}: SidePlan): string[] {
	return layout.where === null ? [] : [`(${layout.where}\n)`];
}

function renderWhere(conditions: readonly string[]): string {
	return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}
