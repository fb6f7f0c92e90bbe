import type {Column} from '../../../model/catalog.ts';
import type {Cell} from '../../../model/cell.ts';
import {quoteText} from '../names.ts';

const numbers: ReadonlySet<string> = new Set(['integer', 'decimal', 'real']);

/**
Writes a cell as a literal that the column's type reads back exactly. It is left without a type
wherever it can: what it is assigned to gives it that.
*/
export function renderLiteral(cell: Cell, {valueType}: Pick<Column, 'valueType'>): string {
	const {kind, text} = cell;
	switch (kind) {
		case 'null':
			return 'NULL';
		case 'integer':
		case 'decimal':
		case 'real':
			// A zero without quotes has no sign, and a word would be a name.
			return numbers.has(valueType.kind) && /^-?\d/.test(text) && text !== '-0'
				? text
				: quoteText(text);
		case 'boolean':
			if (numbers.has(valueType.kind)) return text === 'true' ? '1' : '0';
			return valueType.kind === 'boolean' ? text : quoteText(text);
		case 'bytes':
			return quoteText(`\\x${text}`);
		case 'rawText':
			// Only a database without an encoding keeps such text, and takes it as it is.
			return `pg_catalog.convert_from('\\x${text}', 'SQL_ASCII')`;
		case 'text':
		case 'date':
		case 'time':
		case 'timestamp':
		case 'timestamptz':
		case 'interval':
		case 'uuid':
		case 'json':
		case 'other':
			return renderText(text);
		case 'absent':
			throw new RangeError('There is no value to write.');
		default:
			return kind satisfies never;
	}
}

/**
Control characters would break a file of SQL or drive a terminal that shows it; line breaks
and tabs may stay. Bidirectional marks could make the text read as another.
*/
const unsafe =
	// eslint-disable-next-line no-control-regex -- these are what it looks for
	/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/;
const unsafeOrSpecial = new RegExp(`${unsafe.source}|['\\\\]`, 'g');

/** (Manual, "String Constants with C-Style Escapes".) */
export function renderText(text: string): string {
	if (!unsafe.test(text)) return quoteText(text);
	const escaped = text.replace(unsafeOrSpecial, (character) =>
		character === "'" || character === '\\'
			? character + character
			: `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return `E'${escaped}'`;
}
