import type {Column, Table} from '../../../model/catalog.ts';
import {findAffinity, keepsValues} from '../affinity.ts';
import {findColumn, hasOption} from './table-traits.ts';

/** What of prod's values the way back could not bring back, as sentences; empty when all. */
export function listLosses(prod: Table, final: Table): string[] {
	return prod.columns.flatMap((column) => {
		const after = findColumn(final, column.name);
		const reason = column.generated ? null : findLoss(column, after, prod, final);
		return reason === null ? [] : [`Can not be undone: ${reason}.`];
	});
}

function findLoss(
	before: Column,
	after: Column | undefined,
	prod: Table,
	final: Table,
): string | null {
	const {name} = before;
	if (!after) return `the values of ${name} are gone`;
	if (after.generated) return `the values of ${name} give way to computed ones`;
	const from = findAffinity(before.type, hasOption(prod, 'STRICT'));
	const to = findAffinity(after.type, hasOption(final, 'STRICT'));
	if (!keepsValues(from, to)) return `values of ${name} are converted`;
	if (after.identity && before.nullable) return `NULL in ${name} gives way to a new row id`;
	return null;
}
