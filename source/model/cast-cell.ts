import {spellDecimal, spellInteger, spellReal} from './cast-number.ts';
import {spellDate, spellTime, spellTimestamp, spellTimestamptz} from './cast-time.ts';
import type {Cell, CellKind} from './cell.ts';
import {spellJson} from './json-form.ts';

/**
Brings a cell to a kind, so that values of two types or engines can be compared. What does not
fit stays what it is, and so differs from everything of that kind.

| to | from | how |
| --- | --- | --- |
| integer | boolean | true is 1 |
| | decimal, real, text | when it has no fraction |
| decimal | integer, real, text | plain digits, no trailing zeros; a float by its shortest digits; `NaN` and infinities by name |
| real | integer, decimal, text | when these are the shortest digits of a double |
| boolean | integer, decimal, real | 0 and 1 |
| | text | `true`, `t`, `1`, `false`, `f`, `0`, in any letter case |
| text | integer, decimal, real, boolean, date, time, timestamp, timestamptz, interval, uuid, json | as it is written |
| date | text | `YYYY-MM-DD` |
| | timestamp, text | when it is midnight |
| timestamp | date | midnight |
| | text | a date and time without a zone, `T` or a blank between them |
| timestamptz | text | brought to UTC; without a zone it is UTC |
| time | text | `HH:MM[:SS[.f]]` |
| interval | text | as ISO 8601 writes it |
| uuid | text | lowercase with dashes; braces and missing dashes are understood |
| | bytes | when there are 16 |
| json | text, integer, decimal, real, boolean | see `spellJson`, when it is valid |

A cell of the kind itself is brought to its normal form: fractions of seconds and decimals lose
the zeros at their end, JSON its white space and order. NULL, absent cells and text that is not
valid in its encoding stay.
*/
export function castCell(cell: Cell, kind: CellKind): Cell {
	const text = cast(cell, kind);
	if (text === null || (text === cell.text && kind === cell.kind)) return cell;
	return {kind, text};
}

const numbers: ReadonlySet<CellKind> = new Set(['integer', 'decimal', 'real']);
const spelledAsText: ReadonlySet<CellKind> = new Set([
	'integer',
	'decimal',
	'real',
	'boolean',
	'date',
	'time',
	'timestamp',
	'timestamptz',
	'interval',
	'uuid',
	'json',
]);

/** The text of the cell as that kind; null: it does not fit. */
function cast({kind: from, text}: Cell, kind: CellKind): string | null {
	const isNumber = numbers.has(from);
	const isText = from === 'text';
	switch (kind) {
		case 'integer':
			if (from === 'boolean') return text === 'true' ? '1' : '0';
			return isNumber || isText ? spellInteger(text) : null;
		case 'decimal':
			return isNumber || isText ? castDecimal(text) : null;
		case 'real':
			if (from === 'real') return text;
			return isNumber || isText ? spellReal(text) : null;
		case 'boolean':
			return castBoolean(from, text);
		case 'text':
			return spelledAsText.has(from) ? text : null;
		case 'date':
			return isText || from === 'date' || from === 'timestamp' ? spellDate(text) : null;
		case 'timestamp':
			return isText || from === 'date' || from === 'timestamp' ? spellTimestamp(text) : null;
		case 'timestamptz':
			return isText || from === 'timestamptz' ? spellTimestamptz(text) : null;
		case 'time':
			return isText || from === 'time' ? spellTime(text) : null;
		case 'interval':
			return isText && /^-?P(?=.)/.test(text) ? text : null;
		case 'uuid':
			return castUuid(from, text);
		case 'json':
			if (from === 'real' && !Number.isFinite(Number(text))) return null;
			return isNumber || isText || from === 'boolean' || from === 'json' ? spellJson(text) : null;
		case 'bytes':
		case 'other':
		case 'null':
		case 'absent':
		case 'rawText':
			return null;
		default:
			return kind satisfies never;
	}
}

function castDecimal(text: string): string | null {
	const plain = spellDecimal(text);
	if (plain !== null) return plain;
	const special = /^[+-]?(?:infinity|nan)$/i.test(text);
	return special ? spellReal(text) : null;
}

function castBoolean(from: CellKind, text: string): string | null {
	if (from === 'boolean') return text;
	if (numbers.has(from)) {
		const digits = spellInteger(text);
		return digits === '1' ? 'true' : digits === '0' ? 'false' : null;
	}
	if (from !== 'text') return null;
	if (/^(?:true|t|1)$/i.test(text)) return 'true';
	return /^(?:false|f|0)$/i.test(text) ? 'false' : null;
}

function castUuid(from: CellKind, text: string): string | null {
	const digits =
		from === 'bytes' ? text : from === 'text' || from === 'uuid' ? readUuid(text) : null;
	if (digits?.length !== 32) return null;
	const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(digits.toLowerCase());
	return parts ? parts.slice(1).join('-') : null;
}

/** Dashes stand after every fourth digit or not at all, as PostgreSQL reads it. */
function readUuid(text: string): string | null {
	const inner = /^\{(.*)\}$/.exec(text)?.[1] ?? text;
	return /^[0-9a-f]{4}(?:-?[0-9a-f]{4}){7}$/i.test(inner) ? inner.replaceAll('-', '') : null;
}
