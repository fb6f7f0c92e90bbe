import type {Catalog, Table} from '../../model/catalog.ts';
import {findCommonKind} from '../../model/common-kind.ts';
import type {Layout} from '../../model/layout.ts';

/**
The layout by which the common ancestor is read. An ancestor on another engine than prod keeps
the same values in other types, so its cells are brought to what prod's are.
*/
export function makeBaseLayout(layout: Layout, prod: Catalog, base: Catalog): Layout {
	if (prod.engine === base.engine) return layout;
	const own = findTable(prod, layout.table);
	const theirs = findTable(base, layout.table);
	if (!own || !theirs) return layout;
	const columns = layout.columns.map((column) => {
		const ours = findColumn(own, column.name);
		const other = findColumn(theirs, column.name);
		if (column.as !== undefined || !ours || !other) return column;
		const {kind} = findCommonKind(ours.valueType, other.valueType);
		return kind === null ? column : {...column, as: kind};
	});
	return {...layout, columns};
}

function findTable({tables}: Catalog, name: string): Table | undefined {
	return tables.find((table) => table.name.toLowerCase() === name.toLowerCase());
}

function findColumn({columns}: Table, name: string) {
	return columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
}
