import type {Cell} from '../../../source/model/cell.ts';

/** A type, the literals of some of its values, and what is read of each. */
export type TypeCase = {
	readonly type: string;
	readonly kind: Cell['kind'];
	readonly values: readonly (readonly [sql: string, text: string])[];
};

/** Types whose values every server of this protocol keeps. */
export const plainTypes: readonly TypeCase[] = [
	{
		type: 'bit',
		kind: 'boolean',
		values: [
			['1', 'true'],
			['0', 'false'],
		],
	},
	{
		type: 'tinyint',
		kind: 'integer',
		values: [
			['255', '255'],
			['0', '0'],
		],
	},
	{type: 'smallint', kind: 'integer', values: [['-32768', '-32768']]},
	{type: 'int', kind: 'integer', values: [['2147483647', '2147483647']]},
	{
		type: 'bigint',
		kind: 'integer',
		values: [
			['9007199254740993', '9007199254740993'],
			['-9223372036854775808', '-9223372036854775808'],
		],
	},
	{
		type: 'decimal(38,10)',
		kind: 'decimal',
		values: [
			['1234567890123456789012345678.1234567890', '1234567890123456789012345678.123456789'],
			['-0.5000000000', '-0.5'],
			['100', '100'],
		],
	},
	{
		type: 'money',
		kind: 'decimal',
		values: [
			['-922337203685477.5808', '-922337203685477.5808'],
			['1.10', '1.1'],
		],
	},
	{type: 'smallmoney', kind: 'decimal', values: [['214748.3647', '214748.3647']]},
	{
		type: 'float',
		kind: 'real',
		values: [
			['0.1e0', '0.1'],
			['1.7976931348623157e308', '1.7976931348623157e+308'],
			['1e16', '10000000000000000'],
			['1.1e-300', '1.1e-300'],
		],
	},
	{type: 'real', kind: 'real', values: [['0.1e0', '0.10000000149011612']]},
	{
		type: 'date',
		kind: 'date',
		values: [
			["'0001-01-01'", '0001-01-01'],
			["'9999-12-31'", '9999-12-31'],
		],
	},
	{
		type: 'time(6)',
		kind: 'time',
		values: [
			["'03:04:05.120000'", '03:04:05.12'],
			["'00:00'", '00:00:00'],
		],
	},
	{
		type: 'datetime',
		kind: 'timestamp',
		values: [["'2024-01-02T03:04:05.997'", '2024-01-02T03:04:05.997']],
	},
	{
		type: 'smalldatetime',
		kind: 'timestamp',
		values: [["'2024-01-02T03:04'", '2024-01-02T03:04:00']],
	},
	{
		type: 'datetime2(6)',
		kind: 'timestamp',
		values: [
			["'2024-01-02T03:04:05.123456'", '2024-01-02T03:04:05.123456'],
			["'2024-01-02T00:00:00'", '2024-01-02T00:00:00'],
		],
	},
	{
		type: 'datetimeoffset(6)',
		kind: 'timestamptz',
		values: [
			["'2024-01-02T03:04:05.5+02:00'", '2024-01-02T03:04:05.5+02:00'],
			["'2024-01-02T01:04:05.5+00:00'", '2024-01-02T01:04:05.5Z'],
		],
	},
	{
		type: 'uniqueidentifier',
		kind: 'uuid',
		values: [["'6F9619FF-8B86-D011-B42D-00C04FC964FF'", '6f9619ff-8b86-d011-b42d-00c04fc964ff']],
	},
	{
		type: 'nvarchar(max)',
		kind: 'text',
		values: [
			["N''", ''],
			["N'a '", 'a '],
			["N'A'", 'A'],
			["N'日本語 😀'", '日本語 😀'],
			["N'tab\tline\nback\\slash'", 'tab\tline\nback\\slash'],
			["N'it''s \\N'", "it's \\N"],
			["REPLICATE(CONVERT(nvarchar(max), N'x'), 9000)", 'x'.repeat(9000)],
		],
	},
	{
		type: 'varchar(20)',
		kind: 'text',
		values: [
			["'abc'", 'abc'],
			["'abc  '", 'abc  '],
		],
	},
	{type: 'nchar(5)', kind: 'text', values: [["N'ab'", 'ab']]},
	{
		type: 'varbinary(max)',
		kind: 'bytes',
		values: [
			['0x', ''],
			['0x00FF0A00', '00ff0a00'],
		],
	},
	{type: 'binary(3)', kind: 'bytes', values: [['0x0102', '010200']]},
];
