import {changedColumns} from '../../../engine/classify.ts';
import {outcomeOf, takeOf} from '../../../engine/resolve.ts';
import {areCellsEqual, type Cell} from '../../../model/cell.ts';
import type {Layout, LayoutColumn} from '../../../model/layout.ts';
import type {DecidedRow} from '../../../store/row-changes.ts';

/** One column of a row, with its cell on each side and what comes out. */
export type CellLine = {
	/** Index in the layout. */
	readonly column: number;
	readonly name: string;
	readonly role: LayoutColumn['role'];
	readonly isKey: boolean;
	readonly isChanged: boolean;
	/** Undefined: that side has no such row. */
	readonly prod: Cell | undefined;
	readonly dev: Cell | undefined;
	readonly base: Cell | undefined;
	/** What prod will hold. Undefined: there will be no row, or it is open. */
	readonly result: Cell | undefined;
	readonly takes: CellTake;
	/** Only a base can tell. */
	readonly changedBy: 'prod' | 'dev' | 'both' | undefined;
};

/** Where a cell's result comes from; `same`: both sides agree or the row has one side only. */
export type CellTake = 'open' | 'ours' | 'theirs' | 'edited' | 'same';

/** The columns of a row: those that differ first, then the others in their own order. */
export function listCellLines(row: DecidedRow, layout: Layout): readonly CellLine[] {
	const isDecided = takeOf(row) !== null;
	const outcome = isDecided ? outcomeOf(row, layout) : null;
	const keys = new Set(layout.key.columns);
	const changed = new Set(row.changed);
	const {prod, dev, base} = row;
	const byProd = base && prod && changedColumns(base, prod, layout);
	const byDev = base && dev && changedColumns(base, dev, layout);
	const lines = layout.columns.map(({name, role}, column): CellLine => {
		const isChanged = changed.has(column);
		const isOpen = !isDecided && (isChanged || !hasBothSides(row));
		const sides = {prod: prod?.[column], dev: dev?.[column]};
		// Where both sides agree there is nothing to decide.
		const result = isDecided ? outcome?.[column] : isOpen ? undefined : sides.prod;
		return {
			column,
			name,
			role,
			isKey: keys.has(name),
			isChanged,
			...sides,
			result,
			base: base?.[column],
			takes: isOpen ? 'open' : judgeTake({...sides, result}, isChanged),
			changedBy: judgeAuthor(byProd?.has(column) ?? false, byDev?.has(column) ?? false),
		};
	});
	return [...lines.filter(({isChanged}) => isChanged), ...lines.filter((line) => !line.isChanged)];
}

/** Whether unchanged columns may be hidden: a row on one side only has no changed ones. */
export function hasBothSides({prod, dev}: DecidedRow): boolean {
	return prod !== null && dev !== null;
}

/** What the list shows, and how many columns it leaves out. */
export function selectCellLines(
	lines: readonly CellLine[],
	showsUnchanged: boolean,
): {readonly shown: readonly CellLine[]; readonly hidden: number} {
	const changed = lines.filter(({isChanged, takes}) => isChanged || takes === 'edited');
	if (showsUnchanged || changed.length === 0) return {shown: lines, hidden: 0};
	return {shown: changed, hidden: lines.length - changed.length};
}

function judgeTake(
	{prod, dev, result}: Pick<CellLine, 'prod' | 'dev' | 'result'>,
	isChanged: boolean,
): CellTake {
	if (!result) return 'same';
	const isOurs = prod !== undefined && areCellsEqual(result, prod);
	const isTheirs = dev !== undefined && areCellsEqual(result, dev);
	if (!isOurs && !isTheirs) return 'edited';
	if (!isChanged) return 'same';
	return isOurs ? 'ours' : 'theirs';
}

function judgeAuthor(byProd: boolean, byDev: boolean): CellLine['changedBy'] {
	if (byProd && byDev) return 'both';
	if (byProd) return 'prod';
	return byDev ? 'dev' : undefined;
}
