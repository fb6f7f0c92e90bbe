import type {Database} from 'better-sqlite3';
import {SchemaChangedError} from '../../../model/errors.ts';
import type {Layout} from '../../../model/layout.ts';
import {foldName} from '../catalog/fold-name.ts';
import {matchKey} from '../pair/key-match.ts';
import {checkUnique, checkWhere} from '../pair/pair-plan.ts';
import {readSideTable, type SideColumn, type SideTable} from '../pair/side-table.ts';
import type {TextEncoding} from '../rows/values.ts';

/** What reading one table of one side needs to know, the same from segment to segment. */
export type SidePlan = {
	readonly layout: Layout;
	readonly table: SideTable;
	readonly encoding: TextEncoding;
	/** For each column of the layout, the table's own; null where it has none. */
	readonly columns: readonly (SideColumn | null)[];
	/** Of the key's columns, the positions among the layout's. */
	readonly keyAt: readonly number[];
	/** Names of the key's columns that may hold NULL. */
	readonly nullable: readonly string[];
};

/**
Finds a layout's columns in the table as it is now.

@throws {SchemaChangedError} When the table or a column is no longer there.
@throws {ConfigurationError} When the key is not unique, or `where` is no valid condition.
*/
export function makeSidePlan(
	database: Database,
	layout: Layout,
	encoding: TextEncoding,
	sideName: string,
): SidePlan {
	const table = readSideTable(database, 'main', layout.table);
	const fail = (what: string) =>
		new SchemaChangedError(`The structure of ${layout.table} changed on ${sideName}: ${what}.`, {
			hint: 'Start the comparison anew.',
		});
	if (!table) throw fail('it is gone');
	const columns = layout.columns.map(({name, role}) => {
		const column = table.columns.get(foldName(name));
		if (!column && role === 'common') throw fail(`it no longer has the column ${name}`);
		return column ?? null;
	});
	checkWhere(database, layout, [table], () => sideName);
	if (layout.key.columns.length > 0) {
		const key = matchKey(layout, [table]);
		if (key.unproven.length > 0) checkUnique(database, layout, key, table, sideName);
	}
	const keyAt = layout.key.columns.map((name) =>
		layout.columns.findIndex((column) => foldName(column.name) === foldName(name)),
	);
	return {
		layout,
		table,
		encoding,
		columns,
		keyAt,
		nullable: layout.key.columns.filter(
			(name) => table.columns.get(foldName(name))?.isNotNull !== true,
		),
	};
}
