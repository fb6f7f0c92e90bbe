/** Values of one type: as SQL, each with the encoded field that it must become. */
export type HostileColumn = {
	readonly type: string;
	readonly values: readonly (readonly [sql: string, field: string])[];
	/** MySQL 5.6 does not have it. */
	readonly isNew?: true;
};

const text = (value: string) => `t${Buffer.byteLength(value)}:${value}`;

const hostileTexts: HostileColumn['values'] = [
	["''", text('')],
	["'a'", text('a')],
	["'A'", text('A')],
	["'NULL'", text('NULL')],
	["'~'", text('~')],
	["','", text(',')],
	["'1:a,'", text('1:a,')],
	["'it''s'", text("it's")],
	["'\\\\'", text('\\')],
	["'\\\\n'", text('\\n')],
	["'a\\nb\\r\\n\\tc'", text('a\nb\r\n\tc')],
	["'\\0'", text('\0')],
	["'a\\0b\\Z'", text('a\0b\x1A')],
	["'?'", text('?')],
	["'0'", text('0')],
	["'-- x'", text('-- x')],
	["'/*!50000 x */'", text('/*!50000 x */')],
	["REPEAT('x', 10)", text('x'.repeat(10))],
	["REPEAT('y', 300)", text('y'.repeat(300))],
	['NULL', '~'],
];

const astral: HostileColumn['values'] = [
	["'á'", text('á')],
	["'日本'", text('日本')],
	["'😀'", text('😀')],
	["'\uFFFD'", text('\uFFFD')],
	["'\uFEFFa'", text('\uFEFFa')],
	["'e\u0301'", text('e\u0301')],
	["'\u00E9'", text('\u00E9')],
];

/** Trailing blanks are kept, and are nothing to the server's `=`. */
const blanks: HostileColumn['values'] = [
	["'a '", text('a ')],
	["' '", text(' ')],
	["'a\\t'", text('a\t')],
];

export const hostileColumns: readonly HostileColumn[] = [
	{
		type: 'tinyint(1)',
		values: [
			['0', 'i1:0'],
			['1', 'i1:1'],
			['-128', 'i4:-128'],
			['NULL', '~'],
		],
	},
	{
		type: 'bigint',
		values: [
			['9223372036854775807', 'i19:9223372036854775807'],
			['-9223372036854775808', 'i20:-9223372036854775808'],
			['9007199254740993', 'i16:9007199254740993'],
		],
	},
	{
		type: 'bigint unsigned',
		values: [
			['18446744073709551615', 'i20:18446744073709551615'],
			['9223372036854775808', 'i19:9223372036854775808'],
			['0', 'i1:0'],
		],
	},
	{
		type: 'int(8) zerofill',
		values: [
			['42', 'i2:42'],
			['0', 'i1:0'],
			['NULL', '~'],
		],
	},
	{
		type: 'bit(1)',
		values: [
			["b'0'", 'i1:0'],
			["b'1'", 'i1:1'],
		],
	},
	{
		type: 'bit(64)',
		values: [
			["b'1010'", 'i2:10'],
			['18446744073709551615', 'i20:18446744073709551615'],
			['2570', 'i4:2570'],
		],
	},
	{
		type: 'year',
		values: [
			['0', 'i1:0'],
			['1901', 'i4:1901'],
			['2155', 'i4:2155'],
		],
	},
	{
		type: 'decimal(65,30)',
		values: [
			[
				'12345678901234567890123456789012345.123456789012345678901234567891',
				'n66:12345678901234567890123456789012345.123456789012345678901234567891',
			],
			[
				'-99999999999999999999999999999999999.999999999999999999999999999999',
				'n67:-99999999999999999999999999999999999.999999999999999999999999999999',
			],
			['1.5', 'n3:1.5'],
			['0', 'n1:0'],
			['100', 'n3:100'],
			['-0.000000000000000000000000000001', 'n33:-0.000000000000000000000000000001'],
		],
	},
	{
		type: 'decimal(10,0)',
		values: [
			['100', 'n3:100'],
			['-7', 'n2:-7'],
		],
	},
	{
		type: 'decimal(6,2) unsigned zerofill',
		values: [
			['1.50', 'n3:1.5'],
			['0', 'n1:0'],
		],
	},
	{
		type: 'float',
		values: [
			['0.1', 'r19:0.10000000149011612'],
			['16777217', 'r8:16777216'],
			['3.4028234e38', 'r22:3.4028234663852886e+38'],
			['-1.5e-39', 'r19:-1.500000322958e-39'],
			['1', 'r1:1'],
		],
	},
	{
		type: 'double',
		values: [
			['0.1e0 + 0.2e0', 'r19:0.30000000000000004'],
			['1e16', 'r17:10000000000000000'],
			['1e21', 'r5:1e+21'],
			['5e-324', 'r6:5e-324'],
			['-1.7976931348623157e308', 'r24:-1.7976931348623157e+308'],
			['0', 'r1:0'],
			['NULL', '~'],
		],
	},
	{
		type: 'double(12,3)',
		values: [
			['1.0006', 'r5:1.001'],
			['-5', 'r2:-5'],
		],
	},
	{
		type: 'varchar(300) CHARACTER SET utf8mb4',
		values: [...hostileTexts, ...astral, ...blanks],
	},
	{
		type: 'varchar(300) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
		values: [...hostileTexts, ...astral, ...blanks],
	},
	{type: 'text CHARACTER SET utf8', values: [...hostileTexts, ["'日本'", text('日本')]]},
	{type: 'char(255) CHARACTER SET utf8mb4', values: [...hostileTexts.slice(0, 18), ...astral]},
	{type: 'longtext CHARACTER SET utf8mb4', values: [...hostileTexts, ...astral, ...blanks]},
	{
		type: 'varchar(300) CHARACTER SET latin1',
		values: [...hostileTexts, ["'€ÿ'", text('€ÿ')], ["_latin1 x'81'", text('\u0081')]],
	},
	{
		type: 'varchar(300) CHARACTER SET cp932',
		values: [
			...hostileTexts,
			["'日本'", text('日本')],
			// Two byte sequences of one character: only the first comes back from it.
			["_cp932 x'81ca'", text('￢')],
			["_cp932 x'eef9'", 'q4:eef9'],
		],
	},
	{type: 'varchar(300) CHARACTER SET utf16', values: [...hostileTexts, ...astral]},
	{
		type: 'text CHARACTER SET cp1251',
		values: [
			["'я'", text('я')],
			["'?'", text('?')],
			["_cp1251 x'98'", 'q2:98'],
		],
	},
	{
		type: 'varbinary(300)',
		values: [
			["''", 'b0:'],
			["x'00'", 'b2:00'],
			["x'0000'", 'b4:0000'],
			["x'0a'", 'b2:0a'],
			["x'ff'", 'b2:ff'],
			["x'ff01ff02'", 'b8:ff01ff02'],
			["x'fb'", 'b2:fb'],
			["'a '", 'b4:6120'],
			["'a'", 'b2:61'],
			["REPEAT(x'0aff', 150)", `b600:${'0aff'.repeat(150)}`],
			['NULL', '~'],
		],
	},
	{
		type: 'binary(3)',
		values: [
			["'a'", 'b6:610000'],
			["'a\\0b'", 'b6:610062'],
		],
	},
	{
		type: 'longblob',
		values: [
			["REPEAT('x', 70000)", `b140000:${'78'.repeat(70_000)}`],
			["''", 'b0:'],
		],
	},
	{
		type: "enum('b','a','x,y','it''s')",
		values: [
			["'a'", text('a')],
			["'x,y'", text('x,y')],
			["'it''s'", text("it's")],
			['1', text('b')],
			// What a server without a strict mode makes of a wrong word.
			["'wrong'", text('')],
			['NULL', '~'],
		],
	},
	{
		type: "enum('','a')",
		values: [
			["''", text('')],
			["'a'", text('a')],
			["'wrong'", 'q0:'],
		],
	},
	{
		type: "set('y','x','it''s')",
		values: [
			["''", text('')],
			["'x,y'", text('y,x')],
			["'it''s'", text("it's")],
			['7', text("y,x,it's")],
		],
	},
	{
		type: 'date',
		values: [
			["'2024-02-29'", 'd10:2024-02-29'],
			["'0000-00-00'", 'd10:0000-00-00'],
			["'2024-00-00'", 'd10:2024-00-00'],
			["'2024-02-31'", 'd10:2024-02-31'],
			["'9999-12-31'", 'd10:9999-12-31'],
			["'0001-01-01'", 'd10:0001-01-01'],
			['NULL', '~'],
		],
	},
	{
		type: 'time',
		values: [
			["'838:59:59'", 'c9:838:59:59'],
			["'-838:59:59'", 'c10:-838:59:59'],
			["'-00:00:01'", 'c9:-00:00:01'],
			["'00:00:00'", 'c8:00:00:00'],
		],
	},
	{
		type: 'time(6)',
		values: [
			["'-10:00:00.000001'", 'c16:-10:00:00.000001'],
			["'10:00:00.5'", 'c10:10:00:00.5'],
			["'10:00:00'", 'c8:10:00:00'],
		],
	},
	{
		type: 'datetime',
		values: [
			["'2024-02-29 23:59:59'", 's19:2024-02-29T23:59:59'],
			["'0000-00-00 00:00:00'", 's19:0000-00-00T00:00:00'],
			["'2024-01-00 10:00:00'", 's19:2024-01-00T10:00:00'],
		],
	},
	{
		type: 'datetime(6)',
		values: [
			["'2024-02-29 23:59:59.999999'", 's26:2024-02-29T23:59:59.999999'],
			["'2024-02-29 23:59:59.5'", 's21:2024-02-29T23:59:59.5'],
			["'2024-02-29 23:59:50'", 's19:2024-02-29T23:59:50'],
		],
	},
	{
		type: 'timestamp(3) NULL',
		values: [
			["'2024-03-31 01:30:00.25'", 'z23:2024-03-31T01:30:00.25Z'],
			["'1970-01-01 00:00:01'", 'z20:1970-01-01T00:00:01Z'],
			["'0000-00-00 00:00:00'", 'z20:0000-00-00T00:00:00Z'],
			['NULL', '~'],
		],
	},
	{
		type: 'geometry',
		values: [
			[
				"ST_GeomFromText('POINT(1 2)', 4326)",
				'x50:e61000000101000000000000000000f03f0000000000000040',
			],
			['NULL', '~'],
		],
	},
	{
		type: 'json',
		isNew: true,
		values: [
			[
				`'{"a": [1, 2.50, "x\\\\\\\\ny"], "é": null}'`,
				`j37:{"a": [1, 2.50, "x\\\\ny"], "é": null}`,
			],
			["'1'", 'j1:1'],
			[`'{"a":"*/"}'`, `j10:{"a":"*/"}`],
			["'null'", 'j4:null'],
			['NULL', '~'],
		],
	},
	{
		type: 'uuid',
		isNew: true,
		values: [
			["'0BCDEF12-0000-1000-8000-00000000AA01'", 'u36:0bcdef12-0000-1000-8000-00000000aa01'],
		],
	},
	{
		type: 'inet6',
		isNew: true,
		values: [
			["'::1'", 'x3:::1'],
			["'::ffff:1.2.3.4'", 'x14:::ffff:1.2.3.4'],
		],
	},
];
