import type {Segment} from '../../../model/segment.ts';
import {bucketCount, readBucketRange} from '../../side-reader.ts';
import type {PostgresSession} from '../session.ts';
import {joinInPieces, renderField, renderHash} from './digest-sql.ts';
import type {PlanColumn, RowPlan} from './row-plan.ts';

/**
A row's bucket (side-reader.ts) in SQL; null where the server can't spell a column's normal form,
so that only decoding the row tells.
*/
export function renderBucket(plan: RowPlan, session: PostgresSession): string | null {
	const fields: string[] = [];
	for (const column of plan.key) {
		const text = renderNormalForm(column);
		if (text === null) return null;
		// What NULL would be spelled as does not come up: such rows have no key.
		fields.push(
			renderField({kind: column.as === 'decimal' ? 'decimal' : column.wire.kind}, text, session),
		);
	}
	const hash = renderHash(joinInPieces(fields));
	return `(pg_catalog.get_byte(${hash}, 0) * 256 + pg_catalog.get_byte(${hash}, 1))`;
}

export function renderBucketRange(bucket: string, segment: Segment): string[] {
	const {after, upTo} = readBucketRange(segment);
	if (after < 0 && upTo >= bucketCount - 1) return [];
	return [`${bucket} > ${after}`, `${bucket} <= ${upTo}`];
}

/** The normal form (cell.ts), in the kind that both sides are brought to. */
function renderNormalForm({sql, wire, as}: PlanColumn): string | null {
	const isSameKind =
		as === null || as === wire.kind || (as === 'decimal' && wire.kind === 'integer');
	if (!isSameKind) return null;
	switch (wire.kind) {
		case 'integer':
		case 'boolean':
		case 'text':
		case 'bytes':
		case 'date':
		case 'interval':
		case 'uuid':
		case 'other':
			return wire.spell?.(sql) ?? `${sql}::text`;
		case 'timestamp':
		case 'timestamptz':
			return `pg_catalog.replace(pg_catalog.replace(${sql}::text, ' ', 'T'), '+00', 'Z')`;
		case 'decimal':
			return `CASE WHEN pg_catalog.strpos(${sql}::text, '.') > 0 THEN pg_catalog.rtrim(pg_catalog.rtrim(${sql}::text, '0'), '.') ELSE ${sql}::text END`;
		case 'real':
		case 'time':
		case 'json':
			return null;
		default:
			return wire.kind satisfies never;
	}
}
