import type {Layout} from '../../../model/layout.ts';
import {foldName} from '../catalog/fold-name.ts';
import {quoteName} from '../quote-name.ts';
import type {SideColumn, SideIndex, SideTable} from './side-table.ts';

/** How the rows of two tables find each other. */
export type KeyMatch = {
	readonly columns: readonly KeyColumn[];
	/** The sides whose own constraints do not promise that no key comes twice. */
	readonly unproven: readonly SideTable[];
};

export type KeyColumn = {
	readonly name: string;
	/** Both sides' own collation where they agree, else BINARY. */
	readonly collation: string;
	/** The sides convert values differently: equal by their affinity is not yet equal. */
	readonly converts: boolean;
};

/**
Decides under which collation keys are compared. Where both sides call `abc` and `ABC` the
same key they are one row; where only one side does they are two.

@param sides Both sides, or the only one that has the table.
*/
export function matchKey(layout: Layout, sides: readonly SideTable[]): KeyMatch {
	const names = layout.key.columns;
	const own = sides.map((side) => findOwnCollations(side, names));
	const columns = names.map((name, at): KeyColumn => {
		const collations = new Set(own.map((list) => list[at] ?? 'BINARY'));
		const affinities = new Set(sides.map((side) => affinityClass(findColumn(side, name))));
		return {
			name,
			collation: collations.size === 1 ? ([...collations][0] ?? 'BINARY') : 'BINARY',
			converts: affinities.size > 1,
		};
	});
	return {columns, unproven: sides.filter((side) => !isUnique(side, columns))};
}

/** An application's own collation is known to that application alone. */
const builtIn = new Set(['BINARY', 'NOCASE', 'RTRIM']);

/** The collations under which a side itself holds the key unique; BINARY where it does not. */
export function findOwnCollations(side: SideTable, names: readonly string[]): string[] {
	const wanted = names.map(foldName);
	const isSame = (index: SideIndex) =>
		isPlainUnique(index) &&
		index.columns.every(({collation}) => builtIn.has(collation)) &&
		index.columns.length === wanted.length &&
		wanted.every((name) => findIndexed(index, name));
	const inOrder = (index: SideIndex) =>
		index.columns.every((column, at) => foldName(column.name ?? '') === wanted[at]);
	const candidates = side.indexes.filter(isSame);
	const index = candidates.find(inOrder) ?? candidates[0];
	return wanted.map((name) => (index && findIndexed(index, name)?.collation) ?? 'BINARY');
}

/** A unique index proves uniqueness under its own collation, and then under BINARY as well. */
function isUnique(side: SideTable, columns: readonly KeyColumn[]): boolean {
	const collations = new Map(columns.map(({name, collation}) => [foldName(name), collation]));
	if (side.rowidAlias !== null && collations.has(side.rowidAlias)) return true;
	return side.indexes.some(
		(index) =>
			isPlainUnique(index) &&
			index.columns.every(({name, collation}) => {
				const used = collations.get(foldName(name ?? ''));
				return used !== undefined && (used === 'BINARY' || used === collation);
			}),
	);
}

function isPlainUnique(index: SideIndex): boolean {
	return index.isUnique && !index.isPartial && index.columns.every(({name}) => name !== null);
}

function findIndexed(index: SideIndex, folded: string) {
	return index.columns.find(({name}) => name !== null && foldName(name) === folded);
}

function findColumn(side: SideTable, name: string): SideColumn | undefined {
	return side.columns.get(foldName(name));
}

/** INTEGER and NUMERIC convert alike. */
function affinityClass(column: SideColumn | undefined): string {
	return column?.affinity === 'NUMERIC' ? 'INTEGER' : (column?.affinity ?? 'BLOB');
}

/**
The condition that a row of `found` has the key of a row of `given`, so that an index of
`found` can answer it. The plus takes the other side's affinity away: values compare as they
are stored.
*/
export function joinKeys(key: KeyMatch, found: string, given: string): string {
	return key.columns
		.flatMap(({name, collation, converts}) => {
			const [left, right] = [`${found}.${quoteName(name)}`, `+${given}.${quoteName(name)}`];
			const collate = `COLLATE ${quoteName(collation)}`;
			const condition = `${left} ${collate} = ${right}`;
			return converts ? [condition, `+${left} ${collate} = ${right}`] : [condition];
		})
		.join(' AND ');
}

/** The folded names of the key's columns that may hold NULL on this side. */
export function findNullable(key: KeyMatch, side: SideTable): string[] {
	return key.columns.flatMap(({name}) =>
		findColumn(side, name)?.isNotNull ? [] : [foldName(name)],
	);
}
