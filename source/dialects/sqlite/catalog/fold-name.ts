/** Folds a name as SQLite compares names: A to Z only, so `É` and `é` are two names. */
export function foldName(name: string): string {
	return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export function areNamesEqual(a: string, b: string): boolean {
	// Asked for every column of every row that is written, and mostly of one and the same name.
	return a === b || foldName(a) === foldName(b);
}
