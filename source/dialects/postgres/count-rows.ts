import {quoteText} from './names.ts';
import type {PostgresSession} from './session.ts';
import {readTableShape} from './values/table-shape.ts';

/** Counting so many takes about a second. */
const mostCounted = 2_000_000;

/** Exact for all but large tables, of which the server's estimate is told; 0 for one that is not there. */
export async function countRows(session: PostgresSession, table: string): Promise<number> {
	const shape = await readTableShape(session, table);
	if (!shape) return 0;
	const estimate = shape.from.startsWith('ONLY ')
		? shape.estimatedRows
		: await estimatePartitions(session, shape.from);
	if (estimate > mostCounted) return Math.round(estimate);
	const [row] = await session.run(`SELECT count(*) AS rows FROM ${shape.from}`);
	return Number(row?.['rows']);
}

/** A partitioned table has no rows of its own. */
async function estimatePartitions(session: PostgresSession, table: string): Promise<number> {
	const [row] = await session.run(
		`SELECT pg_catalog.sum(c.reltuples) AS rows FROM pg_catalog.pg_partition_tree(${quoteText(table)}::regclass) AS p
		JOIN pg_catalog.pg_class AS c ON c.oid = p.relid WHERE p.isleaf`,
	);
	return Number(row?.['rows'] ?? 0);
}
