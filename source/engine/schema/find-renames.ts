import type {Column, Table} from '../../model/catalog.ts';
import type {Hazard} from '../../model/hazard.ts';

/**
Which of dev's new columns each of prod's own may have become: one that is defined alike, in
the same place of the table if several are. A guess to be told, never to be acted on.

@param isAlike Whether two columns are the same but for their names.
*/
export function findRenames(
	prod: Table,
	dev: Table,
	{dropped, created}: {readonly dropped: readonly Column[]; readonly created: readonly Column[]},
	isAlike: (prod: Column, dev: Column) => boolean,
): ReadonlyMap<Column, Column> {
	const renames = new Map<Column, Column>();
	for (const column of dropped) {
		const alike = created.filter((other) => isAlike(column, other));
		const place = prod.columns.indexOf(column);
		const heir =
			alike.find((other) => dev.columns.indexOf(other) === place) ??
			(alike.length === 1 && dropped.filter((own) => isAlike(own, alike[0] ?? own)).length === 1
				? alike[0]
				: undefined);
		if (heir) renames.set(column, heir);
	}
	return renames;
}

export function makeRenameHazard(before: Column, after: Column): Hazard {
	return {
		kind: 'mayBeRename',
		message: `Dev has ${after.name} just like it: if ${before.name} was renamed, rename it on prod and compare again to keep its values.`,
	};
}
