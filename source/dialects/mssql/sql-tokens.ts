/** One token of SQL text as SQL Server reads it; white space and comments are none. */
export type Token = {
	readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'variable' | 'operator';
	/** As written. */
	readonly text: string;
	/** A name or string without its quotes; else the same as `text`. */
	readonly value: string;
	/** Half-open range in the text, in UTF-16 units. */
	readonly start: number;
	readonly end: number;
};

/*
"Transact-SQL syntax conventions", "Constants", "Database identifiers". Block comments nest. Double
quotes make a name: modules that were made without QUOTED_IDENTIFIER are not compared.
*/
const idCharacter = String.raw`[\p{L}\p{N}_@#$]`;
const pattern = new RegExp(
	[
		String.raw`(?<blank>\s+|--[^\n]*)`,
		String.raw`(?<bits>0x[\da-fA-F]*)`,
		String.raw`(?<string>[nN]?'(?:[^']|'')*'?)`,
		String.raw`(?<quoted>\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*")`,
		String.raw`(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)`,
		String.raw`(?<variable>@@?${idCharacter}+)`,
		String.raw`(?<word>[\p{L}_#]${idCharacter}*)`,
		String.raw`(?<comment>\/\*)`,
		String.raw`(?<operator><=|>=|<>|!=|!<|!>|[-+*/%&|^]=|::|[^])`,
	].join('|'),
	'uy',
);

/** Splits SQL text into its tokens; it never fails, for the server has accepted the text. */
export function tokenize(text: string): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	while (at < text.length) {
		pattern.lastIndex = at;
		const match = pattern.exec(text);
		const groups = match?.groups ?? {};
		const piece = match?.[0] ?? text.charAt(at);
		const start = at;
		at = groups['comment'] === undefined ? at + piece.length : skipComment(text, at);
		if (groups['blank'] !== undefined || groups['comment'] !== undefined) continue;
		const kind = findKind(groups);
		tokens.push({kind, text: piece, value: readValue(kind, piece), start, end: at});
	}
	return tokens;
}

function skipComment(text: string, from: number): number {
	let depth = 0;
	for (let at = from; at < text.length; at++) {
		const pair = text.slice(at, at + 2);
		if (pair === '/*') depth++;
		else if (pair === '*/') depth--;
		else continue;
		at++;
		if (depth === 0) return at + 1;
	}
	return text.length;
}

export function isOperator(token: Token | undefined, text: string): boolean {
	return token?.kind === 'operator' && token.text === text;
}

/** Whether it is this word, which must be given in lower case. */
export function isWord(token: Token | undefined, word: string): boolean {
	return token?.kind === 'word' && token.text.toLowerCase() === word;
}

function findKind(groups: Readonly<Record<string, string | undefined>>): Token['kind'] {
	if (groups['bits'] !== undefined) return 'number';
	const kinds = ['string', 'quoted', 'number', 'variable', 'word'] as const;
	return kinds.find((kind) => groups[kind] !== undefined) ?? 'operator';
}

function readValue(kind: Token['kind'], piece: string): string {
	if (kind === 'quoted') {
		const inner = piece.slice(1, -1);
		return piece.startsWith('[') ? inner.replaceAll(']]', ']') : inner.replaceAll('""', '"');
	}
	if (kind !== 'string') return piece;
	return piece.replace(/^[nN]/, '').slice(1, -1).replaceAll("''", "'");
}
