import type {GroupSum, SideReader, Slice} from '../../dialects/side-reader.ts';
import type {Segment} from '../../model/segment.ts';
import {readFindings, type WantedRows} from './read-findings.ts';
import type {PairedTable} from './paired-table.ts';
import type {Finding} from './row-pair.ts';

/** Rows of one sum: an identical million costs about a hundred kilobytes. */
export const groupRows = 1000;

/** Groups whose keys and digests are in memory at once. */
const batchGroups = 64;

/** When this share of a segment's rows lies in groups that differ, its rows are streamed instead. */
const mostDirty = 1 / 3;

/** Rows that are read first, to see how wide they are. */
const sampleRows = 20;

export type SumsResult =
	| {
			readonly kind: 'compared';
			readonly findings: readonly Finding[];
			readonly prodRows: number;
			readonly devRows: number;
			readonly dirtyRows: number;
			readonly sumMilliseconds: number;
			readonly narrowMilliseconds: number;
	  }
	/** A side sums no digests of this table. */
	| {readonly kind: 'impossible'}
	/** So much differs that its rows had better be streamed. */
	| {
			readonly kind: 'dirty';
			readonly rows: number;
			readonly dirtyRows: number;
			readonly sumMilliseconds: number;
	  };

/**
Compares a segment by digests that the servers sum over groups of its rows. Groups that differ
are narrowed to keys and digests, and only rows that differ are read.

@param rows About how many rows the segment has.
@param characters How much text of rows may come of it.
*/
export async function compareSums(
	table: PairedTable,
	segment: Segment,
	{rows, characters}: {readonly rows: number; readonly characters: number},
	prod: SideReader,
	dev: SideReader,
): Promise<SumsResult> {
	const began = performance.now();
	const count = Math.max(1, Math.ceil(rows / groupRows));
	const ours: Slice = {layout: table.lean.prod, segment};
	const theirs: Slice = {layout: table.lean.dev, segment};
	const [prodSums, devSums] = await Promise.all([
		prod.sumDigests(ours, count),
		dev.sumDigests(theirs, count),
	]);
	if (!prodSums || !devSums) return {kind: 'impossible'};
	const sumMilliseconds = performance.now() - began;
	const [prodRows, devRows] = [countRows(prodSums), countRows(devSums)];
	const most = Math.max(prodRows, devRows);
	const {wanted, dirtyRows} = findDirtyGroups(prodSums, devSums);
	const dirty: SumsResult = {kind: 'dirty', rows: most, dirtyRows, sumMilliseconds};
	if (wanted.length > 1 && dirtyRows > most * mostDirty && most > 2 * groupRows) return dirty;

	const findings: Finding[] = [];
	for (let at = 0; at < wanted.length; at += batchGroups) {
		const groups = {count, wanted: wanted.slice(at, at + batchGroups)};
		const [prodDigests, devDigests] = await Promise.all([
			collect(prod.readDigests(ours, groups)),
			collect(dev.readDigests(theirs, groups)),
		]);
		const keys = findDifferentKeys(prodDigests, devDigests);
		const sample = await readFindings(keys.slice(0, sampleRows), table.whole, prod, dev);
		const width = sample.reduce((sum, finding) => sum + lengthOf(finding), 0) / sampleRows;
		if (width * keys.length > characters) return dirty;
		findings.push(...sample);
		findings.push(...(await readFindings(keys.slice(sampleRows), table.whole, prod, dev)));
	}
	const {compareKeys} = table;
	if (compareKeys) findings.sort((a, b) => compareKeys(keyOf(a), keyOf(b)) ?? 0);
	const narrowMilliseconds = performance.now() - began - sumMilliseconds;
	return {
		kind: 'compared',
		findings,
		prodRows,
		devRows,
		dirtyRows,
		sumMilliseconds,
		narrowMilliseconds,
	};
}

function countRows(sums: readonly GroupSum[]): number {
	return sums.reduce((total, {rows}) => total + rows, 0);
}

function findDirtyGroups(
	prod: readonly GroupSum[],
	dev: readonly GroupSum[],
): {wanted: number[]; dirtyRows: number} {
	const theirs = new Map(dev.map((sum) => [sum.group, sum]));
	const wanted: number[] = [];
	let dirtyRows = 0;
	for (const ours of prod) {
		const other = theirs.get(ours.group);
		theirs.delete(ours.group);
		if (other?.rows === ours.rows && other.sum === ours.sum) continue;
		wanted.push(ours.group);
		dirtyRows += Math.max(ours.rows, other?.rows ?? 0);
	}
	for (const {group, rows} of theirs.values()) {
		wanted.push(group);
		dirtyRows += rows;
	}
	return {wanted: wanted.sort((a, b) => a - b), dirtyRows};
}

async function collect(
	batches: ReturnType<SideReader['readDigests']>,
): Promise<Map<string, string>> {
	const digests = new Map<string, string>();
	for await (const batch of batches) for (const {key, digest} of batch) digests.set(key, digest);
	return digests;
}

function findDifferentKeys(
	prod: ReadonlyMap<string, string>,
	dev: ReadonlyMap<string, string>,
): WantedRows[] {
	const keys: WantedRows[] = [];
	for (const [key, digest] of prod) {
		const other = dev.get(key);
		if (other !== digest) keys.push({prod: key, dev: other === undefined ? null : key});
	}
	for (const key of dev.keys()) {
		if (!prod.has(key)) keys.push({prod: null, dev: key});
	}
	return keys;
}

export function keyOf({prod, dev}: Finding): string {
	return (prod ?? dev).key;
}

function lengthOf({prod, dev}: Finding): number {
	let length = 0;
	for (const row of [prod, dev]) for (const field of row?.fields ?? []) length += field.length;
	return length;
}
