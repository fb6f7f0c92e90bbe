import type {SideRow} from '../../dialects/side-reader.ts';
import type {PackedPairs} from '../../model/packed-pairs.ts';
import type {KeyComparer} from './compare-keys.ts';
import {findCommonLines} from './common-lines.ts';
import type {LineSource} from './line-source.ts';
import type {PairPacker} from './pair-packer.ts';
import type {Finding} from './row-pair.ts';

/** How the lines of the two sides are read. */
export type LockstepOptions = {
	/** Equal lines are equal rows, and different ones different rows. */
	readonly isSameFormat: boolean;
	/** Null: only the server knows how keys sort. */
	readonly compareKeys: KeyComparer | null;
	readonly decodeProd: (line: Buffer) => SideRow;
	readonly decodeDev: (line: Buffer) => SideRow;
	readonly readProdKey: (line: Buffer) => string;
	readonly readDevKey: (line: Buffer) => string;
	readonly areRowsEqual: (prod: SideRow, dev: SideRow) => boolean;
	/** Takes lines as they are where nothing more must be known of their rows; null: it can't. */
	readonly packer: PairPacker | null;
};

/** What was found, packed where that was possible. */
export type LockstepBatch = readonly Finding[] | PackedPairs;

/** When to stop. */
export type LockstepLimits = {
	/** Rows of the larger side. */
	readonly rows: number;
	/** Length of what was found, as text. */
	readonly characters: number;
	/** Called with the rows that came in; false: stop where it can. */
	readonly onRows: (rows: number) => Promise<boolean>;
};

export type LockstepResult = {
	readonly prodRows: number;
	readonly devRows: number;
	/** Of groups of `groupRows` rows, the share in which something differed. */
	readonly dirtyShare: number;
	/** Everything up to this key was compared; null: everything. */
	readonly reached: string | null;
};

/** As many rows as a group of a sum has, so that both ways are judged alike. */
const groupRows = 1000;

/** Rows of each side that are looked through for the place where they meet again. */
const windowRows = 4096;

const batchFindings = 1000;

/**
Walks through the lines of both sides, which come in the same key order, side by side.

Lines with equal bytes are passed over without looking at them. Where they differ, single rows
are decoded: a row with the same key has changed; else the one that comes first stands alone.
Which one that is, JavaScript tells where it knows the order; where only the server does, both
sides are searched for the place where they meet again, and rows passed over wait until the end
for one with their key: so a wrong idea of the order costs memory, never a wrong answer.

It can stop and go on: between two calls it stands behind the same key on both sides.
*/
export class Lockstep {
	readonly #prod: LineSource;
	readonly #dev: LineSource;
	readonly #options: LockstepOptions;
	/** Rows that were passed over, by key, with the place where they were. */
	readonly #lonelyProd = new Map<string, Placed<SideRow>>();
	readonly #lonelyDev = new Map<string, Placed<SideRow>>();
	#found: Placed<Finding>[] = [];
	#ready: LockstepBatch[] = [];
	#place = 0;
	#characters = 0;
	#lastKeys = {prod: null as string | null, dev: null as string | null};

	constructor(prod: LineSource, dev: LineSource, options: LockstepOptions) {
		this.#prod = prod;
		this.#dev = dev;
		this.#options = options;
	}

	/** Yields what differs, in key order as far as it is known. */
	async *run(limits: LockstepLimits): AsyncGenerator<LockstepBatch, LockstepResult> {
		const [prod, dev] = [this.#prod, this.#dev];
		const {packer} = this.#options;
		let [prodRows, devRows, told] = [0, 0, 0];
		let [dirtyGroups, dirtyUntil] = [0, 0];
		let isEnding = false;
		let last: Step['last'] = null;
		this.#characters = 0;
		for (;;) {
			if (!prod.hasLine || !dev.hasLine) {
				await Promise.all([prod, dev].map(async (side) => side.hasLine || (await side.load())));
			}
			if (prod.isAtEnd && dev.isAtEnd) {
				last = null;
				break;
			}
			const found = this.#place;
			if (prod.isAtEnd || dev.isAtEnd) {
				const [side, ended] = prod.isAtEnd
					? (['dev', this.#lonelyProd] as const)
					: (['prod', this.#lonelyDev] as const);
				// Rows that wait on the ended side may find theirs in what is still to come.
				last = {side, line: (side === 'dev' ? dev : prod).line, isFinal: ended.size === 0};
				if (this.#packAlone(side)) this.#place++;
				else if (side === 'dev') this.#takeDev();
				else this.#takeProd();
				if (side === 'dev') devRows++;
				else prodRows++;
			} else {
				const common = this.#options.isSameFormat
					? findCommonLines(prod.chunk, prod.at, dev.chunk, dev.at)
					: noLines;
				if (common.lines > 0) {
					last = {
						side: 'prod',
						line: lastLine(prod.chunk, prod.at + common.bytes),
						isFinal: true,
					};
					prod.skipBytes(common.bytes);
					dev.skipBytes(common.bytes);
					prodRows += common.lines;
					devRows += common.lines;
				} else {
					const step = this.#packUnequal() ?? this.#takeUnequal() ?? (await this.#findMeeting());
					prodRows += step.prodRows;
					devRows += step.devRows;
					last = step.last;
				}
			}
			const rows = Math.max(prodRows, devRows);
			if (this.#place > found && rows > dirtyUntil) {
				dirtyGroups++;
				dirtyUntil = rows + groupRows;
			}
			if (this.#found.length >= batchFindings && !this.#isWaiting) this.#takeFound();
			if (packer?.hasBatch) this.#takePacked();
			while (this.#ready.length > 0) yield this.#ready.shift() ?? [];
			if (rows - told >= groupRows) {
				isEnding = !(await limits.onRows(rows - told)) || isEnding;
				told = rows;
			}
			const characters = this.#characters + (packer?.size ?? 0);
			const isEnough = rows >= limits.rows || characters >= limits.characters || isEnding;
			if (isEnough && last?.isFinal) break;
		}
		const rows = Math.max(prodRows, devRows);
		if (rows > told) await limits.onRows(rows - told);
		this.#settle();
		this.#takePacked();
		this.#takeFound();
		while (this.#ready.length > 0) yield this.#ready.shift() ?? [];
		return {
			prodRows,
			devRows,
			dirtyShare: Math.min(1, dirtyGroups / Math.max(1, Math.ceil(rows / groupRows))),
			reached: last && this.#readKey(last),
		};
	}

	async close(): Promise<void> {
		await Promise.all([this.#prod.close(), this.#dev.close()]);
	}

	get #isWaiting(): boolean {
		return this.#lonelyProd.size > 0 || this.#lonelyDev.size > 0;
	}

	#readKey({side, line}: NonNullable<Step['last']>): string {
		return side === 'prod' ? this.#options.readProdKey(line) : this.#options.readDevKey(line);
	}

	/** Takes the two lines where the sides stand as bytes; null when more must be known of them. */
	#packUnequal(): Step | null {
		const {packer, compareKeys} = this.#options;
		if (!packer || this.#isWaiting) return null;
		const [prodLine, devLine] = [this.#prod.line, this.#dev.line];
		packer.load(prodLine, devLine);
		if (packer.haveSameKey()) {
			this.#takeFound();
			this.#prod.skipBytes(prodLine.length + 1);
			this.#dev.skipBytes(devLine.length + 1);
			if (packer.addBoth()) this.#place++;
			return {prodRows: 1, devRows: 1, last: {side: 'prod', line: prodLine, isFinal: true}};
		}
		const [ours, theirs] = [packer.readKey('prod'), packer.readKey('dev')];
		const order = compareKeys?.(ours, theirs) ?? 0;
		if (order === 0) return null;
		this.#requireRise('prod', ours);
		this.#requireRise('dev', theirs);
		const side = order < 0 ? 'prod' : 'dev';
		const line = order < 0 ? prodLine : devLine;
		(order < 0 ? this.#prod : this.#dev).skipBytes(line.length + 1);
		this.#takeFound();
		packer.addAlone(side);
		this.#place++;
		const [prodRows, devRows] = order < 0 ? [1, 0] : [0, 1];
		return {prodRows, devRows, last: {side, line, isFinal: true}};
	}

	/** Takes a line of which the other side can't have the row any more. */
	#packAlone(side: 'prod' | 'dev'): boolean {
		const {packer} = this.#options;
		if (!packer || this.#isWaiting) return false;
		const source = side === 'prod' ? this.#prod : this.#dev;
		const {line} = source;
		packer.loadOne(side, line);
		source.skipBytes(line.length + 1);
		this.#takeFound();
		packer.addAlone(side);
		return true;
	}

	/** Judges the two rows where the sides stand; null when it can't tell which comes first. */
	#takeUnequal(): Step | null {
		const {decodeProd, decodeDev, compareKeys} = this.#options;
		const [prodLine, devLine] = [this.#prod.line, this.#dev.line];
		const [ours, theirs] = [decodeProd(prodLine), decodeDev(devLine)];
		if (ours.key === theirs.key) {
			this.#prod.skipBytes(prodLine.length + 1);
			this.#dev.skipBytes(devLine.length + 1);
			this.#judge(ours, theirs, this.#place++);
			return {prodRows: 1, devRows: 1, last: {side: 'prod', line: prodLine, isFinal: true}};
		}
		const order = compareKeys?.(ours.key, theirs.key) ?? 0;
		if (order === 0) return null;
		this.#requireRise('prod', ours.key);
		this.#requireRise('dev', theirs.key);
		const isFinal = !this.#isWaiting;
		if (order < 0) {
			this.#prod.skipBytes(prodLine.length + 1);
			if (!this.#meetDev(ours)) this.#add({prod: ours, dev: null}, this.#place++);
			return {prodRows: 1, devRows: 0, last: {side: 'prod', line: prodLine, isFinal}};
		}
		this.#dev.skipBytes(devLine.length + 1);
		if (!this.#meetProd(theirs)) this.#add({prod: null, dev: theirs}, this.#place++);
		return {prodRows: 0, devRows: 1, last: {side: 'dev', line: devLine, isFinal}};
	}

	/** Passes over rows of both sides up to where they meet; all that was searched when they don't. */
	async #findMeeting(): Promise<Step> {
		const [ours, theirs] = [new Map<string, number>(), new Map<string, number>()];
		const [prodLines, devLines] = [this.#prod.lookAhead(), this.#dev.lookAhead()];
		let meeting: readonly [prod: number, dev: number] | null = null;
		for (let at = 0; !meeting && at < windowRows; at++) {
			const [prodLine, devLine] = [await prodLines.next(), await devLines.next()];
			if (prodLine.done && devLine.done) break;
			if (!prodLine.done) {
				const key = this.#options.readProdKey(prodLine.value);
				ours.set(key, at);
				const other = theirs.get(key);
				if (other !== undefined) meeting = [at, other];
			}
			if (!meeting && !devLine.done) {
				const key = this.#options.readDevKey(devLine.value);
				theirs.set(key, at);
				const other = ours.get(key);
				if (other !== undefined) meeting = [other, at];
			}
		}
		const [prodRows, devRows] = meeting ?? [ours.size, theirs.size];
		for (let row = 0; row < prodRows; row++) this.#takeProd();
		for (let row = 0; row < devRows; row++) this.#takeDev();
		return {prodRows, devRows, last: null};
	}

	/** Takes the row where prod stands by itself, for now. */
	#takeProd(): void {
		const {line} = this.#prod;
		const row = this.#options.decodeProd(line);
		this.#prod.skipBytes(line.length + 1);
		if (!this.#meetDev(row)) this.#wait(this.#lonelyProd, row);
	}

	#takeDev(): void {
		const {line} = this.#dev;
		const row = this.#options.decodeDev(line);
		this.#dev.skipBytes(line.length + 1);
		if (!this.#meetProd(row)) this.#wait(this.#lonelyDev, row);
	}

	/** Whether the row's partner was passed over before. */
	#meetDev(ours: SideRow): boolean {
		const theirs = this.#lonelyDev.get(ours.key);
		if (!theirs) return false;
		this.#lonelyDev.delete(ours.key);
		this.#judge(ours, theirs.item, theirs.place);
		return true;
	}

	#meetProd(theirs: SideRow): boolean {
		const ours = this.#lonelyProd.get(theirs.key);
		if (!ours) return false;
		this.#lonelyProd.delete(theirs.key);
		this.#judge(ours.item, theirs, ours.place);
		return true;
	}

	#wait(lonely: Map<string, Placed<SideRow>>, row: SideRow): void {
		this.#takePacked();
		lonely.set(row.key, {item: row, place: this.#place++});
		this.#characters += lengthOf(row);
	}

	#judge(prod: SideRow, dev: SideRow, place: number): void {
		if (!this.#options.areRowsEqual(prod, dev)) this.#add({prod, dev}, place);
	}

	#add(finding: Finding, place: number): void {
		this.#takePacked();
		this.#found.push({item: finding, place});
		if (finding.prod) this.#characters += lengthOf(finding.prod);
		if (finding.dev) this.#characters += lengthOf(finding.dev);
	}

	/** Whoever still waits for a partner has none. */
	#settle(): void {
		if (!this.#isWaiting) return;
		for (const {item, place} of this.#lonelyProd.values())
			this.#found.push({item: {prod: item, dev: null}, place});
		for (const {item, place} of this.#lonelyDev.values())
			this.#found.push({item: {prod: null, dev: item}, place});
		this.#lonelyProd.clear();
		this.#lonelyDev.clear();
		this.#found.sort((a, b) => a.place - b.place);
	}

	#takeFound(): void {
		if (this.#found.length === 0) return;
		this.#ready.push(this.#found.map(({item}) => item));
		this.#found = [];
	}

	#takePacked(): void {
		const batch = this.#options.packer?.takeBatch();
		if (!batch) return;
		this.#characters += batch.byteLength;
		this.#ready.push(batch);
	}

	/** What was given away as alone must not come again behind it. */
	#requireRise(side: 'prod' | 'dev', key: string): void {
		const before = this.#lastKeys[side];
		if (before !== null && before !== key) {
			const order = this.#options.compareKeys?.(before, key) ?? null;
			if (order !== null && order >= 0) {
				throw new Error(`The keys of ${side} come in another order than its name says`);
			}
		}
		this.#lastKeys[side] = key;
	}
}

type Placed<Item> = {readonly item: Item; readonly place: number};

type Step = {
	readonly prodRows: number;
	readonly devRows: number;
	/** The line behind which both sides stand; null when only the server could tell. */
	readonly last: {
		readonly side: 'prod' | 'dev';
		readonly line: Buffer;
		/** No row up to here can have a partner that is still to come. */
		readonly isFinal: boolean;
	} | null;
};

const noLines = {bytes: 0, lines: 0};
const lineFeed = 10;

/** The line that ends, with its line feed, at `end`. */
function lastLine(chunk: Buffer, end: number): Buffer {
	const before = end < 2 ? -1 : chunk.lastIndexOf(lineFeed, end - 2);
	return chunk.subarray(before + 1, end - 1);
}

function lengthOf({fields}: SideRow): number {
	let length = 0;
	for (const field of fields) length += field.length;
	return length;
}
