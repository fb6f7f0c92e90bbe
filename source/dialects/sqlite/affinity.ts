export type Affinity = 'INTEGER' | 'TEXT' | 'BLOB' | 'REAL' | 'NUMERIC';

/**
The affinity of a declared type: what SQLite converts values to when they are stored
(sqlite.org/datatype3.html, section 3.1). BLOB converts nothing.
*/
export function findAffinity(type: string, isStrict = false): Affinity {
	const upper = type.toUpperCase();
	if (isStrict && upper === 'ANY') return 'BLOB';
	if (upper.includes('INT')) return 'INTEGER';
	if (/CHAR|CLOB|TEXT/.test(upper)) return 'TEXT';
	if (upper === '' || upper.includes('BLOB')) return 'BLOB';
	if (/REAL|FLOA|DOUB/.test(upper)) return 'REAL';
	return 'NUMERIC';
}

/**
Whether a value keeps its meaning when it moves from one affinity to the other, so that
moving back restores it. Numbers are written as text with all their digits; text that reads
like a number loses its spelling, an integer may not fit a float.
*/
export function keepsValues(from: Affinity, to: Affinity): boolean {
	if (from === to || to === 'BLOB') return true;
	if (to === 'TEXT') return from !== 'BLOB';
	const isWhole = (affinity: Affinity) => affinity === 'INTEGER' || affinity === 'NUMERIC';
	return isWhole(from) && isWhole(to);
}
