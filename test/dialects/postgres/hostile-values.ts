import type {Cell} from '../../../source/model/cell.ts';

/** Values of one type as SQL and the cell that each must be read as. */
export type TypeValues = {
	/** As a column is declared. */
	readonly type: string;
	readonly values: readonly (readonly [sql: string, text: string])[];
	readonly kind: Cell['kind'];
	/** The first version of the server that has it. @default all */
	readonly since?: number;
};

const digits60 = '123456789012345678901234567890.123456789012345678901234567891';

/** Text that is taken for something else where quoting, escapes, encodings or sizes are wrong. */
export const hostileTexts = [
	'',
	' ',
	'  two  ',
	'NULL',
	'\\N',
	'\\',
	'\\\\n',
	'a\tb\nc\rd',
	'\b\f\v\u0001\u001F\u007F',
	`it's "quoted" \`so\``,
	'$$ $1 $tag$ ? ?? :x @y #{z} %s',
	'--comment /* */ ; DROP TABLE t',
	'é e\u0301 ﬁ ß',
	'日本語 🙂 👩‍👩‍👧 \u{10FFFF}',
	'\uFFFD\uFEFF\u200B\u202E',
	't4:~-=:',
	"\\x41\\u0041E'",
	'x'.repeat(70_000),
];

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

const asTexts = (texts: readonly string[], read = (text: string) => text) =>
	texts.map((text) => [quote(text), read(text)] as const);

export const typeValues: readonly TypeValues[] = [
	{
		type: 'smallint',
		kind: 'integer',
		values: [
			['-32768', '-32768'],
			['0', '0'],
			['32767', '32767'],
		],
	},
	{type: 'integer', kind: 'integer', values: [['-2147483648', '-2147483648']]},
	{
		type: 'bigint',
		kind: 'integer',
		values: [
			["'-9223372036854775808'", '-9223372036854775808'],
			['9007199254740993', '9007199254740993'],
			['9223372036854775807', '9223372036854775807'],
		],
	},
	{type: 'oid', kind: 'integer', values: [['4294967295', '4294967295']]},
	{
		type: 'numeric',
		kind: 'decimal',
		values: [
			[digits60, digits60],
			['1.500', '1.5'],
			['100', '100'],
			['-0.0', '0'],
			['1e-20', '0.00000000000000000001'],
			["'NaN'", 'NaN'],
			[`1${'0'.repeat(200)}`, `1${'0'.repeat(200)}`],
		],
	},
	{
		type: 'numeric',
		kind: 'decimal',
		since: 14,
		values: [
			["'Infinity'", 'Infinity'],
			["'-Infinity'", '-Infinity'],
		],
	},
	{
		type: 'numeric(10,3)',
		kind: 'decimal',
		values: [
			['1.5', '1.5'],
			['100', '100'],
			['-0.010', '-0.01'],
			["'NaN'", 'NaN'],
		],
	},
	{type: 'numeric(5,0)', kind: 'decimal', values: [['100', '100']]},
	{
		type: 'real',
		kind: 'real',
		values: [
			['0.1', '0.1'],
			["'-0'", '-0'],
			['0', '0'],
			['16777216', '16777216'],
			['3.4028235e38', '3.4028235e+38'],
			['1.4e-45', '1e-45'],
			["'NaN'", 'NaN'],
			["'Infinity'", 'Infinity'],
			["'-Infinity'", '-Infinity'],
		],
	},
	{
		type: 'double precision',
		kind: 'real',
		values: [
			['0.1', '0.1'],
			["'-0'", '-0'],
			['0.30000000000000004', '0.30000000000000004'],
			['1e16', '10000000000000000'],
			['1e21', '1e+21'],
			['5e-324', '5e-324'],
			['1.7976931348623157e308', '1.7976931348623157e+308'],
			['123456789012345680000', '123456789012345680000'],
			["'NaN'", 'NaN'],
			["'-Infinity'", '-Infinity'],
		],
	},
	{type: 'money', kind: 'other', values: [['1234.5', '$1,234.50']]},
	{
		type: 'boolean',
		kind: 'boolean',
		values: [
			['true', 'true'],
			['false', 'false'],
		],
	},
	{type: 'text', kind: 'text', values: asTexts(hostileTexts)},
	{
		type: 'varchar(20)',
		kind: 'text',
		values: [
			["'ab  '", 'ab  '],
			["''", ''],
		],
	},
	{
		type: 'char(5)',
		kind: 'text',
		values: [
			["'ab'", 'ab'],
			["''", ''],
			["' a'", ' a'],
		],
	},
	{type: '"char"', kind: 'other', values: [["'x'", 'x']]},
	{type: 'name', kind: 'text', values: [["'a name'", 'a name']]},
	{
		type: 'bytea',
		kind: 'bytes',
		values: [
			["''", ''],
			["'\\x00ff5c0a09'", '00ff5c0a09'],
		],
	},
	{
		type: 'bit(5)',
		kind: 'other',
		values: [["B'01010'", '01010']],
	},
	{
		type: 'varbit',
		kind: 'other',
		values: [
			["B''", ''],
			["B'1'", '1'],
		],
	},
	{
		type: 'date',
		kind: 'date',
		values: [
			["'2024-02-29'", '2024-02-29'],
			["'0044-03-15 BC'", '0044-03-15 BC'],
			["'5874897-12-31'", '5874897-12-31'],
			["'infinity'", 'infinity'],
			["'-infinity'", '-infinity'],
		],
	},
	{
		type: 'time',
		kind: 'time',
		values: [
			["'00:00'", '00:00:00'],
			["'24:00:00'", '24:00:00'],
			["'12:34:56.789000'", '12:34:56.789'],
		],
	},
	{
		type: 'timetz',
		kind: 'time',
		values: [
			["'12:00+02'", '12:00:00+02:00'],
			["'10:00+00'", '10:00:00+00:00'],
			["'10:00:00.000001-05:30'", '10:00:00.000001-05:30'],
		],
	},
	{
		type: 'timestamp',
		kind: 'timestamp',
		values: [
			["'2024-01-02 03:04:05.123456'", '2024-01-02T03:04:05.123456'],
			["'2024-01-02'", '2024-01-02T00:00:00'],
			["'0001-01-01 00:00:00 BC'", '0001-01-01T00:00:00 BC'],
			["'294276-12-31 23:59:59.999999'", '294276-12-31T23:59:59.999999'],
			["'infinity'", 'infinity'],
		],
	},
	{
		type: 'timestamptz',
		kind: 'timestamptz',
		values: [
			["'2024-01-02 03:04:05.123456+05:30'", '2024-01-01T21:34:05.123456Z'],
			["'4713-01-01 00:00:00+00 BC'", '4713-01-01T00:00:00Z BC'],
			["'-infinity'", '-infinity'],
		],
	},
	{
		type: 'timestamptz(3)',
		kind: 'timestamptz',
		values: [["'2024-01-02 03:04:05.9996Z'", '2024-01-02T03:04:06Z']],
	},
	{
		type: 'interval',
		kind: 'interval',
		values: [
			["'0'", 'PT0S'],
			["'1 mon'", 'P1M'],
			["'30 days'", 'P30D'],
			["'1 year 2 mons -3 days 04:05:06.789'", 'P1Y2M-3DT4H5M6.789S'],
			["'-00:00:00.000001'", 'PT-0.000001S'],
		],
	},
	{
		type: 'uuid',
		kind: 'uuid',
		values: [["'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']],
	},
	{
		type: 'json',
		kind: 'json',
		values: [
			[`'{"b": 1,  "a":[1.0, null]}'`, '{"b": 1,  "a":[1.0, null]}'],
			[`'"\\u0000\\n"'`, '"\\u0000\\n"'],
		],
	},
	{
		type: 'jsonb',
		kind: 'json',
		values: [
			[`'{"b": 1,  "a":[1.0, 9007199254740993]}'`, '{"a": [1.0, 9007199254740993], "b": 1}'],
			["'null'", 'null'],
		],
	},
	{type: 'xml', kind: 'other', values: [["'<a>1 &lt; 2</a>'", '<a>1 &lt; 2</a>']]},
	{
		type: 'integer[]',
		kind: 'other',
		values: [
			["'{1,NULL,3}'", '{1,NULL,3}'],
			["'{}'", '{}'],
			["'[0:1]={1,2}'", '[0:1]={1,2}'],
		],
	},
	{
		type: 'text[]',
		kind: 'other',
		values: [
			[
				`ARRAY['a,b', NULL, 'NULL', '', E'\\\\"', E'\\n\\t']`,
				'{"a,b",NULL,"NULL","","\\\\\\"","\n\t"}',
			],
		],
	},
	{type: 'numeric[]', kind: 'other', values: [["'{1.50,1.5}'", '{1.50,1.5}']]},
	{type: 'bytea[]', kind: 'other', values: [[`ARRAY['\\x00'::bytea]`, '{"\\\\x00"}']]},
	{
		type: 'int4range',
		kind: 'other',
		values: [
			["'[1,5]'", '[1,6)'],
			["'empty'", 'empty'],
			["'(,)'", '(,)'],
		],
	},
	{
		type: 'tstzrange',
		kind: 'other',
		values: [["'[2024-01-01 00:00+01,)'", '["2023-12-31 23:00:00+00",)']],
	},
	{
		type: 'int4multirange',
		kind: 'other',
		since: 14,
		values: [["'{[1,2],[5,6]}'", '{[1,3),[5,7)}']],
	},
	{type: 'inet', kind: 'other', values: [["'10.0.0.1/24'", '10.0.0.1/24']]},
	{type: 'cidr', kind: 'other', values: [["'2001:db8::/32'", '2001:db8::/32']]},
	{type: 'macaddr', kind: 'other', values: [["'08-00-2B-01-02-03'", '08:00:2b:01:02:03']]},
	{type: 'macaddr8', kind: 'other', values: [["'08002b0102030405'", '08:00:2b:01:02:03:04:05']]},
	{type: 'point', kind: 'other', values: [["'(-0,1e300)'", '(-0,1e+300)']]},
	{type: 'box', kind: 'other', values: [["'((0,0),(1,1))'", '(1,1),(0,0)']]},
	{type: 'path', kind: 'other', values: [["'[(0,0),(1,1.5)]'", '[(0,0),(1,1.5)]']]},
	{type: 'polygon', kind: 'other', values: [["'((0,0),(1,1))'", '((0,0),(1,1))']]},
	{type: 'circle', kind: 'other', values: [["'<(0,0),2>'", '<(0,0),2>']]},
	{type: 'line', kind: 'other', values: [["'{1,2,3}'", '{1,2,3}']]},
	{type: 'lseg', kind: 'other', values: [["'[(0,0),(1,1)]'", '[(0,0),(1,1)]']]},
	{type: 'tsvector', kind: 'other', values: [["'a:1A fat:2 cat:3'", "'a':1A 'cat':3 'fat':2"]]},
	{
		type: 'tsquery',
		kind: 'other',
		values: [["'fat & (cat | !rat)'", "'fat' & ( 'cat' | !'rat' )"]],
	},
	{type: 'pg_lsn', kind: 'other', values: [["'16/B374D848'", '16/B374D848']]},
	{type: 'regclass', kind: 'other', values: [["'pg_class'", 'pg_class']]},
	// Made by `makeTypes`.
	{type: 'mood', kind: 'text', values: [["'so ''so'''", "so 'so'"]]},
	{type: 'pair', kind: 'other', values: [[`ROW(1, 'a,"b')`, '(1,"a,""b")']]},
	{type: 'short_text', kind: 'text', values: [["'abc'", 'abc']]},
	{type: 'money_amount', kind: 'decimal', values: [['1.50', '1.5']]},
	{type: 'ext.citext', kind: 'text', values: [["'MiXed'", 'MiXed']]},
	{type: 'ext.hstore', kind: 'other', values: [[`'a=>1,b=>NULL'`, '"a"=>"1", "b"=>NULL']]},
];

export const makeTypes = `
	CREATE SCHEMA ext;
	CREATE EXTENSION citext SCHEMA ext;
	CREATE EXTENSION hstore SCHEMA ext;
	CREATE TYPE mood AS ENUM ('sad', 'so ''so''', 'happy');
	CREATE TYPE pair AS (number int, word text);
	CREATE DOMAIN short_text AS varchar(10) CHECK (length(value) > 0);
	CREATE DOMAIN base_amount AS numeric(8,2);
	CREATE DOMAIN money_amount AS base_amount NOT NULL;
`;
