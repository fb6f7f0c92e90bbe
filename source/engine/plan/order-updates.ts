import type {ClaimConflict} from '../../store/unique-claims.ts';

/**
One update of a row that gives up or takes a unique value. `park` puts it out of the way,
`finish` is its real update after that; `clash` is part of a circle that can't be broken.
*/
export type UpdateStep = {
	readonly row: number;
	readonly step: 'whole' | 'park' | 'finish' | 'clash';
};

/**
Orders updates so that a unique value is given up before it is taken (Kahn). A circle is
opened by parking one of its rows. Rows without conflicts are not listed.

Memory: about 40 bytes a row and conflict.

@param canPark Whether a row can hold temporary values; asked only inside circles.
@returns Steps in order; the same for the same conflicts.
*/
export function orderUpdates(
	conflicts: Iterable<ClaimConflict>,
	canPark: (row: number) => boolean,
): UpdateStep[] {
	const takers: number[] = [];
	const holders: number[] = [];
	for (const {row, holder} of conflicts) {
		takers.push(row);
		holders.push(holder);
	}
	const rows = Float64Array.from(new Set([...takers, ...holders])).sort();
	const nodeOf = new Map<number, number>();
	rows.forEach((row, node) => nodeOf.set(row, node));
	const nodesOf = (ids: readonly number[]) => Int32Array.from(ids, (id) => nodeOf.get(id) ?? 0);
	const [taking, holding] = [nodesOf(takers), nodesOf(holders)];
	/** Who waits for a node, and for whom it waits. */
	const [waiting, awaited] = [
		groupEdges(rows.length, holding, taking),
		groupEdges(rows.length, taking, holding),
	];
	const blocks = new Int32Array(rows.length);
	for (const node of taking) blocks[node] = (blocks[node] ?? 0) + 1;
	const isReleased = new Uint8Array(rows.length);
	const isDone = new Uint8Array(rows.length);

	const steps: UpdateStep[] = [];
	const ready: number[] = [];
	let next = 0;
	const emit = (node: number, step: UpdateStep['step']) => steps.push({row: rows[node] ?? 0, step});
	const release = (node: number) => {
		if (isReleased[node]) return;
		isReleased[node] = 1;
		for (const other of waiting(node)) {
			const left = (blocks[other] ?? 0) - 1;
			blocks[other] = left;
			if (left === 0) ready.push(other);
		}
	};
	const drain = () => {
		while (next < ready.length) {
			const node = ready[next++] ?? 0;
			if (isDone[node]) continue;
			isDone[node] = 1;
			emit(node, isReleased[node] ? 'finish' : 'whole');
			release(node);
		}
	};

	blocks.forEach((count, node) => {
		if (count === 0) ready.push(node);
	});
	drain();
	for (let node = 0; node < rows.length; node++) {
		while (!isDone[node]) {
			const circle = findCircle(node, awaited, isReleased);
			const parked = circle.find((member) => canPark(rows[member] ?? 0));
			if (parked !== undefined) {
				emit(parked, 'park');
				release(parked);
			} else {
				const [first = node] = circle;
				isDone[first] = 1;
				emit(first, 'clash');
				release(first);
			}
			drain();
		}
	}
	return steps;
}

/** The neighbours of each node, packed: `list(node)` is a view of one array. */
function groupEdges(size: number, from: Int32Array, to: Int32Array): (node: number) => Int32Array {
	const starts = new Int32Array(size + 1);
	for (const node of from) starts[node + 1] = (starts[node + 1] ?? 0) + 1;
	for (let node = 0; node < size; node++) {
		starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
	}
	const next = starts.slice();
	const list = new Int32Array(to.length);
	from.forEach((node, edge) => {
		const at = next[node] ?? 0;
		list[at] = to[edge] ?? 0;
		next[node] = at + 1;
	});
	return (node) => list.subarray(starts[node], starts[node + 1]);
}

/** Follows those that a node waits for until one comes again; from there on it is a circle. */
function findCircle(
	start: number,
	awaited: (node: number) => Int32Array,
	isReleased: Uint8Array,
): number[] {
	const path: number[] = [];
	const seen = new Map<number, number>();
	let node: number | undefined = start;
	while (node !== undefined && !seen.has(node)) {
		seen.set(node, path.length);
		path.push(node);
		node = awaited(node).find((other) => !isReleased[other]);
	}
	return path.slice(node === undefined ? 0 : seen.get(node)).sort((a, b) => a - b);
}
