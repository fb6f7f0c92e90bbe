const lineFeed = 10;

/** How far two streams of lines are the same from where they stand. */
export type CommonLines = {
	/** Bytes of whole lines. */
	readonly bytes: number;
	readonly lines: number;
};

/**
Finds the lines that two chunks have in common at their start. Both start where a line starts
and end where one ends.
*/
export function findCommonLines(a: Buffer, aFrom: number, b: Buffer, bFrom: number): CommonLines {
	const size = Math.min(a.length - aFrom, b.length - bFrom);
	const same = findCommonBytes(a, aFrom, b, bFrom, size);
	if (same === size) return {bytes: size, lines: countLines(a, aFrom, aFrom + size)};
	let end = aFrom + same;
	while (end > aFrom && a[end - 1] !== lineFeed) end--;
	return {bytes: end - aFrom, lines: countLines(a, aFrom, end)};
}

/** Bytes that are looked at one by one before the native comparison is worth its call. */
const shortRun = 200;
const firstBlock = 1024;
const largestBlock = 64 * 1024;

function findCommonBytes(a: Buffer, aFrom: number, b: Buffer, bFrom: number, size: number): number {
	let at = 0;
	const short = Math.min(size, shortRun);
	while (at < short && a[aFrom + at] === b[bFrom + at]) at++;
	if (at < short) return at;
	// Blocks grow while they are equal; the first that is not is halved until it is short.
	for (let block = firstBlock; at < size; block = Math.min(block * 4, largestBlock)) {
		const length = Math.min(block, size - at);
		if (areEqual(a, aFrom + at, b, bFrom + at, length)) at += length;
		else return at + findInUnequal(a, aFrom + at, b, bFrom + at, length);
	}
	return size;
}

function findInUnequal(a: Buffer, aFrom: number, b: Buffer, bFrom: number, size: number): number {
	let [at, length] = [0, size];
	while (length > shortRun) {
		const half = length >> 1;
		if (areEqual(a, aFrom + at, b, bFrom + at, half)) {
			at += half;
			length -= half;
		} else {
			length = half;
		}
	}
	while (a[aFrom + at] === b[bFrom + at]) at++;
	return at;
}

function areEqual(a: Buffer, aFrom: number, b: Buffer, bFrom: number, size: number): boolean {
	return a.compare(b, bFrom, bFrom + size, aFrom, aFrom + size) === 0;
}

/** Counts line feeds four bytes at a time: three times as fast as one by one. */
export function countLines(buffer: Buffer, from: number, to: number): number {
	let count = 0;
	let at = from;
	// A view of words must start at a multiple of four.
	const aligned = Math.min(to, from + (-(buffer.byteOffset + from) & 3));
	while (at < aligned) if (buffer[at++] === lineFeed) count++;
	const words = (to - at) >> 2;
	if (words > 0) {
		const view = new Int32Array(buffer.buffer, buffer.byteOffset + at, words);
		for (let index = 0; index < words; index++) {
			// A byte that is a line feed becomes 0, and only such a byte leaves its high bit clear.
			const word = (view[index] ?? 0) ^ 0x0a0a0a0a;
			let zeros = ~(((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word) & 0x80808080;
			while (zeros !== 0) {
				count++;
				zeros &= zeros - 1;
			}
		}
		at += words << 2;
	}
	while (at < to) if (buffer[at++] === lineFeed) count++;
	return count;
}
