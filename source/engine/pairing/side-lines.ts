import type {SideReader} from '../../dialects/side-reader.ts';
import type {Segment} from '../../model/segment.ts';
import {LineSource} from './line-source.ts';
import type {LockstepOptions} from './lockstep.ts';
import {PairPacker} from './pair-packer.ts';
import type {PairedTable, SideLayouts} from './paired-table.ts';
import {areRowsEqual, type PairShape} from './row-pair.ts';

export type BothSources = {readonly prod: LineSource; readonly dev: LineSource};

/** Begins to read a segment's lines of both sides. */
export function openLines(
	{lean, hasProd}: PairedTable,
	segment: Segment,
	prod: SideReader,
	dev: SideReader,
): BothSources {
	return {
		prod: new LineSource(hasProd ? prod.readLines({layout: lean.prod, segment}) : readNothing()),
		dev: new LineSource(dev.readLines({layout: lean.dev, segment})),
	};
}

export function openUnkeyedLines(
	{whole, hasProd}: PairedTable,
	prod: SideReader,
	dev: SideReader,
): BothSources {
	return {
		prod: new LineSource(hasProd ? prod.readUnkeyedLines(whole.prod) : readNothing()),
		dev: new LineSource(dev.readUnkeyedLines(whole.dev)),
	};
}

export async function closeLines({prod, dev}: BothSources): Promise<void> {
	await Promise.all([prod.close(), dev.close()]);
}

/** How lines of these layouts are understood. */
export function explainLines(
	layouts: SideLayouts,
	shape: PairShape,
	prod: SideReader,
	dev: SideReader,
): Omit<LockstepOptions, 'isSameFormat' | 'compareKeys' | 'packer'> {
	return {
		decodeProd: (line) => prod.decodeLine(layouts.prod, line),
		decodeDev: (line) => dev.decodeLine(layouts.dev, line),
		readProdKey: (line) => prod.readLineKey(layouts.prod, line),
		readDevKey: (line) => dev.readLineKey(layouts.dev, line),
		areRowsEqual: (ours, theirs) => areRowsEqual(shape, ours, theirs),
	};
}

/** Packs lines without decoding them, where both sides can and the lines tell all there is. */
export function makePacker(
	{lean, layout, shape, needsLookUps}: PairedTable,
	prod: SideReader,
	dev: SideReader,
): PairPacker | null {
	if (!prod.writeLine || !dev.writeLine) return null;
	if (needsLookUps || shape.fills.some((fill) => fill !== null)) return null;
	return new PairPacker({
		writeProd: (line, row) => prod.writeLine?.(lean.prod, line, row),
		writeDev: (line, row) => dev.writeLine?.(lean.dev, line, row),
		columnCount: shape.columnCount,
		comparedCount: shape.comparedCount,
		keyAt: layout.key.columns.map((name) =>
			layout.columns.findIndex((column) => column.name === name),
		),
	});
}

// eslint-disable-next-line @typescript-eslint/require-await -- it stands for a side that has no table
async function* readNothing(): AsyncGenerator<Buffer> {
	yield* [];
}
