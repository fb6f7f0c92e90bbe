/** One token of SQL text as SQLite reads it; white space and comments are none. */
export type Token = {
	readonly kind: 'word' | 'quoted' | 'string' | 'blob' | 'number' | 'variable' | 'operator';
	/** As written. */
	readonly text: string;
	/** A name or string without its quotes; else the same as `text`. */
	readonly value: string;
	/** Half-open range in the text, in UTF-16 units. */
	readonly start: number;
	readonly end: number;
};

/*
The alternatives in the order of SQLite's tokenizer (src/tokenize.c). Every character
from U+0080 may stand in a name, a no-break space too; only a byte order mark at the start
of a token is white space. A comment that nobody closes reaches to the end.
*/
const idCharacter = String.raw`[\w$\u0080-\uffff]`;
const pattern = new RegExp(
	[
		String.raw`(?<blank>[ \t\n\f\r\ufeff]+|--[^\n]*|/\*[^]*?(?:\*/|$))`,
		String.raw`(?<blob>[xX]'[0-9a-fA-F]*')`,
		String.raw`(?<string>'(?:[^']|'')*')`,
		String.raw`(?<quoted>"(?:[^"]|"")*"|${'`'}(?:[^${'`'}]|${'``'})*${'`'}|\[[^\]]*\])`,
		String.raw`(?<number>0[xX][\da-fA-F_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)`,
		String.raw`(?<variable>\?\d*|[@:#$]${idCharacter}+)`,
		String.raw`(?<word>[A-Za-z_\u0080-\uffff]${idCharacter}*)`,
		String.raw`(?<operator>->>|->|\|\||<<|>>|<=|>=|<>|!=|==|[^])`,
	].join('|'),
	'gy',
);

/**
Splits SQL text into its tokens. It never fails: a character that begins no token is an
operator of its own, for text that SQLite has accepted holds none.
*/
export function tokenize(text: string): Token[] {
	const tokens: Token[] = [];
	for (const {0: piece, index, groups} of text.matchAll(pattern)) {
		if (groups?.['blank'] !== undefined) continue;
		const kind = findKind(groups ?? {});
		tokens.push({
			kind,
			text: piece,
			value: kind === 'quoted' || kind === 'string' ? unquote(piece) : piece,
			start: index,
			end: index + piece.length,
		});
	}
	return tokens;
}

const kinds = ['blob', 'string', 'quoted', 'number', 'variable', 'word'] as const;

function findKind(groups: Readonly<Record<string, string | undefined>>): Token['kind'] {
	return kinds.find((kind) => groups[kind] !== undefined) ?? 'operator';
}

function unquote(piece: string): string {
	const quote = piece.charAt(0);
	const inner = piece.slice(1, -1);
	return quote === '[' ? inner : inner.replaceAll(quote + quote, quote);
}

/** True for the keyword itself, never for a quoted name that reads like it. */
export function isWord(token: Token | undefined, ...keywords: readonly string[]): boolean {
	return token?.kind === 'word' && keywords.includes(token.value.toUpperCase());
}

export function isOperator(token: Token | undefined, text: string): boolean {
	return token?.kind === 'operator' && token.text === text;
}

/** True where SQLite's grammar takes the token for a name: bare, quoted, or in single quotes. */
export function isNameLike(token: Token | undefined): boolean {
	return token?.kind === 'word' || token?.kind === 'quoted' || token?.kind === 'string';
}

/**
The text from the first to the last token with its white space, but with a blank for
each comment: a `--` comment would swallow whatever is written behind it.
*/
export function sliceWithoutComments(text: string, tokens: readonly Token[]): string {
	let slice = '';
	let end = tokens[0]?.start ?? 0;
	for (const token of tokens) {
		const gap = text.slice(end, token.start);
		slice += (/--|\/\*/.test(gap) ? ' ' : gap) + token.text;
		end = token.end;
	}
	return slice;
}
