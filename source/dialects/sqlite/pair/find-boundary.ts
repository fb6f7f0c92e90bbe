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
	const keys = [plan.prod, plan.dev]
		.filter((side) => side !== null)
		.map(findAt)
		.filter((key) => key !== null);
	const [first, second] = keys;
	if (first === undefined) return segment.upTo;
	return second === undefined || comesFirst(database, plan, first, second) ? first : second;
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
