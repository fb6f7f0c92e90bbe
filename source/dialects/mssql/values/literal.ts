import {castCell} from '../../../model/cast-cell.ts';
import type {Cell} from '../../../model/cell.ts';
import {parseType} from '../parse-type.ts';
import {findColumnForm, type ColumnType} from './column-form.ts';
import {quoteText} from './quote-text.ts';

/**
A cell as an SQL literal that this column takes without changing it, whatever the session's
language. What does not fit the column is written as the text that it is, for the server to refuse.

@throws {RangeError} For an absent cell.
*/
export function renderLiteral(cell: Cell, column: ColumnType): string {
	const {kind, text} = fitCell(cell, column);
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
		case 'interval':
			return quoteText(text);
		case 'uuid':
		case 'date':
		case 'time':
		case 'timestamp':
		case 'timestamptz':
			return `'${text.replaceAll("'", "''")}'`;
		case 'rawText':
			return `CONVERT(nvarchar(max), ${renderHex(text)})`;
		case 'bytes':
			return renderHex(text);
		case 'other':
			return renderOther(text, column);
		case 'absent':
			throw new RangeError('A cell that is not there has no literal');
		default:
			return kind satisfies never;
	}
}

/** The cell as this column holds it; one that does not fit stays what it is. */
export function fitCell(cell: Cell, column: ColumnType): Cell {
	const {kind} = findColumnForm(column);
	// Its zone is part of it, which a cast would bring to UTC.
	return kind === 'timestamptz' && cell.kind === kind ? cell : castCell(cell, kind);
}

/** With an exponent, so that it is read as a float and not as a decimal first. */
function renderReal(text: string): string {
	// The server has none of these; in quotes it says which value it can't take.
	if (!/\d/.test(text)) return quoteText(text);
	const digits = text.replace(/e.*$/, '').replaceAll(/[-.]/g, '');
	// So many digits say which double it is, also to a reader that rounds them badly.
	const spelled = digits.length > 15 ? Number(text).toExponential(16) : text;
	return requireMatch(
		spelled.includes('e') ? spelled : `${spelled}e0`,
		/^-?\d+(?:\.\d+)?e[+-]?\d+$/,
	);
}

function renderOther(text: string, column: ColumnType): string {
	const {name} = parseType(column.type);
	switch (name) {
		case 'xml':
			// Style 1 keeps white space that is not significant ("CAST and CONVERT", xml styles).
			return `CONVERT(xml, ${quoteText(text)}, 1)`;
		case 'hierarchyid':
			return `CONVERT(hierarchyid, ${quoteText(text)})`;
		case 'sql_variant':
			return renderVariant(text);
		default:
			return `CONVERT(${column.type}, ${renderHex(text)})`;
	}
}

/** The server takes back the bytes that it gave, told what type they are of. */
function renderVariant(text: string): string {
	const match = /^(\S+) (\d*) (\d*) (-?\d*) (\w*) ([\dA-F]*)$/i.exec(text);
	if (!match) return quoteText(text);
	const [, name = '', precision = '', scale = '', size = '', collation = '', hex = ''] = match;
	const isText = /char$/.test(name);
	const length = /^n/.test(name) ? Number(size) / 2 : Number(size);
	const parameters =
		name === 'decimal' || name === 'numeric'
			? `(${precision}, ${scale})`
			: /char$|binary$/.test(name)
				? `(${length})`
				: /^(?:time|datetime2|datetimeoffset)$/.test(name)
					? `(${scale})`
					: '';
	// Floats are the one type that bytes are not taken for.
	if (name === 'float' || name === 'real') return renderVariantFloat(name, hex);
	const value = `CONVERT(${name}${parameters}, 0x${hex.toUpperCase()})`;
	const collated = isText && collation !== '' ? `${value} COLLATE ${collation}` : value;
	return `CONVERT(sql_variant, ${collated})`;
}

function renderVariantFloat(name: 'float' | 'real', hex: string): string {
	const bytes = Buffer.from(hex, 'hex');
	const value = name === 'real' ? bytes.readFloatBE() : bytes.readDoubleBE();
	return `CONVERT(sql_variant, CONVERT(${name}, ${renderReal(Object.is(value, -0) ? '-0' : String(value))}))`;
}

export function renderHex(hex: string): string {
	return `0x${requireMatch(hex, /^(?:[\da-f]{2})*$/).toUpperCase()}`;
}

/** The text is not quoted: what is in it must be known. */
function requireMatch(text: string, pattern: RegExp): string {
	if (!pattern.test(text)) throw new RangeError(`${text} is no literal of its kind`);
	return text;
}
