export const lineFeed = Buffer.from('\n');

/** Takes a chunk of whole lines apart; each comes without its line feed. */
export function splitLines(chunk: Buffer): Buffer[] {
	const lines: Buffer[] = [];
	let from = 0;
	for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
		lines.push(chunk.subarray(from, end));
		from = end + 1;
	}
	return lines;
}
