/**
Finds the known word that was most likely meant, or undefined when none is near.

Words are compared without case and separators, so that `drop_table` is `dropTable`; near
is a third of the letters wrong, at most three.
*/
export function findNearest(word: string, known: readonly string[]): string | undefined {
	let nearest: string | undefined;
	let least = Infinity;
	for (const candidate of known) {
		const distance = measureDistance(fold(word), fold(candidate));
		const tolerated = Math.min(3, Math.max(1, Math.floor(Math.max(word.length, 3) / 3)));
		if (distance <= tolerated && distance < least) {
			nearest = candidate;
			least = distance;
		}
	}
	return nearest;
}

function fold(word: string): string {
	return word.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/**
How many letters must be put in, left out, changed or swapped with their neighbour.
Optimal string alignment, the restricted Damerau–Levenshtein distance.
*/
function measureDistance(from: string, to: string): number {
	let beforePrevious: number[] = [];
	let previous = Array.from({length: to.length + 1}, (_, index) => index);
	for (let i = 1; i <= from.length; i++) {
		const current = [i];
		for (let j = 1; j <= to.length; j++) {
			const isSame = from[i - 1] === to[j - 1];
			const isSwap = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
			current[j] = Math.min(
				at(previous, j) + 1,
				at(current, j - 1) + 1,
				at(previous, j - 1) + (isSame ? 0 : 1),
				i > 1 && j > 1 && isSwap ? at(beforePrevious, j - 2) + 1 : Infinity,
			);
		}
		beforePrevious = previous;
		previous = current;
	}
	return at(previous, to.length);
}

function at(row: readonly number[], index: number): number {
	return row[index] ?? Infinity;
}
