import type {Cell} from '../../../model/cell.ts';
import {chooseStoredForm} from './stored-forms.ts';

/**
Writes a cell as an SQL literal that SQLite reads back bit by bit: every double from its
shortest digits, text whatever is in it and whatever encoding the database has.
*/
export function renderLiteral({kind, text}: Cell): string {
	switch (kind) {
		case 'null':
			return 'NULL';
		case 'integer':
			return text;
		case 'real':
			return renderReal(text);
		case 'text':
			return renderText(text);
		case 'rawText':
			// The bytes are as the database keeps them, so they are in its encoding.
			return `CAST(x'${text}' AS TEXT)`;
		case 'bytes':
			return `x'${text}'`;
		case 'absent':
			throw new RangeError('An absent cell has no literal');
		case 'decimal':
		case 'boolean':
		case 'date':
		case 'time':
		case 'timestamp':
		case 'timestamptz':
		case 'interval':
		case 'uuid':
		case 'json':
		case 'other':
			return renderLiteral(chooseStoredForm({kind, text}));
		default:
			return kind satisfies never;
	}
}

function renderReal(text: string): string {
	if (text === 'Infinity') return '9e999';
	if (text === '-Infinity') return '-9e999';
	// Without a point or an exponent it would be an integer.
	return /[.e]/.test(text) ? text : `${text}.0`;
}

/**
Control characters would break a file of SQL or drive a terminal that shows it; line breaks
and tabs may stay. Bidirectional marks could make the text read as another.
*/
const unsafe =
	// eslint-disable-next-line no-control-regex -- these are what it looks for
	/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/;

function renderText(text: string): string {
	if (!unsafe.test(text)) return quote(text);
	const parts: string[] = [];
	let rest = text;
	for (;;) {
		const found = unsafe.exec(rest);
		if (!found) break;
		if (found.index > 0) parts.push(quote(rest.slice(0, found.index)));
		parts.push(...renderCharacters(found[0]));
		rest = rest.slice(found.index + found[0].length);
	}
	if (rest !== '') parts.push(quote(rest));
	return parts.length === 1 ? concatenate(parts) : `(${concatenate(parts)})`;
}

function quote(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}

/** `char()` gives the same characters in every text encoding; older SQLite takes 100 arguments. */
function renderCharacters(characters: string): string[] {
	const codes = Array.from(characters, (character) => character.codePointAt(0) ?? 0);
	const calls: string[] = [];
	for (let at = 0; at < codes.length; at += 100) {
		calls.push(`char(${codes.slice(at, at + 100).join(',')})`);
	}
	return calls;
}

/** As a balanced tree: SQLite limits the depth of an expression to 1,000. */
function concatenate(parts: readonly string[]): string {
	if (parts.length <= 8) return parts.join(' || ');
	const middle = parts.length >> 1;
	return `(${concatenate(parts.slice(0, middle))}) || (${concatenate(parts.slice(middle))})`;
}
