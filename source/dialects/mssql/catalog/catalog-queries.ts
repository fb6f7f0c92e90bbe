/*
What the catalog is read with, each kind of object in one query for all tables; `{schemas}` stands for
the names of the schemas as literals. ("System catalog views"; what came after 2016 is not asked for.)
*/

const ofSchemas = 'SCHEMA_NAME(o.schema_id) IN ({schemas}) AND o.is_ms_shipped = 0';

export const catalogQueries = {
	tables: `SELECT o.object_id AS id, SCHEMA_NAME(o.schema_id) AS owner, o.name,
			o.temporal_type AS temporal, o.is_memory_optimized AS memory, o.is_external AS isExternal
		FROM sys.tables AS o WHERE ${ofSchemas} ORDER BY owner, o.name`,

	columns: `SELECT c.object_id AS id, c.column_id AS number, c.name,
			TYPE_NAME(c.system_type_id) AS base, TYPE_NAME(c.user_type_id) AS own,
			y.is_user_defined AS aliased, SCHEMA_NAME(y.schema_id) AS typeOwner,
			c.max_length AS length, c.precision, c.scale, c.collation_name AS collation,
			c.is_nullable AS nullable, c.is_identity AS counted, c.is_sparse AS sparse,
			c.is_rowguidcol AS guid, c.is_column_set AS gathered,
			d.name AS fillName, d.definition AS fill,
			m.definition AS computed, m.is_persisted AS persisted,
			CONVERT(varchar(40), i.seed_value) AS seed, CONVERT(varchar(40), i.increment_value) AS step
		FROM sys.columns AS c JOIN sys.tables AS o ON o.object_id = c.object_id
			LEFT JOIN sys.types AS y ON y.user_type_id = c.user_type_id
			LEFT JOIN sys.default_constraints AS d ON d.object_id = c.default_object_id
			LEFT JOIN sys.computed_columns AS m ON m.object_id = c.object_id AND m.column_id = c.column_id
			LEFT JOIN sys.identity_columns AS i ON i.object_id = c.object_id AND i.column_id = c.column_id
		WHERE ${ofSchemas} ORDER BY c.object_id, c.column_id`,

	indexes: `SELECT i.object_id AS id, i.index_id AS number, i.name, i.type_desc AS kind,
			i.is_unique AS isUnique, i.is_primary_key AS isPrimary, i.is_unique_constraint AS isConstraint,
			i.filter_definition AS filter, i.fill_factor AS filling, i.is_padded AS padded,
			i.ignore_dup_key AS ignoresDuplicates, i.is_disabled AS disabled, i.is_hypothetical AS hypothetical,
			k.is_system_named AS named
		FROM sys.indexes AS i JOIN sys.tables AS o ON o.object_id = i.object_id
			LEFT JOIN sys.key_constraints AS k ON k.parent_object_id = i.object_id AND k.name = i.name
		WHERE ${ofSchemas} AND i.name IS NOT NULL ORDER BY i.object_id, i.index_id`,

	indexColumns: `SELECT x.object_id AS id, x.index_id AS number, x.key_ordinal AS place,
			x.is_descending_key AS descending, x.is_included_column AS included, c.name
		FROM sys.index_columns AS x JOIN sys.tables AS o ON o.object_id = x.object_id
			JOIN sys.columns AS c ON c.object_id = x.object_id AND c.column_id = x.column_id
		WHERE ${ofSchemas} ORDER BY x.object_id, x.index_id, x.key_ordinal, x.index_column_id`,

	checks: `SELECT k.parent_object_id AS id, k.name, k.definition, k.is_system_named AS named,
			k.is_disabled AS disabled, k.is_not_trusted AS untrusted
		FROM sys.check_constraints AS k JOIN sys.tables AS o ON o.object_id = k.parent_object_id
		WHERE ${ofSchemas} ORDER BY k.parent_object_id, k.name`,

	foreignKeys: `SELECT k.object_id AS keyId, k.parent_object_id AS id, k.name, k.is_system_named AS named,
			k.is_disabled AS disabled, k.is_not_trusted AS untrusted,
			k.delete_referential_action_desc AS onDelete, k.update_referential_action_desc AS onUpdate,
			OBJECT_SCHEMA_NAME(k.referenced_object_id) AS parentOwner, OBJECT_NAME(k.referenced_object_id) AS parent
		FROM sys.foreign_keys AS k JOIN sys.tables AS o ON o.object_id = k.parent_object_id
		WHERE ${ofSchemas} ORDER BY k.parent_object_id, k.name`,

	foreignKeyColumns: `SELECT f.constraint_object_id AS keyId, c.name AS own, r.name AS referenced
		FROM sys.foreign_key_columns AS f JOIN sys.tables AS o ON o.object_id = f.parent_object_id
			JOIN sys.columns AS c ON c.object_id = f.parent_object_id AND c.column_id = f.parent_column_id
			JOIN sys.columns AS r ON r.object_id = f.referenced_object_id AND r.column_id = f.referenced_column_id
		WHERE ${ofSchemas} ORDER BY f.constraint_object_id, f.constraint_column_id`,

	modules: `SELECT o.object_id AS id, SCHEMA_NAME(o.schema_id) AS owner, o.name, RTRIM(o.type) AS kind,
			m.definition, m.uses_quoted_identifier AS quotes, m.uses_ansi_nulls AS nulls,
			OBJECT_SCHEMA_NAME(o.parent_object_id) AS parentOwner, OBJECT_NAME(o.parent_object_id) AS parent,
			g.is_disabled AS disabled
		FROM sys.objects AS o LEFT JOIN sys.sql_modules AS m ON m.object_id = o.object_id
			LEFT JOIN sys.triggers AS g ON g.object_id = o.object_id
		WHERE ${ofSchemas} AND o.type IN ('V', 'P', 'FN', 'IF', 'TF', 'TR', 'PC', 'FS', 'FT', 'AF', 'TA')
		ORDER BY owner, o.name`,

	sequences: `SELECT SCHEMA_NAME(o.schema_id) AS owner, o.name, TYPE_NAME(o.user_type_id) AS own,
			TYPE_NAME(o.system_type_id) AS base, o.precision, o.scale, 8 AS length,
			CONVERT(varchar(40), o.start_value) AS start, CONVERT(varchar(40), o.increment) AS step,
			CONVERT(varchar(40), o.minimum_value) AS least, CONVERT(varchar(40), o.maximum_value) AS most,
			o.is_cycling AS cycles, o.is_cached AS cached, o.cache_size AS cacheSize
		FROM sys.sequences AS o WHERE ${ofSchemas} ORDER BY owner, o.name`,

	synonyms: `SELECT SCHEMA_NAME(o.schema_id) AS owner, o.name, o.base_object_name AS target
		FROM sys.synonyms AS o WHERE ${ofSchemas} ORDER BY owner, o.name`,

	types: `SELECT SCHEMA_NAME(y.schema_id) AS owner, y.name, TYPE_NAME(y.system_type_id) AS base,
			TYPE_NAME(y.system_type_id) AS own, y.max_length AS length, y.precision, y.scale,
			y.is_nullable AS nullable, y.is_table_type AS isTable, y.is_assembly_type AS isAssembly
		FROM sys.types AS y WHERE y.is_user_defined = 1 AND SCHEMA_NAME(y.schema_id) IN ({schemas})
		ORDER BY owner, y.name`,

	dependencies: `SELECT SCHEMA_NAME(o.schema_id) AS owner, o.name, RTRIM(o.type) AS kind,
			OBJECT_SCHEMA_NAME(e.referenced_id) AS onOwner, OBJECT_NAME(e.referenced_id) AS onName,
			RTRIM(r.type) AS onKind
		FROM sys.sql_expression_dependencies AS e JOIN sys.objects AS o ON o.object_id = e.referencing_id
			JOIN sys.objects AS r ON r.object_id = e.referenced_id
		WHERE ${ofSchemas} AND e.referenced_id <> e.referencing_id ORDER BY owner, o.name, onOwner, onName`,
} as const;

export type CatalogQueryName = keyof typeof catalogQueries;
