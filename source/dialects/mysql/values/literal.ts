import {castCell} from '../../../model/cast-cell.ts';
import type {Cell, CellKind} from '../../../model/cell.ts';
import {quoteText} from '../names.ts';
import {parseType} from '../parse-type.ts';
import {findColumnForm, type ColumnType} from './column-form.ts';
import {readCharset} from './text-charset.ts';

/**
A cell as an SQL literal that this column takes without changing it, for a session that is set as
`sessionSettings` says: no mode that reads a backslash or a zero date otherwise.

What does not fit the column is written as the text that it is, for the server to refuse.

@throws {RangeError} For an absent cell.
*/
export function renderLiteral(cell: Cell, column: ColumnType): string {
	const {kind, text} = fitCell(cell, findColumnForm(column).kind);
	switch (kind) {
		case 'null':
			return 'NULL';
		case 'integer':
		case 'decimal':
			return requireMatch(text, /^-?\d+(?:\.\d+)?$/);
		case 'real':
			return renderReal(text);
		case 'boolean':
			return text === 'true' ? '1' : '0';
		case 'text':
		case 'json':
		case 'uuid':
		case 'date':
		case 'time':
		case 'interval':
			return quoteText(text);
		case 'timestamp':
			return quoteText(text.replace('T', ' '));
		case 'timestamptz':
			return quoteText(text.replace('T', ' ').replace(/Z$/, ''));
		case 'rawText':
			return renderRawText(text, column);
		case 'bytes':
			return renderHex(text);
		case 'other':
			return isKeptAsBytes(column) ? renderHex(text) : quoteText(text);
		case 'absent':
			throw new RangeError('A cell that is not there has no literal');
		default:
			return kind satisfies never;
	}
}

/** The cell as a column of this kind holds it, if it can; its own kind stays as it is written. */
export function fitCell(cell: Cell, kind: CellKind): Cell {
	return cell.kind === kind ? cell : castCell(cell, kind);
}

/** With an exponent, so that it is read as a double and not as a decimal first. */
function renderReal(text: string): string {
	// The server has none of these; in quotes it says which value it can't take.
	if (!/\d/.test(text)) return quoteText(text);
	return requireMatch(text.includes('e') ? text : `${text}e0`, /^-?\d+(?:\.\d+)?e[+-]?\d+$/);
}

/** Bytes in the column's own character set, unchecked by a conversion. */
function renderRawText(hex: string, {collation}: ColumnType): string {
	return `_${readCharset(collation)} ${renderHex(hex)}`;
}

function renderHex(hex: string): string {
	return `x'${requireMatch(hex, /^(?:[\da-f]{2})*$/)}'`;
}

/** Shapes and vectors: the server takes back the bytes that it gave. */
function isKeptAsBytes({type}: ColumnType): boolean {
	return !/^inet[46]$/.test(parseType(type).name);
}

/** The text is not quoted: what is in it must be known. */
function requireMatch(text: string, pattern: RegExp): string {
	if (!pattern.test(text)) throw new RangeError(`${text} is no literal of its kind`);
	return text;
}
