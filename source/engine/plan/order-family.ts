import type {ForeignKey, Table} from '../../model/catalog.ts';
import {encodeRow} from '../../model/encoding.ts';
import {absentCell, type Row} from '../../model/cell.ts';
import type {TableTarget} from './table-target.ts';

/** Beyond this many rows they keep the order of their keys, in which parents mostly come first. */
export const largestFamily = 50_000;

/** One row of a table that refers to itself. */
export type FamilyMember = {
	readonly id: number;
	/** What others refer to it by; one a foreign key. */
	readonly own: readonly string[];
	/** Whom it refers to; null where it refers to nobody. */
	readonly parents: readonly (string | null)[];
};

export type FamilyReader = (id: number, row: Row) => FamilyMember;

/** How to read the relations inside a table; null when it does not refer to itself. */
export function makeFamilyReader(
	{table, columns}: TableTarget,
	foldName: (name: string) => string,
): FamilyReader | null {
	const indexOf = (name: string) =>
		columns.findIndex((column) => foldName(column.name) === foldName(name));
	const keys = table.foreignKeys
		.filter(({referencedTable}) => foldName(referencedTable) === foldName(table.name))
		.map((key) => ({
			from: key.columns.map(indexOf),
			to: referencedColumns(key, table).map(indexOf),
		}));
	if (keys.length === 0) return null;
	const read = (row: Row, indexes: readonly number[]) => {
		const cells = indexes.map((index) => row[index] ?? absentCell);
		const isNobody = cells.some(({kind}) => kind === 'null' || kind === 'absent');
		return isNobody ? null : encodeRow(cells);
	};
	return (id, row) => ({
		id,
		own: keys.map(({to}, key) => `${key} ${read(row, to) ?? ''}`),
		parents: keys.map(({from}, key) => {
			const parent = read(row, from);
			return parent === null ? null : `${key} ${parent}`;
		}),
	});
}

function referencedColumns({referencedColumns: named}: ForeignKey, table: Table): string[] {
	if (named.length > 0) return [...named];
	return table.primaryKey?.columns.flatMap(({column}) => column ?? []) ?? [];
}

/**
Orders the rows of one table parents first, otherwise as they come.

@returns Null when they already come that way.
*/
export function orderFamily(members: readonly FamilyMember[]): number[] | null {
	const byName = new Map(members.flatMap((member) => member.own.map((own) => [own, member])));
	const visited = new Set<FamilyMember>();
	const ordered: number[] = [];
	for (const member of members) {
		const path = enter(member);
		while (path.length > 0) {
			const top = path.at(-1);
			const parents = top ? findParent(top) : [];
			if (parents.length > 0) path.push(...parents);
			else if (path.pop() && top) ordered.push(top.id);
		}
	}
	const isSame = members.every(({id}, index) => id === ordered[index]);
	return isSame ? null : ordered;

	function enter(member: FamilyMember): FamilyMember[] {
		if (visited.has(member)) return [];
		visited.add(member);
		return [member];
	}

	/** The first parent that is not placed yet. */
	function findParent({parents}: FamilyMember): FamilyMember[] {
		for (const parent of parents) {
			const member = parent === null ? undefined : byName.get(parent);
			if (member && !visited.has(member)) return enter(member);
		}
		return [];
	}
}

/**
Whether some row refers to one that `ordered` puts after it: then no order has parents first.

@param ordered What `orderFamily` gave.
*/
export function hasCircle(
	members: readonly FamilyMember[],
	ordered: readonly number[] | null,
): boolean {
	const placeOf = new Map((ordered ?? members.map(({id}) => id)).map((id, place) => [id, place]));
	const placeByName = new Map(
		members.flatMap(({id, own}) => own.map((name) => [name, placeOf.get(id) ?? 0])),
	);
	return members.some(({id, parents}) => {
		const own = placeOf.get(id) ?? 0;
		return parents.some((parent) => parent !== null && (placeByName.get(parent) ?? own) > own);
	});
}
