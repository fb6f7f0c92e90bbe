import {SqlitePairReader} from '../../../source/dialects/sqlite/pair-reader.ts';
import type {Row} from '../../../source/model/cell.ts';
import type {SqliteSettings} from '../../../source/model/connection-settings.ts';
import {decodeRow} from '../../../source/model/encoding.ts';
import type {Layout} from '../../../source/model/layout.ts';
import type {PairBatch} from '../../../source/model/packed-pairs.ts';
import type {RowPair, SegmentCounts} from '../../../source/model/segment.ts';

export type Outcome = {readonly pairs: RowPair[]; readonly counts: SegmentCounts};

export async function drain<Counts extends SegmentCounts>(
	batches: AsyncGenerator<PairBatch, Counts>,
): Promise<{readonly pairs: RowPair[]; readonly counts: Counts}> {
	const pairs: RowPair[] = [];
	for (;;) {
		const next = await batches.next();
		if (next.done) return {pairs, counts: next.value};
		pairs.push(...next.value);
	}
}

/** Compares a whole table in one segment, and the rows that no key identifies. */
export async function comparePair(
	prod: SqliteSettings,
	dev: SqliteSettings,
	layout: Layout,
): Promise<Outcome> {
	const reader = SqlitePairReader.open(prod, dev);
	try {
		const whole = {after: null, upTo: null};
		const keyed =
			layout.key.kind === 'rows' ? null : await drain(reader.compareSegment(layout, whole));
		const unkeyed = await drain(reader.compareUnkeyed(layout));
		return {
			pairs: [...(keyed?.pairs ?? []), ...unkeyed.pairs],
			counts: {
				prodRows: (keyed?.counts.prodRows ?? 0) + unkeyed.counts.prodRows,
				devRows: (keyed?.counts.devRows ?? 0) + unkeyed.counts.devRows,
			},
		};
	} finally {
		await reader.close();
	}
}

/** A pair for reading: cells as `kind:text`, NULL and absent as their kind; copies when not 1. */
export function showPair({key, prod, dev, copies}: RowPair): string {
	const ours = prod === null ? null : decodeRow(prod);
	const theirs = dev === null ? null : decodeRow(dev, ours ?? undefined);
	const sides = `${show(decodeRow(key))} | ${show(ours)} | ${show(theirs)}`;
	return copies === 1 ? sides : `${sides} × ${copies}`;
}

function show(row: Row | null): string {
	if (!row) return 'none';
	return row
		.map(({kind, text}) => (kind === 'null' || kind === 'absent' ? kind : `${kind}:${text}`))
		.join(' ');
}
