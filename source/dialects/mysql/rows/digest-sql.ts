import type {PlanColumn} from './row-plan.ts';

/**
The values of these columns as one string of bytes, the same for equal values and different for
different ones: what may hold a comma has its length in front, everything else a comma behind;
NULL is a tilde. A third cheaper than the full canonical encoding, whose lengths of numbers the
server finds by printing them twice.

Beside a binary string MySQL takes all others by their bytes: no two collations can clash
(manual, "Collation Coercibility in Expressions"). CONCAT_WS would skip NULL.
*/
export function concatenate(columns: readonly (PlanColumn | null)[]): string {
	const parts = columns
		.filter((column) => column !== null)
		.map(({sql, form}) => {
			const value = form.hash(sql);
			return form.mayHoldComma
				? `IFNULL(LENGTH(${value}), '~'), ':', IFNULL(${value}, '')`
				: `IFNULL(${value}, '~'), ','`;
		});
	return `CONCAT(${["_binary ''", ...parts].join(', ')})`;
}

/** SHA-256 of the compared columns, as hex. */
export function hashRow(columns: readonly (PlanColumn | null)[]): string {
	return `SHA2(${concatenate(columns)}, 256)`;
}

/** The sum of the first 64 bits of hex digests; the server adds such numbers as DECIMAL. */
export function sumDigests(hex: string): string {
	return `SUM(CAST(CONV(SUBSTRING(${hex}, 1, 16), 16, 10) AS UNSIGNED))`;
}
