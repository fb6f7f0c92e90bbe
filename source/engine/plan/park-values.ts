import {nullCell, type Cell, type CellKind} from '../../model/cell.ts';
import {digest} from '../../model/encoding.ts';
import type {RowTask} from './decide-write.ts';
import type {TableTarget} from './table-target.ts';
import {readClaim, type UniqueTarget} from './unique-values.ts';

/**
Values that get a row out of the way of every unique index in which its update moves.

@returns Column index → value; null when some index has no column that could hold one.
*/
export function parkValues(
	task: RowTask & {kind: 'update'},
	target: TableTarget,
	uniques: readonly UniqueTarget[],
): Map<number, Cell> | null {
	const parked = new Map<number, Cell>();
	for (const unique of uniques) {
		if (readClaim(unique, task)?.before == null) continue;
		const candidates = unique.columns.filter((index) => task.set.includes(index));
		if (candidates.some((index) => parked.has(index))) continue;
		const found = findValue(candidates, task, target, unique);
		if (!found) return null;
		parked.set(...found);
	}
	return parked;
}

function findValue(
	candidates: readonly number[],
	task: RowTask & {kind: 'update'},
	{table, columns}: TableTarget,
	{isExpression}: UniqueTarget,
): [number, Cell] | null {
	const keyColumns = new Set(table.primaryKey?.columns.map(({column}) => column));
	const isNullable = (index: number) => {
		const name = columns[index]?.name;
		const column = table.columns.find((candidate) => candidate.name === name);
		return column?.nullable === true && !keyColumns.has(column.name);
	};
	// NULL clashes with nothing and suits every type.
	const nullable = isExpression ? undefined : candidates.find(isNullable);
	if (nullable !== undefined) return [nullable, nullCell];
	for (const index of candidates) {
		const cell = task.before[index];
		const value = cell && makeStandIn(cell, `${task.change.id} ${index}`);
		if (value) return [index, value];
	}
	return null;
}

/** A value of the same kind that nobody uses: made from the row's number in the run. */
function makeStandIn({kind}: Cell, seed: string): Cell | null {
	const hex = digest(seed);
	// Beyond anything that counts upwards; above zero, since many a CHECK wants that.
	const number = 2 ** 52 + Number.parseInt(hex.slice(0, 12), 16);
	const stand: Partial<Record<CellKind, string>> = {
		integer: String(number),
		decimal: String(number),
		real: String(number * 1024),
		text: `aside ${hex.slice(0, 24)}`,
		bytes: hex.slice(0, 32),
		rawText: hex.slice(0, 32),
	};
	const text = stand[kind];
	return text === undefined ? null : {kind, text};
}

/** The columns that hold a temporary value and that a CHECK names: it may refuse that value. */
export function listCheckedColumns(
	parked: ReadonlyMap<number, Cell>,
	{table, columns}: TableTarget,
): string[] {
	return [...parked.keys()]
		.map((index) => columns[index]?.name ?? '')
		.filter((name) => table.checks.some(({expression}) => expression.includes(name)));
}
