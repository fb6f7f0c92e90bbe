import type {Column} from '../../model/catalog.ts';
import type {KeyOrder, ValueType} from '../../model/value-type.ts';
import type {ServerVersion} from './catalog/server-version.ts';
import {parseType} from './parse-type.ts';

const integerBits: Readonly<Record<string, number>> = {
	tinyint: 8,
	smallint: 16,
	mediumint: 24,
	int: 32,
	bigint: 64,
};

const shapes = new Set([
	'geometry',
	'point',
	'linestring',
	'polygon',
	'multipoint',
	'multilinestring',
	'multipolygon',
	'geometrycollection',
]);

/**
What a declared type can hold. BIT and YEAR are numbers; a SET is the text of its members; TIMESTAMP
is a moment, DATETIME is not. Lengths of TEXT count bytes, and so tell nothing of characters.
*/
export function readValueType(type: string): ValueType {
	const {name, numbers, labels, unsigned} = parseType(type);
	const [first = null, second = null] = numbers;
	const bits = integerBits[name];
	if (bits !== undefined) return {kind: 'integer', bits, unsigned};
	switch (name) {
		case 'bit':
			return {kind: 'integer', bits: first ?? 1, unsigned: true};
		case 'year':
			return {kind: 'integer', bits: 16, unsigned: true};
		case 'decimal':
			return {kind: 'decimal', precision: first ?? 10, scale: second ?? 0};
		case 'float':
			return {kind: 'real', bits: 32};
		case 'double':
			return {kind: 'real', bits: 64};
		case 'char':
			return {kind: 'text', length: first ?? 1, padded: true};
		case 'varchar':
			return {kind: 'text', length: first, padded: false};
		case 'tinytext':
		case 'text':
		case 'mediumtext':
		case 'longtext':
		case 'set':
			return {kind: 'text', length: null, padded: false};
		case 'binary':
			return {kind: 'bytes', length: first ?? 1, padded: false};
		case 'varbinary':
			return {kind: 'bytes', length: first, padded: false};
		case 'tinyblob':
		case 'blob':
		case 'mediumblob':
		case 'longblob':
			return {kind: 'bytes', length: null, padded: false};
		case 'date':
			return {kind: 'date'};
		case 'time':
			return {kind: 'time', precision: first ?? 0, zoned: false};
		case 'datetime':
			return {kind: 'timestamp', precision: first ?? 0};
		case 'timestamp':
			return {kind: 'timestamptz', precision: first ?? 0};
		case 'enum':
			return {kind: 'enum', labels};
		case 'json':
			return {kind: 'json'};
		case 'uuid':
			return {kind: 'uuid'};
		default:
			return {kind: 'other', name: shapes.has(name) ? 'geometry' : name};
	}
}

/**
How a column sorts as a key, and whether the server's `=` tells apart what the cells do. Text
carries its collation and, since collations of one name may sort differently, its flavour. In
utf8mb4_bin and all others that pad, `a` and `a ` are equal and both come before `a` with a tab:
that is no order by bytes. CHAR loses its blanks on the way out, so there none are equal.
*/
export function readKeyOrder(
	{type, collation}: Pick<Column, 'type' | 'collation'>,
	{flavour, numbers}: ServerVersion,
): KeyOrder | null {
	const {name, labels} = parseType(type);
	if (integerBits[name] !== undefined) return {name: 'number', isExact: true};
	switch (name) {
		case 'bit':
		case 'year':
		case 'decimal':
			return {name: 'number', isExact: true};
		case 'float':
		case 'double':
			// −0 equals 0, and a FLOAT seldom what it is printed as.
			return {name: `mysql ${name}`, isExact: false};
		case 'date':
			return {name: 'date', isExact: true};
		case 'time':
			return {name: 'mysql time', isExact: true};
		case 'datetime':
		case 'timestamp':
			return {name: 'timestamp', isExact: true};
		case 'binary':
		case 'varbinary':
		case 'tinyblob':
		case 'blob':
		case 'mediumblob':
		case 'longblob':
			return {name: 'bytes', isExact: true};
		case 'enum':
		case 'set':
			// By the position of the label, not by its text.
			return {name: `mysql ${name} ${JSON.stringify(labels)}`, isExact: true};
		case 'uuid':
			// Its parts are swapped, and which of them is a matter of the version.
			return {name: `${flavour} ${numbers.join('.')} uuid`, isExact: true};
		case 'inet4':
		case 'inet6':
			return {name: `${flavour} ${name}`, isExact: true};
		case 'char':
		case 'varchar':
		case 'tinytext':
		case 'text':
		case 'mediumtext':
		case 'longtext':
			return readTextOrder(name, collation ?? '', flavour);
		default:
			return null;
	}
}

function readTextOrder(type: string, collation: string, flavour: string): KeyOrder {
	const isPlain = /^(?:utf8mb3|utf8mb4|ascii)_(?:nopad|0900)_bin$/.test(collation);
	if (isPlain) return {name: 'bytes', isExact: true};
	const isBinary = collation.endsWith('_bin');
	const isPadded = !/_(?:nopad|0900)_/.test(collation);
	return {
		name: `${flavour} ${collation}${isPadded ? ' pad space' : ''}`,
		isExact: isBinary && (!isPadded || type === 'char'),
	};
}

/** The declared type of a column made for values of another engine. */
export function spellType(type: ValueType): string | null {
	switch (type.kind) {
		case 'any':
			return 'longtext';
		case 'integer':
			return spellInteger(type.bits, type.unsigned);
		case 'decimal':
			return spellDecimal(type.precision, type.scale);
		case 'real':
			return type.bits === 32 ? 'float' : 'double';
		case 'boolean':
			return 'tinyint(1)';
		case 'text':
			return spellText(type.length, type.padded);
		case 'bytes':
			return spellBytes(type.length);
		case 'date':
			return 'date';
		case 'time':
			return type.zoned ? 'varchar(40)' : `time${spellPrecision(type.precision)}`;
		case 'timestamp':
			return `datetime${spellPrecision(type.precision)}`;
		case 'timestamptz':
			// The only moment there is; it refuses what lies outside of 1970 to 2038 or 2106.
			return `timestamp${spellPrecision(type.precision)}`;
		case 'interval':
			return 'varchar(255)';
		case 'uuid':
			return 'char(36)';
		case 'json':
			return 'json';
		case 'enum':
			return `enum(${type.labels.map((label) => `'${label.replaceAll("'", "''")}'`).join(',')})`;
		case 'other':
			return null;
		default:
			return type satisfies never;
	}
}

function spellInteger(bits: number, unsigned: boolean): string | null {
	const fitting = Object.entries(integerBits).find(([, own]) => own >= bits);
	if (fitting) return `${fitting[0]}${unsigned ? ' unsigned' : ''}`;
	return bits <= 200 ? `decimal(${Math.ceil(bits * Math.log10(2)) + 1},0)` : 'longtext';
}

/** At most 65 digits, 30 of them behind the point; what may have more is kept as text. */
function spellDecimal(precision: number | null, scale: number | null): string {
	if (precision === null || precision > 65 || (scale ?? 0) > 30) return 'longtext';
	return `decimal(${precision},${scale ?? 0})`;
}

/** A row holds 65,535 bytes, four to a character. */
function spellText(length: number | null, padded: boolean): string {
	if (length === null || length > 16_000) return 'longtext';
	return padded && length <= 255 ? `char(${length})` : `varchar(${length})`;
}

function spellBytes(length: number | null): string {
	return length === null || length > 65_000 ? 'longblob' : `varbinary(${length})`;
}

function spellPrecision(precision: number | null): string {
	return precision === 0 ? '' : `(${Math.min(precision ?? 6, 6)})`;
}
