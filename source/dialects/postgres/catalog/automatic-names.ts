/** Bytes of a name (NAMEDATALEN - 1). */
const longestName = 63;

/**
Whether a name is one that the server itself gives a constraint without one: `orders_pkey`,
`orders_customer_id_fkey1`. Made as in the manual's "CREATE TABLE": table, columns and a word,
the longer of the first two cut first, a number after the word when the name is taken.

@param columns Null: the word alone follows the table.
*/
export function isAutomaticName(
	name: string,
	table: string,
	columns: readonly string[] | null,
	word: string,
): boolean {
	const number = new RegExp(`${word}(\\d*)$`).exec(name)?.[1];
	if (number === undefined) return false;
	return name === joinName(table, columns?.join('_') ?? null, word + number);
}

function joinName(table: string, columns: string | null, word: string): string {
	const room = longestName - word.length - 1 - (columns === null ? 0 : 1);
	let [first, second] = [Buffer.byteLength(table), Buffer.byteLength(columns ?? '')];
	while (first + second > room) {
		if (first > second) first--;
		else second--;
	}
	const parts = [cut(table, first), ...(columns === null ? [] : [cut(columns, second)]), word];
	return parts.join('_');
}

/** At most so many bytes, whole characters. */
function cut(text: string, bytes: number): string {
	let end = text;
	while (Buffer.byteLength(end) > bytes) end = end.slice(0, -1);
	return end;
}
