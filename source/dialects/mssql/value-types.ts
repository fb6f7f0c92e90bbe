import type {Column} from '../../model/catalog.ts';
import type {KeyOrder, ValueType} from '../../model/value-type.ts';
import {parseType} from './parse-type.ts';

const integers: Readonly<Record<string, {readonly bits: number; readonly unsigned: boolean}>> = {
	tinyint: {bits: 8, unsigned: true},
	smallint: {bits: 16, unsigned: false},
	int: {bits: 32, unsigned: false},
	bigint: {bits: 64, unsigned: false},
};

/** What a declared type can hold. Lengths of char and varchar count bytes of their code page. */
export function readValueType(type: string): ValueType {
	const {name, numbers} = parseType(type);
	const [first = null, second = null] = numbers;
	const integer = integers[name];
	if (integer) return {kind: 'integer', ...integer};
	switch (name) {
		case 'decimal':
			return {kind: 'decimal', precision: first, scale: second};
		case 'money':
			return {kind: 'decimal', precision: 19, scale: 4};
		case 'smallmoney':
			return {kind: 'decimal', precision: 10, scale: 4};
		case 'float':
			return {kind: 'real', bits: first === 24 ? 32 : 64};
		case 'real':
			return {kind: 'real', bits: 32};
		case 'bit':
			return {kind: 'boolean'};
		case 'char':
		case 'nchar':
			return {kind: 'text', length: first, padded: true};
		case 'varchar':
		case 'nvarchar':
			return {kind: 'text', length: first, padded: false};
		case 'text':
		case 'ntext':
			return {kind: 'text', length: null, padded: false};
		case 'binary':
		case 'varbinary':
			return {kind: 'bytes', length: first, padded: false};
		case 'rowversion':
			return {kind: 'bytes', length: 8, padded: false};
		case 'image':
			return {kind: 'bytes', length: null, padded: false};
		case 'date':
			return {kind: 'date'};
		case 'time':
			return {kind: 'time', precision: first, zoned: false};
		case 'smalldatetime':
			return {kind: 'timestamp', precision: 0};
		case 'datetime':
			return {kind: 'timestamp', precision: 3};
		case 'datetime2':
			return {kind: 'timestamp', precision: first};
		case 'datetimeoffset':
			return {kind: 'timestamptz', precision: first};
		case 'uniqueidentifier':
			return {kind: 'uuid'};
		case 'json':
			return {kind: 'json'};
		default:
			return {kind: 'other', name};
	}
}

/**
How a column sorts as a key, and whether the server's `=` tells apart what the cells do. Every
collation, a binary one too, takes `a` and `a ` for equal ("Trailing spaces", ANSI padding), so only
a text of fixed length is exact in one.
*/
export function readKeyOrder({
	type,
	collation,
}: Pick<Column, 'type' | 'collation'>): KeyOrder | null {
	const {name} = parseType(type);
	if (integers[name]) return {name: 'number', isExact: true};
	switch (name) {
		case 'decimal':
		case 'money':
		case 'smallmoney':
			return {name: 'number', isExact: true};
		case 'float':
		case 'real':
			// −0 equals 0.
			return {name: `mssql ${name}`, isExact: false};
		case 'bit':
			return {name: 'boolean', isExact: true};
		case 'date':
			return {name: 'date', isExact: true};
		case 'time':
			return {name: 'mssql time', isExact: true};
		case 'smalldatetime':
		case 'datetime':
		case 'datetime2':
			return {name: 'timestamp', isExact: true};
		case 'datetimeoffset':
			// By the moment, whatever its zone.
			return {name: 'mssql datetimeoffset', isExact: false};
		case 'uniqueidentifier':
			// By its last six bytes first ("Comparing GUID and uniqueidentifier values").
			return {name: 'mssql uniqueidentifier', isExact: true};
		case 'binary':
		case 'rowversion':
			return {name: 'bytes', isExact: true};
		case 'varbinary':
			// What is shorter is filled up with zeros when compared.
			return {name: 'mssql varbinary', isExact: false};
		case 'hierarchyid':
			return {name: 'mssql hierarchyid', isExact: true};
		case 'char':
		case 'nchar':
		case 'varchar':
		case 'nvarchar':
			return {
				name: `mssql ${/^n/.test(name) ? 'unicode ' : ''}${collation ?? 'unknown'}`,
				isExact: /_BIN2$/i.test(collation ?? '') && !name.includes('var'),
			};
		default:
			return null;
	}
}

/** The declared type of a column made for values of another engine. */
export function spellType(type: ValueType): string | null {
	switch (type.kind) {
		case 'any':
			return 'nvarchar(max)';
		case 'integer':
			return spellInteger(type.bits, type.unsigned);
		case 'decimal':
			return spellDecimal(type.precision, type.scale);
		case 'real':
			return type.bits === 32 ? 'real' : 'float';
		case 'boolean':
			return 'bit';
		case 'text':
			return spellText(type.length, type.padded);
		case 'bytes':
			return type.length === null || type.length > 8000
				? 'varbinary(max)'
				: `varbinary(${type.length})`;
		case 'date':
			return 'date';
		case 'time':
			return type.zoned ? 'nvarchar(40)' : `time(${spellPrecision(type.precision)})`;
		case 'timestamp':
			return `datetime2(${spellPrecision(type.precision)})`;
		case 'timestamptz':
			return `datetimeoffset(${spellPrecision(type.precision)})`;
		case 'interval':
			return 'nvarchar(255)';
		case 'uuid':
			return 'uniqueidentifier';
		case 'json':
			return 'nvarchar(max)';
		case 'enum':
			return spellText(Math.max(1, ...type.labels.map(({length}) => length)), false);
		case 'other':
			return null;
		default:
			return type satisfies never;
	}
}

function spellInteger(bits: number, unsigned: boolean): string {
	const fitting = Object.entries(integers).find(([, own]) =>
		own.unsigned ? unsigned && bits <= own.bits : bits + (unsigned ? 1 : 0) <= own.bits,
	);
	if (fitting) return fitting[0];
	const digits = Math.ceil(bits * Math.log10(2)) + 1;
	return digits <= 38 ? `decimal(${digits},0)` : 'nvarchar(max)';
}

/** At most 38 digits; what may have more is kept as text. */
function spellDecimal(precision: number | null, scale: number | null): string {
	const isKept =
		precision !== null && precision <= 38 && (scale ?? 0) >= 0 && (scale ?? 0) <= precision;
	return isKept ? `decimal(${precision},${scale ?? 0})` : 'nvarchar(max)';
}

/** Lengths count pairs of bytes, of which a character beyond U+FFFF takes two. */
function spellText(length: number | null, padded: boolean): string {
	if (length === null || length > 2000) return 'nvarchar(max)';
	return `${padded ? 'nchar' : 'nvarchar'}(${length * 2})`;
}

function spellPrecision(precision: number | null): number {
	return Math.min(precision ?? 7, 7);
}
