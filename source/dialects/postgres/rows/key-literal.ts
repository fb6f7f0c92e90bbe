import type {Cell} from '../../../model/cell.ts';
import {spellInteger} from '../../../model/cast-number.ts';
import {quoteText} from '../names.ts';
import type {PlanColumn} from './row-plan.ts';

const smallestBigint = -(2n ** 63n);
const largestBigint = 2n ** 63n - 1n;

/**
A cell of either side as a value that compares with this column, of its type, so that an index
answers; null where no value of the column can equal it.
*/
export function renderKeyLiteral({kind, text}: Cell, column: PlanColumn): string | null {
	if (kind === 'null' || kind === 'absent') return null;
	if (kind === 'rawText')
		return `pg_catalog.convert_from('\\x${text}', 'SQL_ASCII')::${column.cast}`;
	switch (column.wire.kind) {
		case 'integer':
			return renderInteger(kind === 'boolean' ? (text === 'true' ? '1' : '0') : text);
		case 'boolean':
			return /^(?:true|false|[01])$/.test(text) ? quoteAs(text, column) : null;
		case 'bytes':
			return kind === 'bytes' ? quoteAs(`\\x${text}`, column) : null;
		case 'uuid':
			return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
				? quoteAs(text, column)
				: null;
		case 'decimal':
		case 'real':
			return /^-?(?:\d|Infinity$)|^NaN$/.test(text) ? quoteAs(text, column) : null;
		case 'text':
			return column.labels === null || column.labels.includes(text) ? quoteAs(text, column) : null;
		case 'date':
		case 'time':
		case 'timestamp':
		case 'timestamptz':
		case 'interval':
		case 'json':
		case 'other':
			return quoteAs(text, column);
		default:
			return column.wire.kind satisfies never;
	}
}

/**
Whether the server may refuse to read a value that `renderKeyLiteral` gave: a day that its
calendar lacks, a number out of range.
*/
export function mayBeRefused({wire}: PlanColumn): boolean {
	return !['integer', 'boolean', 'bytes', 'uuid', 'text'].includes(wire.kind);
}

/** Without a cast: `1` finds an int2 and an int8 by their indexes. */
function renderInteger(text: string): string | null {
	const digits = spellInteger(text);
	if (digits === null) return null;
	const value = BigInt(digits);
	if (value < smallestBigint || value > largestBigint) return null;
	// The sign is an operator of what follows, which alone would not fit.
	if (value === smallestBigint) return `'${digits}'::int8`;
	return value < 0n ? `(${digits})` : digits;
}

function quoteAs(text: string, {cast}: PlanColumn): string {
	return `${quoteText(text)}::${cast}`;
}
