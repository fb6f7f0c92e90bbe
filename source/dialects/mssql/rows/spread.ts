import {decodeRow} from '../../../model/encoding.ts';
import type {Segment} from '../../../model/segment.ts';
import {readBucketRange} from '../../side-reader.ts';
import {bucketOf} from './bucket.ts';
import {hashColumns} from './digest-sql.ts';
import type {RowPlan} from './row-plan.ts';

/** How the rows of a segment are spread over groups. */
export type Spread = {
	/** A row's group, as SQL. */
	readonly group: string;
	/** The rows of these groups, by the key's index where that can tell. */
	limitTo(groups: readonly number[]): string;
};

/** Larger numbers are not counted with: their distance might not fit 64 bits with a sign. */
const largest = 2n ** 62n;

/**
Spreads a segment's rows over groups, alike on both sides: by ranges of the first key column
where that is a number and both ends are known, so that neighbours which changed together stay
together; else by a hash of the key.
*/
export function spreadRows(plan: RowPlan, segment: Segment, groups: number): Spread {
	if (groups === 1) return {group: '0', limitTo: () => '1 = 1'};
	if (plan.layout.key.paging === 'buckets') return spreadBuckets(plan, segment, groups);
	return spreadNumbers(plan, segment, groups) ?? spreadByHash(plan, groups);
}

function spreadNumbers(plan: RowPlan, {after, upTo}: Segment, groups: number): Spread | null {
	const [first] = plan.key;
	if (first?.form.kind !== 'integer' || after === null || upTo === null) return null;
	const [low, high] = [readNumber(after), readNumber(upTo)];
	if (low === null || high === null || high <= low) return null;
	const width = (high - low + BigInt(groups)) / BigInt(groups);
	return {
		// A literal beyond 32 bits would be a decimal, whose division has a fraction.
		group: `(CONVERT(bigint, ${first.sql}) - CONVERT(bigint, ${low})) / CONVERT(bigint, ${width})`,
		limitTo(wanted) {
			const ranges = mergeNeighbours(wanted).map(([from, to]) => {
				const start = low + BigInt(from) * width;
				return `${first.sql} BETWEEN ${start} AND ${low + BigInt(to + 1) * width - 1n}`;
			});
			return `(${ranges.join(' OR ')})`;
		},
	};
}

function readNumber(key: string): bigint | null {
	const [cell] = decodeRow(key);
	if (cell?.kind !== 'integer') return null;
	const value = BigInt(cell.text);
	return value > -largest && value < largest ? value : null;
}

function mergeNeighbours(groups: readonly number[]): [number, number][] {
	const ranges: [number, number][] = [];
	for (const group of groups.toSorted((a, b) => a - b)) {
		const last = ranges.at(-1);
		if (last && group <= last[1] + 1) last[1] = group;
		else ranges.push([group, group]);
	}
	return ranges;
}

function spreadBuckets(plan: RowPlan, segment: Segment, groups: number): Spread {
	const {after, upTo} = readBucketRange(segment);
	const width = Math.ceil((upTo - after) / groups);
	return byExpression(`(${bucketOf(plan)} - ${after + 1}) / ${width}`);
}

function spreadByHash({key}: RowPlan, groups: number): Spread {
	return byExpression(`CONVERT(int, SUBSTRING(${hashColumns(key)}, 1, 3)) % ${groups}`);
}

function byExpression(group: string): Spread {
	return {group, limitTo: (wanted) => `${group} IN (${wanted.join(', ')})`};
}
