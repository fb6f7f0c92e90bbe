import {areCellsEqual, type Row} from '../model/cell.ts';
import {decodeRow, encodeRow, sameField, splitFields} from '../model/encoding.ts';
import type {Layout} from '../model/layout.ts';
import type {PackedPairs} from '../model/packed-pairs.ts';
import type {RowState} from '../model/row-change.ts';
import type {RowPair} from '../model/segment.ts';
import type {FoundPair, FoundRows} from '../store/found-rows.ts';

/**
Gives a pair its two-way state. A row that differs only in columns which prod does not
have yet is dev's change alone: there is nothing of prod's to lose.
*/
export function classifyPair(pair: RowPair, layout: Layout): FoundPair {
	return withState(pair, twoWayState(pair, layout), null);
}

/** The same of many: only where dev has columns of its own must a row be looked into. */
export function classifyPacked(pairs: PackedPairs, layout: Layout): FoundRows {
	const mustLook = hasDevOnlyColumns(layout);
	const states = Array.from({length: pairs.length}, (_, index): RowState => {
		if (pairs.lacks(index, 'prod')) return 'added';
		if (pairs.lacks(index, 'dev')) return 'removed';
		return mustLook ? twoWayState(pairs.pair(index), layout) : 'conflict';
	});
	return {pairs, states};
}

/** Named one by one: spreading an object costs more than all else that happens to a pair here. */
function withState(pair: RowPair, state: RowState, base: string | null): FoundPair {
	const {key, prod, dev, prodDigest, devDigest, copies} = pair;
	return {key, prod, dev, prodDigest, devDigest, copies, state, base};
}

function twoWayState({prod, dev}: RowPair, layout: Layout): RowState {
	if (prod === null) return 'added';
	if (dev === null) return 'removed';
	if (!hasDevOnlyColumns(layout)) return 'conflict';
	const fields = splitFields(dev);
	const differsInCommon = fields
		.slice(0, layout.comparedCount)
		.some((field, index) => field !== sameField && layout.columns[index]?.role === 'common');
	return differsInCommon ? 'conflict' : 'dev-only';
}

/** Dev-only columns are the last of those that are compared. */
function hasDevOnlyColumns({columns, comparedCount}: Layout): boolean {
	return columns[comparedCount - 1]?.role === 'dev-only';
}

/**
Gives a pair the state that its common ancestor tells: who changed what since.

| | prod unchanged | prod changed | prod gone | prod added |
| --- | --- | --- | --- | --- |
| dev changed | dev-only | merged, or conflict where one cell was changed by both | conflict | |
| dev unchanged | | prod-only | prod-only | |
| dev gone | dev-only | conflict | | |
| dev added | | | | conflict |

@param base The ancestor's encoded row of the same key; null when it had none.
*/
export function classifyWithBase(pair: RowPair, base: string | null, layout: Layout): FoundPair {
	return withState(pair, threeWayState(pair, base, layout), base);
}

function threeWayState(pair: RowPair, base: string | null, layout: Layout): RowState {
	const prod = pair.prod === null ? null : decodeRow(pair.prod);
	const dev = pair.dev === null ? null : decodeRow(pair.dev, prod ?? undefined);
	const ancestor = base === null ? null : decodeRow(base);
	if (!ancestor) {
		if (!prod) return 'added';
		return dev ? twoWayState(pair, layout) : 'prod-only';
	}
	// What prod would hold in a column that it does not have yet is no change of prod's.
	const byProd =
		prod &&
		new Set(
			[...changedColumns(ancestor, prod, layout)].filter(
				(index) => layout.columns[index]?.role !== 'dev-only',
			),
		);
	const byDev = dev && changedColumns(ancestor, dev, layout);
	if (!byProd) return byDev?.size === 0 ? 'prod-only' : 'conflict';
	if (!byDev) return byProd.size === 0 ? 'dev-only' : 'conflict';
	// What both changed to the same is no difference any more.
	const [ours, theirs] = [byProd, byDev].map((columns) =>
		[...columns].filter((column) => {
			const [prodCell, devCell] = [prod[column], dev[column]];
			return prodCell && devCell && !areCellsEqual(prodCell, devCell);
		}),
	);
	if (!ours?.length) return 'dev-only';
	if (!theirs?.length) return 'prod-only';
	return ours.some((column) => theirs.includes(column)) ? 'conflict' : 'merged';
}

/** Indexes of the compared columns in which a row is no longer what its ancestor was. */
export function changedColumns(ancestor: Row, row: Row, layout: Layout): Set<number> {
	const changed = new Set<number>();
	for (let index = 0; index < layout.comparedCount; index++) {
		const [before, after] = [ancestor[index], row[index]];
		if (!before || !after || after.kind === 'absent') continue;
		// A column that the ancestor did not have yet: NULL is what it would have held.
		if (before.kind === 'absent' && after.kind === 'null') continue;
		if (!areCellsEqual(before, after)) changed.add(index);
	}
	return changed;
}

/**
Puts aside what lies within the configured tolerance: such a cell counts as equal.

@returns The pair, or null when nothing else differs.
*/
export function applyTolerance(pair: RowPair, layout: Layout): RowPair | null {
	if (pair.prod === null || pair.dev === null) return pair;
	const prod = decodeRow(pair.prod);
	const dev = decodeRow(pair.dev, prod);
	const settled = dev.map((cell, index) => {
		const ours = prod[index];
		const limit = layout.columns[index]?.tolerance ?? null;
		return ours && limit !== null && isWithin(ours.text, cell.text, limit) ? ours : cell;
	});
	const differs = settled
		.slice(0, layout.comparedCount)
		.some((cell, index) => !areCellsEqual(cell, prod[index] ?? cell));
	if (!differs) return null;
	return {...pair, dev: encodeRow(settled)};
}

function isWithin(ours: string, theirs: string, limit: number): boolean {
	if (ours === '' || theirs === '') return false;
	return Math.abs(Number(ours) - Number(theirs)) <= limit;
}
