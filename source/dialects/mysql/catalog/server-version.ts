/** Which of the two servers it is, and how new. */
export type ServerVersion = {
	readonly flavour: 'mysql' | 'mariadb';
	/** e.g. `[10, 11, 19]`. */
	readonly numbers: readonly [number, number, number];
};

/** @param text What `SELECT VERSION()` answers, e.g. `10.11.19-MariaDB-log`. */
export function parseServerVersion(text: string): ServerVersion {
	// Behind the mask of a replica MariaDB calls itself `5.5.5-10.11.19-MariaDB`.
	const plain = text.replace(/^5\.5\.5-(?=\d+\.)/, '');
	const numbers = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(plain) ?? [];
	const [major, minor, patch] = [1, 2, 3].map((group) => Number(numbers[group] ?? 0));
	return {
		flavour: /mariadb/i.test(text) ? 'mariadb' : 'mysql',
		numbers: [major ?? 0, minor ?? 0, patch ?? 0],
	};
}

/** Whether it is this server, in this version or a later one. */
export function isAtLeast(
	{flavour, numbers}: ServerVersion,
	wanted: ServerVersion['flavour'],
	...version: readonly number[]
): boolean {
	if (flavour !== wanted) return false;
	for (const [at, number] of version.entries()) {
		const own = numbers[at] ?? 0;
		if (own !== number) return own > number;
	}
	return true;
}
