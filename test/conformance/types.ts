import {hostileValues} from '../dialects/sqlite/hostile-values.ts';
import type {TypeCase} from './engines.ts';

/* Types with their extremes. Within a type no two values are the same to a byte. */

const texts = [
	"''",
	"' '",
	"'a'",
	"'A'",
	"'a '",
	"'á'",
	"'NULL'",
	"'~'",
	"'t1:a'",
	"'it''s'",
	"'日本'",
	"'😀'",
	"'ß'",
	"'ss'",
];
const integers = ['0', '1', '-1', '2', '10', '32767', '-32768'];
const bigIntegers = [
	...integers,
	'9007199254740993',
	'9223372036854775807',
	'-9223372036854775808',
];
const binary = ["''", "'00'", "'61'", "'6100'", "'ff'", "'0a'", "'09'", "'5c'", "'5c6e'"];

export const sqliteTypes: readonly TypeCase[] = [
	{type: '', values: hostileValues},
	{type: 'INTEGER', values: ['NULL', ...bigIntegers]},
	{type: 'TEXT', values: ['NULL', ...texts]},
	{type: 'BLOB', values: ['NULL', ...binary.map((hex) => `x${hex}`)]},
	{type: 'REAL', values: ['NULL', '0.0', '0.1', '1e308', '5e-324', '9e999', '-9e999']},
];

const postgresText = (type: string): TypeCase => ({type, values: ['NULL', ...texts]});
const postgresArray = (type: string, values: readonly string[]): TypeCase => ({type, values});

export const postgresTypes: readonly TypeCase[] = [
	{type: 'smallint', values: ['NULL', ...integers]},
	{type: 'integer', values: ['NULL', ...integers, '2147483647', '-2147483648']},
	{type: 'bigint', values: ['NULL', ...bigIntegers]},
	{
		type: 'numeric',
		values: [
			'NULL',
			'0',
			'1',
			'-1.5',
			"'123456789012345678901234567890.123456789012345678901234567891'",
			"'0.000000000000000000000000000000000000000000000000000000000001'",
			"'NaN'",
			"'Infinity'",
			"'-Infinity'",
		],
	},
	{type: 'numeric(10,2)', values: ['NULL', '0', '0.01', '-0.01', '99999999.99']},
	{
		type: 'real',
		values: ['NULL', '0', "'-0'", '0.1', "'1e38'", "'1e-45'", "'NaN'", "'Infinity'", "'-Infinity'"],
	},
	{
		type: 'double precision',
		values: [
			'NULL',
			'0',
			"'-0'",
			'0.1',
			"'1e16'",
			"'1e21'",
			"'1e300'",
			"'5e-324'",
			"'NaN'",
			"'Infinity'",
			"'-Infinity'",
		],
	},
	{type: 'money', values: ['NULL', "'0'", "'1.01'", "'-1234567.89'"]},
	{type: 'boolean', values: ['NULL', 'true', 'false']},
	postgresText('text'),
	postgresText('varchar(20)'),
	{type: 'char(5)', values: ['NULL', "''", "'a'", "'A'", "'abcde'", "'é'"]},
	{type: 'text', values: ["E'a\\tb'", "E'a\\nb'", "E'a\\\\b'", "E'\\\\N'", "E'\\\\.'", "E'a\\rb'"]},
	{type: 'bytea', values: ['NULL', ...binary.map((hex) => `decode(${hex}, 'hex')`)]},
	{type: 'bit(4)', values: ['NULL', "B'0000'", "B'1010'"]},
	{type: 'bit varying(8)', values: ['NULL', "B''", "B'0'", "B'00'"]},
	{
		type: 'date',
		values: [
			'NULL',
			"'2024-02-29'",
			"'0001-01-01'",
			"'0044-03-15 BC'",
			"'infinity'",
			"'-infinity'",
		],
	},
	{type: 'time', values: ['NULL', "'00:00'", "'24:00'", "'12:34:56.789012'"]},
	{type: 'timetz', values: ['NULL', "'12:00+00'", "'12:00+02'", "'12:00-05:30'"]},
	{
		type: 'timestamp',
		values: [
			'NULL',
			"'2024-01-01'",
			"'2024-01-01 00:00:00.000001'",
			"'0044-03-15 12:00 BC'",
			"'294276-12-31 23:59:59.999999'",
			"'infinity'",
			"'-infinity'",
		],
	},
	{
		type: 'timestamptz',
		values: [
			'NULL',
			"'2024-01-01 00:00+00'",
			"'2024-01-01 00:00+02'",
			"'2024-01-01 00:00:00.000001+00'",
			"'0044-03-15 12:00+00 BC'",
			"'infinity'",
		],
	},
	{
		type: 'interval',
		values: [
			'NULL',
			"'0'",
			"'1 month'",
			"'30 days'",
			"'-1 year 2 days'",
			"'720:00:00'",
			"'0.000001 s'",
		],
	},
	{
		type: 'uuid',
		values: [
			'NULL',
			"'00000000-0000-0000-0000-000000000000'",
			"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
		],
	},
	{
		type: 'json',
		values: [
			'NULL',
			"'null'",
			'\'{"a":1}\'',
			'\'{"a": 1}\'',
			'\'{"a":1,"a":1}\'',
			"'9007199254740993'",
		],
	},
	{
		type: 'jsonb',
		values: [
			'NULL',
			"'null'",
			'\'{"a":1}\'',
			'\'{"a":"1"}\'',
			"'[1,2]'",
			"'9007199254740993'",
			"'1.10'",
		],
	},
	postgresArray('integer[]', [
		'NULL',
		"'{}'",
		"'{1}'",
		"'{1,2}'",
		"'{NULL}'",
		"'{{1},{2}}'",
		"'[0:0]={1}'",
	]),
	postgresArray('text[]', [
		`'{}'`,
		`'{a}'`,
		`'{"a,b"}'`,
		`'{a,b}'`,
		`'{"NULL"}'`,
		`'{NULL}'`,
		`'{""}'`,
	]),
	{type: 'int4range', values: ['NULL', "'empty'", "'[1,5)'", "'(,5)'", "'[1,)'"]},
	{type: 'inet', values: ['NULL', "'10.0.0.1'", "'10.0.0.1/24'", "'::1'"]},
	{type: 'cidr', values: ['NULL', "'10.0.0.0/8'", "'::/0'"]},
	{type: 'macaddr', values: ['NULL', "'08:00:2b:01:02:03'"]},
	{type: 'point', values: ['NULL', "'(0,0)'", "'(0.1,-2)'"]},
	{type: 'polygon', values: ['NULL', "'((0,0),(1,1),(1,0))'"]},
	{type: 'tsvector', values: ['NULL', "''", "'a b'", "'a:1 b:2A'"]},
	{type: 'xml', values: ['NULL', "'<a/>'", "'<a></a>'"]},
	{type: 'oid', values: ['NULL', '0', '4294967295']},
	{type: '"char"', values: ['NULL', "'a'", "'b'"]},
];

const mysqlText = (type: string): TypeCase => ({
	type: `${type} CHARACTER SET utf8mb4`,
	values: ['NULL', ...texts, "'a\\tb'", "'a\\nb'", "'a\\\\b'", "'a\\0b'"],
});

export const mysqlTypes: readonly TypeCase[] = [
	{type: 'tinyint(1)', values: ['NULL', '0', '1', '-128', '127']},
	{type: 'int', values: ['NULL', ...integers]},
	{type: 'int(8) zerofill', values: ['NULL', '0', '7']},
	{type: 'bigint', values: ['NULL', ...bigIntegers]},
	{type: 'bigint unsigned', values: ['NULL', '0', '9223372036854775808', '18446744073709551615']},
	{
		type: 'decimal(65,30)',
		values: [
			'NULL',
			'0',
			'-0.1',
			'12345678901234567890123456789012345.123456789012345678901234567890',
		],
	},
	{type: 'float', values: ['NULL', '0', '0.1', '16777216', '1e38', '1e-45']},
	{type: 'double', values: ['NULL', '0', '0.1', '1e16', '1e21', '1e300', '5e-324']},
	{type: 'bit(10)', values: ['NULL', "b'0'", "b'1'", "b'1111111111'"]},
	mysqlText('varchar(30)'),
	mysqlText('text'),
	{type: 'char(5) CHARACTER SET utf8mb4', values: ['NULL', "''", "'a'", "'A'", "'é'"]},
	{type: 'varchar(20) CHARACTER SET latin1', values: ['NULL', "''", "'a'", "'é'", "'ÿ'"]},
	{type: 'varbinary(20)', values: ['NULL', ...binary.map((hex) => `UNHEX(${hex})`)]},
	{type: 'binary(3)', values: ['NULL', "UNHEX('00')", "UNHEX('61')"]},
	{type: 'blob', values: ['NULL', ...binary.map((hex) => `UNHEX(${hex})`)]},
	{type: "enum('a','B','')", values: ['NULL', "'a'", "'B'", "''"]},
	{type: "set('a','b')", values: ['NULL', "''", "'a'", "'b'", "'a,b'"]},
	{type: 'date', values: ['NULL', "'2024-02-29'", "'0000-00-00'", "'2024-00-00'", "'9999-12-31'"]},
	{
		type: 'time(6)',
		values: ['NULL', "'00:00:00'", "'-00:00:01'", "'838:59:58.999999'", "'-838:59:59'"],
	},
	{
		type: 'datetime(6)',
		values: [
			'NULL',
			"'2024-01-01'",
			"'2024-01-01 00:00:00.000001'",
			"'0000-00-00'",
			"'9999-12-31 23:59:59'",
		],
	},
	{
		type: 'timestamp(6) NULL',
		values: ['NULL', "'2024-01-01'", "'2038-01-19 03:14:07'", "'0000-00-00'"],
	},
	{type: 'year', values: ['NULL', '0', '1901', '2155']},
	{
		type: 'point',
		values: ['NULL', "ST_GeomFromText('POINT(1 2)')", "ST_GeomFromText('POINT(0 0)')"],
	},
];

export const mariadbTypes: readonly TypeCase[] = [
	...mysqlTypes,
	{type: 'json', values: ['NULL', "'null'", '\'{"a":1}\'', '\'{"a": 1}\'']},
	{
		type: 'uuid',
		values: [
			'NULL',
			"'00000000-0000-0000-0000-000000000000'",
			"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
		],
	},
	{type: 'inet6', values: ['NULL', "'::'", "'::1'"]},
];

export const mssqlTypes: readonly TypeCase[] = [
	{type: 'bit', values: ['NULL', '0', '1']},
	{type: 'tinyint', values: ['NULL', '0', '255']},
	{type: 'int', values: ['NULL', ...integers]},
	{type: 'bigint', values: ['NULL', ...bigIntegers]},
	{
		type: 'decimal(38,10)',
		values: ['NULL', '0', '-0.0000000001', '1234567890123456789012345678.0123456789'],
	},
	{type: 'money', values: ['NULL', '0', '-0.0001', '922337203685477.5807']},
	{type: 'float', values: ['NULL', '0', '0.1', '1e16', '1e300']},
	{type: 'real', values: ['NULL', '0', '0.1', '1e38']},
	{type: 'nvarchar(30)', values: ['NULL', ...texts.map((text) => `N${text}`)]},
	{type: 'nvarchar(max)', values: ['NULL', ...texts.map((text) => `N${text}`)]},
	{type: 'varbinary(20)', values: ['NULL', '0x', '0x00', '0x61', '0xff']},
	{type: 'date', values: ['NULL', "'2024-02-29'", "'0001-01-01'", "'9999-12-31'"]},
	{type: 'time(7)', values: ['NULL', "'00:00'", "'23:59:59.999999'"]},
	{type: 'datetime2(6)', values: ['NULL', "'2024-01-01'", "'2024-01-01 00:00:00.000001'"]},
	{
		type: 'datetimeoffset(6)',
		values: ['NULL', "'2024-01-01 00:00 +00:00'", "'2024-01-01 00:00 +02:00'"],
	},
	{
		type: 'uniqueidentifier',
		values: [
			'NULL',
			"'00000000-0000-0000-0000-000000000000'",
			"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
		],
	},
];
