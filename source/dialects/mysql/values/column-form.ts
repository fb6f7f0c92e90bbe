import type {CellKind} from '../../../model/cell.ts';
import {parseType, type ParsedType} from '../parse-type.ts';
import {readValueType} from '../value-types.ts';
import {
	readBytes,
	readDate,
	readDecimal,
	readInteger,
	readJson,
	readOther,
	readOtherHex,
	readReal,
	readTaggedText,
	readText,
	readTime,
	readTimestamp,
	readTimestamptz,
	readUuid,
	type FieldReader,
} from './field-readers.ts';
import {findCharsetForm, readCharset, tagText} from './text-charset.ts';

/** What must be known of a column to read and write its values. */
export type ColumnType = {
	/** As the catalog has it: MariaDB's checked text is `json`. */
	readonly type: string;
	readonly collation: string | null;
};

/**
How the values of a column are read: one SQL expression gives each as text or bytes, exactly, so
that two values have the same when they are the same.
*/
export type ColumnForm = {
	/** The kind of its cells, besides NULL and text that is none. */
	readonly kind: CellKind;
	/** What is read of a column that SQL names so. */
	readonly select: (column: string) => string;
	/** What is hashed; the value's own bytes will do where reading needs more. */
	readonly hash: (column: string) => string;
	/** It may hold a comma: its length is hashed with it. */
	readonly mayHoldComma: boolean;
	/** Two columns whose forms have one name give the same bytes for the same value. */
	readonly name: string;
	readonly read: FieldReader;
};

export function findColumnForm({type, collation}: ColumnType): ColumnForm {
	const parsed = parseType(type);
	const valueType = readValueType(type);
	switch (valueType.kind) {
		case 'integer':
			// BIT would come as bytes, YEAR and ZEROFILL with zeros in front.
			return plain('integer', readInteger, {
				select: needsNumber(parsed) ? (column) => `${column} + 0` : asItIs,
			});
		case 'decimal':
			return plain('decimal', readDecimal, {
				select: parsed.zerofill ? (column) => `${column} + 0` : asItIs,
				name: `decimal ${valueType.scale ?? 0}`,
			});
		case 'real':
			// FLOAT prints six digits, and a declared scale rounds what is printed. Adding 0 would lose
			// the sign of −0.
			return plain('real', readReal, {
				select:
					valueType.bits === 64 && parsed.numbers.length === 0 && !parsed.zerofill
						? asItIs
						: (column) => `${column} * 1e0`,
			});
		case 'date':
			return plain('date', readDate);
		case 'time':
			return plain('time', readTime, {name: `time ${valueType.precision ?? 0}`});
		case 'timestamp':
			return plain('timestamp', readTimestamp, {name: `timestamp ${valueType.precision ?? 0}`});
		case 'timestamptz':
			return plain('timestamptz', readTimestamptz, {
				name: `timestamptz ${valueType.precision ?? 0}`,
			});
		case 'uuid':
			return {...plain('uuid', readUuid), hash: castToChar};
		case 'bytes':
			return {...plain('bytes', readBytes), mayHoldComma: true};
		case 'json':
			return {
				...plain('json', readJson, {select: (column) => `CAST(${column} AS CHAR)`}),
				mayHoldComma: true,
			};
		case 'text':
			return makeTextForm(readCharset(collation));
		case 'enum':
			return valueType.labels.includes('')
				? makeEnumForm(readCharset(collation))
				: makeTextForm(readCharset(collation));
		case 'other':
			return isShown(parsed)
				? {...plain('other', readOther, {name: valueType.name}), hash: castToChar}
				: plain('other', readOtherHex, {
						select: (column) => `HEX(${column})`,
						name: valueType.name,
					});
		case 'any':
		case 'boolean':
		case 'interval':
			throw new RangeError(`MySQL has no ${valueType.kind}: ${type}`);
		default:
			return valueType satisfies never;
	}
}

function asItIs(column: string): string {
	return column;
}

function plain(
	kind: CellKind,
	read: FieldReader,
	{select = asItIs, name = kind}: {select?: ColumnForm['select']; name?: string} = {},
): ColumnForm {
	return {kind, read, name, select, hash: select, mayHoldComma: false};
}

function needsNumber({name, zerofill}: ParsedType): boolean {
	return zerofill || name === 'bit' || name === 'year';
}

/**
MariaDB brings the other half of an IFNULL to a UUID or an address: what stands for NULL there
would become NULL, and with it the digest of the whole row (seen on 10.11).
*/
const castToChar = (column: string) => `CAST(${column} AS CHAR CHARACTER SET latin1)`;

/** Types whose text is short and has no comma; all others are read as bytes. */
function isShown({name}: ParsedType): boolean {
	return name === 'inet4' || name === 'inet6';
}

function makeTextForm(charset: string): ColumnForm {
	const common = {kind: 'text', mayHoldComma: true} as const;
	switch (findCharsetForm(charset)) {
		case 'same':
			return {...common, name: 'text', select: asItIs, hash: asItIs, read: readText};
		case 'whole': {
			const convert = (column: string) => `CONVERT(${column} USING utf8mb4)`;
			return {...common, name: 'text', select: convert, hash: convert, read: readText};
		}
		case 'partial':
			return {
				...common,
				name: `text ${charset}`,
				select: (column) => tagText(column, charset),
				hash: asItIs,
				read: readTaggedText,
			};
	}
}

/** Where the empty label is one of its own, the empty text of a wrong value must not look like it. */
function makeEnumForm(charset: string): ColumnForm {
	const select = (column: string) =>
		`IF(${column} + 0 = 0, 'q', CONCAT('t', CONVERT(${column} USING utf8mb4)))`;
	return {
		kind: 'text',
		mayHoldComma: true,
		name: `text ${charset} enum`,
		select,
		hash: select,
		read: readTaggedText,
	};
}
