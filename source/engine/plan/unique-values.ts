import type {Table} from '../../model/catalog.ts';
import {absentCell, type Cell, type Row} from '../../model/cell.ts';
import {digest} from '../../model/encoding.ts';
import type {RowTask} from './decide-write.ts';
import type {TableTarget} from './table-target.ts';

/** One unique index, constraint or primary key over columns that are compared. */
export type UniqueTarget = {
	/** Unique within the plan. */
	readonly number: number;
	/** Layout indexes of the columns whose values, together, must differ. */
	readonly columns: readonly number[];
	/** It is over an expression: a NULL in it does not keep two rows apart. */
	readonly isExpression: boolean;
};

type KeyPart = {readonly column: string | null; readonly expression: string | null};

/** The unique indexes of a table whose values a plan may have to move around. */
export function listUniques(
	target: TableTarget,
	foldName: (name: string) => string,
	firstNumber: number,
): UniqueTarget[] {
	const {table, columns} = target;
	const indexOf = new Map(columns.map(({name}, index) => [foldName(name), index]));
	const resolve = ({column, expression}: KeyPart): number[] => {
		if (column !== null) return [indexOf.get(foldName(column)) ?? -1];
		// Whatever it computes: from these columns. Values are compared as these together.
		const words = new Set((expression ?? '').match(/[\p{L}\p{N}_$]+/gu)?.map(foldName));
		return [...indexOf].flatMap(([name, index]) => (words.has(name) ? [index] : []));
	};
	return listParts(table)
		.map((parts) => ({
			columns: [...new Set(parts.flatMap(resolve))].filter((index) => index >= 0),
			isExpression: parts.some(({column}) => column === null),
		}))
		.filter((unique) => unique.columns.length > 0)
		.map((unique, index) => ({...unique, number: firstNumber + index}));
}

function listParts(table: Table): (readonly KeyPart[])[] {
	return [
		...(table.primaryKey ? [table.primaryKey.columns] : []),
		...table.uniques.map(({columns}) => columns),
		...table.indexes.filter(({unique}) => unique).map(({columns}) => columns),
	];
}

/** What a row gives up and takes in one unique index; null where it does neither. */
export function readClaim(
	unique: UniqueTarget,
	task: RowTask,
): {before: string | null; after: string | null} | null {
	if (task.kind === 'insert') return {before: null, after: makeTuple(unique, task.after)};
	if (task.kind === 'delete') return {before: makeTuple(unique, task.before), after: null};
	const {before, after, set} = task;
	if (!unique.columns.some((index) => set.includes(index))) return null;
	const moved = before.map((cell, index) => (set.includes(index) ? after[index] : null) ?? cell);
	const [old, taken] = [makeTuple(unique, before), makeTuple(unique, moved)];
	return old === taken ? null : {before: old, after: taken};
}

function makeTuple({columns, isExpression}: UniqueTarget, row: Row): string | null {
	const cells = columns.map((index) => row[index] ?? absentCell);
	if (!isExpression && cells.some(({kind}) => kind === 'null' || kind === 'absent')) return null;
	return digest(JSON.stringify(cells.map(coarsen)));
}

/**
Two values that any collation could call equal become the same. Calling too much equal only
orders statements that needed no order; calling too little equal would break an apply.
*/
function coarsen({kind, text}: Cell): string {
	if (kind === 'text') return `t${text.normalize('NFKC').toLowerCase().trim()}`;
	const isNumber = kind === 'integer' || kind === 'real' || kind === 'decimal';
	return isNumber ? `n${Number(text)}` : `${kind} ${text}`;
}
