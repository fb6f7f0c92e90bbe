import type {KeyOrder, ValueType} from '../../model/value-type.ts';
import {findAffinity} from './affinity.ts';
import type {TextEncoding} from './rows/values.ts';

/*
SQLite types values, not columns. What a column is declared as still tells what its owner
means by it, and that is what it is compared as with a column of another engine; a value that
does not fit stays what it is and differs.
*/

const patterns: readonly (readonly [RegExp, (a: number | null, b: number | null) => ValueType])[] =
	[
		[/^BOOL/, () => ({kind: 'boolean'})],
		[/^(?:UUID|GUID|UNIQUEIDENTIFIER)/, () => ({kind: 'uuid'})],
		[/^JSONB?\b/, () => ({kind: 'json'})],
		[/^DATE$/, () => ({kind: 'date'})],
		[/^TIME\b(?!.*ZONE)/, (a) => ({kind: 'time', precision: a, zoned: false})],
		[/^TIMESTAMPTZ|^TIMESTAMP\b.*WITH TIME ZONE/, (a) => ({kind: 'timestamptz', precision: a})],
		[/^(?:DATETIME|TIMESTAMP|SMALLDATETIME)/, (a) => ({kind: 'timestamp', precision: a})],
		[/^INTERVAL/, () => ({kind: 'interval'})],
		[
			/^(?:DECIMAL|NUMERIC|NUMBER|DEC|MONEY)/,
			(a, b) => ({kind: 'decimal', precision: a, scale: a === null ? null : (b ?? 0)}),
		],
	];

/** What a declared type means, e.g. `NVARCHAR(40)`: text of up to 40 characters. */
export function readValueType(type: string): ValueType {
	const upper = type.trim().toUpperCase().replaceAll(/\s+/g, ' ');
	if (upper === '' || upper === 'ANY') return {kind: 'any'};
	const numbers = /\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)/.exec(upper);
	const [first, second] = [numbers?.[1], numbers?.[2]].map((digits) =>
		digits === undefined ? null : Number(digits),
	);
	for (const [pattern, make] of patterns) {
		if (pattern.test(upper)) return make(first ?? null, second ?? null);
	}
	switch (findAffinity(type)) {
		case 'INTEGER':
			return {kind: 'integer', bits: 64, unsigned: false};
		case 'TEXT':
			return {kind: 'text', length: first ?? null, padded: false};
		case 'BLOB':
			return {kind: 'bytes', length: first ?? null, padded: false};
		case 'REAL':
			return {kind: 'real', bits: 64};
		case 'NUMERIC':
			return {kind: 'any'};
	}
}

/** The declared type of a column made for values of another engine. */
export function spellType(type: ValueType): string | null {
	switch (type.kind) {
		case 'any':
			return '';
		case 'integer':
			// Beyond 63 bits SQLite would make floats of them: text keeps every digit.
			return type.unsigned && type.bits > 63 ? 'TEXT' : 'INTEGER';
		case 'decimal':
			return spellDecimal(type.precision, type.scale);
		case 'real':
			return 'REAL';
		case 'boolean':
			return 'BOOLEAN';
		case 'text':
			return type.length === null ? 'TEXT' : `VARCHAR(${type.length})`;
		case 'bytes':
			return 'BLOB';
		case 'date':
			return 'DATE';
		case 'time':
			return type.zoned ? 'TEXT' : 'TIME';
		case 'timestamp':
			return 'DATETIME';
		case 'timestamptz':
			return 'TIMESTAMPTZ';
		case 'interval':
		case 'enum':
			return 'TEXT';
		case 'uuid':
			return 'UUID';
		case 'json':
			return 'JSON';
		case 'other':
			return null;
		default:
			return type satisfies never;
	}
}

/** A float keeps 15 digits; what may have more is kept as text. */
function spellDecimal(precision: number | null, scale: number | null): string {
	if (precision === null || precision > 15) return 'TEXT';
	return `DECIMAL(${precision},${scale ?? 0})`;
}

/**
How a column sorts as a key. Values of a kind that its type does not mean sort apart from the
others, and no value of another engine equals them, so they do no harm to the order's name.
*/
export function readKeyOrder(
	type: string,
	collation: string | null,
	encoding: TextEncoding,
): KeyOrder {
	const isBinary = collation === null || collation.toUpperCase() === 'BINARY';
	switch (findAffinity(type)) {
		case 'INTEGER':
			return {name: 'number', isExact: true};
		case 'NUMERIC':
			return {name: 'sqlite numeric', isExact: true};
		case 'REAL':
			return {name: 'sqlite real', isExact: false};
		case 'TEXT':
			return isBinary
				? {name: encoding === 'UTF-8' ? 'bytes' : `sqlite ${encoding}`, isExact: true}
				: {name: `sqlite ${collation.toUpperCase()}`, isExact: false};
		case 'BLOB':
			return {name: 'sqlite any', isExact: false};
	}
}
