export type Pair<Part> =
	| readonly [prod: Part, dev: Part]
	| readonly [prod: Part, dev: undefined]
	| readonly [prod: undefined, dev: Part];

/** Objects of one sort by their key, in its order: prod's beside dev's. */
export function pairByKey<Part>(
	prodParts: readonly Part[],
	devParts: readonly Part[],
	key: (part: Part) => string,
): Pair<Part>[] {
	const prod = new Map(prodParts.map((part) => [key(part), part]));
	const dev = new Map(devParts.map((part) => [key(part), part]));
	const keys = [...new Set([...prod.keys(), ...dev.keys()])].sort();
	return keys.flatMap((one): Pair<Part>[] => {
		const [before, after] = [prod.get(one), dev.get(one)];
		if (before === undefined) return after === undefined ? [] : [[undefined, after]];
		return [after === undefined ? [before, undefined] : [before, after]];
	});
}
