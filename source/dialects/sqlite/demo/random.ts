/** Numbers that look random and are the same for the same seed and stream, on every machine. */
export type Random = {
	/** A whole number, both ends included. */
	readonly integer: (from: number, to: number) => number;
	/** True in `share` (0 to 1) of the cases. */
	readonly chance: (share: number) => boolean;
	readonly pick: <Item>(items: readonly Item[]) => Item;
	readonly bytes: (length: number) => Buffer;
};

/** Hands out the numbers of a range in random order, none of them twice. */
export type Deck = {readonly deal: (count: number) => number[]};

/**
Makes a generator for one stream of a seed.

Streams are independent: another draw in one table leaves the rows of the
others as they were.

sfc32, by Chris Doty-Humphrey (PractRand, public domain), in the shape that the
`PRNGs.md` of github.com/bryc/code gives it; the seed is stirred in by fifteen
rounds, as its author advises. The stream's name becomes a number by FNV-1a.
*/
export function createRandom(seed: number, stream: string): Random {
	let a = seed | 0;
	let b = hashName(stream);
	let c = 0x9e37_79b9;
	let counter = 1;

	function drawInteger(): number {
		const sum = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = ((c << 21) | (c >>> 11)) + sum;
		c |= 0;
		return sum >>> 0;
	}

	for (let round = 0; round < 15; round++) drawInteger();

	const draw = () => drawInteger() / 2 ** 32;
	return {
		integer: (from, to) => from + Math.floor(draw() * (to - from + 1)),
		chance: (share) => draw() < share,
		pick(items) {
			const item = items[Math.floor(draw() * items.length)];
			if (item === undefined) throw new RangeError('There is nothing to pick from.');
			return item;
		},
		bytes(length) {
			const bytes = Buffer.alloc(length);
			for (let index = 0; index < length; index++) bytes[index] = drawInteger() >>> 24;
			return bytes;
		},
	};
}

/**
@param from First number of the range.
@param to Last number of the range, included.
*/
export function createDeck(random: Random, from: number, to: number): Deck {
	const dealt = new Set<number>();
	return {
		deal(count) {
			if (dealt.size + count > to - from + 1) {
				throw new RangeError(`The numbers ${from} to ${to} have all been dealt.`);
			}
			const hand: number[] = [];
			while (hand.length < count) {
				const card = random.integer(from, to);
				if (dealt.has(card)) continue;
				dealt.add(card);
				hand.push(card);
			}
			return hand;
		},
	};
}

function hashName(name: string): number {
	let hash = 0x811c_9dc5;
	for (const character of name) {
		hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x0100_0193);
	}
	return hash;
}
