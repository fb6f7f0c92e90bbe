import {isOwn} from './relation-queries.ts';

/* Bulk queries on whatever stands beside the tables; see relation-queries.ts. */

export type TypeRow = {
	readonly oid: number;
	/** The relation behind a composite type, else 0. */
	readonly relation: number;
	readonly schema: string;
	readonly name: string;
	/** As a column of it is declared, seen from the default schema. */
	readonly spelling: string;
	/** `b` base, `c` composite, `d` domain, `e` enum, `r` range, `m` multirange, `p` pseudo. */
	readonly kind: string;
	readonly baseOid: number;
	readonly baseModifier: number;
	/** The base type of a domain, as it is declared. */
	readonly base: string | null;
	readonly elementOid: number;
	readonly isArray: boolean;
	readonly isNotNull: boolean;
	readonly default: string | null;
	/** Null: the base type's own. */
	readonly collation: string | null;
	readonly labels: readonly string[] | null;
	readonly checks: readonly {
		readonly name: string;
		readonly definition: string;
		readonly isValidated: boolean;
	}[];
	readonly attributes:
		| readonly {readonly name: string; readonly type: string; readonly collation: string | null}[]
		| null;
	readonly subtype: string | null;
	/** The multirange type that came with it (PostgreSQL 14). */
	readonly multirange: string | null;
	readonly subtypeDifference: string | null;
	readonly subtypeCollation: string | null;
	/** It can be sorted. */
	readonly isOrdered: boolean;
	readonly isOwn: boolean;
	readonly extension: string | null;
	readonly comment: string | null;
	readonly acl: string | null;
};

const spellCollation = (oid: string): string => `
	(SELECT (CASE WHEN pg_catalog.pg_collation_is_visible(x.oid) THEN '' ELSE pg_catalog.quote_ident(xn.nspname) || '.' END) || pg_catalog.quote_ident(x.collname)
		FROM pg_catalog.pg_collation AS x JOIN pg_catalog.pg_namespace AS xn ON xn.oid = x.collnamespace
		WHERE x.oid = ${oid})`;

/** All types but the rows of tables: a column may have one of any schema. */
export const typeQuery = `
SELECT t.oid::int8 AS oid, t.typrelid::int8 AS relation, n.nspname AS schema, t.typname AS name,
	pg_catalog.format_type(t.oid, NULL) AS spelling, t.typtype AS kind,
	t.typbasetype::int8 AS "baseOid", t.typtypmod AS "baseModifier",
	CASE WHEN t.typbasetype <> 0 THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END AS base,
	t.typelem::int8 AS "elementOid", t.typcategory = 'A' AND t.typelem <> 0 AS "isArray",
	t.typnotnull AS "isNotNull",
	coalesce(pg_catalog.pg_get_expr(t.typdefaultbin, 0), pg_catalog.quote_literal(t.typdefault)) AS "default",
	CASE WHEN b.typcollation <> t.typcollation THEN ${spellCollation('t.typcollation')} END AS collation,
	(SELECT pg_catalog.json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum AS e WHERE e.enumtypid = t.oid) AS labels,
	coalesce((SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', c.conname, 'definition', pg_catalog.pg_get_constraintdef(c.oid), 'isValidated', c.convalidated) ORDER BY c.conname)
		FROM pg_catalog.pg_constraint AS c WHERE c.contypid = t.oid AND c.contype = 'c'), '[]') AS checks,
	CASE WHEN t.typtype = 'c' THEN (SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
			'name', a.attname, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
			'collation', CASE WHEN a.attcollation <> at.typcollation THEN ${spellCollation('a.attcollation')} END) ORDER BY a.attnum)
		FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_type AS at ON at.oid = a.atttypid
		WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) END AS attributes,
	pg_catalog.format_type(r.rngsubtype, NULL) AS subtype, 
	(SELECT mt.typname FROM pg_catalog.pg_type AS mt WHERE mt.oid::text = pg_catalog.to_jsonb(r) ->> 'rngmultitypid') AS multirange,
	CASE WHEN r.rngsubdiff <> 0 THEN r.rngsubdiff::regproc::text END AS "subtypeDifference",
	CASE WHEN r.rngcollation <> 0 AND r.rngcollation <> 100 THEN ${spellCollation('r.rngcollation')} END AS "subtypeCollation",
	EXISTS (SELECT FROM pg_catalog.pg_opclass AS o JOIN pg_catalog.pg_am AS m ON m.oid = o.opcmethod
		WHERE m.amname = 'btree' AND o.opcdefault AND o.opcintype = t.oid) AS "isOrdered",
	${isOwn('pg_type', 't.oid')} AS "isOwn",
	(SELECT x.extname FROM pg_catalog.pg_depend AS e JOIN pg_catalog.pg_extension AS x ON x.oid = e.refobjid
		WHERE e.classid = 'pg_catalog.pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e' LIMIT 1) AS extension,
	pg_catalog.obj_description(t.oid, 'pg_type') AS comment, t.typacl::text AS acl
FROM pg_catalog.pg_type AS t
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_type AS b ON b.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_range AS r ON r.rngtypid = t.oid
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
WHERE t.typtype <> 'p' AND (t.typrelid = 0 OR c.relkind = 'c')
ORDER BY n.nspname, t.typname`;

export type SequenceRow = {
	readonly oid: number;
	readonly schema: string;
	readonly name: string;
	readonly type: string;
	readonly start: string;
	readonly increment: string;
	readonly minimum: string;
	readonly maximum: string;
	readonly cache: string;
	readonly cycles: boolean;
	readonly isUnlogged: boolean;
	/** The column that it belongs to. */
	readonly owner: {
		readonly relation: number;
		readonly schema: string;
		readonly table: string;
		readonly column: string;
		/** Made by the column's identity. */
		readonly isIdentity: boolean;
	} | null;
	readonly comment: string | null;
	readonly acl: string | null;
};

export const sequenceQuery = (schemas: string): string => `
SELECT c.oid::int8 AS oid, n.nspname AS schema, c.relname AS name,
	pg_catalog.format_type(s.seqtypid, NULL) AS type, s.seqstart::text AS start,
	s.seqincrement::text AS increment, s.seqmin::text AS minimum, s.seqmax::text AS maximum,
	s.seqcache::text AS cache, s.seqcycle AS cycles, c.relpersistence = 'u' AS "isUnlogged",
	(SELECT pg_catalog.json_build_object('relation', o.oid::int8, 'schema', onn.nspname, 'table', o.relname, 'column', a.attname, 'isIdentity', d.deptype = 'i')
		FROM pg_catalog.pg_depend AS d
		JOIN pg_catalog.pg_class AS o ON o.oid = d.refobjid
		JOIN pg_catalog.pg_namespace AS onn ON onn.oid = o.relnamespace
		JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
		WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
			AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i') LIMIT 1) AS owner,
	pg_catalog.obj_description(c.oid, 'pg_class') AS comment, c.relacl::text AS acl
FROM pg_catalog.pg_sequence AS s
JOIN pg_catalog.pg_class AS c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname IN (${schemas}) AND ${isOwn('pg_class', 'c.oid')}
ORDER BY n.nspname, c.relname`;

export type RoutineRow = {
	readonly oid: number;
	readonly schema: string;
	readonly name: string;
	readonly arguments: string;
	/** `f` function, `p` procedure, `a` aggregate, `w` window function. */
	readonly kind: 'f' | 'p' | 'a' | 'w';
	readonly definition: string | null;
	readonly result: string | null;
	readonly language: string;
	readonly comment: string | null;
	readonly acl: string | null;
};

export const routineQuery = (schemas: string): string => `
SELECT p.oid::int8 AS oid, n.nspname AS schema, p.proname AS name,
	(SELECT coalesce(pg_catalog.string_agg(pg_catalog.format_type(a.type, NULL), ', ' ORDER BY a.place), '')
		FROM pg_catalog.unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a (type, place)) AS arguments,
	p.prokind AS kind, CASE WHEN p.prokind IN ('f', 'p') THEN pg_catalog.pg_get_functiondef(p.oid) END AS definition,
	pg_catalog.pg_get_function_result(p.oid) AS result, l.lanname AS language,
	pg_catalog.obj_description(p.oid, 'pg_proc') AS comment, p.proacl::text AS acl
FROM pg_catalog.pg_proc AS p
JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_language AS l ON l.oid = p.prolang
WHERE n.nspname IN (${schemas}) AND ${isOwn('pg_proc', 'p.oid')}
	AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS i WHERE i.classid = 'pg_catalog.pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')
ORDER BY n.nspname, p.proname, arguments`;

export type PolicyRow = {
	readonly oid: number;
	readonly relation: number;
	readonly name: string;
	readonly isPermissive: boolean;
	/** `r` SELECT, `a` INSERT, `w` UPDATE, `d` DELETE, `*` ALL. */
	readonly command: string;
	readonly roles: readonly string[];
	readonly using: string | null;
	readonly check: string | null;
	readonly comment: string | null;
};

export const policyQuery = (schemas: string): string => `
SELECT p.oid::int8 AS oid, p.polrelid::int8 AS relation, p.polname AS name, p.polpermissive AS "isPermissive",
	p.polcmd AS command,
	(SELECT pg_catalog.json_agg(CASE WHEN r.role = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(r.role)) END)
		FROM pg_catalog.unnest(p.polroles) AS r (role)) AS roles,
	pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS using,
	pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS check,
	pg_catalog.obj_description(p.oid, 'pg_policy') AS comment
FROM pg_catalog.pg_policy AS p
JOIN pg_catalog.pg_class AS c ON c.oid = p.polrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname IN (${schemas})
ORDER BY p.polrelid, p.polname`;

export type RuleRow = {
	readonly oid: number;
	readonly relation: number;
	readonly name: string;
	readonly definition: string;
	readonly enabled: string;
	readonly comment: string | null;
};

export const ruleQuery = (schemas: string): string => `
SELECT r.oid::int8 AS oid, r.ev_class::int8 AS relation, r.rulename AS name,
	pg_catalog.pg_get_ruledef(r.oid, true) AS definition, r.ev_enabled AS enabled,
	pg_catalog.obj_description(r.oid, 'pg_rewrite') AS comment
FROM pg_catalog.pg_rewrite AS r
JOIN pg_catalog.pg_class AS c ON c.oid = r.ev_class
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname IN (${schemas}) AND r.rulename <> '_RETURN' AND ${isOwn('pg_rewrite', 'r.oid')}
ORDER BY r.ev_class, r.rulename`;

export type StatisticsRow = {
	readonly oid: number;
	readonly relation: number;
	readonly schema: string;
	readonly name: string;
	readonly definition: string;
	readonly comment: string | null;
};

export const statisticsQuery = (schemas: string): string => `
SELECT s.oid::int8 AS oid, s.stxrelid::int8 AS relation, n.nspname AS schema, s.stxname AS name,
	pg_catalog.pg_get_statisticsobjdef(s.oid) AS definition,
	pg_catalog.obj_description(s.oid, 'pg_statistic_ext') AS comment
FROM pg_catalog.pg_statistic_ext AS s
JOIN pg_catalog.pg_namespace AS n ON n.oid = s.stxnamespace
WHERE n.nspname IN (${schemas})
ORDER BY n.nspname, s.stxname`;

export type ExtensionRow = {
	readonly oid: number;
	readonly name: string;
	readonly version: string;
	readonly schema: string;
};

/** PL/pgSQL is in every database. */
export const extensionQuery = `
SELECT e.oid::int8 AS oid, e.extname AS name, e.extversion AS version, n.nspname AS schema
FROM pg_catalog.pg_extension AS e
JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
WHERE e.extname <> 'plpgsql'
ORDER BY e.extname`;

export type SchemaRow = {
	readonly name: string;
	readonly comment: string | null;
	readonly acl: string | null;
};

export const schemaQuery = (schemas: string): string => `
SELECT n.nspname AS name, pg_catalog.obj_description(n.oid, 'pg_namespace') AS comment, n.nspacl::text AS acl
FROM pg_catalog.pg_namespace AS n WHERE n.nspname IN (${schemas}) ORDER BY n.nspname`;

/** The database's own collation: what `default` means in it. */
export type DatabaseRow = {
	readonly provider: string;
	readonly locale: string;
	readonly version: string | null;
};

export const databaseQuery = `
SELECT coalesce(pg_catalog.to_jsonb(d) ->> 'datlocprovider', 'c') AS provider,
	coalesce(pg_catalog.to_jsonb(d) ->> 'datlocale', pg_catalog.to_jsonb(d) ->> 'daticulocale', d.datcollate::text) AS locale,
	pg_catalog.to_jsonb(d) ->> 'datcollversion' AS version
FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database()`;

export type OtherRow = {readonly kind: string; readonly name: string};

/** What exists and is not compared, by the words that a person knows it by. */
export const otherQuery = (schemas: string): string => `
SELECT kind, name FROM (
	SELECT 'collation' AS kind, x.collname::text AS name FROM pg_catalog.pg_collation AS x JOIN pg_catalog.pg_namespace AS n ON n.oid = x.collnamespace WHERE n.nspname IN (${schemas}) AND ${isOwn('pg_collation', 'x.oid')}
	UNION ALL SELECT 'conversion', x.conname::text FROM pg_catalog.pg_conversion AS x JOIN pg_catalog.pg_namespace AS n ON n.oid = x.connamespace WHERE n.nspname IN (${schemas})
	UNION ALL SELECT 'operator', x.oid::regoperator::text FROM pg_catalog.pg_operator AS x JOIN pg_catalog.pg_namespace AS n ON n.oid = x.oprnamespace WHERE n.nspname IN (${schemas}) AND ${isOwn('pg_operator', 'x.oid')}
	UNION ALL SELECT 'operator class', x.opcname::text FROM pg_catalog.pg_opclass AS x JOIN pg_catalog.pg_namespace AS n ON n.oid = x.opcnamespace WHERE n.nspname IN (${schemas}) AND ${isOwn('pg_opclass', 'x.oid')}
	UNION ALL SELECT 'operator family', x.opfname::text FROM pg_catalog.pg_opfamily AS x JOIN pg_catalog.pg_namespace AS n ON n.oid = x.opfnamespace WHERE n.nspname IN (${schemas}) AND ${isOwn('pg_opfamily', 'x.oid')}
	UNION ALL SELECT 'text search configuration', x.cfgname::text FROM pg_catalog.pg_ts_config AS x JOIN pg_catalog.pg_namespace AS n ON n.oid = x.cfgnamespace WHERE n.nspname IN (${schemas}) AND ${isOwn('pg_ts_config', 'x.oid')}
	UNION ALL SELECT 'text search dictionary', x.dictname::text FROM pg_catalog.pg_ts_dict AS x JOIN pg_catalog.pg_namespace AS n ON n.oid = x.dictnamespace WHERE n.nspname IN (${schemas}) AND ${isOwn('pg_ts_dict', 'x.oid')}
	UNION ALL SELECT 'cast', pg_catalog.format_type(x.castsource, NULL) || ' AS ' || pg_catalog.format_type(x.casttarget, NULL) FROM pg_catalog.pg_cast AS x WHERE x.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS i WHERE i.classid = 'pg_catalog.pg_cast'::regclass AND i.objid = x.oid AND i.deptype = 'i') AND ${isOwn('pg_cast', 'x.oid')}
	UNION ALL SELECT 'event trigger', x.evtname::text FROM pg_catalog.pg_event_trigger AS x WHERE ${isOwn('pg_event_trigger', 'x.oid')}
	UNION ALL SELECT 'publication', x.pubname::text FROM pg_catalog.pg_publication AS x
	UNION ALL SELECT 'foreign data wrapper', x.fdwname::text FROM pg_catalog.pg_foreign_data_wrapper AS x WHERE ${isOwn('pg_foreign_data_wrapper', 'x.oid')}
	UNION ALL SELECT 'foreign server', x.srvname::text FROM pg_catalog.pg_foreign_server AS x
	UNION ALL SELECT 'language', x.lanname::text FROM pg_catalog.pg_language AS x WHERE x.oid >= 16384 AND ${isOwn('pg_language', 'x.oid')}
	UNION ALL SELECT 'default privileges', coalesce(n.nspname::text || ', ', '') || pg_catalog.pg_get_userbyid(x.defaclrole) FROM pg_catalog.pg_default_acl AS x LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = x.defaclnamespace
) AS others (kind, name) ORDER BY kind, name`;

export type DependencyRow = {
	/** The catalogs of both ends and the objects in them. */
	readonly catalog: string;
	readonly oid: number;
	readonly column: number;
	readonly onCatalog: string;
	readonly onOid: number;
	readonly onColumn: number;
};

/**
What needs what. A view's needs hang on its rewrite rule, a default's on a row of its own, those
of checks and indexes on theirs, a type's array on the type: each is brought back to the object
that a person knows.
*/
export const dependencyQuery = `
SELECT DISTINCT
	CASE WHEN coalesce(r.oid, ad.oid, tc.oid, ix.indexrelid) IS NOT NULL THEN 'pg_class' WHEN dc.oid IS NOT NULL THEN 'pg_type' ELSE cl.relname END AS catalog,
	coalesce(r.ev_class, ad.adrelid, tc.conrelid, ix.indrelid, dc.contypid, d.objid)::int8 AS oid,
	coalesce(ad.adnum::int, CASE WHEN ix.indexrelid IS NULL THEN d.objsubid ELSE 0 END) AS column,
	CASE WHEN rt.typrelid <> 0 THEN 'pg_class' ELSE rl.relname END AS "onCatalog",
	coalesce(nullif(rt.typrelid, 0), CASE WHEN rt.typelem <> 0 AND rt.typcategory = 'A' THEN rt.typelem END, d.refobjid)::int8 AS "onOid",
	d.refobjsubid AS "onColumn"
FROM pg_catalog.pg_depend AS d
JOIN pg_catalog.pg_class AS cl ON cl.oid = d.classid
JOIN pg_catalog.pg_class AS rl ON rl.oid = d.refclassid
LEFT JOIN pg_catalog.pg_rewrite AS r ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid AND r.rulename = '_RETURN'
LEFT JOIN pg_catalog.pg_attrdef AS ad ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND ad.oid = d.objid
LEFT JOIN pg_catalog.pg_constraint AS tc ON d.classid = 'pg_catalog.pg_constraint'::regclass AND tc.oid = d.objid AND tc.conrelid <> 0
LEFT JOIN pg_catalog.pg_constraint AS dc ON d.classid = 'pg_catalog.pg_constraint'::regclass AND dc.oid = d.objid AND dc.contypid <> 0
LEFT JOIN pg_catalog.pg_index AS ix ON d.classid = 'pg_catalog.pg_class'::regclass AND ix.indexrelid = d.objid
LEFT JOIN pg_catalog.pg_type AS rt ON d.refclassid = 'pg_catalog.pg_type'::regclass AND rt.oid = d.refobjid
WHERE d.deptype IN ('n', 'a', 'i') AND d.objid >= 16384 AND d.refobjid >= 16384
	AND d.refclassid IN ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_type'::regclass, 'pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_extension'::regclass)`;
