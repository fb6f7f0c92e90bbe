import type {Comparison, TableComparison} from '../model/comparison.ts';

/** Raised when a JSON document changes shape. */
export const jsonVersion = 1;

/**
A comparison as the document of `diff --json`:
`{version, run, prod, dev, base, complete, schema: {changes}, tables, conflicts,
unresolved, identical}`. `identical` is about what was compared; a table, column or row
that was not is told by `tables[].status`, `columnsLeftOut` and `where`.
*/
export function comparisonToJson(comparison: Comparison): Record<string, unknown> {
	const {run, createdAt, prod, dev, base, isComplete, changes, tables} = comparison;
	return {
		version: jsonVersion,
		run,
		createdAt,
		prod,
		dev,
		base,
		complete: isComplete,
		schema: {changes},
		tables: tables.map(tableToJson),
		conflicts: comparison.conflicts,
		unresolved: comparison.unresolved,
		identical: comparison.identical,
	};
}

function tableToJson(table: TableComparison): Record<string, unknown> {
	const {counts} = table;
	return {
		table: table.table,
		status: table.status,
		reason: table.reason,
		prodRows: table.prodRows,
		devRows: table.devRows,
		same: table.same,
		added: counts.added,
		removed: counts.removed,
		conflicts: counts.conflict,
		devOnly: counts['dev-only'],
		prodOnly: counts['prod-only'],
		merged: counts.merged,
		resolved: table.resolved,
		columnsLeftOut: table.columnsLeftOut,
		where: table.where,
	};
}
