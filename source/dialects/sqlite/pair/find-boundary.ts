import type {Database} from 'better-sqlite3';
import type {Segment} from '../../../model/segment.ts';
import type {SqliteValue, TextEncoding} from '../rows/values.ts';
import {bindKey, bindSegment, type Parameters} from './key-range.ts';
import type {PairPlan, PlannedSide} from './pair-plan.ts';
import {renderKeyAt, renderKeyComparison} from './pair-sql.ts';
import {encodeKeyValues} from './split-keys.ts';

/**
The end of a segment that holds at most `rows` rows of either side: the smaller of the two
sides' keys at that distance. Which one is smaller SQLite decides, under the key's own order.
*/
export function findSegmentEnd(
	database: Database,
	plan: PairPlan,
	segment: Segment,
	rows: number,
	encoding: TextEncoding,
): string | null {
	const {ends, parameters} = bindSegment(segment);
	const findAt = (side: PlannedSide) => {
		const values = database
			.prepare<[Parameters], SqliteValue[]>(renderKeyAt(plan, side, ends))
			.raw()
			.safeIntegers()
			.get({...parameters, rows: BigInt(rows - 1)});
		return values ? encodeKeyValues(values, encoding) : null;
	};
	const sides = [plan.prod, plan.dev].filter((side) => side !== null);
	const keys = sides.map(findAt);
	const end = pickEnd(database, plan, keys);
	// A side whose own key at that distance is the end has exactly so many rows before it.
	const known = sides.flatMap(({schema}, at): [string, number][] =>
		end !== null && keys[at] === end ? [[schema, rows]] : [],
	);
	const upTo = end ?? segment.upTo;
	const version = readDataVersion(database);
	plan.experience.keepCounts({after: segment.after, upTo}, version, new Map(known));
	return upTo;
}

function pickEnd(
	database: Database,
	plan: PairPlan,
	keys: readonly (string | null)[],
): string | null {
	const [first, second] = keys.filter((key) => key !== null);
	if (first === undefined) return null;
	return second === undefined || comesFirst(database, plan, first, second) ? first : second;
}

/** Moves whenever another connection commits to one of the files; says nothing to others. */
export function readDataVersion(database: Database): string {
	return ['main', 'dev']
		.map((schema) => String(database.pragma(`${schema}.data_version`, {simple: true})))
		.join(',');
}

function comesFirst(database: Database, plan: PairPlan, a: string, b: string): boolean {
	const parameters: Parameters = {};
	const left = bindKey(a, 'a', parameters);
	const right = bindKey(b, 'b', parameters);
	return (
		database
			.prepare<[Parameters], number>(renderKeyComparison(plan.key, left, right))
			.pluck()
			.get(parameters) === 1
	);
}
