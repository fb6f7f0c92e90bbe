/*
Bulk queries on tables and what is in them: one for each catalog, however many tables there are.
Columns that only later versions have are reached through `to_jsonb`, which gives null for one
that does not exist. (Manual, "System Catalogs", PostgreSQL 12 to 18.)
*/

export type RelationRow = {
	readonly oid: number;
	readonly schema: string;
	readonly name: string;
	/** `r` table, `p` partitioned table, `v` view, `m` materialized view, `S` sequence, `f` foreign table. */
	readonly kind: 'r' | 'p' | 'v' | 'm' | 'S' | 'f';
	readonly persistence: string;
	readonly options: readonly string[] | null;
	readonly rowSecurity: boolean;
	readonly forcedRowSecurity: boolean;
	readonly isPartition: boolean;
	readonly partitionKey: string | null;
	readonly bound: string | null;
	/** Tables that it inherits from or is a partition of. */
	readonly parents: readonly {readonly schema: string; readonly name: string}[] | null;
	readonly accessMethod: string | null;
	readonly tablespace: string | null;
	readonly ofType: string | null;
	readonly text: string | null;
	readonly comment: string | null;
	readonly acl: string | null;
	readonly replicaIdentity: string;
};

/** Objects of extensions come and go with their extension. */
export function isOwn(catalog: string, oid: string): string {
	return `NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS e WHERE e.classid = 'pg_catalog.${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;
}

export const relationQuery = (schemas: string): string => `
SELECT c.oid::int8 AS oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
	c.relpersistence AS persistence, c.reloptions AS options,
	c.relrowsecurity AS "rowSecurity", c.relforcerowsecurity AS "forcedRowSecurity",
	c.relispartition AS "isPartition",
	CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS "partitionKey",
	pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS bound,
	(SELECT pg_catalog.json_agg(pg_catalog.json_build_object('schema', pn.nspname, 'name', p.relname) ORDER BY i.inhseqno)
		FROM pg_catalog.pg_inherits AS i
		JOIN pg_catalog.pg_class AS p ON p.oid = i.inhparent
		JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.relnamespace
		WHERE i.inhrelid = c.oid) AS parents,
	am.amname AS "accessMethod", ts.spcname AS tablespace,
	CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype::text END AS "ofType",
	CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END AS text,
	pg_catalog.obj_description(c.oid, 'pg_class') AS comment,
	c.relacl::text AS acl, c.relreplident AS "replicaIdentity"
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_am AS am ON am.oid = c.relam
LEFT JOIN pg_catalog.pg_tablespace AS ts ON ts.oid = c.reltablespace
WHERE n.nspname IN (${schemas}) AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
	AND ${isOwn('pg_class', 'c.oid')}
ORDER BY n.nspname, c.relname`;

/** A collation of a column, a type or the database itself. */
export type CollationRow = {
	readonly name: string;
	readonly schema: string;
	readonly provider: string;
	readonly isDeterministic: boolean;
	readonly locale: string | null;
	readonly version: string | null;
};

const collation = (alias: string): string => `
	CASE WHEN ${alias}.oid IS NOT NULL THEN pg_catalog.json_build_object(
		'name', ${alias}.collname,
		'schema', (SELECT cn.nspname FROM pg_catalog.pg_namespace AS cn WHERE cn.oid = ${alias}.collnamespace),
		'provider', ${alias}.collprovider, 'isDeterministic', ${alias}.collisdeterministic,
		'locale', coalesce(pg_catalog.to_jsonb(${alias}) ->> 'colllocale', pg_catalog.to_jsonb(${alias}) ->> 'colliculocale', ${alias}.collcollate::text),
		'version', ${alias}.collversion) END`;

export type ColumnRow = {
	readonly relation: number;
	readonly name: string;
	readonly position: number;
	readonly type: string;
	readonly typeOid: number;
	readonly modifier: number;
	readonly isNotNull: boolean;
	readonly expression: string | null;
	/** `a` ALWAYS, `d` BY DEFAULT, empty: none. */
	readonly identity: string;
	/** `s` stored, `v` virtual, empty: none. */
	readonly generated: string;
	readonly collation: CollationRow | null;
	/** It is not the type's own. */
	readonly hasOwnCollation: boolean;
	/** Null: the type's own. */
	readonly storage: string | null;
	readonly compression: string | null;
	readonly statistics: number | null;
	readonly comment: string | null;
	readonly acl: string | null;
};

export const columnQuery = (schemas: string): string => `
SELECT a.attrelid::int8 AS relation, a.attname AS name, a.attnum AS position,
	pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.atttypid::int8 AS "typeOid",
	a.atttypmod AS modifier, a.attnotnull AS "isNotNull",
	pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression,
	a.attidentity AS identity, a.attgenerated AS generated,
	${collation('co')} AS collation, a.attcollation <> t.typcollation AS "hasOwnCollation",
	CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END AS storage,
	nullif(pg_catalog.to_jsonb(a) ->> 'attcompression', '') AS compression,
	nullif(coalesce(a.attstattarget, -1), -1) AS statistics,
	pg_catalog.col_description(a.attrelid, a.attnum) AS comment, a.attacl::text AS acl
FROM pg_catalog.pg_attribute AS a
JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation AS co ON co.oid = a.attcollation
WHERE n.nspname IN (${schemas}) AND c.relkind IN ('r', 'p', 'c', 'v', 'm')
	AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum`;

export type ConstraintRow = {
	readonly oid: number;
	readonly relation: number;
	readonly name: string;
	/** `p` primary key, `u` unique, `f` foreign key, `c` check, `x` exclusion. */
	readonly kind: 'p' | 'u' | 'f' | 'c' | 'x';
	readonly columns: readonly string[] | null;
	readonly definition: string;
	readonly expression: string | null;
	readonly referenced: {readonly schema: string; readonly name: string} | null;
	readonly referencedColumns: readonly string[] | null;
	readonly onUpdate: string;
	readonly onDelete: string;
	readonly match: string;
	/** Of `ON DELETE SET NULL (columns)`. */
	readonly deleteColumns: readonly string[] | null;
	readonly isDeferrable: boolean;
	readonly isDeferred: boolean;
	readonly isValidated: boolean;
	readonly isEnforced: boolean;
	readonly isNoInherit: boolean;
	readonly include: readonly string[] | null;
	readonly isNullsNotDistinct: boolean;
	/** Uses WITHOUT OVERLAPS or PERIOD (PostgreSQL 18). */
	readonly isTemporal: boolean;
	readonly options: readonly string[] | null;
	readonly comment: string | null;
};

const namesOf = (relation: string, numbers: string): string => `
	(SELECT pg_catalog.json_agg(a.attname ORDER BY k.place)
		FROM pg_catalog.unnest(${numbers}) WITH ORDINALITY AS k (number, place)
		JOIN pg_catalog.pg_attribute AS a ON a.attrelid = ${relation} AND a.attnum = k.number)`;

/** NOT NULL constraints, which have rows since PostgreSQL 18, are read with their columns. */
export const constraintQuery = (schemas: string): string => `
SELECT co.oid::int8 AS oid, co.conrelid::int8 AS relation, co.conname AS name, co.contype AS kind,
	${namesOf('co.conrelid', 'co.conkey')} AS columns,
	pg_catalog.pg_get_constraintdef(co.oid, true) AS definition,
	pg_catalog.pg_get_expr(co.conbin, co.conrelid) AS expression,
	CASE WHEN co.contype = 'f' THEN pg_catalog.json_build_object('schema', rn.nspname, 'name', r.relname) END AS referenced,
	${namesOf('co.confrelid', 'co.confkey')} AS "referencedColumns",
	co.confupdtype AS "onUpdate", co.confdeltype AS "onDelete", co.confmatchtype AS match,
	${namesOf('co.conrelid', `(SELECT pg_catalog.array_agg(e.value::int2) FROM pg_catalog.jsonb_array_elements_text(CASE pg_catalog.jsonb_typeof(pg_catalog.to_jsonb(co) -> 'confdelsetcols') WHEN 'array' THEN pg_catalog.to_jsonb(co) -> 'confdelsetcols' END) AS e (value))`)} AS "deleteColumns",
	co.condeferrable AS "isDeferrable", co.condeferred AS "isDeferred",
	co.convalidated AS "isValidated",
	coalesce((pg_catalog.to_jsonb(co) ->> 'conenforced')::boolean, true) AS "isEnforced",
	co.connoinherit AND co.contype = 'c' AS "isNoInherit",
	CASE WHEN i.indnatts > i.indnkeyatts THEN
		(SELECT pg_catalog.json_agg(a.attname ORDER BY k.place)
			FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
			JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.number
			WHERE k.place > i.indnkeyatts) END AS include,
	coalesce((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS "isNullsNotDistinct",
	coalesce((pg_catalog.to_jsonb(co) ->> 'conperiod')::boolean, false) AS "isTemporal",
	ic.reloptions AS options,
	pg_catalog.obj_description(co.oid, 'pg_constraint') AS comment
FROM pg_catalog.pg_constraint AS co
JOIN pg_catalog.pg_class AS c ON c.oid = co.conrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_class AS r ON r.oid = co.confrelid
LEFT JOIN pg_catalog.pg_namespace AS rn ON rn.oid = r.relnamespace
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = co.conindid AND co.contype IN ('p', 'u', 'x')
LEFT JOIN pg_catalog.pg_class AS ic ON ic.oid = i.indexrelid
WHERE n.nspname IN (${schemas}) AND c.relkind IN ('r', 'p') AND co.contype IN ('p', 'u', 'f', 'c', 'x')
	AND co.conparentid = 0 AND co.conislocal
ORDER BY co.conrelid, co.conname`;

export type IndexRow = {
	readonly oid: number;
	readonly relation: number;
	readonly name: string;
	readonly isUnique: boolean;
	readonly isValid: boolean;
	readonly method: string;
	readonly columns: readonly IndexColumnRow[];
	readonly include: readonly string[] | null;
	readonly predicate: string | null;
	readonly isNullsNotDistinct: boolean;
	readonly options: readonly string[] | null;
	readonly tablespace: string | null;
	readonly isAttached: boolean;
	readonly isClustered: boolean;
	readonly isReplicaIdentity: boolean;
	readonly definition: string;
	readonly comment: string | null;
};

export type IndexColumnRow = {
	/** Null: an expression. */
	readonly column: string | null;
	readonly text: string;
	readonly descending: boolean;
	readonly nullsFirst: boolean;
	/** Null: the column's own. */
	readonly collation: string | null;
	/** Null: the type's own. */
	readonly operatorClass: string | null;
};

/** Indexes that stand behind a constraint are read as that. */
export const indexQuery = (schemas: string): string => `
SELECT i.indexrelid::int8 AS oid, i.indrelid::int8 AS relation, c.relname AS name,
	i.indisunique AS "isUnique", i.indisvalid AS "isValid", am.amname AS method,
	(SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
			'column', a.attname,
			'text', pg_catalog.pg_get_indexdef(i.indexrelid, k::int, false),
			'descending', (i.indoption[k - 1] & 1) = 1,
			'nullsFirst', (i.indoption[k - 1] & 2) = 2,
			'collation', CASE WHEN i.indcollation[k - 1] <> 0 AND i.indcollation[k - 1] <> coalesce(a.attcollation, 100)
				THEN (SELECT (CASE WHEN pg_catalog.pg_collation_is_visible(x.oid) THEN '' ELSE pg_catalog.quote_ident(xn.nspname) || '.' END) || pg_catalog.quote_ident(x.collname)
					FROM pg_catalog.pg_collation AS x JOIN pg_catalog.pg_namespace AS xn ON xn.oid = x.collnamespace
					WHERE x.oid = i.indcollation[k - 1]) END,
			'operatorClass', CASE WHEN NOT o.opcdefault OR ek.attoptions IS NOT NULL THEN
				(CASE WHEN pg_catalog.pg_opclass_is_visible(o.oid) THEN '' ELSE pg_catalog.quote_ident(oc.nspname) || '.' END)
				|| pg_catalog.quote_ident(o.opcname)
				|| coalesce(' (' || pg_catalog.array_to_string(ek.attoptions, ', ') || ')', '') END) ORDER BY k)
		FROM pg_catalog.generate_series(1, i.indnkeyatts::int) AS k
		LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k - 1] AND a.attnum > 0
		LEFT JOIN pg_catalog.pg_attribute AS ek ON ek.attrelid = i.indexrelid AND ek.attnum = k
		JOIN pg_catalog.pg_opclass AS o ON o.oid = i.indclass[k - 1]
		JOIN pg_catalog.pg_namespace AS oc ON oc.oid = o.opcnamespace) AS columns,
	CASE WHEN i.indnatts > i.indnkeyatts THEN
		(SELECT pg_catalog.json_agg(a.attname ORDER BY k.place)
			FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
			JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.number
			WHERE k.place > i.indnkeyatts) END AS include,
	pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
	coalesce((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS "isNullsNotDistinct",
	c.reloptions AS options, ts.spcname AS tablespace,
	EXISTS (SELECT FROM pg_catalog.pg_inherits AS h WHERE h.inhrelid = i.indexrelid) AS "isAttached",
	i.indisclustered AS "isClustered", i.indisreplident AS "isReplicaIdentity",
	pg_catalog.pg_get_indexdef(i.indexrelid, 0, true) AS definition,
	pg_catalog.obj_description(i.indexrelid, 'pg_class') AS comment
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
JOIN pg_catalog.pg_am AS am ON am.oid = c.relam
LEFT JOIN pg_catalog.pg_tablespace AS ts ON ts.oid = c.reltablespace
WHERE n.nspname IN (${schemas}) AND t.relkind IN ('r', 'p', 'm')
	AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS x WHERE x.conindid = i.indexrelid AND x.contype IN ('p', 'u', 'x'))
ORDER BY i.indrelid, c.relname`;

export type TriggerRow = {
	readonly oid: number;
	readonly relation: number;
	readonly name: string;
	readonly definition: string;
	/** `O` fires, `D` does not, `R` on a replica, `A` always. */
	readonly enabled: string;
	readonly comment: string | null;
};

/** Clones of a partitioned table's triggers come with their parent. */
export const triggerQuery = (schemas: string): string => `
SELECT t.oid::int8 AS oid, t.tgrelid::int8 AS relation, t.tgname AS name,
	pg_catalog.pg_get_triggerdef(t.oid, true) AS definition, t.tgenabled AS enabled,
	pg_catalog.obj_description(t.oid, 'pg_trigger') AS comment
FROM pg_catalog.pg_trigger AS t
JOIN pg_catalog.pg_class AS c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname IN (${schemas}) AND NOT t.tgisinternal
	AND coalesce((pg_catalog.to_jsonb(t) ->> 'tgparentid')::int8, 0) = 0
ORDER BY t.tgrelid, t.tgname`;
