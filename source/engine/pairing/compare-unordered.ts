import type {SideRow} from '../../dialects/side-reader.ts';
import {digest} from '../../model/encoding.ts';
import {keyOf} from './compare-sums.ts';
import type {LineSource} from './line-source.ts';
import type {LockstepOptions} from './lockstep.ts';
import type {Finding} from './row-pair.ts';

type UnorderedOptions = Omit<LockstepOptions, 'compareKeys' | 'packer'> & {
	readonly onRows: (rows: number) => Promise<boolean>;
};

export type UnorderedResult = {
	readonly findings: readonly Finding[];
	readonly prodRows: number;
	readonly devRows: number;
};

const tellRows = 1000;

/**
Compares the lines of both sides that come in no order: a row waits for its partner. Memory
holds what waits, at most the whole segment. What differs comes in the order of the keys' hash,
as it does when the segment is cut elsewhere.
*/
export async function compareUnordered(
	prod: LineSource,
	dev: LineSource,
	options: UnorderedOptions,
): Promise<UnorderedResult> {
	const waiting = {prod: new Map<string, Buffer>(), dev: new Map<string, Buffer>()};
	const found: Finding[] = [];
	let [prodRows, devRows, told] = [0, 0, 0];
	const pair = (ours: Buffer, theirs: Buffer) => {
		if (options.isSameFormat && ours.equals(theirs)) return;
		const [prodRow, devRow] = [options.decodeProd(ours), options.decodeDev(theirs)];
		if (!options.areRowsEqual(prodRow, devRow)) found.push({prod: prodRow, dev: devRow});
	};
	const takeProd = () => {
		const {line} = prod;
		prod.skipBytes(line.length + 1);
		prodRows++;
		const key = options.readProdKey(line);
		const other = waiting.dev.get(key);
		if (other && waiting.dev.delete(key)) pair(line, other);
		// A copy: the chunk it lies in is large.
		else waiting.prod.set(key, Buffer.from(line));
	};
	const takeDev = () => {
		const {line} = dev;
		dev.skipBytes(line.length + 1);
		devRows++;
		const key = options.readDevKey(line);
		const other = waiting.prod.get(key);
		if (other && waiting.prod.delete(key)) pair(other, line);
		else waiting.dev.set(key, Buffer.from(line));
	};
	for (;;) {
		if (!prod.hasLine || !dev.hasLine) {
			await Promise.all([prod, dev].map(async (side) => side.hasLine || (await side.load())));
		}
		if (prod.isAtEnd && dev.isAtEnd) break;
		if (prod.hasLine) takeProd();
		if (dev.hasLine) takeDev();
		const rows = Math.max(prodRows, devRows);
		if (rows - told >= tellRows) {
			await options.onRows(rows - told);
			told = rows;
		}
	}
	await options.onRows(Math.max(prodRows, devRows) - told);
	const alone = <Row>(lines: Map<string, Buffer>, decode: (line: Buffer) => Row) =>
		[...lines.values()].map(decode);
	const removed = alone<SideRow>(waiting.prod, options.decodeProd);
	const added = alone<SideRow>(waiting.dev, options.decodeDev);
	const findings: Finding[] = [
		...found,
		...removed.map((row): Finding => ({prod: row, dev: null})),
		...added.map((row): Finding => ({prod: null, dev: row})),
	];
	return {findings: sortByHash(findings), prodRows, devRows};
}

function sortByHash(findings: readonly Finding[]): Finding[] {
	return findings
		.map((finding) => ({finding, hash: digest(keyOf(finding))}))
		.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0))
		.map(({finding}) => finding);
}
