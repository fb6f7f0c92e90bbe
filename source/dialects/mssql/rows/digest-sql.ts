import {binaryCollation} from '../values/exact-match.ts';
import type {PlanColumn} from './row-plan.ts';

/**
SHA-256 of columns, as 32 bytes: the same for equal values and different for different ones,
whatever their collations.

Texts go into one Unicode string, each as its length in bytes, a colon and itself, NULL as a tilde,
and a `b` where bytes belong; HASHBYTES reads its UTF-16 (since 2016 of any length). Bytes are hashed
by themselves: written out as digits they would be four times as long. Where there are any, the
digest is that of the text's digest and theirs one after another.
*/
export function hashColumns(columns: readonly (PlanColumn | null)[]): string {
	const present = columns.filter((column) => column !== null);
	const text = `HASHBYTES('SHA2_256', ${joinTexts(present.map(spellField))})`;
	const bytes = present.filter(({form}) => form.isBinary);
	if (bytes.length === 0) return text;
	const digests = bytes.map(
		({sql, form}) => `ISNULL(HASHBYTES('SHA2_256', ${form.hash(sql)}), 0x)`,
	);
	return `HASHBYTES('SHA2_256', ${[text, ...digests].join(' + ')})`;
}

function spellField({sql, form}: PlanColumn): string {
	if (form.isBinary) return `CASE WHEN ${sql} IS NULL THEN N'~' ELSE N'b' END`;
	const value = `CONVERT(nvarchar(max), ${form.hash(sql)}) COLLATE ${binaryCollation}`;
	return `ISNULL(CONVERT(nvarchar(20), DATALENGTH(${value})) + N':' + ${value}, N'~')`;
}

/** Joined in a tree: the server limits how deep an expression may be nested. */
function joinTexts(parts: readonly string[]): string {
	const empty = `CONVERT(nvarchar(max), N'') COLLATE ${binaryCollation}`;
	const join = (list: readonly string[]): string => {
		if (list.length <= 16) return list.join(' + ');
		const middle = list.length >> 1;
		return `(${join(list.slice(0, middle))}) + (${join(list.slice(middle))})`;
	};
	return join([empty, ...parts]);
}

/** The first 64 bits of a digest as an integer with its sign. */
export function firstBits(digest: string): string {
	return `CONVERT(bigint, SUBSTRING(${digest}, 1, 8))`;
}
