import {readdirSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';

/**
The file beside a missing one whose name is most like it, or null when none is: the same
but for case or ending, or with a few letters wrong.
*/
export function findNearestFile(missing: string): string | null {
	const folder = dirname(missing);
	const wanted = fold(basename(missing));
	let nearest: string | null = null;
	let least = Math.max(2, Math.floor(wanted.length / 3)) + 1;
	for (const name of listFiles(folder)) {
		const distance = measureDistance(wanted, fold(name));
		if (distance < least) {
			least = distance;
			nearest = join(folder, name);
		}
	}
	return nearest;
}

function listFiles(folder: string): string[] {
	try {
		return readdirSync(folder, {withFileTypes: true})
			.filter((entry) => entry.isFile() && !/-(?:wal|shm|journal)$/.test(entry.name))
			.map(({name}) => name)
			.sort();
	} catch {
		return [];
	}
}

function fold(name: string): string {
	return name.toLowerCase().replace(/\.(?:db|sqlite|sqlite3|db3)$/, '');
}

/** Levenshtein's distance. */
function measureDistance(from: string, to: string): number {
	let previous = Array.from({length: to.length + 1}, (_, index) => index);
	for (let i = 1; i <= from.length; i++) {
		const current = [i];
		for (let j = 1; j <= to.length; j++) {
			const replaced = (previous[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
			current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
		}
		previous = current;
	}
	return previous[to.length] ?? 0;
}
