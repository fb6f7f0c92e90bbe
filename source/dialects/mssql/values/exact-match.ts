import type {Cell} from '../../../model/cell.ts';
import {parseType} from '../parse-type.ts';
import {findColumnForm, floatBits, type ColumnType} from './column-form.ts';
import {fitCell, renderHex, renderLiteral} from './literal.ts';
import {quoteText} from './quote-text.ts';

/** Compares code points, in every database ("Binary collations"). */
export const binaryCollation = 'Latin1_General_100_BIN2';

/**
A condition that holds for this value and no other: text by its characters and with the blanks at
its end, bytes with the zeros at their end, −0 and 0 told apart, a moment with its zone.

@param name The column as SQL names it.
*/
export function matchExactly(name: string, column: ColumnType, cell: Cell): string {
	const {kind, text} = fitCell(cell, column);
	if (kind === 'null') return `${name} IS NULL`;
	const form = findColumnForm(column);
	const literal = renderLiteral(cell, column);
	switch (form.kind) {
		case 'text':
		case 'json':
			return matchText(
				form.select(name),
				kind === 'rawText' ? literal : quoteText(`${text}.`),
				kind,
			);
		case 'real':
			return kind === 'real' ? matchReal(name, column, Number(text)) : `${name} = ${literal}`;
		case 'bytes':
			return `(${form.select(name)} = ${literal} AND DATALENGTH(${name}) = ${text.length / 2})`;
		case 'timestamptz':
			return `(${name} = ${literal} AND DATEPART(tz, ${name}) = ${readZone(text)})`;
		case 'other':
			return form.isBinary
				? `${form.select(name)} = ${renderHex(text)}`
				: matchText(form.select(name), quoteText(`${text}.`), kind);
		case 'integer':
		case 'decimal':
		case 'boolean':
		case 'date':
		case 'time':
		case 'timestamp':
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

/** Behind a point no blank is at the end, where a comparison would not see it. */
function matchText(value: string, literal: string, kind: Cell['kind']): string {
	const ended = kind === 'rawText' ? `${literal} + N'.'` : literal;
	return `${value} COLLATE ${binaryCollation} + N'.' = ${ended}`;
}

function matchReal(name: string, {type}: ColumnType, value: number): string {
	const {name: base, numbers} = parseType(type);
	const isShort = base === 'real' || numbers[0] === 24;
	if (isShort && !Object.is(Math.fround(value), value)) return '1 = 0';
	const bytes = Buffer.alloc(8);
	if (isShort) bytes.writeFloatBE(value);
	else bytes.writeDoubleBE(value);
	return `${floatBits(name, isShort)} = ${isShort ? bytes.readInt32BE() : bytes.readBigInt64BE()}`;
}

/** In minutes. */
function readZone(text: string): number {
	const match = /([+-])(\d\d):(\d\d)$/.exec(text);
	if (!match) return 0;
	const minutes = Number(match[2]) * 60 + Number(match[3]);
	return match[1] === '-' ? -minutes : minutes;
}
