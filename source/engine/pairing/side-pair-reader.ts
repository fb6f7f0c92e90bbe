import type {PairReader, SegmentWork} from '../../dialects/dialect.ts';
import type {SideReader} from '../../dialects/side-reader.ts';
import type {Layout} from '../../model/layout.ts';
import {PackedPairs, type PairBatch} from '../../model/packed-pairs.ts';
import type {ComparedSegment, RowPair, Segment, SegmentCounts} from '../../model/segment.ts';
import {BucketRanges} from './bucket-ranges.ts';
import type {PairWay} from './choose-way.ts';
import {compareSums} from './compare-sums.ts';
import {compareUnkeyedRows} from './compare-unkeyed.ts';
import {compareUnordered} from './compare-unordered.ts';
import {findPartners} from './find-partners.ts';
import {Lockstep} from './lockstep.ts';
import {pairTable, type PairedTable} from './paired-table.ts';
import {readFindings} from './read-findings.ts';
import {makeRowPair, type Finding, type PairShape} from './row-pair.ts';
import {closeLines, explainLines, makePacker, openLines, openUnkeyedLines} from './side-lines.ts';

/** Text of found rows that waits in memory for its segment's one transaction. */
const mostCharacters = 8 * 2 ** 20;

/** Rows of a segment whose digests are summed: enough that a slow link is asked seldom. */
const mostSummedRows = 200_000;

/** A question that is answered this quickly came over no slow link; in milliseconds. */
const nearMilliseconds = 6;

/** A table with so few rows left is read in one go: asking where to stop would cost as much. */
const fewRows = 500;

type Compared = AsyncGenerator<PairBatch, ComparedSegment>;

/** Both sides of a comparison that no engine can join, read side by side and at the same time. */
export class SidePairReader implements PairReader {
	readonly #prod: SideReader;
	readonly #dev: SideReader;
	readonly #start: PairWay;
	readonly #tables = new WeakMap<Layout, Promise<PairedTable>>();
	readonly #buckets = new WeakMap<Layout, BucketRanges>();
	/** A stream that stands between two segments: the next one goes on with it. */
	#open: {
		readonly table: PairedTable;
		readonly lockstep: Lockstep;
		readonly at: string;
		readonly upTo: string | null;
	} | null = null;
	#version = '';
	/** The least that a question and its answer took. */
	#quickest = Number.POSITIVE_INFINITY;

	/** @param start The way of comparing to begin with, where both are possible. */
	constructor(prod: SideReader, dev: SideReader, start: PairWay = 'sums') {
		this.#prod = prod;
		this.#dev = dev;
		this.#start = start;
	}

	async splitKeys(layout: Layout, parts: number): Promise<string[]> {
		if (layout.key.paging === 'buckets') return this.#bucketsOf(layout).split(parts);
		const {hasProd, whole} = await this.#findTable(layout);
		return hasProd
			? this.#prod.splitKeys(whole.prod, parts)
			: this.#dev.splitKeys(whole.dev, parts);
	}

	async *compareNext(layout: Layout, segment: Segment, work: SegmentWork): Compared {
		const table = await this.#findTable(layout);
		const isOpen = this.#standsAt(table, segment);
		if (!isOpen) await this.#leaveStream();
		const isSmall = (work.rowsLeft ?? Number.POSITIVE_INFINITY) <= fewRows;
		const isNear = this.#quickest <= nearMilliseconds;
		const way = isSmall ? 'stream' : table.ways.choose(work.rows, {isNear, isOpen});
		if (layout.key.paging === 'buckets') {
			return yield* this.#compareBuckets(table, segment, work, way);
		}
		if (way === 'sums') {
			await this.#leaveStream();
			const rows = Math.min(work.rows, mostSummedRows);
			const upTo = await this.#findEnd(table, segment, rows);
			const part = {after: segment.after, upTo};
			const compared = yield* this.#compareSums(table, part, rows);
			return compared ?? (yield* this.#compareStream(table, part, {...work, rows: Infinity}));
		}
		// What must be asked beside the rows can only be asked once the stream has ended.
		const isBounded = !isOpen && !isSmall && (table.needsLookUps || table.ways.isTryingStream);
		if (!isBounded) return yield* this.#compareStream(table, segment, work);
		const upTo = await this.#findEnd(table, segment, work.rows);
		const part = {after: segment.after, upTo};
		return yield* this.#compareStream(table, part, {...work, rows: Infinity});
	}

	async *compareUnkeyed(
		layout: Layout,
		{onRows}: Pick<SegmentWork, 'onRows'>,
	): AsyncGenerator<RowPair[], SegmentCounts> {
		const table = await this.#findTable(layout);
		await this.#leaveStream();
		const sources = openUnkeyedLines(table, this.#prod, this.#dev);
		try {
			return yield* compareUnkeyedRows(sources.prod, sources.dev, {
				...explainLines(table.whole, table.shape, this.#prod, this.#dev),
				shape: table.shape,
				isSameFormat: table.isSameFormat && table.layout.comparedCount === layout.columns.length,
				onRows: onRows ?? (() => Promise.resolve(true)),
			});
		} finally {
			await closeLines(sources);
		}
	}

	async hasUnkeyedRows(layout: Layout): Promise<boolean> {
		const {whole, hasProd} = await this.#findTable(layout);
		const [ours, theirs] = await Promise.all([
			hasProd ? this.#prod.hasUnkeyedRows(whole.prod) : false,
			this.#dev.hasUnkeyedRows(whole.dev),
		]);
		return ours || theirs;
	}

	/** While a stream is open, what it was when that began: an older one never hides a change. */
	async readVersion(): Promise<string> {
		if (this.#open) return this.#version;
		const versions = await Promise.all([this.#prod.readVersion(), this.#dev.readVersion()]);
		this.#version = versions.map((version) => version ?? 'unknown').join(';');
		return this.#version;
	}

	async close(): Promise<void> {
		this.#open = null;
		await Promise.all([this.#prod.close(), this.#dev.close()]);
	}

	/** @returns Null when the segment's rows had better be streamed. */
	async *#compareSums(
		table: PairedTable,
		segment: Segment,
		rows: number,
	): AsyncGenerator<RowPair[], ComparedSegment | null> {
		const limits = {rows, characters: mostCharacters};
		const result = await compareSums(table, segment, limits, this.#prod, this.#dev);
		if (result.kind === 'impossible') {
			table.ways.forgoSums();
			return null;
		}
		const {dirtyRows, sumMilliseconds} = result;
		if (result.kind === 'dirty') {
			table.ways.tellSums({rows: result.rows, milliseconds: sumMilliseconds, dirtyRows});
			return null;
		}
		const {prodRows, devRows, narrowMilliseconds} = result;
		const milliseconds = sumMilliseconds;
		const most = Math.max(prodRows, devRows);
		table.ways.tellSums({rows: most, milliseconds, dirtyRows, narrowMilliseconds});
		const {whole, layout} = table;
		const needsPartners = table.hasProd && (layout.where !== null || layout.key.isLoose === true);
		const findings = needsPartners
			? await findPartners(table, result.findings, whole, this.#prod, this.#dev)
			: result.findings;
		yield makePairs(table.shape, findings);
		return {prodRows, devRows, way: 'sums', upTo: segment.upTo};
	}

	async *#compareStream(table: PairedTable, segment: Segment, work: SegmentWork): Compared {
		const watch = new StopWatch(work.onRows);
		const open = this.#standsAt(table, segment) ? this.#open : null;
		this.#open = null;
		const lockstep = open?.lockstep ?? this.#openLockstep(table, segment);
		const {needsLookUps, ways, leanShape, shape} = table;
		let hasEnded = true;
		try {
			const steps = lockstep.run({
				rows: work.rows,
				characters: mostCharacters,
				onRows: (rows) => watch.tell(rows),
			});
			const waiting: Finding[] = [];
			let step = await steps.next();
			for (; !step.done; step = await steps.next()) {
				if (step.value instanceof PackedPairs) yield step.value;
				else if (needsLookUps) waiting.push(...step.value);
				else yield makePairs(leanShape, step.value);
			}
			const {prodRows, devRows, dirtyShare, reached} = step.value;
			const rows = Math.max(prodRows, devRows);
			ways.tellStream({rows, milliseconds: watch.milliseconds, dirtyShare});
			if (reached !== null && !needsLookUps) {
				this.#open = {table, lockstep, at: reached, upTo: segment.upTo};
				hasEnded = false;
			}
			if (needsLookUps) {
				await lockstep.close();
				yield makePairs(shape, await this.#complete(table, waiting));
			}
			return {prodRows, devRows, way: 'stream', upTo: reached ?? segment.upTo};
		} finally {
			if (hasEnded) await lockstep.close();
		}
	}

	#openLockstep(table: PairedTable, segment: Segment): Lockstep {
		const {prod, dev} = openLines(table, segment, this.#prod, this.#dev);
		return new Lockstep(prod, dev, {
			...explainLines(table.lean, table.leanShape, this.#prod, this.#dev),
			isSameFormat: table.isSameFormat,
			compareKeys: table.compareKeys,
			packer: makePacker(table, this.#prod, this.#dev),
		});
	}

	async *#compareBuckets(
		table: PairedTable,
		{after, upTo: end}: Segment,
		work: SegmentWork,
		way: PairWay,
	): Compared {
		const ranges = this.#bucketsOf(table.layout);
		const segment = {after, upTo: ranges.findEnd({after, upTo: end}, work.rows, work.rowsLeft)};
		if (way === 'sums') {
			const compared = yield* this.#compareSums(table, segment, work.rowsLeft ?? work.rows);
			if (compared) {
				ranges.tell(segment, Math.max(compared.prodRows, compared.devRows));
				return compared;
			}
		}
		const watch = new StopWatch(work.onRows);
		const sources = openLines(table, segment, this.#prod, this.#dev);
		const {findings, prodRows, devRows} = await compareUnordered(sources.prod, sources.dev, {
			...explainLines(table.lean, table.leanShape, this.#prod, this.#dev),
			isSameFormat: table.isSameFormat,
			onRows: (rows) => watch.tell(rows),
		}).finally(() => closeLines(sources));
		const rows = Math.max(prodRows, devRows);
		const dirtyShare = Math.min(1, findings.length / Math.max(1, rows / 1000));
		table.ways.tellStream({rows, milliseconds: watch.milliseconds, dirtyShare});
		ranges.tell(segment, rows);
		yield makePairs(table.shape, await this.#complete(table, findings));
		return {prodRows, devRows, way: 'stream', upTo: segment.upTo};
	}

	/** What the lines could not tell. */
	async #complete(table: PairedTable, findings: readonly Finding[]): Promise<readonly Finding[]> {
		const {hasProd, layout, lean, whole} = table;
		const hasPartners = hasProd && (layout.where !== null || layout.key.isLoose === true);
		const paired = hasPartners
			? await findPartners(table, findings, lean, this.#prod, this.#dev)
			: findings;
		if (lean === whole) return paired;
		const wanted = paired.map(({prod, dev}) => ({
			prod: prod?.key ?? null,
			dev: dev?.key ?? null,
		}));
		return readFindings(wanted, whole, this.#prod, this.#dev);
	}

	/** The end of a segment that holds at most `rows` rows of either side. */
	async #findEnd(table: PairedTable, segment: Segment, rows: number): Promise<string | null> {
		const {lean, hasProd, compareKeys} = table;
		const began = performance.now();
		const [ours, theirs] = await Promise.all([
			hasProd ? this.#prod.findKey({layout: lean.prod, segment}, rows) : segment.upTo,
			this.#dev.findKey({layout: lean.dev, segment}, rows),
		]);
		this.#quickest = Math.min(this.#quickest, performance.now() - began);
		if (ours === theirs || theirs === null || theirs === segment.upTo) return ours;
		if (ours === null || ours === segment.upTo) return theirs;
		const order = compareKeys?.(ours, theirs) ?? 0;
		if (order !== 0) return order < 0 ? ours : theirs;
		return this.#prod.pickFirst(lean.prod, ours, theirs);
	}

	#standsAt(table: PairedTable, {after, upTo}: Segment): boolean {
		const open = this.#open;
		return open?.table === table && open.at === after && open.upTo === upTo;
	}

	/** Before anything else is asked: a side does one piece of work at a time. */
	async #leaveStream(): Promise<void> {
		const open = this.#open;
		this.#open = null;
		await open?.lockstep.close();
	}

	async #findTable(layout: Layout): Promise<PairedTable> {
		const known = this.#tables.get(layout);
		if (known) return known;
		await this.#leaveStream();
		const table = pairTable(layout, this.#prod, this.#dev, this.#start);
		this.#tables.set(layout, table);
		return table;
	}

	#bucketsOf(layout: Layout): BucketRanges {
		const ranges = this.#buckets.get(layout) ?? new BucketRanges(layout);
		this.#buckets.set(layout, ranges);
		return ranges;
	}
}

/** Measures what reading takes, without the time in which it was held back. */
class StopWatch {
	readonly #began = performance.now();
	readonly #onRows: SegmentWork['onRows'];
	#waited = 0;

	constructor(onRows: SegmentWork['onRows']) {
		this.#onRows = onRows;
	}

	get milliseconds(): number {
		return performance.now() - this.#began - this.#waited;
	}

	async tell(rows: number): Promise<boolean> {
		if (!this.#onRows) return true;
		const began = performance.now();
		const goesOn = await this.#onRows(rows);
		this.#waited += performance.now() - began;
		return goesOn;
	}
}

function makePairs(shape: PairShape, findings: readonly Finding[]): RowPair[] {
	return findings.map((finding) => makeRowPair(shape, finding)).filter((pair) => pair !== null);
}
