import type {Table} from '../../model/catalog.ts';

/**
Orders tables parents first by their foreign keys, otherwise by name. In a cycle the first
by name goes first: some order is wrong in any case, and this one is always the same.
*/
export function orderTables(
	tables: readonly Table[],
	foldName: (name: string) => string,
): readonly Table[] {
	const byName = new Map(tables.map((table) => [foldName(table.name), table]));
	const names = [...byName.keys()].sort();
	const ordered: Table[] = [];
	const visited = new Set<string>();
	for (const name of names) visit(name);
	return ordered;

	function visit(start: string): void {
		// By hand and not by recursion: a chain of foreign keys may be as long as a schema is large.
		const path = enter(start);
		while (path.length > 0) {
			const top = path.at(-1);
			const parent = top?.parents.shift();
			if (parent !== undefined) path.push(...enter(parent));
			else if (path.pop() && top) ordered.push(top.table);
		}
	}

	function enter(name: string): {table: Table; parents: string[]}[] {
		const table = byName.get(name);
		if (!table || visited.has(name)) return [];
		visited.add(name);
		const parents = table.foreignKeys.map(({referencedTable}) => foldName(referencedTable));
		return [{table, parents: [...new Set(parents)].sort()}];
	}
}
