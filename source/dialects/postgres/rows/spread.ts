import {decodeRow} from '../../../model/encoding.ts';
import type {Slice} from '../../side-reader.ts';
import {joinInPieces} from './digest-sql.ts';
import {renderKeyWires} from './row-lines.ts';
import type {PlanColumn, RowPlan} from './row-plan.ts';

/** How a slice's rows are spread over groups, the same on both sides of one engine. */
export type Spread = {
	/** A row's group, from 0, in SQL. */
	readonly group: string;
	/** A condition that only rows of these groups fulfil. */
	readonly limitTo: (wanted: readonly number[]) => string;
};

/**
Spreads by ranges of an integer that the key starts with, so that rows which stand together are
in one group and an index finds a group; else by a hash of the key.
*/
export function spread(plan: RowPlan, {layout, segment}: Slice, groups: number): Spread {
	const [first] = plan.key;
	if (first?.wire.kind === 'integer' && layout.key.paging !== 'buckets') {
		const [low, high] = [segment.after, segment.upTo].map(readFirst);
		return low !== null && high !== null && low !== undefined && high !== undefined
			? spreadByRange(first, groups, {low, high})
			: spreadByBlocks(first, groups);
	}
	return spreadByHash(plan, groups);
}

/** Differences of such numbers fit a bigint. */
const largestSpan = 2n ** 62n;
/** Keys that follow one another and are in one group. */
const blockSize = 256;

function readFirst(key: string | null): bigint | null {
	const text = key === null ? '' : (decodeRow(key)[0]?.text ?? '');
	return /^-?\d+$/.test(text) ? BigInt(text) : null;
}

function spreadByRange(
	column: PlanColumn,
	groups: number,
	{low, high}: {readonly low: bigint; readonly high: bigint},
): Spread {
	const span = high - low + 1n;
	if (span < 1n || span > largestSpan) return spreadByBlocks(column, groups);
	const width = (span + BigInt(groups) - 1n) / BigInt(groups);
	const value = `${column.sql}::int8`;
	return {
		group: `((${value} - (${low})) / ${width})::int4`,
		limitTo: (wanted) => {
			const ranges = joinNeighbours(wanted).map(
				([from, to]) =>
					`${column.sql} BETWEEN ${low + BigInt(from) * width} AND ${low + BigInt(to + 1) * width - 1n}`,
			);
			return `(${ranges.join(' OR ')})`;
		},
	};
}

function spreadByBlocks({sql}: PlanColumn, groups: number): Spread {
	// Rounds down below zero too, where a division does not.
	const block = `(${sql}::int8 >> ${Math.log2(blockSize)})`;
	return filterBy(`(((${block} % ${groups}) + ${groups}) % ${groups})::int4`);
}

/**
By the server's own hash of the key's text: not the same on machines of another byte order,
where every group then differs and is narrowed.
*/
function spreadByHash(plan: RowPlan, groups: number): Spread {
	const wires = renderKeyWires(plan).map((wire) => `${wire} COLLATE "C"`);
	const text = joinInPieces(wires.flatMap((wire, at) => (at === 0 ? [wire] : [`','`, wire])));
	const hash = `(pg_catalog.hashtext(${text})::int8 + 2147483648)`;
	return filterBy(`(${hash} % ${groups})::int4`);
}

function filterBy(group: string): Spread {
	return {group, limitTo: (wanted) => `${group} IN (${wanted.join(', ')})`};
}

/** `1, 2, 3, 7` as `1–3` and `7`. */
function joinNeighbours(wanted: readonly number[]): [from: number, to: number][] {
	const ranges: [number, number][] = [];
	for (const group of wanted.toSorted((a, b) => a - b)) {
		const last = ranges.at(-1);
		if (last && last[1] >= group - 1) last[1] = group;
		else ranges.push([group, group]);
	}
	return ranges;
}
