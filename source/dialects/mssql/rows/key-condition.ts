import type {Cell} from '../../../model/cell.ts';
import {decodeRow} from '../../../model/encoding.ts';
import type {Segment} from '../../../model/segment.ts';
import {parseType} from '../parse-type.ts';
import type {ColumnType} from '../values/column-form.ts';
import {fitCell, renderLiteral} from '../values/literal.ts';
import type {PlanColumn, RowPlan} from './row-plan.ts';

/*
Ranges of keys in the server's own order. There are no comparisons of rows: they are written out,
and the first column has a range of its own for the index. A column stands bare, so that the
comparison is in its own collation.
*/

/** The rows of a segment; both ends open gives no condition. */
export function limitToSegment({key}: RowPlan, {after, upTo}: Segment): string[] {
	return [
		...(after === null ? [] : [compareKey(key, decodeRow(after), '>')]),
		...(upTo === null ? [] : [compareKey(key, decodeRow(upTo), '<=')]),
	];
}

/** Which of two keys comes first, asked without the table: holds when it is `a`. */
export function compareKeys({key}: RowPlan, a: string, b: string): string {
	const [left, right] = [decodeRow(a), decodeRow(b)];
	const columns = key.map((column, at) => ({sql: renderAlone(column, cellAt(left, at))}));
	return writeOut(
		columns,
		key.map((column, at) => renderAlone(column, cellAt(right, at))),
		'<=',
	);
}

function compareKey(key: readonly PlanColumn[], cells: readonly Cell[], operator: '>' | '<=') {
	const literals = key.map((column, at) => renderPosition(column, cellAt(cells, at)));
	const [first] = key;
	if (first === undefined || key.length === 1) return writeOut(key, literals, operator);
	const lead = `${first.sql} ${operator === '>' ? '>=' : '<='} ${literals[0] ?? 'NULL'}`;
	return `${lead} AND (${writeOut(key, literals, operator)})`;
}

function writeOut(
	key: readonly {readonly sql: string}[],
	literals: readonly string[],
	operator: '>' | '<=',
): string {
	const strict = operator === '>' ? '>' : '<';
	return key.reduceRight((rest, {sql}, at) => {
		const literal = literals[at] ?? 'NULL';
		if (rest === '') return `${sql} ${operator} ${literal}`;
		return `${sql} ${strict} ${literal} OR (${sql} = ${literal} AND (${rest}))`;
	}, '');
}

/** The row or, in a loose order, the rows with this key; null when there can't be one. */
export function matchKey({key}: RowPlan, encoded: string): string | null {
	const cells = decodeRow(encoded);
	const conditions = key.map((column, at) => {
		const literal = renderKeyValue(column.type, cellAt(cells, at));
		return literal === null ? null : `${column.sql} = ${literal}`;
	});
	return conditions.includes(null) ? null : conditions.join(' AND ');
}

/** What the server's `=` finds the cell by; null when the column can't hold it. */
export function renderKeyValue(type: ColumnType, cell: Cell): string | null {
	const fitted = fitCell(cell, type);
	const {name} = parseType(type.type);
	const isText = /char$/.test(name);
	if (fitted.kind === 'null') return null;
	if (isText)
		return fitted.kind === 'text' || fitted.kind === 'rawText' ? spellText(type, fitted) : null;
	const literal = renderLiteral(fitted, type);
	return /^\(?N?'/.test(literal) && !isQuoted.has(fitted.kind) ? null : literal;
}

/** Kinds that are written in quotes where they fit. */
const isQuoted: ReadonlySet<Cell['kind']> = new Set([
	'uuid',
	'date',
	'time',
	'timestamp',
	'timestamptz',
]);

/**
Under an old (`SQL_…`) collation a Unicode text sorts otherwise than one in a code page, and takes
the index away: a column of CHAR or VARCHAR is compared with its own kind.
*/
function spellText(type: ColumnType, cell: Cell): string {
	const literal = renderLiteral(cell, type);
	const {name} = parseType(type.type);
	if (name.startsWith('n')) return literal;
	if (cell.kind === 'text' && /^[ -~]*$/.test(cell.text) && literal.startsWith("N'")) {
		return literal.slice(1);
	}
	return `CONVERT(varchar(8000), ${literal} COLLATE ${type.collation ?? 'DATABASE_DEFAULT'})`;
}

function renderPosition({type}: PlanColumn, cell: Cell): string {
	return renderKeyValue(type, cell) ?? renderLiteral(cell, type);
}

/** A value that sorts by itself as it does in the column. */
function renderAlone(column: PlanColumn, cell: Cell): string {
	const value = renderPosition(column, cell);
	const {type, collation} = column.type;
	return column.form.kind === 'text'
		? `${value} COLLATE ${collation ?? 'DATABASE_DEFAULT'}`
		: `CONVERT(${type}, ${value})`;
}

function cellAt(cells: readonly Cell[], at: number): Cell {
	const cell = cells[at];
	if (!cell) throw new RangeError('A key has fewer values than columns');
	return cell;
}
