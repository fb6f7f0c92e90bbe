import {changedColumns} from '../../../engine/classify.ts';
import type {Layout} from '../../../model/layout.ts';
import {formatCount, plural} from '../../../report/number-text.ts';
import type {DecidedRow} from '../../../store/row-changes.ts';

const namesShown = 3;

/** What is known of how a row came to differ, in one or two sentences. */
export function explainRow(row: DecidedRow, layout: Layout, hasBase: boolean): string {
	const copies = row.copies > 1 ? ` It stands for ${formatCount(row.copies)} equal rows.` : '';
	return (hasBase ? explainWithBase(row, layout) : explainTwoWay(row)) + copies;
}

function explainTwoWay({prod, dev, changed, state}: DecidedRow): string {
	if (!prod) return 'Only dev has this row.';
	if (!dev) return 'Only prod has it: prod added it, or dev deleted it. Only a base could tell.';
	if (state === 'dev-only') return 'It differs only in columns that prod does not have yet.';
	const cells = plural(changed.length, 'cell');
	return `${cells} differ${changed.length === 1 ? 's' : ''}. Which side changed it, only a base could tell.`;
}

function explainWithBase(row: DecidedRow, layout: Layout): string {
	const {prod, dev, base} = row;
	if (!base) {
		if (prod && dev) {
			return 'Both sides added a row with this key: a generated key may have been used twice.';
		}
		return prod ? 'Prod added this row.' : 'Dev added this row.';
	}
	const byProd = prod && listNames([...changedColumns(base, prod, layout)], layout);
	const byDev = dev && listNames([...changedColumns(base, dev, layout)], layout);
	if (!prod) return byDev ? `Prod deleted this row, dev changed ${byDev}.` : 'Prod deleted it.';
	if (!dev) return byProd ? `Dev deleted this row, prod changed ${byProd}.` : 'Dev deleted it.';
	if (!byProd) return `Only dev changed it: ${byDev ?? ''}.`;
	if (!byDev) return `Only prod changed it: ${byProd}.`;
	return `Prod changed ${byProd}; dev changed ${byDev}.`;
}

function listNames(columns: readonly number[], layout: Layout): string {
	const names = columns.map((index) => layout.columns[index]?.name ?? '');
	const more = names.length - namesShown;
	return names.slice(0, namesShown).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
