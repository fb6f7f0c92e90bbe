/** A run of items that is in both sequences, or only in one of them. */
export type SequenceRun<T> =
	| {readonly kind: 'same'; readonly left: readonly T[]; readonly right: readonly T[]}
	| {readonly kind: 'changed'; readonly left: readonly T[]; readonly right: readonly T[]};

/** Above this many comparisons the middle is told as changed as a whole. */
const comparisonLimit = 4_000_000;

/**
Aligns two sequences along their longest common subsequence.

Runs alternate; the items of `left`, joined, are the left sequence, those of
`right` the right one. Time and memory grow with the product of what is left
after the common beginning and end, up to 4 million comparisons.
*/
export function diffSequences<T>(
	left: readonly T[],
	right: readonly T[],
): readonly SequenceRun<T>[] {
	let start = 0;
	while (start < left.length && start < right.length && left[start] === right[start]) start++;
	let leftEnd = left.length;
	let rightEnd = right.length;
	while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
		leftEnd--;
		rightEnd--;
	}
	const runs: SequenceRun<T>[] = [];
	addRun(runs, 'same', left.slice(0, start), right.slice(0, start));
	const leftMiddle = left.slice(start, leftEnd);
	const rightMiddle = right.slice(start, rightEnd);
	if (leftMiddle.length * rightMiddle.length > comparisonLimit) {
		addRun(runs, 'changed', leftMiddle, rightMiddle);
	} else {
		alignMiddle(runs, leftMiddle, rightMiddle);
	}
	addRun(runs, 'same', left.slice(leftEnd), right.slice(rightEnd));
	return runs;
}

function alignMiddle<T>(runs: SequenceRun<T>[], left: readonly T[], right: readonly T[]): void {
	// lengths[l][r]: the longest common subsequence of left from l on and right from r on.
	const columns = right.length + 1;
	const lengths = new Uint32Array((left.length + 1) * columns);
	const lengthAt = (l: number, r: number): number => lengths[l * columns + r] ?? 0;
	for (let l = left.length - 1; l >= 0; l--) {
		for (let r = right.length - 1; r >= 0; r--) {
			lengths[l * columns + r] =
				left[l] === right[r]
					? lengthAt(l + 1, r + 1) + 1
					: Math.max(lengthAt(l + 1, r), lengthAt(l, r + 1));
		}
	}
	let l = 0;
	let r = 0;
	while (l < left.length || r < right.length) {
		if (l < left.length && r < right.length && left[l] === right[r]) {
			addRun(runs, 'same', left.slice(l, l + 1), right.slice(r, r + 1));
			l++;
			r++;
		} else if (r >= right.length || (l < left.length && lengthAt(l + 1, r) >= lengthAt(l, r + 1))) {
			addRun(runs, 'changed', left.slice(l, l + 1), []);
			l++;
		} else {
			addRun(runs, 'changed', [], right.slice(r, r + 1));
			r++;
		}
	}
}

function addRun<T>(
	runs: SequenceRun<T>[],
	kind: SequenceRun<T>['kind'],
	left: readonly T[],
	right: readonly T[],
): void {
	if (left.length === 0 && right.length === 0) return;
	const last = runs.at(-1);
	if (last?.kind === kind) {
		runs[runs.length - 1] = {
			kind,
			left: [...last.left, ...left],
			right: [...last.right, ...right],
		};
	} else {
		runs.push({kind, left, right});
	}
}
