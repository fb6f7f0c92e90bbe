import type {SideReader, SideRow} from '../../dialects/side-reader.ts';
import {lookUpRows} from './look-up.ts';
import type {PairedTable, SideLayouts} from './paired-table.ts';
import type {Finding} from './row-pair.ts';

/**
Looks for the partners of rows that seemed to be alone: outside the layout's condition, or
under a key that is written differently and that both servers hold equal.

A pair whose keys are written differently is told once, in prod's place. So its halves may lie
in different segments.
*/
export async function findPartners(
	{layout: {where, key}}: Pick<PairedTable, 'layout'>,
	findings: readonly Finding[],
	layouts: SideLayouts,
	prod: SideReader,
	dev: SideReader,
): Promise<Finding[]> {
	const removed = findings.flatMap((finding) => (finding.dev ? [] : [finding.prod]));
	const added = findings.flatMap((finding) => (finding.prod ? [] : [finding.dev]));
	// In ranges of an order both halves of a pair lie in one segment.
	const isEither = where === null && key.paging !== 'buckets';
	if (isEither && (removed.length === 0 || added.length === 0)) return [...findings];
	const keysOf = (rows: readonly SideRow[]) => rows.map((row) => row.key);
	const [ofRemoved, ofAdded] = await Promise.all([
		lookUpRows(dev, layouts.dev, keysOf(removed)),
		lookUpRows(prod, layouts.prod, keysOf(added)),
	]);
	const partners = {
		dev: await keepMutual(removed, ofRemoved, (keys) => lookUpRows(prod, layouts.prod, keys)),
		prod: await keepMutual(added, ofAdded, (keys) => lookUpRows(dev, layouts.dev, keys)),
	};
	const isHere = new Set(keysOf(removed));
	return findings.flatMap((finding): Finding[] => {
		if (finding.prod && finding.dev) return [finding];
		if (finding.prod) {
			const theirs = partners.dev.get(finding.prod.key);
			return theirs ? [{prod: finding.prod, dev: theirs}] : [finding];
		}
		const ours = partners.prod.get(finding.dev.key);
		if (!ours) return [finding];
		// Written alike, it lies outside the condition, and nobody else tells of it.
		if (ours.key === finding.dev.key) return [{prod: ours, dev: finding.dev}];
		// Under a condition the table's halves come together (side-pair-reader.ts), so it shows here.
		const isTold = where === null || isHere.has(ours.key);
		return isTold ? [] : [{prod: ours, dev: finding.dev}];
	});
}

/** The rows that were found and whose own server leads back to the row they were found for. */
async function keepMutual(
	rows: readonly SideRow[],
	found: readonly (SideRow | null)[],
	lookBack: (keys: readonly string[]) => Promise<(SideRow | null)[]>,
): Promise<Map<string, SideRow>> {
	const partners = new Map<string, SideRow>();
	const doubtful: {readonly row: SideRow; readonly partner: SideRow}[] = [];
	rows.forEach((row, index) => {
		const partner = found[index];
		if (!partner) return;
		if (partner.key === row.key) partners.set(row.key, partner);
		else doubtful.push({row, partner});
	});
	const back = await lookBack(doubtful.map(({partner}) => partner.key));
	doubtful.forEach(({row, partner}, index) => {
		if (back[index]?.key === row.key) partners.set(row.key, partner);
	});
	return partners;
}
