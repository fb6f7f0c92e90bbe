import {createHash} from 'node:crypto';

/** A way to identify rows, with the key of the row number `at` as SQL. */
export type KeyCase = {
	readonly name: string;
	/** Key columns, without NOT NULL. */
	readonly columns: readonly string[];
	/** Dev's, where they differ. */
	readonly devColumns?: readonly string[];
	/** @default `primary` */
	readonly constraint?: 'primary' | 'unique' | 'unique or null' | 'none';
	/** @param isRespelt The key as it may be written otherwise, where the case has such. */
	readonly value: (at: number, isRespelt: boolean) => string;
};

const quote = (text: string) => `'${text}'`;
const md5 = (at: number) => createHash('md5').update(String(at)).digest('hex');
const uuidOf = (at: number) =>
	quote(md5(at).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5'));
const pad = (value: number, width: number) => String(value).padStart(width, '0');
const dayOf = (at: number) =>
	`${2000 + (at % 24)}-${pad(1 + (at % 12), 2)}-${pad(1 + (Math.floor(at / 24) % 28), 2)}`;

const numbers = (at: number) => String(at * 3 + 1);
/** Sparse, clustered, and on both sides of zero. */
const sparse = (at: number) => String((BigInt(at % 50) - 25n) * 10n ** 17n + BigInt(at));
const letters = ['a', 'B', 'é', 'Z', 'ñ', '_', '1', 'ø', '日', ' '];
/** Words that every collation sorts another way, and tells apart whatever it ignores. */
const words = (at: number) => `${letters[at % letters.length] ?? ''}-key ${at}`;
const text = (at: number) => quote(words(at));
const loose = (at: number, isRespelt: boolean) => quote(isRespelt ? `X ROW ${at}` : `x row ${at}`);
/** What either side tells apart by case are two rows. */
const exact = (at: number) => loose(at, false);
const blanks = (at: number) => quote(`w${Math.floor(at / 4)}${' '.repeat(at % 4)}`);
const decimals = (at: number) => `${(at - 900) * 13}.${pad(at % 1000, 3)}`;
const moments = (at: number) => `'${dayOf(at)} 12:${pad(at % 60, 2)}:07.${pad(at, 6)}'`;
const mixed = (at: number) => `${at % 7}, ${text(at)}, '${dayOf(at)}'`;
const orNull = (at: number) => (at % 9 === 0 ? 'NULL' : numbers(at));
const wide = (at: number) => quote(`${'long '.repeat(12)}${at}`);

const everywhere: readonly KeyCase[] = [
	{name: 'a unique index', columns: ['k integer'], constraint: 'unique', value: numbers},
	{name: 'unique or NULL', columns: ['k integer'], constraint: 'unique or null', value: orNull},
	{name: 'no key', columns: ['k integer'], constraint: 'none', value: numbers},
];

const sqlite: readonly KeyCase[] = [
	...everywhere,
	{name: 'integer', columns: ['k INTEGER'], value: sparse},
	{name: 'text', columns: ['k TEXT'], value: text},
	{name: 'text without case', columns: ['k TEXT COLLATE NOCASE'], value: loose},
	{name: 'trailing blanks', columns: ['k TEXT'], value: blanks},
	{name: 'binary', columns: ['k BLOB'], value: (at) => `x'${md5(at)}'`},
	{name: 'real', columns: ['k REAL'], value: decimals},
	{name: 'mixed kinds', columns: ['a INTEGER', 'b TEXT', 'c DATE'], value: mixed},
	{
		name: 'two collations',
		columns: ['k TEXT'],
		devColumns: ['k TEXT COLLATE NOCASE'],
		value: exact,
	},
	{
		name: 'two collations, prod’s without case',
		columns: ['k TEXT COLLATE NOCASE'],
		devColumns: ['k TEXT'],
		value: exact,
	},
];

const postgres: readonly KeyCase[] = [
	...everywhere,
	{name: 'integer', columns: ['k integer'], value: numbers},
	{name: 'bigint', columns: ['k bigint'], value: sparse},
	{name: 'uuid', columns: ['k uuid'], value: uuidOf},
	{name: 'text in C', columns: ['k text COLLATE "C"'], value: text},
	{name: 'text in English', columns: ['k text COLLATE "en-US-x-icu"'], value: text},
	{name: 'text without case', columns: ['k text COLLATE folded'], value: loose},
	{name: 'trailing blanks', columns: ['k text'], value: blanks},
	{name: 'padded text', columns: ['k char(90)'], value: wide},
	{name: 'binary', columns: ['k bytea'], value: (at) => `'\\x${md5(at)}'`},
	{name: 'timestamp', columns: ['k timestamp'], value: moments},
	{name: 'timestamptz', columns: ['k timestamptz'], value: moments},
	{name: 'decimal', columns: ['k numeric'], value: decimals},
	{name: 'mixed kinds', columns: ['a integer', 'b text', 'c date'], value: mixed},
	{
		name: 'two collations',
		columns: ['k text COLLATE "C"'],
		devColumns: ['k text COLLATE "en-US-x-icu"'],
		value: text,
	},
	{
		name: 'two collations, one without case',
		columns: ['k text COLLATE "C"'],
		devColumns: ['k text COLLATE folded'],
		value: exact,
	},
	{
		name: 'two collations, prod’s without case',
		columns: ['k text COLLATE folded'],
		devColumns: ['k text COLLATE "C"'],
		value: exact,
	},
];

const utf8 = (collation: string) =>
	`k varchar(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_${collation}`;

const mysql: readonly KeyCase[] = [
	...everywhere,
	{name: 'integer', columns: ['k int'], value: numbers},
	{name: 'bigint', columns: ['k bigint'], value: sparse},
	{
		name: 'unsigned bigint',
		columns: ['k bigint unsigned'],
		value: (at) => String(BigInt(at) * 9_000_000_000_000_000n),
	},
	{name: 'text by its bytes', columns: [utf8('bin')], value: text},
	{name: 'text without case', columns: [utf8('general_ci')], value: loose},
	{name: 'text without case or accents', columns: [utf8('unicode_ci')], value: loose},
	{
		name: 'Latin text',
		columns: ['k varchar(40) CHARACTER SET latin1'],
		value: (at) => quote(`é ${at}`),
	},
	{name: 'padded text', columns: ['k char(90) CHARACTER SET latin1'], value: wide},
	{name: 'binary', columns: ['k varbinary(16)'], value: (at) => `x'${md5(at)}'`},
	{name: 'timestamp', columns: ['k datetime(6)'], value: moments},
	{name: 'decimal', columns: ['k decimal(20,5)'], value: decimals},
	{
		name: 'mixed kinds',
		columns: ['a int', `b${utf8('bin').slice(1)}`, 'c date'],
		value: mixed,
	},
	{
		name: 'two collations',
		columns: [utf8('bin')],
		devColumns: [utf8('general_ci')],
		value: exact,
	},
	{
		name: 'two collations, prod’s without case',
		columns: [utf8('general_ci')],
		devColumns: [utf8('bin')],
		value: exact,
	},
];

const mariadb: readonly KeyCase[] = [
	...mysql,
	{name: 'uuid', columns: ['k uuid'], value: uuidOf},
	{name: 'trailing blanks', columns: [utf8('nopad_bin')], value: blanks},
];

const mssql: readonly KeyCase[] = [
	...everywhere,
	{name: 'bigint', columns: ['k bigint'], value: sparse},
	{name: 'uuid', columns: ['k uniqueidentifier'], value: uuidOf},
	{name: 'text without case', columns: ['k nvarchar(80)'], value: loose},
	{name: 'decimal', columns: ['k decimal(20,5)'], value: decimals},
];

export const keyCases: Readonly<Record<string, readonly KeyCase[]>> = {
	SQLite: sqlite,
	PostgreSQL: postgres,
	'PostgreSQL 18': postgres,
	MariaDB: mariadb,
	MySQL: mysql,
	'SQL Server': mssql,
};
