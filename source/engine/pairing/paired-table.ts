import type {SideReader} from '../../dialects/side-reader.ts';
import {spellForDev, type Layout} from '../../model/layout.ts';
import {WayChooser, type PairWay} from './choose-way.ts';
import {findKeyComparer, type KeyComparer} from './compare-keys.ts';
import type {PairShape} from './row-pair.ts';

/** What one side is asked for: its own spelling of the names. */
export type SideLayouts = {readonly prod: Layout; readonly dev: Layout};

/** Everything about comparing one table side by side that stays the same from segment to segment. */
export type PairedTable = {
	readonly layout: Layout;
	/** All columns. */
	readonly whole: SideLayouts;
	/** What is read to find differences: without columns that are only carried along, where lines tell. */
	readonly lean: SideLayouts;
	readonly hasProd: boolean;
	/** Equal lines of both sides, in `lean`, are equal rows. */
	readonly isSameFormat: boolean;
	readonly shape: PairShape;
	readonly leanShape: PairShape;
	/** Null: only the servers know how keys sort. */
	readonly compareKeys: KeyComparer | null;
	/**
	What a difference is can't be told from the lines alone: carried columns are read by key, and
	a row that looks alone may have a partner outside the condition or under another spelling.
	*/
	readonly needsLookUps: boolean;
	readonly ways: WayChooser;
};

/**
Finds out how the sides' rows of a table can be compared.

@param start The way to begin with.
*/
export async function pairTable(
	layout: Layout,
	prod: SideReader,
	dev: SideReader,
	start: PairWay,
): Promise<PairedTable> {
	const hasProd = layout.presentOn === 'both';
	const whole = spell(layout);
	const {columns, comparedCount, key, where} = layout;
	const hasCarried = comparedCount < columns.length;
	const compared = hasCarried
		? spell({...layout, columns: columns.slice(0, comparedCount)})
		: whole;
	const [ours, theirs] = hasProd
		? await Promise.all([prod.describeFormat(compared.prod), dev.describeFormat(compared.dev)])
		: ['', await dev.describeFormat(compared.dev)];
	const isSameFormat = ours === theirs;
	// Where all rows are decoded anyway, what they carry comes along.
	const lean = isSameFormat && key.kind !== 'rows' ? compared : whole;
	const fills = columns.some(({role}) => role === 'dev-only')
		? await dev.readFills(whole.dev)
		: columns.map(() => null);
	const shape = {columnCount: columns.length, comparedCount, fills};
	return {
		layout,
		whole,
		lean,
		hasProd,
		isSameFormat,
		shape,
		leanShape: {...shape, columnCount: lean.prod.columns.length},
		compareKeys: key.paging === 'buckets' ? null : findKeyComparer(key.orders),
		needsLookUps: lean !== whole || (hasProd && (where !== null || key.isLoose === true)),
		ways: new WayChooser(hasProd && isSameFormat, start),
	};
}

function spell(layout: Layout): SideLayouts {
	return {prod: layout, dev: spellForDev(layout)};
}
