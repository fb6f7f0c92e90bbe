import {SqliteSideReader} from '../../../source/dialects/sqlite/side-reader.ts';
import {
	findBucket,
	type KeyDigest,
	type SideReader,
	type Slice,
} from '../../../source/dialects/side-reader.ts';
import type {SqliteSettings} from '../../../source/model/connection-settings.ts';
import {digest} from '../../../source/model/encoding.ts';

/**
A test double: SQLite's reader with the sums of a server that can hash, and with its lines in
chunks of another size.

@param writesBytes Whether it also gives rows as bytes.
*/
export function openSumming(
	settings: SqliteSettings,
	chunkLines = 3,
	writesBytes = false,
): SideReader {
	const inner = new SqliteSideReader(settings);
	return {
		describeFormat: (layout) => inner.describeFormat(layout),
		findKey: (slice, rows) => inner.findKey(slice, rows),
		splitKeys: (layout, parts) => inner.splitKeys(layout, parts),
		pickFirst: (layout, a, b) => inner.pickFirst(layout, a, b),
		async sumDigests(slice, groups) {
			const sums = new Map<number, {rows: number; sum: bigint}>();
			for await (const {key, digest: hash} of hashRows(inner, slice)) {
				const group = findBucket(key) % groups;
				const {rows, sum} = sums.get(group) ?? {rows: 0, sum: 0n};
				sums.set(group, {rows: rows + 1, sum: sum + BigInt(`0x${hash}`)});
			}
			return [...sums].map(([group, {rows, sum}]) => ({group, rows, sum: String(sum)}));
		},
		async *readDigests(slice, groups) {
			for await (const row of hashRows(inner, slice)) {
				if (groups && !groups.wanted.includes(findBucket(row.key) % groups.count)) continue;
				yield [row];
			}
		},
		async *readLines(slice) {
			for await (const chunk of inner.readLines(slice)) yield* cut(chunk, chunkLines);
		},
		readLineKey: (layout, line) => inner.readLineKey(layout, line),
		decodeLine: (layout, line) => inner.decodeLine(layout, line),
		...(writesBytes && {
			writeLine(layout, line, {fields, starts}) {
				fields.size = 0;
				const row = inner.decodeLine(layout, line);
				row.fields.forEach((field, index) => {
					starts[index] = fields.size;
					fields.writeEncoded(field);
				});
				starts[row.fields.length] = fields.size;
			},
		}),
		readRowsByKey: (layout, keys) => inner.readRowsByKey(layout, keys),
		async *readUnkeyedLines(layout) {
			for await (const chunk of inner.readUnkeyedLines(layout)) yield* cut(chunk, chunkLines);
		},
		hasUnkeyedRows: (layout) => inner.hasUnkeyedRows(layout),
		readFills: (layout) => inner.readFills(layout),
		readVersion: () => inner.readVersion(),
		close: () => inner.close(),
	};
}

function* cut(chunk: Buffer, chunkLines: number): Generator<Buffer> {
	let [from, at, lines] = [0, 0, 0];
	while (at < chunk.length) {
		at = chunk.indexOf(10, at) + 1;
		if (++lines % chunkLines !== 0) continue;
		yield chunk.subarray(from, at);
		from = at;
	}
	if (from < at) yield chunk.subarray(from, at);
}

async function* hashRows(inner: SqliteSideReader, slice: Slice): AsyncGenerator<KeyDigest> {
	const {layout} = slice;
	for await (const chunk of inner.readLines(slice)) {
		for (let at = 0; at < chunk.length; at = chunk.indexOf(10, at) + 1) {
			const {key, fields} = inner.decodeLine(layout, chunk.subarray(at, chunk.indexOf(10, at)));
			yield {key, digest: digest(fields.slice(0, layout.comparedCount).join('')).slice(0, 16)};
		}
	}
}
