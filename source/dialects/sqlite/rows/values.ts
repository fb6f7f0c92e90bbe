import {isUtf8} from 'node:buffer';
import type {Cell} from '../../../model/cell.ts';
import {encodeField, nullField, tagBytes} from '../../../model/encoding.ts';
import type {FieldWriter} from '../../../model/field-writer.ts';

/** A value as the driver gives and takes it, integers always as BigInt. */
export type SqliteValue = null | bigint | number | string | Buffer;

/** How a database keeps its text, as PRAGMA encoding names it. */
export type TextEncoding = 'UTF-8' | 'UTF-16le' | 'UTF-16be';

/** Encodes one value. Text must have valid bytes (see `makeSuspicion`). */
export function encodeValue(value: SqliteValue): string {
	if (typeof value === 'string') return encodeField('text', value);
	if (typeof value === 'bigint') {
		const digits = printInteger(value);
		return encodeField('integer', digits, digits.length);
	}
	if (value === null) return nullField;
	if (typeof value === 'number') {
		const digits = printReal(value);
		return encodeField('real', digits, digits.length);
	}
	const digits = value.toString('hex');
	return encodeField('bytes', digits, digits.length);
}

/**
Writes one value as `encodeValue` encodes it; the hot path of comparing.

@returns False for text that is not all ASCII, whose bytes may not be valid (see `makeSuspicion`).
*/
export function writeValue(fields: FieldWriter, value: SqliteValue): boolean {
	if (typeof value === 'string') return fields.writeText(value);
	if (value === null) {
		fields.writeByte(tagBytes.null);
	} else if (typeof value === 'bigint') {
		fields.writeAscii(tagBytes.integer, printInteger(value));
	} else if (typeof value === 'number') {
		fields.writeAscii(tagBytes.real, printReal(value));
	} else {
		fields.writeAscii(tagBytes.bytes, value.toString('hex'));
	}
	return true;
}

function printInteger(value: bigint): string {
	// A small number prints three times as fast as a BigInt.
	const number = Number(value);
	return Number.isSafeInteger(number) ? String(number) : value.toString();
}

function printReal(value: number): string {
	return Object.is(value, -0) ? '-0' : String(value);
}

/** Whether two values are the same storage class and bytes; `-0.0` and `0.0` are not. */
export function areSame(a: SqliteValue, b: SqliteValue): boolean {
	if (a === b) return a !== 0 || Object.is(a, b);
	// typeof null is 'object' too.
	return typeof a === 'object' && typeof b === 'object' && a !== null && b !== null && a.equals(b);
}

/**
Whether text in this encoded row may have lost bytes on its way here: SQLite and the driver
replace what is not valid UTF-8 by U+FFFD, and take a lone UTF-16 surrogate together with
whatever follows it for one character beyond U+FFFF. Such a row is read again as bytes.
*/
export function makeSuspicion(encoding: TextEncoding): (encoded: string) => boolean {
	if (encoding === 'UTF-8') return (encoded) => encoded.includes('\uFFFD');
	return (encoded) => /[\uD800-\uDFFF\uFFFD]/.test(encoded);
}

/** Encodes text from the very bytes that the database keeps. */
export function encodeTextBytes(bytes: Buffer, encoding: TextEncoding): string {
	const text = decodeText(bytes, encoding);
	return text === null ? encodeField('rawText', bytes.toString('hex')) : encodeField('text', text);
}

function decodeText(bytes: Buffer, encoding: TextEncoding): string | null {
	if (encoding === 'UTF-8') return isUtf8(bytes) ? bytes.toString('utf8') : null;
	if (bytes.length % 2 !== 0) return null;
	const units = encoding === 'UTF-16le' ? bytes : Buffer.from(bytes).swap16();
	const text = units.toString('utf16le');
	// With the u flag only a surrogate without its partner matches.
	return /\p{Surrogate}/u.test(text) ? null : text;
}

/** Encodes what `selectExactly` reads: a value, and whether it is text given as bytes. */
export function encodeExactly(
	value: SqliteValue,
	isText: SqliteValue,
	encoding: TextEncoding,
): string {
	return isText === 1n && Buffer.isBuffer(value)
		? encodeTextBytes(value, encoding)
		: encodeValue(value);
}

/** The two result columns that `encodeExactly` takes; `column` is an SQL expression. */
export function selectExactly(column: string): string {
	return `iif(typeof(${column}) = 'text', CAST(${column} AS BLOB), ${column}), typeof(${column}) = 'text'`;
}

/** An integer beyond 64 bits lies beyond all that SQLite keeps, as does the float nearest to it. */
function bindInteger(text: string): bigint | number {
	const integer = BigInt(text);
	return BigInt.asIntN(64, integer) === integer ? integer : Number(text);
}

/** Where a float would round it to its neighbour, the integer below tells integers apart as well. */
function bindDecimal(text: string): bigint | number {
	const [whole = '0', fraction] = text.split('.');
	const value = Number(text);
	if (fraction !== undefined && Math.abs(value) < 2 ** 52) return value;
	if (!/^-?\d+$/.test(whole)) return value;
	return bindInteger(
		fraction !== undefined && text.startsWith('-') ? String(BigInt(whole) - 1n) : whole,
	);
}

/**
A cell as a bound value and the SQL that stands for it. Invalid text can't be bound: it goes
as bytes; the plus keeps the cast from lending its affinity to what it is compared with.

@param name Of the parameter, without its sign.
*/
export function bindCell({kind, text}: Cell, name: string): {sql: string; value: SqliteValue} {
	const sql = `@${name}`;
	switch (kind) {
		case 'null':
		case 'absent':
			return {sql, value: null};
		case 'integer':
			return {sql, value: bindInteger(text)};
		case 'real':
			return {sql, value: Number(text)};
		case 'text':
			return {sql, value: text};
		case 'bytes':
			return {sql, value: Buffer.from(text, 'hex')};
		case 'rawText':
			return {sql: `+CAST(${sql} AS TEXT)`, value: Buffer.from(text, 'hex')};
		case 'decimal':
			return {sql, value: bindDecimal(text)};
		case 'boolean':
			return {sql, value: text === 'true' ? 1n : 0n};
		case 'date':
		case 'time':
		case 'timestamp':
		case 'timestamptz':
		case 'interval':
		case 'uuid':
		case 'json':
		case 'other':
			return {sql, value: text};
		default:
			return kind satisfies never;
	}
}
