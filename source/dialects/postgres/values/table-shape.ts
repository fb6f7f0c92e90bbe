import {parseTableName} from '../../server/table-name.ts';
import {quoteName, quoteText} from '../names.ts';
import type {PostgresSession} from '../session.ts';

/** A table as reading and matching its rows needs it. */
export type TableShape = {
	/** Quoted and with its schema, `ONLY` where rows of tables that inherit from it are not its own. */
	readonly from: string;
	readonly columns: ReadonlyMap<string, ShapeColumn>;
	/** The server's estimate; negative when it was never counted. */
	readonly estimatedRows: number;
	/** Changes with every change of the table's structure. */
	readonly version: string;
};

export type ShapeColumn = {
	readonly name: string;
	/** A domain's base, and theirs: the type's own name and its schema. */
	readonly type: string;
	readonly typeSchema: string;
	/** As a cast names it, without length or precision. */
	readonly cast: string;
	/** As it was declared: the domain, the length and precision. */
	readonly declared: string;
	/** `b` base, `c` composite, `e` enum, `r` range, `m` multirange. */
	readonly typeKind: string;
	/** A numeric's digits after the point; null where each value has its own. */
	readonly scale: number | null;
	readonly labels: readonly string[] | null;
	readonly isNotNull: boolean;
	readonly isGenerated: boolean;
};

/** @returns Null where there is no such table, or this account can't see it. */
export async function readTableShape(
	session: PostgresSession,
	table: string,
): Promise<TableShape | null> {
	const {schema, name} = parseTableName(table);
	const [row] = await session.run(shapeQuery(schema ?? session.schemas[0], name));
	if (!row) return null;
	// Made by the query below.
	const columns = JSON.parse(row['columns'] ?? '[]') as ColumnRow[];
	const qualified = `${quoteName(schema ?? session.schemas[0])}.${quoteName(name)}`;
	return {
		from: row['kind'] === 'r' ? `ONLY ${qualified}` : qualified,
		columns: new Map(columns.map((column) => [column.name, readColumn(column)])),
		estimatedRows: Number(row['rows']),
		version: row['version'] ?? '',
	};
}

type ColumnRow = Omit<ShapeColumn, 'scale'> & {readonly modifier: number};

function readColumn({modifier, ...column}: ColumnRow): ShapeColumn {
	return {...column, scale: column.type === 'numeric' ? readScale(modifier) : null};
}

/** The lower eleven bits, signed since PostgreSQL 15; a modifier counts the header of four bytes. */
function readScale(modifier: number): number | null {
	return modifier < 0 ? null : (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
}

/** `format_type` with -1 names CHAR and BIT without their length, which 'character' has: 1. */
function shapeQuery(schema: string, name: string): string {
	return `
WITH RECURSIVE own AS (
	SELECT c.oid, c.relkind, c.reltuples, c.xmin FROM pg_catalog.pg_class AS c
	WHERE c.relname = ${quoteText(name)} AND c.relkind IN ('r', 'p', 'f')
		AND c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = ${quoteText(schema)})
), based AS (
	SELECT a.attnum, a.attname, a.attnotnull, a.attgenerated, a.atttypid AS type, a.atttypmod AS modifier,
		pg_catalog.format_type(a.atttypid, a.atttypmod) AS declared
	FROM pg_catalog.pg_attribute AS a JOIN own ON own.oid = a.attrelid
	WHERE a.attnum > 0 AND NOT a.attisdropped
	UNION ALL
	SELECT b.attnum, b.attname, b.attnotnull OR t.typnotnull, b.attgenerated, t.typbasetype, t.typtypmod, b.declared
	FROM based AS b JOIN pg_catalog.pg_type AS t ON t.oid = b.type WHERE t.typtype = 'd'
)
SELECT own.relkind AS kind, own.reltuples AS rows, (SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
		'name', b.attname, 'type', t.typname, 'typeSchema', n.nspname,
		'cast', pg_catalog.format_type(t.oid, -1), 'declared', b.declared, 'typeKind', t.typtype, 'modifier', b.modifier,
		'labels', CASE WHEN t.typtype = 'e' THEN (SELECT pg_catalog.json_agg(e.enumlabel) FROM pg_catalog.pg_enum AS e WHERE e.enumtypid = t.oid) END,
		'isNotNull', b.attnotnull, 'isGenerated', b.attgenerated <> '') ORDER BY b.attnum)
	FROM based AS b JOIN pg_catalog.pg_type AS t ON t.oid = b.type
	JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
	WHERE t.typtype <> 'd') AS columns,
	own.oid || ' ' || (SELECT pg_catalog.string_agg(a.xmin::text, ' ' ORDER BY a.attnum)
		FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = own.oid AND a.attnum > 0) AS version
FROM own`;
}
