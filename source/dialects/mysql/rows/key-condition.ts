import type {Cell} from '../../../model/cell.ts';
import {decodeRow} from '../../../model/encoding.ts';
import type {Segment} from '../../../model/segment.ts';
import {parseType} from '../parse-type.ts';
import {renderLiteral} from '../values/literal.ts';
import {readCharset} from '../values/text-charset.ts';
import {fitKeyCell, type PlanColumn, type RowPlan} from './row-plan.ts';

/*
Ranges of keys in the server's own order. A comparison of rows, `(a, b) > (1, 2)`, is right but
not answered by an index (manual, "Row Constructor Expression Optimization"); written out it is,
when the first column has a range of its own. A column stands bare, so that the comparison is in
its own collation.
*/

/** The rows of a segment; both ends open gives no condition. */
export function limitToSegment({key}: RowPlan, {after, upTo}: Segment): string[] {
	return [
		...(after === null ? [] : [compareKey(key, decodeRow(after), '>')]),
		...(upTo === null ? [] : [compareKey(key, decodeRow(upTo), '<=')]),
	];
}

/** Which of two keys comes first, asked without the table: 1 when it is `a`. */
export function compareKeys({key}: RowPlan, a: string, b: string): string {
	const [left, right] = [decodeRow(a), decodeRow(b)];
	const columns = key.map((column, at) => ({
		...column,
		sql: renderForOrder(column, cellAt(left, at)),
	}));
	return writeOut(
		columns,
		key.map((column, at) => renderForOrder(column, cellAt(right, at))),
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
		const literal = renderKeyValue(column, cellAt(cells, at));
		return literal === null ? null : `${column.sql} = ${literal}`;
	});
	return conditions.includes(null) ? null : conditions.join(' AND ');
}

/**
What the server's `=` finds the cell by; null when the column can't hold it: the server would
make something else of it, 0 of a word.
*/
export function renderKeyValue(column: PlanColumn, cell: Cell): string | null {
	const fitted = fitKeyCell(cell, column);
	if (fitted === null || fitted.kind === 'null') return null;
	const literal = renderLiteral(fitted, column.type);
	if (fitted.kind !== 'text') return literal;
	const charset = readCharset(column.type.collation);
	if (isAscii(fitted.text) || charset.startsWith('utf')) return literal;
	// A character that the column's set lacks is an error beside it; converted it is a question mark,
	// which must find nothing.
	const own = `CONVERT(${literal} USING ${charset})`;
	return `IF(CONVERT(${own} USING utf8mb4) = ${literal}, ${own}, NULL)`;
}

/** A value as a range is compared with it: ENUM and SET sort by number, though they compare as text. */
function renderPosition(column: PlanColumn, cell: Cell): string {
	const position = findPosition(column, cell);
	if (position !== null) return position;
	return renderKeyValue(column, cell) ?? renderLiteral(cell, column.type);
}

/** A value that sorts by itself as it does in the column. */
function renderForOrder(column: PlanColumn, cell: Cell): string {
	const value = renderPosition(column, cell);
	const {collation, type} = column.type;
	const {name} = parseType(type);
	switch (column.form.kind) {
		case 'text':
			return findPosition(column, cell) === null && collation !== null
				? `CONVERT(${value} USING ${readCharset(collation)}) COLLATE ${collation}`
				: value;
		case 'date':
			return `CAST(${value} AS DATE)`;
		case 'time':
			return `CAST(${value} AS TIME(6))`;
		case 'timestamp':
		case 'timestamptz':
			return `CAST(${value} AS DATETIME(6))`;
		case 'uuid':
			return `CAST(${value} AS UUID)`;
		case 'other':
			return /^inet[46]$/.test(name) ? `CAST(${value} AS ${name.toUpperCase()})` : value;
		case 'integer':
		case 'decimal':
		case 'real':
		case 'bytes':
		case 'boolean':
		case 'interval':
		case 'json':
		case 'null':
		case 'absent':
		case 'rawText':
			return value;
		default:
			return column.form.kind satisfies never;
	}
}

/** The number of an ENUM's label, the sum of a SET's; null for other types and words. */
function findPosition({type: {type}}: PlanColumn, {kind, text}: Cell): string | null {
	const {name, labels} = parseType(type);
	if (name === 'enum') {
		const at = kind === 'rawText' ? -1 : labels.indexOf(text);
		return at >= 0 || text === '' ? String(at + 1) : null;
	}
	if (name !== 'set') return null;
	const members = text === '' ? [] : text.split(',');
	const places = members.map((member) => labels.indexOf(member));
	if (places.includes(-1)) return null;
	return String(places.reduce((sum, place) => sum + (1n << BigInt(place)), 0n));
}

function cellAt(cells: readonly Cell[], at: number): Cell {
	const cell = cells[at];
	if (!cell) throw new RangeError('A key has fewer values than columns');
	return cell;
}

function isAscii(text: string): boolean {
	return Buffer.byteLength(text) === text.length;
}
