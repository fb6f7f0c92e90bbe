import {foldName} from '../catalog/fold-name.ts';
import {quoteName} from '../quote-name.ts';
import {selectExactly} from '../rows/values.ts';
import {joinKeys, type KeyMatch} from './key-match.ts';
import {asRow, renderOrder, renderRange, type RangeEnds} from './key-range.ts';
import {isSettledByKey, renderDiffers} from './pair-columns.ts';
import type {PairPlan, PlannedSide} from './pair-plan.ts';

/*
The queries over a segment. `p` is prod, `d` is dev. A row takes part when it fulfils the
layout's `where` on either side: a row that left the condition on one side has changed, it was
not added or removed.
*/

/** Counts one side's rows of a range. */
export function renderCount(plan: PairPlan, side: PlannedSide, ends: RangeEnds): string {
	return `SELECT count(*) FROM ${renderSource(plan, side, 'p')}${renderWhere([
		...rangeOf(plan, side, 'p', ends),
		...ifWithin(plan, ['p']),
	])}`;
}

/** The key that is `rows` rows away from the start of a range; exact, see `selectExactly`. */
export function renderKeyAt(plan: PairPlan, side: PlannedSide, ends: RangeEnds): string {
	const keys = plan.key.columns.map(({name}) => selectExactly(`p.${quoteName(name)}`));
	return `SELECT ${keys.join(', ')} FROM ${renderSource(plan, side, 'p')}${renderWhere([
		...rangeOf(plan, side, 'p', ends),
		...ifWithin(plan, ['p']),
	])} ORDER BY ${renderOrder('p', plan.key)} LIMIT 1 OFFSET @rows`;
}

/** Whether one key comes before another or at the same place. */
export function renderKeyComparison(
	{columns}: KeyMatch,
	a: readonly string[],
	b: readonly string[],
): string {
	const left = columns.map(({collation}, at) => `${a[at] ?? ''} COLLATE ${quoteName(collation)}`);
	return `SELECT ${asRow(left)} <= ${asRow(b)}`;
}

/**
Hands over prod's rows that differ from dev's or that dev has not, in key order; dev's own are
left out. It gives no rows itself: the functions are called in the condition, as its last
step, since each row that a statement gives costs another fifth of the time.
*/
export function renderDirect(
	plan: PairPlan,
	prod: PlannedSide,
	ends: RangeEnds,
	isExact: boolean,
): string {
	const {dev, key} = plan;
	const names = [...columnsOf(plan, 'prod', 'p'), ...columnsOf(plan, 'dev', 'd')];
	const calls = renderCalls(plan, names, isExact);
	// Each gives NULL, so all of them are called, in this order.
	const handOver = calls.length === 1 ? calls.join('') : `coalesce(${calls.join(', ')})`;
	return `SELECT 1 FROM ${renderSource(plan, prod, 'p')}
		LEFT JOIN ${renderSource(plan, dev, 'd')} ON ${joinKeys(key, 'd', 'p')}${renderWhere([
			...rangeOf(plan, prod, 'p', ends),
			`CASE WHEN ${renderIsPair(plan)} THEN ${handOver} END IS NOT NULL`,
		])} ORDER BY ${renderOrder('p', key)}`;
}

/** All of dev's rows, in key order: prod has no such table. */
export function renderDevAlone(plan: PairPlan, ends: RangeEnds, isExact: boolean): string {
	return `SELECT ${renderCalls(plan, columnsOf(plan, 'dev', 'd'), isExact).join(', ')}
		FROM ${renderSource(plan, plan.dev, 'd')}${renderWhere([
			...rangeOf(plan, plan.dev, 'd', ends),
			...ifWithin(plan, ['d']),
		])} ORDER BY ${renderOrder('d', plan.key)}`;
}

/**
Everything that differs in key order, dev's own rows among the others. SQLite merges the two
halves as they come; it sorts only what no index gives in order. LIMIT -1 keeps the order:
without it the outer query may drop it.
*/
export function renderMerged(
	plan: PairPlan,
	prod: PlannedSide,
	ends: RangeEnds,
	isExact: boolean,
): string {
	const {dev, key} = plan;
	const ours = columnsOf(plan, 'prod', 'p');
	const theirs = columnsOf(plan, 'dev', 'd');
	const keys = (alias: string) =>
		key.columns.map(({name}, at) => `+${alias}.${quoteName(name)} AS k${at}`);
	const both = [...ours, ...theirs].map((column, at) => `${column} AS c${at}`);
	const devOnly = [...ours.map(() => 'NULL'), ...theirs];
	const order = key.columns.map(({collation}, at) => `${at + 1} COLLATE ${quoteName(collation)}`);
	const hasNone = `NOT EXISTS (SELECT 1 FROM ${renderTable(prod, 'p')} WHERE ${joinKeys(key, 'p', 'd')})`;
	return `SELECT ${renderCalls(
		plan,
		both.map((_, at) => `c${at}`),
		isExact,
	).join(', ')} FROM (
		SELECT ${[...keys('p'), ...both].join(', ')} FROM ${renderPairing(plan, prod, ends)}
		UNION ALL
		SELECT ${[...keys('d'), ...devOnly].join(', ')} FROM ${renderSource(plan, dev, 'd')}${renderWhere([
			...rangeOf(plan, dev, 'd', ends),
			...ifWithin(plan, ['d']),
			hasNone,
		])}
		ORDER BY ${order.join(', ')} LIMIT -1)`;
}

/** FROM and WHERE of prod's rows with dev's beside them, where they differ. */
function renderPairing(plan: PairPlan, prod: PlannedSide, ends: RangeEnds): string {
	const {key, dev} = plan;
	return `${renderSource(plan, prod, 'p')}
		LEFT JOIN ${renderSource(plan, dev, 'd')} ON ${joinKeys(key, 'd', 'p')}${renderWhere([
			...rangeOf(plan, prod, 'p', ends),
			...ifWithin(plan, ['p', 'd']),
			`(${renderIsPair(plan)})`,
		])}`;
}

/** Whether dev has no such row or another one. */
function renderIsPair({key, columns}: PairPlan): string {
	const settled = columns.filter(
		(column) =>
			isSettledByKey(column) &&
			key.columns.some(
				({name, collation}) => foldName(name) === foldName(column.name) && collation === 'BINARY',
			),
	);
	const names = new Set(settled.map(({name}) => foldName(name)));
	return `${keyOf('d', key)} IS NULL OR ${renderDiffers(columns, names, 'p', 'd')}`;
}

/** A row as calls of the functions that collect it; a function takes at most 1,000 values. */
function renderCalls(plan: PairPlan, names: readonly string[], isExact: boolean): string[] {
	const {last, before} = plan.functions;
	const size = isExact ? 500 : 1000;
	const calls: string[] = [];
	for (let at = 0; at < names.length; at += size) {
		const values = names.slice(at, at + size).map((name) => (isExact ? selectExactly(name) : name));
		calls.push(`${at + size < names.length ? before : last}(${values.join(', ')})`);
	}
	return calls;
}

export function columnsOf({columns}: PairPlan, side: 'prod' | 'dev', alias: string): string[] {
	return columns.flatMap((column) =>
		column[side].kind === 'column' ? [`${alias}.${quoteName(column.name)}`] : [],
	);
}

/** A table; with a condition, as a subquery in which the condition's names mean its columns. */
export function renderSource(plan: PairPlan, side: PlannedSide, alias: string): string {
	const {where} = plan.layout;
	if (where === null) return renderTable(side, alias);
	const {schema, name, path} = side;
	const from = `${quoteName(schema)}.${quoteName(name)}${path}`;
	return `(SELECT *, (${where}\n) AS ${quoteName(nameWithin(plan))} FROM ${from}) AS ${alias}`;
}

export function renderTable({schema, name, path}: PlannedSide, alias: string): string {
	return `${quoteName(schema)}.${quoteName(name)} AS ${alias}${path}`;
}

/** A name for the outcome of `where` that no column has. */
function nameWithin({prod, dev}: PairPlan): string {
	let name = 'is within';
	while ((prod?.columns.has(name) ?? false) || dev.columns.has(name)) name += ' it';
	return name;
}

export function ifWithin(plan: PairPlan, aliases: readonly string[]): string[] {
	if (plan.layout.where === null) return [];
	const name = quoteName(nameWithin(plan));
	return [`(${aliases.map((alias) => `${alias}.${name}`).join(' OR ')})`];
}

function rangeOf(plan: PairPlan, side: PlannedSide, alias: string, ends: RangeEnds): string[] {
	return [
		...renderRange(alias, plan.key, ends),
		...side.nullable.map((name) => `${alias}.${quoteName(name)} IS NOT NULL`),
	];
}

export function renderWhere(conditions: readonly string[]): string {
	return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}

function keyOf(alias: string, {columns}: KeyMatch): string {
	return `${alias}.${quoteName(columns[0]?.name ?? '')}`;
}
