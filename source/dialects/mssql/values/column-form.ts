import type {CellKind} from '../../../model/cell.ts';
import type {Column} from '../../../model/catalog.ts';
import {parseType} from '../parse-type.ts';
import type {DriverValue} from '../session.ts';

/** What must be known of a column to read and write its values. */
export type ColumnType = Pick<Column, 'type' | 'collation'>;

/**
How the values of a column are read and hashed: text that two values share when they are the same.
CONVERT with a style depends on no language and no DATEFORMAT ("CAST and CONVERT", date and time
styles). Tables are never compared on another engine by these texts, cells are.
*/
export type ColumnForm = {
	/** The kind of its cells, besides NULL and text that is none. */
	readonly kind: CellKind;
	/** What is read of a column that SQL names so. */
	readonly select: (column: string) => string;
	/** What is hashed, a text or (`isBinary`) bytes, of any collation. */
	readonly hash: (column: string) => string;
	readonly isBinary: boolean;
	/** Two columns whose forms have one name give the same for the same value. */
	readonly name: string;
	/** A value of the driver as the text that stands in a line. */
	readonly spell: (value: Exclude<DriverValue, null>) => string;
	/** The text of its cell. */
	readonly normalise: (text: string) => string;
};

type FormOptions = Pick<ColumnForm, 'kind' | 'select'> & Partial<ColumnForm>;

function form({kind, select, ...rest}: FormOptions): ColumnForm {
	return {
		kind,
		select,
		hash: select,
		isBinary: false,
		name: kind,
		spell: String,
		normalise: asItIs,
		...rest,
	};
}

function asItIs(text: string): string {
	return text;
}

export function findColumnForm({type}: ColumnType): ColumnForm {
	const {name, numbers, isMax} = parseType(type);
	const text =
		(length: number, style = '') =>
		(column: string) =>
			`CONVERT(varchar(${length}), ${column}${style})`;
	switch (name) {
		case 'bit':
			return form({
				kind: 'boolean',
				select: asItIs,
				hash: text(1),
				spell: (value) => (value === true || value === 1 ? '1' : '0'),
				normalise: (value) => (value === '1' ? 'true' : 'false'),
			});
		case 'tinyint':
		case 'smallint':
		case 'int':
		case 'bigint':
			// The driver gives bigint as text.
			return form({kind: 'integer', select: asItIs, hash: text(20)});
		case 'decimal':
			return form({
				kind: 'decimal',
				select: text(41),
				name: `decimal ${numbers[1] ?? 0}`,
				normalise: trimZeros,
			});
		case 'money':
		case 'smallmoney':
			// As text, MONEY shows two of its four digits.
			return form({
				kind: 'decimal',
				select: (column) => `CONVERT(varchar(41), CONVERT(decimal(19, 4), ${column}))`,
				name: 'decimal 4',
				normalise: trimZeros,
			});
		case 'float':
		case 'real':
			return makeFloatForm(name === 'real' || numbers[0] === 24);
		case 'date':
			return form({kind: 'date', select: text(10, ', 23')});
		case 'time':
			return form({
				kind: 'time',
				select: text(16, ', 121'),
				name: `time ${numbers[0] ?? 7}`,
				normalise: trimZeros,
			});
		case 'smalldatetime':
		case 'datetime':
		case 'datetime2':
			return form({
				kind: 'timestamp',
				select: text(27, ', 121'),
				name: `${name} ${numbers[0] ?? ''}`.trim(),
				normalise: (value) => trimZeros(value).replace(' ', 'T'),
			});
		case 'datetimeoffset':
			return form({
				kind: 'timestamptz',
				select: text(34, ', 121'),
				name: `datetimeoffset ${numbers[0] ?? 7}`,
				normalise: normaliseOffset,
			});
		case 'uniqueidentifier':
			return form({kind: 'uuid', select: text(36), normalise: (value) => value.toLowerCase()});
		case 'char':
		case 'nchar':
			// Blanks at its end are none of its own.
			return form({
				kind: 'text',
				select: (column) => `CONVERT(nvarchar(max), RTRIM(${column}))`,
			});
		case 'varchar':
		case 'nvarchar':
			return form({
				kind: 'text',
				select: (column) =>
					`CONVERT(nvarchar(${isMax || (numbers[0] ?? 0) > 4000 ? 'max' : (numbers[0] ?? 1)}), ${column})`,
			});
		case 'text':
			return form({
				kind: 'text',
				select: (column) => `CONVERT(nvarchar(max), CONVERT(varchar(max), ${column}))`,
			});
		case 'ntext':
			return form({kind: 'text', select: (column) => `CONVERT(nvarchar(max), ${column})`});
		case 'json':
			return form({kind: 'json', select: (column) => `CONVERT(nvarchar(max), ${column})`});
		case 'binary':
		case 'varbinary':
		case 'rowversion':
		case 'image':
			return makeBinaryForm('bytes', 'bytes', name === 'image');
		case 'xml':
			return form({
				kind: 'other',
				name: 'xml',
				select: (column) => `CONVERT(nvarchar(max), ${column})`,
			});
		case 'hierarchyid':
			return form({
				kind: 'other',
				name: 'hierarchyid',
				select: (column) => `CONVERT(nvarchar(4000), ${column})`,
			});
		case 'sql_variant':
			return form({kind: 'other', name: 'sql_variant', select: spellVariant});
		default:
			// Shapes and types of assemblies: their own bytes.
			return makeBinaryForm('other', name, true);
	}
}

/**
The driver gives the very double. For hashing, the bits stand as an integer: no style of CONVERT
says on every version what −0 is.
*/
function makeFloatForm(isShort: boolean): ColumnForm {
	return form({
		kind: 'real',
		name: isShort ? 'real' : 'float',
		select: asItIs,
		hash: (column) => `CONVERT(varchar(20), ${floatBits(column, isShort)})`,
		spell: (value) => (Object.is(value, -0) ? '-0' : String(value)),
	});
}

/** The bits of a float, most significant first, as an integer. */
export function floatBits(column: string, isShort: boolean): string {
	return isShort
		? `CONVERT(int, CONVERT(binary(4), ${column}))`
		: `CONVERT(bigint, CONVERT(binary(8), ${column}))`;
}

function makeBinaryForm(kind: CellKind, name: string, isConverted: boolean): ColumnForm {
	return form({
		kind,
		name,
		select: isConverted ? (column) => `CONVERT(varbinary(max), ${column})` : asItIs,
		isBinary: true,
		spell: (value) => (Buffer.isBuffer(value) ? value.toString('hex') : String(value)),
	});
}

/** Its type, then the bytes of its value: `decimal(5,2)` 9 bytes … ("SQL_VARIANT_PROPERTY"). */
function spellVariant(column: string): string {
	const property = (name: string) =>
		`CONVERT(nvarchar(128), SQL_VARIANT_PROPERTY(${column}, '${name}'))`;
	const parts = ['BaseType', 'Precision', 'Scale', 'MaxLength', 'Collation'].map(
		(name) => `ISNULL(${property(name)}, N'')`,
	);
	const value = `CONVERT(nvarchar(max), CONVERT(varbinary(8000), ${column}), 2)`;
	// Of NULL there is no type.
	return `${property('BaseType')} + N' ' + ${parts.slice(1).join(" + N' ' + ")} + N' ' + ${value}`;
}

function trimZeros(text: string): string {
	if (!text.includes('.')) return text;
	const digits = text.replace(/\.?0+$/, '');
	return digits === '-0' ? '0' : digits;
}

/** The zone is part of what the column keeps. */
function normaliseOffset(text: string): string {
	const match = /^(\S+) ([\d:.]+) ?([+-]\d\d:\d\d)$/.exec(text);
	if (!match) return text;
	const [, date = '', time = '', zone = ''] = match;
	return `${date}T${trimZeros(time)}${/^[+-]00:00$/.test(zone) ? 'Z' : zone}`;
}
