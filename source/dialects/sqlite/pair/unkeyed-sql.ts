import {decodeField} from '../../../model/encoding.ts';
import {quoteName} from '../quote-name.ts';
import {renderLiteral} from '../rows/literal.ts';
import {selectExactly} from '../rows/values.ts';
import type {Origin, PairColumn} from './pair-columns.ts';
import type {PairPlan, PlannedSide} from './pair-plan.ts';
import {ifWithin, renderSource, renderWhere} from './pair-sql.ts';

/*
Rows that no key identifies. Equal rows of both sides fall into one group of a sort that
SQLite spills to temporary files; a group differs when the sides do not have it equally often.
*/

/** False where the constraints of both sides promise a key to every row. */
export function mayHaveUnkeyed({layout, prod, dev}: PairPlan): boolean {
	return layout.key.kind === 'rows' || dev.nullable.length > 0 || (prod?.nullable.length ?? 0) > 0;
}

/** Conditions for the rows of a side that no key identifies. */
export function whereUnkeyed(plan: PairPlan, side: PlannedSide, alias: string): string[] {
	const isNull = side.nullable.map((name) => `${alias}.${quoteName(name)} IS NULL`);
	const unkeyed =
		plan.layout.key.kind === 'rows' ? [] : [isNull.length === 0 ? '0' : `(${isNull.join(' OR ')})`];
	return [...unkeyed, ...ifWithin(plan, [alias])];
}

export function renderUnkeyedCount(plan: PairPlan, side: PlannedSide): string {
	return `SELECT count(*) FROM ${renderSource(plan, side, 't')}${renderWhere(
		whereUnkeyed(plan, side, 't'),
	)}`;
}

export function renderHasUnkeyed(plan: PairPlan, side: PlannedSide): string {
	return `SELECT EXISTS (SELECT 1 FROM ${renderSource(plan, side, 't')}${renderWhere(
		whereUnkeyed(plan, side, 't'),
	)})`;
}

/**
Every distinct row whose compared columns one side has more often, in the order of the
compared columns: how often each side has this very row, how often each has one that equals it
in the compared columns, then its values as `selectExactly` gives them.
*/
export function renderUnkeyed(plan: PairPlan): string {
	const {columns, layout, prod, dev} = plan;
	const compared = columns.slice(0, layout.comparedCount);
	// A column that prod has not, and for which nothing stands in: every row differs.
	const isComparable = compared.every((column) => column.prod.kind !== 'absent');
	const byCompared = [...(isComparable ? [] : ['sides']), ...groupTerms(compared)];
	const byAll = groupTerms(columns);
	const names = columns.map((_, index) => `c${index}`);
	const sides = [prod, dev].filter((side) => side !== null);
	const rows = sides.map((side) => {
		const isProd = side === prod;
		const values = columns.map(
			(column, index) => `${renderOrigin(isProd ? column.prod : column.dev)} AS c${index}`,
		);
		return `SELECT ${[...values, `${isProd ? 1 : 2} AS sides`].join(', ')}
			FROM ${renderSource(plan, side, 't')}${renderWhere(whereUnkeyed(plan, side, 't'))}`;
	});
	const groupBy = [...byAll, ...(isComparable ? [] : ['sides'])].join(', ');
	const groups = `SELECT ${names.join(', ')}, sides, sum(sides = 1) AS prodRows, sum(sides = 2) AS devRows
		FROM (${rows.join(' UNION ALL ')}) GROUP BY ${groupBy}`;
	const result = names.map(selectExactly).join(', ');
	if (columns.length === compared.length) {
		return `SELECT prodRows, devRows, prodRows, devRows, ${result} FROM (
			${groups} HAVING prodRows <> devRows ORDER BY ${groupBy} LIMIT -1)`;
	}
	const partition = byCompared.length === 0 ? '' : `PARTITION BY ${byCompared.join(', ')}`;
	return `SELECT prodRows, devRows, allProd, allDev, ${result} FROM (
		SELECT *, sum(prodRows) OVER same AS allProd, sum(devRows) OVER same AS allDev
		FROM (${groups}) WINDOW same AS (${partition})
	) WHERE allProd <> allDev ORDER BY ${groupBy}`;
}

/** SQLite groups by at most 2,000 terms. */
const mostTerms = 1900;

/** What tells rows apart in a group: their values as bytes, and what equal values differ in. */
function groupTerms(columns: readonly PairColumn[]): string[] {
	const values = columns.map((_, index) => `c${index} COLLATE BINARY`);
	const more = columns.flatMap((column, index) => distinguish(column, `c${index}`));
	if (values.length + more.length <= mostTerms) return [...values, ...more];
	const joined: string[] = [];
	for (let at = 0; at < more.length; at += 500) {
		joined.push(`concat(${more.slice(at, at + 500).join(', ')})`);
	}
	return [...values, ...joined];
}

/** Both sides' columns come together, so either may bring a storage class. */
function distinguish({prod, dev}: PairColumn, name: string): string[] {
	const origins = [prod, dev];
	const may = (property: 'mayHoldInteger' | 'mayHoldReal' | 'keepsNegativeZero') =>
		origins.some(
			(origin) =>
				origin.kind === 'constant' || (origin.kind === 'column' && origin.column[property]),
		);
	return [
		...(may('mayHoldInteger') && may('mayHoldReal') ? [`typeof(${name})`] : []),
		...(may('keepsNegativeZero') ? [`(${name} IS 0 AND atan2(${name}, -1) < 0)`] : []),
	];
}

function renderOrigin(origin: Origin): string {
	switch (origin.kind) {
		case 'column':
			// The plus takes its affinity and collation away.
			return `+t.${quoteName(origin.column.name)}`;
		case 'constant':
			return `+${renderLiteral(decodeField(origin.field))}`;
		case 'absent':
			return 'NULL';
		default:
			return origin satisfies never;
	}
}
