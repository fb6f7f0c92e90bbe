import type {RowPair, SegmentCounts} from '../../model/segment.ts';
import {RowCounts} from '../../store/row-counts.ts';
import {findCommonLines} from './common-lines.ts';
import type {LineSource} from './line-source.ts';
import type {LockstepOptions} from './lockstep.ts';
import {makeRowPair, type Finding, type PairShape} from './row-pair.ts';

const batchRows = 1000;
const batchCharacters = 4_000_000;
const tellRows = 1000;

type UnkeyedOptions = Pick<LockstepOptions, 'isSameFormat' | 'decodeProd' | 'decodeDev'> & {
	readonly shape: PairShape;
	readonly onRows: (rows: number) => Promise<boolean>;
};

/**
Compares rows that no key identifies as a multiset: those that one side has more often, as
often as it has too many. While both sides give the same lines, none of them is looked at.
*/
export async function* compareUnkeyedRows(
	prod: LineSource,
	dev: LineSource,
	{shape, isSameFormat, decodeProd, decodeDev, onRows}: UnkeyedOptions,
): AsyncGenerator<RowPair[], SegmentCounts> {
	const counts = new RowCounts();
	let [prodRows, devRows, told] = [0, 0, 0];
	const add = (finding: Finding) => {
		const pair = makeRowPair(shape, finding);
		if (!pair) throw new TypeError('One row alone is always a difference');
		const row = pair.prod ?? pair.dev ?? '';
		counts.add(row, pair.prod === null ? -1 : 1, () => pair.prodDigest ?? pair.devDigest ?? '');
	};
	try {
		for (;;) {
			if (!prod.hasLine || !dev.hasLine) {
				await Promise.all([prod, dev].map(async (side) => side.hasLine || (await side.load())));
			}
			if (prod.isAtEnd && dev.isAtEnd) break;
			if (isSameFormat && prod.hasLine && dev.hasLine) {
				const {bytes, lines} = findCommonLines(prod.chunk, prod.at, dev.chunk, dev.at);
				if (bytes > 0) {
					prod.skipBytes(bytes);
					dev.skipBytes(bytes);
					prodRows += lines;
					devRows += lines;
					continue;
				}
			}
			if (prod.hasLine) {
				const {line} = prod;
				add({prod: decodeProd(line), dev: null});
				prod.skipBytes(line.length + 1);
				prodRows++;
			}
			if (dev.hasLine) {
				const {line} = dev;
				add({prod: null, dev: decodeDev(line)});
				dev.skipBytes(line.length + 1);
				devRows++;
			}
			const rows = Math.max(prodRows, devRows);
			if (rows - told < tellRows) continue;
			await onRows(rows - told);
			told = rows;
		}
		await onRows(Math.max(prodRows, devRows) - told);
		yield* listPairs(counts);
		return {prodRows, devRows, way: 'stream'};
	} finally {
		counts.close();
	}
}

function* listPairs(counts: RowCounts): Generator<RowPair[]> {
	let [batch, characters]: [RowPair[], number] = [[], 0];
	for (const {row, digest: rowDigest, surplus} of counts.listSurplus()) {
		const isProd = surplus > 0;
		batch.push({
			key: row,
			prod: isProd ? row : null,
			dev: isProd ? null : row,
			prodDigest: isProd ? rowDigest : null,
			devDigest: isProd ? null : rowDigest,
			copies: Math.abs(surplus),
		});
		characters += row.length;
		if (batch.length < batchRows && characters < batchCharacters) continue;
		yield batch;
		[batch, characters] = [[], 0];
	}
	if (batch.length > 0) yield batch;
}
