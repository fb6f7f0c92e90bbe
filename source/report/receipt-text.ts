import type {Receipt} from '../model/receipt.ts';
import {formatCount, formatDuration, plural} from './number-text.ts';
import type {Spans} from './spans.ts';
import {layOutTable, type TableColumn} from './text-table.ts';

/** What an apply or a rehearsal did, for people. */
export function describeReceipt(receipt: Receipt): Spans[] {
	const {tables, verifiedRows, rewrittenRows, rewritten} = receipt;
	const took = Date.parse(receipt.endedAt) - Date.parse(receipt.startedAt);
	const lines: Spans[] = [
		[{text: describeOutcome(receipt), tone: 'good'}],
		[
			{
				text: `${plural(receipt.statements, 'statement')} (${formatCount(receipt.schemaStatements)} of structure) in ${formatDuration(took)}; ${plural(verifiedRows, 'row')} read back and found as planned.`,
			},
		],
	];
	if (tables.length > 0) lines.push(...layOutTables(receipt));
	if (receipt.notTried && receipt.notTried.schemaStatements > 0) {
		lines.push([{text: describeNotTried(receipt.notTried), tone: 'warning'}]);
	}
	if (rewrittenRows > 0) {
		lines.push([
			{
				text: `Accepted: ${plural(rewrittenRows, 'row')} that triggers wrote differently.`,
				tone: 'warning',
			},
		]);
		for (const {table, row, columns} of rewritten) {
			lines.push([{text: `  ${table} (${row}): ${columns.join(', ')}`}]);
		}
	}
	return lines;
}

/** What can't be rolled back can't be rehearsed. */
function describeNotTried({
	schemaStatements,
	rowStatements,
}: NonNullable<Receipt['notTried']>): string {
	const schema = plural(schemaStatements, 'statement');
	const rows = rowStatements > 0 ? `, nor the ${plural(rowStatements, 'row')} of those tables` : '';
	return `Not tried: ${schema} of structure${rows}. This server would have committed them.`;
}

export function describeOutcome({kind, result, target, notTried}: Receipt): string {
	if (result === 'rehearsed' && notTried) {
		return `Rehearsed on ${target} as far as it can be rolled back: that much fits.`;
	}
	if (result === 'rehearsed') return `Rehearsed on ${target} and rolled back: everything fits.`;
	return kind === 'undo' ? `Undone on ${target}.` : `Applied to ${target}.`;
}

function layOutTables({tables}: Receipt): Spans[] {
	const columns: TableColumn[] = [
		{title: 'table'},
		...['inserted', 'updated', 'deleted'].map((title): TableColumn => ({title, align: 'right'})),
	];
	return layOutTable(
		columns,
		tables.map(({table, inserted, updated, deleted}): Spans[] => [
			[{text: table}],
			...[inserted, updated, deleted].map((count): Spans => [{text: formatCount(count)}]),
		]),
	);
}
