import type {Layout} from '../../../source/model/layout.ts';
import {makeLayout} from './fixture.ts';

/** Tables whose keys sort and hash in every way, and their layouts. */
export const keyedTables: readonly {readonly sql: string; readonly layout: Layout}[] = [
	{
		sql: `CREATE TABLE by_int AS SELECT g * 7 - 3000 AS id, 'v' || g AS v FROM generate_series(1, 900) AS g;
			ALTER TABLE by_int ADD PRIMARY KEY (id)`,
		layout: makeLayout('by_int', ['id', 'v']),
	},
	{
		sql: `CREATE TABLE by_bigint (id bigint PRIMARY KEY, v text);
			INSERT INTO by_bigint VALUES (-9223372036854775808, 'first'), (0, 'zero'), (9223372036854775807, 'last')`,
		layout: makeLayout('by_bigint', ['id', 'v']),
	},
	{
		sql: `CREATE TABLE by_pair AS SELECT g / 10 AS a, chr(97 + g % 10) AS b, g AS v FROM generate_series(1, 500) AS g;
			ALTER TABLE by_pair ADD PRIMARY KEY (a, b)`,
		layout: makeLayout('by_pair', ['v', 'a', 'b'], {key: ['a', 'b']}),
	},
	{
		sql: `CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
			CREATE TABLE by_text (k text COLLATE folded PRIMARY KEY, v int);
			INSERT INTO by_text SELECT v, row_number() OVER () FROM unnest(ARRAY['a', 'B', 'É', 'f', 'ä', 'Zz', '_', '10', '9', '']) AS v`,
		layout: makeLayout('by_text', ['k', 'v']),
	},
	{
		sql: `CREATE TABLE by_time AS SELECT timestamptz '2024-01-01' + g * interval '7919.000001 s' AS at, g AS v FROM generate_series(1, 300) AS g;
			ALTER TABLE by_time ADD PRIMARY KEY (at)`,
		layout: makeLayout('by_time', ['at', 'v']),
	},
	{
		sql: `CREATE TABLE by_uuid AS SELECT md5(g::text)::uuid AS id, g AS v FROM generate_series(1, 300) AS g;
			ALTER TABLE by_uuid ADD PRIMARY KEY (id)`,
		layout: makeLayout('by_uuid', ['id', 'v']),
	},
	{
		sql: `CREATE TABLE by_real (id float8 PRIMARY KEY, v int);
			INSERT INTO by_real VALUES (0.1, 1), ('-0', 2), ('NaN', 3), (1e21, 4), ('-Infinity', 5)`,
		layout: makeLayout('by_real', ['id', 'v']),
	},
];
