import type Database from 'better-sqlite3';
import type {RowState} from '../model/row-change.ts';
import {decodeListedRow, selectListedRows, type ListedRow} from './listed-row.ts';
import type {RowChanges} from './row-changes.ts';
import {makeRowId, rowIdsOfTable, type RowFilter} from './row-query.ts';
import type {Lane} from './scan-record.ts';

/** What a list can be narrowed to without looking at values. */
export type IndexedFilter = Pick<RowFilter, 'tables' | 'states' | 'unresolved'>;

/** Both ends included. */
export type IdRange = {readonly from: number; readonly to: number};

/** A stretch of ids with the number of its rows that the filter takes. */
type Block = IdRange & {
	readonly count: number;
	/** Counted as a whole; it is cut into smaller ones where a place inside is asked for. */
	readonly isCoarse: boolean;
};

/** Ids that one block spans at most, once it was cut. */
const blockIds = 1024;
/** Ids of a coarse block that are counted in one go. */
const cutIds = 64 * blockIds;

/**
Position ↔ row for one filter, so that a list of any length is paged by position without
`OFFSET` and without counting anew for each key.

The lanes' own counts are the start. A lane that the filter takes as a whole needs no query
at all; of others as much is counted, in blocks of 1,024 ids, as is needed to reach a place
that was asked for, once. After a decision `refresh` counts only the blocks that it touched.
A page reads the blocks that it lies in, wherever that is. Memory: one small object a block.

It is a picture of the moment it was made: rows that a scan finds later are not in it.
*/
export class RowIndex {
	readonly #database: Database.Database;
	readonly #guard: <T>(work: () => T) => T;
	readonly #rows: RowChanges;
	readonly #where: string;
	readonly #bindings: readonly (string | number)[];
	/** Whether a decision can bring rows in or take them out. */
	readonly #followsDecisions: boolean;
	#blocks: readonly Block[];
	#count: number;

	constructor(
		database: Database.Database,
		guard: <T>(work: () => T) => T,
		rows: RowChanges,
		{filter, lanes}: {readonly filter: IndexedFilter; readonly lanes: readonly Lane[]},
	) {
		this.#database = database;
		this.#guard = guard;
		this.#rows = rows;
		const {where, bindings} = rows.renderFilter(filter);
		this.#where = where;
		this.#bindings = bindings;
		this.#followsDecisions = filter.unresolved === true;
		this.#blocks = lanes.flatMap((lane) => this.#measureLane(lane, filter));
		this.#count = sumCounts(this.#blocks);
	}

	/** Rows of the filter. */
	get count(): number {
		return this.#count;
	}

	/** Rows of the filter in one table. */
	countInTable(table: number): number {
		const {from, to} = rowIdsOfTable(table);
		return sumCounts(this.#blocks.filter((block) => block.from >= from && block.to <= to));
	}

	/** The rows at `[position, position + limit)`, in run order. */
	page(position: number, limit: number): ListedRow[] {
		const rows: ListedRow[] = [];
		let {block: at, skip} = this.#findBlock(Math.max(0, position));
		while (rows.length < limit && at < this.#blocks.length) {
			this.#cutWhile(at, ({count}) => count > 0);
			const block = this.#blocks[at];
			if (block && block.count > skip) rows.push(...this.#read(block, skip, limit - rows.length));
			skip = 0;
			at++;
		}
		return rows;
	}

	/** How many rows of the filter come before an id: the position of that row, if it is one. */
	positionOf(id: number): number {
		this.#cutUntil(({from, to}) => from < id && id <= to);
		let position = 0;
		for (const block of this.#blocks) {
			if (block.from >= id) break;
			position += block.to < id ? block.count : this.#countRange({from: block.from, to: id - 1});
		}
		return position;
	}

	/** Whether the row of an id is in the list. */
	has(id: number): boolean {
		return this.#countRange({from: id, to: id}) > 0;
	}

	/**
	The nearest row of the filter after (or before) an id; goes around the end.

	@param range Only rows in there.
	*/
	findNext(
		id: number,
		direction: 1 | -1,
		range: IdRange = {from: 0, to: Number.MAX_SAFE_INTEGER},
	): number | null {
		const ahead = direction === 1 ? {from: id + 1, to: range.to} : {from: range.from, to: id - 1};
		return this.#findFirst(ahead, direction) ?? this.#findFirst(range, direction);
	}

	/** To be called before a decision about these ids, so that `refresh` need not count much. */
	expectChange({from, to}: IdRange): void {
		if (!this.#followsDecisions) return;
		const isInside = (block: Block) => block.from >= from && block.to <= to;
		this.#cutUntil((block) => overlap(block, {from, to}) && !isInside(block));
	}

	/** Counts anew where decisions were made. */
	refresh(range: IdRange): void {
		if (!this.#followsDecisions) return;
		this.#setBlocks(
			this.#blocks.map((block) =>
				overlap(block, range) ? {...block, count: this.#countRange(block)} : block,
			),
		);
	}

	/** A lane's share of the filter, from what the scan counted. */
	#measureLane({tableNumber, lane, found, counts}: Lane, filter: IndexedFilter): Block[] {
		if (found === 0 || !this.#takesTable(tableNumber, filter)) return [];
		const from = makeRowId(tableNumber, lane, 0);
		const range = {from, to: from + found - 1};
		const states = filter.unresolved ? ['conflict' as const] : filter.states;
		const total = states === undefined ? found : sumStates(counts, states, filter);
		if (total === 0) return [];
		const count = filter.unresolved ? total - this.#countSettled(range) : total;
		if (count < found) return [{...range, count, isCoarse: true}];
		const blocks: Block[] = [];
		for (let first = range.from; first <= range.to; first += blockIds) {
			const last = Math.min(range.to, first + blockIds - 1);
			blocks.push({from: first, to: last, count: last - first + 1, isCoarse: false});
		}
		return blocks;
	}

	#takesTable(tableNumber: number, {tables}: IndexedFilter): boolean {
		return tables === undefined || tables.some((name) => this.#rows.numberOf(name) === tableNumber);
	}

	/** The block that holds a position and how many of its rows come before that. */
	#findBlock(position: number): {block: number; skip: number} {
		let before = 0;
		for (let block = 0; block < this.#blocks.length; block++) {
			const start = before;
			this.#cutWhile(block, ({count}) => start + count > position);
			const count = this.#blocks[block]?.count ?? 0;
			if (start + count > position) return {block, skip: position - start};
			before += count;
		}
		return {block: this.#blocks.length, skip: 0};
	}

	/** Cuts coarse blocks until none is left that must not be one. */
	#cutUntil(isTooCoarse: (block: Block) => boolean): void {
		for (;;) {
			const found = this.#blocks.findIndex((block) => block.isCoarse && isTooCoarse(block));
			if (found < 0) return;
			this.#cutHead(found);
		}
	}

	/** Cuts at one place while a coarse block stands there that must not be one. */
	#cutWhile(at: number, isTooCoarse: (block: Block) => boolean): void {
		for (;;) {
			const block = this.#blocks[at];
			if (!block?.isCoarse || !isTooCoarse(block)) return;
			this.#cutHead(at);
		}
	}

	/** Counts the beginning of a coarse block; the rest stays as it is. */
	#cutHead(index: number): void {
		const coarse = this.#blocks[index];
		if (!coarse) return;
		const end = Math.min(coarse.to, coarse.from + cutIds - 1);
		const rows = this.#guard(() =>
			this.#database
				.prepare(
					`SELECT id / ${blockIds}, count(*) FROM row_change
					WHERE ${this.#where} AND id BETWEEN ? AND ? GROUP BY 1`,
				)
				.raw()
				.all(...this.#bindings, coarse.from, end),
		);
		// The columns are those of the query above.
		const counts = new Map(rows as [number, number][]);
		const head: Block[] = [];
		// Stretches without a row stay: undoing a decision may bring one back.
		for (let from = coarse.from; from <= end; from = nextBlock(from)) {
			const count = counts.get(Math.floor(from / blockIds)) ?? 0;
			head.push({from, to: Math.min(end, nextBlock(from) - 1), count, isCoarse: false});
		}
		const left = coarse.count - sumCounts(head);
		const rest = end < coarse.to ? [{...coarse, from: end + 1, count: left}] : [];
		const [before, after] = [this.#blocks.slice(0, index), this.#blocks.slice(index + 1)];
		this.#setBlocks([...before, ...head, ...rest, ...after]);
	}

	#setBlocks(blocks: readonly Block[]): void {
		this.#blocks = blocks;
		this.#count = sumCounts(blocks);
	}

	#findFirst(range: IdRange, direction: 1 | -1): number | null {
		const holds = (block: Block) => block.count > 0 && overlap(block, range);
		// Backwards the last one is wanted: nothing on the way to it may stay uncounted.
		if (direction === -1) this.#cutUntil(holds);
		const end = direction === 1 ? () => this.#blocks.length : () => -1;
		for (let at = direction === 1 ? 0 : this.#blocks.length - 1; at !== end(); at += direction) {
			this.#cutWhile(at, holds);
			const block = this.#blocks[at];
			if (!block || !holds(block)) continue;
			const [from, to] = [Math.max(range.from, block.from), Math.min(range.to, block.to)];
			const found = this.#guard(() =>
				this.#database
					.prepare(
						`SELECT id FROM row_change WHERE ${this.#where} AND id BETWEEN ? AND ?
						ORDER BY id ${direction === 1 ? 'ASC' : 'DESC'} LIMIT 1`,
					)
					.pluck()
					.get(...this.#bindings, from, to),
			);
			if (typeof found === 'number') return found;
		}
		return null;
	}

	#read({from, to}: IdRange, skip: number, limit: number): ListedRow[] {
		const rows = this.#guard(() =>
			this.#database
				.prepare(
					`${selectListedRows} WHERE ${this.#where} AND id BETWEEN ? AND ?
					ORDER BY id LIMIT ? OFFSET ?`,
				)
				.all(...this.#bindings, from, to, limit, skip),
		);
		return rows.map((row) => decodeListedRow(row, this.#rows));
	}

	#countRange({from, to}: IdRange): number {
		const count = this.#guard(() =>
			this.#database
				.prepare(`SELECT count(*) FROM row_change WHERE ${this.#where} AND id BETWEEN ? AND ?`)
				.pluck()
				.get(...this.#bindings, from, to),
		);
		return Number(count);
	}

	#countSettled({from, to}: IdRange): number {
		// CROSS JOIN keeps the order: few resolutions look their rows up, not the other way round.
		const count = this.#guard(() =>
			this.#database
				.prepare(
					`SELECT count(*) FROM resolution CROSS JOIN row_change ON id = row_id
					WHERE row_id BETWEEN ? AND ? AND state = 'conflict'`,
				)
				.pluck()
				.get(from, to),
		);
		return Number(count);
	}
}

function sumStates(
	counts: Lane['counts'],
	states: readonly RowState[],
	filter: IndexedFilter,
): number {
	const taken = filter.states ?? states;
	return states
		.filter((state) => taken.includes(state))
		.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

function sumCounts(blocks: readonly Block[]): number {
	return blocks.reduce((sum, {count}) => sum + count, 0);
}

function overlap(a: IdRange, b: IdRange): boolean {
	return a.to >= b.from && a.from <= b.to;
}

/** Ids begin at multiples of the block's size. */
function nextBlock(id: number): number {
	return (Math.floor(id / blockIds) + 1) * blockIds;
}
