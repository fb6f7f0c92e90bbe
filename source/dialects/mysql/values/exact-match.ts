import {castCell} from '../../../model/cast-cell.ts';
import type {Cell} from '../../../model/cell.ts';
import {parseType} from '../parse-type.ts';
import {findColumnForm, type ColumnType} from './column-form.ts';
import {fitCell, renderLiteral} from './literal.ts';
import {findCharsetForm, readCharset} from './text-charset.ts';

/**
A condition that holds for this value and no other: text by its bytes (not by its collation, which
takes `a` for `A ` at times), −0 and 0 told apart, NULL like a value.

@param name The column as SQL names it.
*/
export function matchExactly(name: string, column: ColumnType, cell: Cell): string {
	const form = findColumnForm(column);
	const {kind, text} = fitCell(cell, form.kind);
	const literal = renderLiteral({kind, text}, column);
	// `date IS NULL` also finds 0000-00-00 in a column that is NOT NULL.
	if (kind === 'null') return `${name} <=> NULL`;
	switch (form.kind) {
		case 'text':
			return matchText(name, column, {kind, text}, literal);
		case 'json':
			return matchJson(name, text, literal);
		case 'real':
			return Number(text) === 0 && kind === 'real'
				? `CONCAT(${name} * 1e0) = '${text}'`
				: `${form.select(name)} = ${literal}`;
		case 'other':
			return literal.startsWith('x')
				? `${form.select(name)} = '${text.toUpperCase()}'`
				: `${name} = ${literal}`;
		case 'integer':
		case 'decimal':
		case 'boolean':
		case 'bytes':
		case 'date':
		case 'time':
		case 'timestamp':
		case 'timestamptz':
		case 'interval':
		case 'uuid':
		case 'null':
		case 'absent':
		case 'rawText':
			return `${name} = ${literal}`;
		default:
			return form.kind satisfies never;
	}
}

/** A binary string is compared with anything by bytes. */
function matchText(name: string, column: ColumnType, {kind, text}: Cell, literal: string): string {
	const {name: type, labels} = parseType(column.type);
	// The empty label and a wrong one look alike.
	if (type === 'enum' && text === '' && labels.includes('')) {
		return `${name} + 0 = ${kind === 'rawText' ? 0 : labels.indexOf('') + 1}`;
	}
	const bytes = `CAST(${name} AS BINARY)`;
	if (kind === 'rawText') return `${bytes} = x'${text}'`;
	const charset = readCharset(column.collation);
	const converted = `CAST(CONVERT(${name} USING utf8mb4) AS BINARY) = ${literal}`;
	switch (findCharsetForm(charset)) {
		case 'same':
			return `${bytes} = ${literal}`;
		case 'whole':
			return converted;
		case 'partial':
			// Other bytes may have the same character.
			return `${converted} AND ${bytes} = CAST(CONVERT(${literal} USING ${charset}) AS BINARY)`;
	}
}

/**
By the text that the server prints; a document in normal form was compared with one of another
engine (json-form.ts), and by what it says. Each server reads its own comment: MySQL since 5.7.8,
MariaDB, and MariaDB since 10.7, which has JSON_EQUALS; in 10.11 that of NULL lets a row through.
*/
function matchJson(name: string, text: string, literal: string): string {
	const exact = `CAST(CAST(${name} AS CHAR) AS BINARY) = ${literal}`;
	if (!/^[[{]/.test(text) || castCell({kind: 'json', text}, 'json').text !== text) return exact;
	const inComment = (sql: string) => sql.replaceAll('*/', '*\\/');
	return `(/*!50708 ${name} = CAST(${inComment(literal)} AS JSON) */ /*M! ${inComment(exact)} */ /*M!100700 OR ${name} IS NOT NULL AND JSON_EQUALS(${name}, ${inComment(literal)}) */)`;
}
